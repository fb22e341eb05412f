import { endSession } from '#tools/desk-session.mjs'
import { emailOf, PASSWORD, type Account } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

const OFFERED: { account: Account; name: string }[] = [
  { account: 'admin', name: 'Ana Admin' },
  { account: 'manager', name: 'Malik Manager' },
  { account: 'viewer', name: 'Vera Viewer' },
]

for (const { account, name } of OFFERED) {
  test(`${account} signs in with the offered account`, async ({
    page,
    signInPage,
    webhooksPage,
  }) => {
    await signInPage.open()
    await signInPage.demoAccount(emailOf(account)).click()
    await expect(signInPage.email()).toHaveValue(emailOf(account))
    await expect(signInPage.submit()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(webhooksPage.table()).toBeVisible()
    await expect(page.getByRole('button', { name: `Account: ${name}` })).toBeVisible()
  })
}

test('a person without a role signs in, and is told which role is missing', async ({
  page,
  signInPage,
  expectConsole,
}) => {
  expectConsole(/403/)
  await signInPage.open()
  await signInPage.demoAccount(emailOf('norole')).click()
  await signInPage.submit().click()
  await expect(page.getByText('rights that Nexudus calls WebHook-List')).toBeVisible()
})

test('a second factor is asked for only if Nexudus wants one', async ({
  signInPage,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/401/)
  await signInPage.open()
  await signInPage.demoAccount(emailOf('totp')).click()
  await expect(signInPage.code()).toBeHidden()
  await signInPage.submit().click()
  await expect(signInPage.problem()).toHaveText('Enter the code from your second factor.')
  await expect(signInPage.code()).toBeFocused()
  await expect(signInPage.code()).toHaveAttribute('autocomplete', 'one-time-code')

  const code = await sandbox.totp()
  await signInPage.code().fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await signInPage.submit().click()
  await expect(webhooksPage.table()).toBeVisible()
})

test('a wrong code is reported as a wrong code', async ({
  signInPage,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/401/)
  await signInPage.open()
  await signInPage.demoAccount(emailOf('totp')).click()
  await signInPage.submit().click()
  await signInPage.code().fill('000000')
  await signInPage.submit().click()
  await expect(signInPage.problem()).toHaveText('This code is wrong or has expired.')

  await signInPage.code().fill(await sandbox.totp())
  await signInPage.submit().click()
  await expect(webhooksPage.table()).toBeVisible()
})

test('the code field stays after a mistyped code, even if Nexudus does not name it', async ({
  signInPage,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/401/)
  await sandbox.setSwitches({ wrongCode: 'invalid_grant' })
  await signInPage.open()
  await signInPage.demoAccount(emailOf('totp')).click()
  await signInPage.submit().click()
  await signInPage.code().fill('000000')
  await signInPage.submit().click()
  await expect(signInPage.problem()).toContainText('or the code is wrong')
  await expect(signInPage.code()).toHaveValue('000000')
  await expect(signInPage.password()).toHaveValue(PASSWORD)

  await signInPage.code().fill(await sandbox.totp())
  await signInPage.submit().click()
  await expect(webhooksPage.table()).toBeVisible()
  await sandbox.setSwitches({ wrongCode: 'two_factor_auth_check' })
})

test('a wrong password and an unknown name get the same words', async ({
  signInPage,
  expectConsole,
}) => {
  expectConsole(/401/)
  const words = 'The e-mail address or the password is wrong.'
  await signInPage.open()
  await signInPage.email().fill(emailOf('viewer'))
  await signInPage.password().fill('wrong')
  await signInPage.submit().click()
  await expect(signInPage.problem()).toHaveText(words)
  await expect(signInPage.email()).toHaveValue(emailOf('viewer'))

  await signInPage.email().fill('nobody@hookdesk.test')
  await signInPage.submit().click()
  await expect(signInPage.problem()).toHaveText(words)
})

test('a browser without cookies is told so, and not that the session ended', async ({
  page,
  signInPage,
}) => {
  // as in a browser that refuses cookies, or drops one
  await page.route('**/desk/session', async (route) => {
    const answer = await route.fetch()
    const { 'set-cookie': _dropped, ...headers } = answer.headers()
    await page.context().clearCookies()
    await route.fulfill({ response: answer, headers })
  })
  await signInPage.open()
  await signInPage.demoAccount(emailOf('admin')).click()
  await signInPage.submit().click()
  await expect(signInPage.problem()).toContainText(
    'your browser does not send back this page’s cookie',
  )
  await expect(signInPage.sessionOver()).toBeHidden()
  await expect(signInPage.password()).toHaveValue(PASSWORD)
})

test('a missing value is reported at its field', async ({ signInPage }) => {
  await signInPage.open()
  await signInPage.submit().click()
  await expect(signInPage.email()).toBeFocused()
  await expect(signInPage.email()).toHaveAccessibleDescription(/Enter your e-mail address/)
  await expect(signInPage.password()).toHaveAccessibleDescription(/Enter your password/)
})

test('a password can be pasted, and password managers recognise the fields', async ({
  page,
  context,
  signInPage,
  webhooksPage,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signInPage.open()
  await expect(signInPage.email()).toHaveAttribute('autocomplete', 'username')
  await expect(signInPage.password()).toHaveAttribute('autocomplete', 'current-password')
  await signInPage.email().fill(emailOf('admin'))
  await page.evaluate((text) => navigator.clipboard.writeText(text), PASSWORD)
  await signInPage.password().press('Control+V')
  await expect(signInPage.password()).toHaveValue(PASSWORD)
  await signInPage.submit().click()
  await expect(webhooksPage.table()).toBeVisible()
})

test('a forced reset is explained, and its token is never shown', async ({
  page,
  signInPage,
  expectConsole,
}) => {
  expectConsole(/401/)
  await signInPage.open()
  await signInPage.email().fill(emailOf('reset'))
  await signInPage.password().fill(PASSWORD)
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await signInPage.submit().click()
  await expect(signInPage.problem()).toHaveText(
    'Nexudus requires a new password first. Set one in Nexudus, then sign in here.',
  )
  expect(Object.keys(await (await answer).json()).toSorted()).toEqual(['code', 'requestId'])
})

test('guessing is slowed down, and the time to wait is shown', async ({
  signInPage,
  expectConsole,
}) => {
  expectConsole(/401|429/)
  await signInPage.open()
  await signInPage.email().fill('guessed@hookdesk.test')
  await signInPage.password().fill('wrong')
  for (let tries = 1; tries <= 5; tries += 1) {
    const answered = signInPage.page.waitForResponse('**/desk/session')
    await signInPage.submit().click()
    await answered
    await expect(signInPage.submit()).toHaveText('Sign in')
  }
  await signInPage.submit().click()
  await expect(signInPage.problem()).toHaveText(
    /Too many failed sign-ins\. Try again in \d\d seconds\./,
  )
})

test('if Nexudus does not answer, the password is not blamed', async ({
  signInPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/502/)
  await signInPage.open()
  await signInPage.demoAccount(emailOf('admin')).click()
  await sandbox.fault({ kind: 'drop', method: 'POST', path: '/api/token' })
  await signInPage.submit().click()
  await expect(signInPage.problem()).toContainText('Hookdesk could not reach Nexudus.')
  await expect(signInPage.problem()).toContainText('nothing is wrong with your password')
})

for (const [what, fault, words, isPasswordGood] of [
  ['500', { kind: 'error' }, 'or not know this e-mail address', false],
  ['a page with 403', { kind: 'html', status: 403 }, 'may be blocking this server', true],
  ['an empty 403', { kind: 'empty', status: 403 }, 'may be blocking this server', true],
] as const) {
  test(`a sign-in answered by ${what} explains what that may mean`, async ({
    signInPage,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/502/)
    await signInPage.open()
    await signInPage.demoAccount(emailOf('admin')).click()
    await sandbox.fault({ ...fault, method: 'POST', path: '/api/token' })
    await signInPage.submit().click()
    await expect(signInPage.problem()).toContainText(words)
    await expect(signInPage.problem()).toContainText('Nexudus does not document this')
    const ofPassword = signInPage.problem().getByText('nothing is wrong with your password')
    await expect(ofPassword).toBeVisible({ visible: isPasswordGood })
    await signInPage.submit().click()
    await expect(signInPage.problem()).toBeHidden()
  })
}

test('signing in leads to the address that was asked for', async ({ page, signInPage }) => {
  await page.goto('/webhooks?health=failing&sort=name')
  await signInPage.demoAccount(emailOf('admin')).click()
  await signInPage.submit().click()
  await expect(page.getByRole('table', { name: 'Webhooks' })).toBeVisible()
  await expect(page).toHaveURL('/webhooks?health=failing&sort=name')
  await expect(page.getByRole('list', { name: 'Filters in use' })).toContainText('Failing')
})

test('an old link to the sign-in page leads to the list', async ({
  page,
  signIn,
  webhooksPage,
}) => {
  await signIn('admin')
  await page.goto('/sign-in')
  await expect(webhooksPage.table()).toBeVisible()
  await expect(page).toHaveURL('/webhooks')
})

test('every page says that this is the sandbox', async ({
  page,
  signIn,
  signInPage,
  expectConsole,
}) => {
  // the third page is one of a webhook that does not exist
  expectConsole(/404/)
  await signInPage.open()
  await expect(page.getByText('This is the sandbox')).toBeVisible()
  await signIn('admin')
  for (const path of ['/webhooks', '/webhooks/new', '/webhooks/1']) {
    await page.goto(path)
    const line = page.getByRole('region', { name: 'Sandbox' })
    await expect(line).toContainText('Sandbox: a stand-in for Nexudus')
  }
})

test('signing out ends the session in other tabs too, and forgets typed text', async ({
  page,
  context,
  signIn,
  signInPage,
  form,
  webhooksPage,
}) => {
  await signIn('admin')
  await form.openNew()
  await form.name().fill('Typed by Ana')
  const kept = () => page.evaluate(() => JSON.stringify(sessionStorage))
  await expect.poll(kept).toContain('Typed by Ana')
  // the part of the page that held it is no longer loaded
  await webhooksPage.open()
  const other = await context.newPage()
  await other.goto('/webhooks')
  await expect(other.getByRole('table', { name: 'Webhooks' })).toBeVisible()

  await page.getByRole('button', { name: 'Account: Ana Admin' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(signInPage.submit()).toBeVisible()
  expect(await kept()).not.toContain('Typed by Ana')
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(other.getByRole('table', { name: 'Webhooks' })).toBeHidden()

  await page.goto('/webhooks')
  await expect(signInPage.submit()).toBeVisible()
})

test('a session that ended is noticed at the next reading, and signing in continues there', async ({
  page,
  context,
  product,
  signIn,
  signInPage,
  webhooksPage,
  expectConsole,
}) => {
  expectConsole(/401/)
  await signIn('admin')
  await webhooksPage.open('?health=failing')
  await expect(webhooksPage.table()).toBeVisible()
  await endSession(context, product.url)
  await webhooksPage.refresh().click()
  await expect(signInPage.sessionOver()).toBeVisible()

  await signInPage.password().fill(PASSWORD)
  await signInPage.submit().click()
  await expect(signInPage.sessionOver()).toBeHidden()
  await expect(page).toHaveURL('/webhooks?health=failing')
  await expect(webhooksPage.table()).toBeVisible()
})
