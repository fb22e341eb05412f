import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'

import '#tools/fresh-connections.mjs'
import { NO_LIMITS, startProduct, type Product } from '#tools/product.mjs'
import { addSession, credentialsOf } from '#tools/desk-session.mjs'
import type { Account } from '#tools/network.mjs'
import { openSandbox, type Sandbox } from '#tools/sandbox-controls.mjs'
import { SignInPage } from '#tools/pages/sign-in-page.mjs'
import { WebhookForm } from '#tools/pages/webhook-form.mjs'
import { WebhooksPage } from '#tools/pages/webhooks-page.mjs'

type WorkerFixtures = {
  product: Product
  sandbox: Sandbox
}

type Fixtures = {
  signInPage: SignInPage
  webhooksPage: WebhooksPage
  form: WebhookForm
  /** Signs in this test's browser, for tests of other subjects. */
  signIn: (account: Account) => Promise<void>
  /** Another person at another machine, signed in. */
  newPerson: (account: Account) => Promise<Page>
  /** Allows a message in the browser's console that the test itself causes. */
  expectConsole: (expected: RegExp) => void
  /** Clears everything that earlier tests left at the sandbox. */
  freshSandbox: void
  /** Fails the test on a message in the console, an error or a breach of the page's policy. */
  cleanConsole: void
}

type ConsoleWatch = { watch: (context: BrowserContext) => Promise<void>; expected: RegExp[] }

export const test = base.extend<Fixtures & { consoleWatch: ConsoleWatch }, WorkerFixtures>({
  product: [
    // Playwright reads the fixtures that a function needs from its first argument
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const product = await startProduct(NO_LIMITS)
      await provide(product)
      await product.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  sandbox: [
    async ({ product }, provide) => provide(await openSandbox(product.sandboxUrl)),
    { scope: 'worker' },
  ],
  baseURL: ({ product }, provide) => provide(product.url),

  // oxlint-disable-next-line no-empty-pattern
  consoleWatch: async ({}, provide) => {
    const messages: string[] = []
    const expected: RegExp[] = []
    await provide({ expected, watch: (context) => watchConsole(context, messages) })
    const unexpected = messages.filter((text) => !expected.some((pattern) => pattern.test(text)))
    expect(unexpected, 'messages in the browser’s console').toEqual([])
  },
  cleanConsole: [
    async ({ context, consoleWatch }, provide) => {
      await consoleWatch.watch(context)
      await provide()
    },
    { auto: true },
  ],
  expectConsole: ({ consoleWatch }, provide) =>
    provide((pattern) => {
      consoleWatch.expected.push(pattern)
    }),
  freshSandbox: [
    async ({ sandbox }, provide) => {
      await Promise.all([sandbox.clearFaults(), sandbox.clearCalls()])
      await provide()
      await sandbox.clearFaults()
    },
    { auto: true },
  ],

  signIn: ({ context, product, sandbox }, provide) =>
    provide(async (account) =>
      addSession(context, product.url, await credentialsOf(account, sandbox)),
    ),
  newPerson: async ({ browser, product, sandbox, consoleWatch }, provide) => {
    const contexts: BrowserContext[] = []
    await provide(async (account) => {
      const context = await browser.newContext({ baseURL: product.url })
      contexts.push(context)
      await consoleWatch.watch(context)
      await addSession(context, product.url, await credentialsOf(account, sandbox))
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
  },

  signInPage: ({ page }, provide) => provide(new SignInPage(page)),
  webhooksPage: ({ page }, provide) => provide(new WebhooksPage(page)),
  form: ({ page }, provide) => provide(new WebhookForm(page)),
})

export { expect }

/** The same test with another product: its settings, and what happens to its sandbox first. */
export const testWith = (
  env: Record<string, string>,
  prepare: (sandbox: Sandbox) => Promise<void> = async () => {},
) =>
  test.extend({
    product: [
      // oxlint-disable-next-line no-empty-pattern
      async ({}, provide) => {
        const product = await startProduct(env)
        await prepare(await openSandbox(product.sandboxUrl))
        await provide(product)
        await product.stop()
      },
      { scope: 'worker', timeout: 240_000 },
    ],
  })

async function watchConsole(context: BrowserContext, messages: string[]) {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      messages.push(`${message.text()} (${message.location().url})`)
    }
  })
  context.on('weberror', (webError) => messages.push(String(webError.error())))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      throw new Error(`Policy violated: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
}
