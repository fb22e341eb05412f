import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'

import type { Credentials } from '#contract/desk/desk.ts'
import '#tools/fresh-connections.mjs'
import { NO_LIMITS, startProduct, type Product } from '#tools/product.mjs'

import { emailOf, openSandbox, PASSWORD, type Account, type Sandbox } from './sandbox.ts'
import { SignInPage } from './pages/sign-in-page.ts'
import { WebhookForm } from './pages/webhook-form.ts'
import { WebhooksPage } from './pages/webhooks-page.ts'

type WorkerFixtures = {
  product: Product
  sandbox: Sandbox
}

type Fixtures = {
  signInPage: SignInPage
  webhooksPage: WebhooksPage
  form: WebhookForm
  /** Signs this test's browser in, where signing in is not what is tested. */
  signIn: (account: Account) => Promise<void>
  /** Another person at another machine, signed in. */
  newPerson: (account: Account) => Promise<Page>
  /** Says which message in the browser's console belongs to what the test does. */
  expectConsole: (expected: RegExp) => void
  /** Nothing of the test before is left at the sandbox. */
  freshSandbox: void
  /** Every test fails on a message in the console, an error or a breach of the page's policy. */
  cleanConsole: void
}

type ConsoleWatch = { watch: (context: BrowserContext) => Promise<void>; expected: RegExp[] }

export const test = base.extend<Fixtures & { consoleWatch: ConsoleWatch }, WorkerFixtures>({
  product: [
    // Playwright reads the names of what a fixture needs from its first argument
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

/** By the desk’s own naming: cookies know no ports, so the name does. */
const cookieNameAt = (url: string) => `hookdesk-${new URL(url).port}`

async function credentialsOf(account: Account, sandbox: Sandbox) {
  const credentials = { email: emailOf(account), password: PASSWORD }
  return account === 'totp' ? { ...credentials, totp: await sandbox.totp() } : credentials
}

/** Opens a session at the desk and hands its cookie to the browser. */
export async function addSession(
  context: BrowserContext,
  url: string,
  credentials: Credentials = { email: emailOf('admin'), password: PASSWORD },
) {
  const response = await fetch(`${url}/desk/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hookdesk': 'person', origin: url },
    body: JSON.stringify(credentials),
  })
  expect(response.status).toBe(200)
  const [name = '', value = ''] = response.headers.getSetCookie()[0]?.split(/[=;]/) ?? []
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
}

/** Ends the session of this browser on the server, as signing out at another machine's tab does. */
export async function endSession(context: BrowserContext, url: string) {
  const cookieName = cookieNameAt(url)
  const session = (await context.cookies()).find(({ name }) => name === cookieName)
  const response = await fetch(`${url}/desk/session`, {
    method: 'DELETE',
    headers: { 'x-hookdesk': 'person', origin: url, cookie: `${cookieName}=${session?.value}` },
  })
  expect(response.status).toBe(200)
}

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
