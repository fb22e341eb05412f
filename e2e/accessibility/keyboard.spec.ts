import { uniqueName } from '#tools/network.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('a webhook is created, edited, paused and deleted without a mouse', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  const name = uniqueName()
  const press = (key: string) => page.keyboard.press(key)
  const type = (text: string) => page.keyboard.type(text)
  await webhooksPage.open()
  await expect(webhooksPage.table()).toBeVisible()

  await press('n')
  await expect(form.heading('New webhook')).toBeFocused()
  await press('Tab')
  await expect(form.close()).toBeFocused()
  // pressed before the form is there, the focus goes to its first field
  await expect(form.several()).toBeVisible()
  await press('Tab')
  await expect(form.several()).toBeFocused()
  await press('Tab')
  await expect(form.location()).toBeFocused()
  await type('shoreditch')
  await press('Enter')
  await press('Tab')
  await expect(form.action()).toBeFocused()
  await type('booking created')
  await press('Enter')
  await press('Tab')
  await expect(form.form().getByText('Data it sends')).toBeFocused()
  await press('Tab')
  await expect(form.url()).toBeFocused()
  await type('https://receiver.example.com/keys')
  await press('Tab')
  await expect(form.form().getByRole('button', { name: 'Check this URL' })).toBeFocused()
  await press('Tab')
  await expect(form.form().getByRole('button', { name: 'Send a sample …' })).toBeFocused()
  await press('Tab')
  await expect(form.name()).toBeFocused()
  await press('Control+A')
  await type(name)
  await press('Control+Enter')
  await expect(form.heading(name)).toBeFocused()
  const [made] = await sandbox.webhooksNamed(name)
  expect(made).toMatchObject({ Active: true, URL: 'https://receiver.example.com/keys' })

  while (!(await isFocused(form.description()))) await press('Tab')
  await type('By keyboard')
  await press('Control+Enter')
  await expect(webhooksPage.notices()).toContainText(`Saved “${name}”.`)
  await press('Escape')
  await expect(form.panel(name)).toBeHidden()

  await press('/')
  await expect(webhooksPage.search()).toBeFocused()
  await type(name)
  await expect(webhooksPage.rows()).toHaveCount(1)
  while (!(await isFocused(webhooksPage.activeSwitch(name)))) await press('Tab')
  await press('Space')
  await expect(webhooksPage.activeSwitch(name)).not.toBeChecked()
  await expect(webhooksPage.notices()).toContainText(`Paused “${name}”.`)

  await press('Tab')
  await expect(webhooksPage.menuButton(name)).toBeFocused()
  await press('Enter')
  await expect(webhooksPage.menuItem('Edit')).toBeFocused()
  await press('ArrowUp')
  await expect(webhooksPage.menuItem('Delete…')).toBeFocused()
  await press('Enter')
  const question = webhooksPage.question(`Delete “${name}”?`)
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await press('Tab')
  await expect(question.getByRole('button', { name: 'Delete webhook' })).toBeFocused()
  await press('Enter')
  await expect(webhooksPage.heading()).toBeFocused()
  expect(await sandbox.webhooksNamed(name)).toEqual([])
})

test('F8 leads to the newest notice, with its Undo', async ({ page, webhooksPage, sandbox }) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).press('Space')
  await expect(webhooksPage.undo()).toBeVisible()
  await page.keyboard.press('F8')
  await expect(webhooksPage.notices()).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(webhooksPage.undo()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()
  await expect.poll(async () => (await sandbox.readWebhook(Id)).Active).toBe(true)
})

test('? lists the keys, and closing the list returns the focus', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await webhooksPage.refresh().focus()
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys).toContainText('Search webhooks')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  await expect(webhooksPage.refresh()).toBeFocused()
})

test('single-letter keys can be switched off, and stay off', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await expect(webhooksPage.table()).toBeVisible()
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await keys.getByRole('switch', { name: 'Single-letter keys' }).press('Space')
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(webhooksPage.table()).toBeVisible()
  for (const key of ['n', '/', '?']) await page.keyboard.press(key)
  await expect(page).toHaveURL('/webhooks')
  await expect(webhooksPage.search()).not.toBeFocused()
  await expect(keys).toBeHidden()

  // the menu is always available
  await page.getByRole('button', { name: 'Account: Ana Admin' }).click()
  await page.getByRole('menuitem', { name: 'Keys' }).click()
  await expect(keys.getByRole('switch', { name: 'Single-letter keys' })).not.toBeChecked()
})

test('a letter typed into a field does not act as a key', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await webhooksPage.search().click()
  await page.keyboard.type('n/?')
  await expect(webhooksPage.search()).toHaveValue('n/?')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page).toHaveURL('/webhooks?q=n%2F%3F')
})

test('opening a webhook moves the focus to its heading, and closing it back to its row', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.link(Name).press('Enter')
  await expect(form.heading(Name)).toBeFocused()
  await form.close().press('Enter')
  await expect(webhooksPage.link(Name)).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(form.heading(Name)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(webhooksPage.link(Name)).toBeFocused()
})

test('what a quick person types after closing a webhook stays where it is typed', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.link(Name).press('Enter')
  await expect(form.heading(Name)).toBeFocused()
  // the search has the focus before the frame in which the row would get it back
  await page.evaluate(() => {
    const act = () => document.querySelector<HTMLInputElement>('input[type="search"]')?.focus()
    new MutationObserver((_changes, observer) => {
      if (document.getElementById('panel-title')) return
      observer.disconnect()
      act()
    }).observe(document.body, { childList: true, subtree: true })
  })
  await page.keyboard.press('Escape')
  await expect(form.panel(Name)).toBeHidden()
  await expect(webhooksPage.search()).toBeFocused()
  await page.keyboard.type('door')
  await expect(webhooksPage.search()).toHaveValue(`${Name}door`)
})

test('the first tab stop of the page skips its header', async ({ page, webhooksPage }) => {
  await webhooksPage.open()
  await expect(webhooksPage.table()).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('a menu closes with Escape, and the focus returns to where it was', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).press('Enter')
  await expect(webhooksPage.menuItem('Edit')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(webhooksPage.menuButton(Name)).toBeFocused()
})

type Focusable = { evaluate: (act: (element: Element) => boolean) => Promise<boolean> }

const isFocused = (field: Focusable) =>
  field.evaluate((element) => element === document.activeElement)

test('a filter menu closes with Escape, which gives the focus back, and by a press beside it', async ({
  page,
  webhooksPage,
}) => {
  for (const path of ['/webhooks', '/coverage']) {
    await page.goto(path)
    const button = page.getByRole('search').getByRole('button', { name: 'Location' })
    const menu = page.getByRole('dialog', { name: 'Location' })
    await button.click()
    await expect(menu.getByRole('textbox')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menu).toBeHidden()
    await expect(button).toBeFocused()
    await button.click()
    await expect(menu.getByRole('textbox')).toBeFocused()
    await page.getByRole('heading', { level: 1 }).click()
    await expect(menu).toBeHidden()
  }
  // the menu of a row, which another part places
  await webhooksPage.open()
  const more = webhooksPage
    .rows()
    .first()
    .getByRole('button', { name: /^More for/ })
  await more.click()
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(more).toBeFocused()
})
