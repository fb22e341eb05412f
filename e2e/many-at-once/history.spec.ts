import { readFile } from 'node:fs/promises'

import { emailOf, uniqueName } from '#tools/network.mjs'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

test.beforeEach(({ signIn }) => signIn('admin'))

test('the history shows changes made here and elsewhere, and is accessible', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  test.slow()
  // later changes happen while a person watches
  await webhooksPage.open()
  const { Id, Name } = await sandbox.seedWebhook({
    URL: 'https://receiver.example.com/nexudus?key=s3cret',
  })
  await webhooksPage.openFor(Name)
  await webhooksPage.link(Name).click()
  await expect(form.name()).toHaveValue(Name)
  await sandbox.changeWebhook(Id, { Description: 'Made elsewhere' })
  await page.goto(`/webhooks/${Id}?q=${encodeURIComponent(Name)}`)
  await expect(form.description()).toHaveValue('Made elsewhere')
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await sandbox.deleteWebhook(Id)
  await webhooksPage.open()

  const entries = page.getByRole('region', { name: 'Changes' }).getByRole('listitem')
  // the desk records changes after a reading, and does not announce when it is done
  await expect(async () => {
    await page.goto(`/activity?webhook=${Id}`)
    await expect(entries).toHaveCount(4, { timeout: 1_000 })
  }).toPass()
  const [deleted, paused] = [entries.nth(0), entries.nth(1)]
  const [changed, created] = [entries.nth(2), entries.nth(3)]
  await expect(paused).toContainText(`Paused ${Name}`)
  await expect(paused).toContainText(`by ${emailOf('admin')}`)
  await expect(paused).toContainText(/Active\s*On\s*changed to\s*Off/)
  await expect(changed).toContainText('Changed outside Hookdesk')
  await expect(changed).toContainText(`last saved by ${emailOf('admin')}`)
  await expect(changed).toContainText('Made elsewhere')
  await expect(changed.getByRole('button', { name: 'Revert…' })).toBeHidden()
  await expect(created).toContainText('Created outside Hookdesk')
  await expect(created).toContainText('Created, according to Nexudus:')
  await expect(deleted).toContainText('Deleted outside Hookdesk')
  await expect(deleted).toContainText('Nexudus does not say by whom')
  await deleted.getByText('Values when last seen').click()
  await expect(deleted).toContainText('https://receiver.example.com/nexudus')
  await expectAccessible(page)
  await expect(page.getByRole('main')).not.toContainText('s3cret')

  await deleted.getByRole('button', { name: 'Restore…' }).click()
  const question = webhooksPage.question(`Restore “${Name}”?`)
  await expect(question).toContainText('again as last seen')
  await question.getByRole('button', { name: 'Restore webhook' }).click()
  await expect(webhooksPage.notices()).toContainText(`Restored “${Name}”, switched off.`)
  const [restored] = await sandbox.webhooksNamed(Name)
  const URL = 'https://receiver.example.com/nexudus?key=s3cret'
  expect(restored).toMatchObject({ URL, Description: 'Made elsewhere', Active: false })
})

test('a change is reverted by keyboard alone, on the webhook’s own tab', async ({
  page,
  form,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).press('Space')
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await webhooksPage.link(Name).press('Enter')
  const tab = form.panel(Name).getByRole('link', { name: 'History' })
  await tab.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/[?&]tab=history/)

  await form
    .panel(Name)
    .getByRole('button', { name: `Revert… Paused, ${Name}` })
    .press('Enter')
  const question = webhooksPage.question(`Revert “${Name}”?`)
  await expect(question).toContainText('Active: On')
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')

  await expect(question).toBeHidden()
  await expect(webhooksPage.notices()).toContainText('Reverted')
  await expect(form.panel(Name).getByText('Resumed')).toBeVisible()
  await expect(webhooksPage.activeSwitch(Name)).toBeChecked()
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Active: true })
})

test('the reason a revert fails appears in its dialog', async ({
  page,
  webhooksPage,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/404/)
  const { Id, Name } = await sandbox.seedWebhook()
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)
  await page.goto(`/activity?webhook=${Id}`)
  await sandbox.deleteWebhook(Id)

  await page.getByRole('button', { name: `Revert… Paused, ${Name}` }).click()
  const question = webhooksPage.question(`Revert “${Name}”?`)
  await question.getByRole('button', { name: 'Revert change' }).click()
  await expect(question.getByRole('alert')).toContainText(
    'It was probably deleted, or your account cannot see it. Nothing was changed.',
  )
})

test('a deleted webhook is restored: switched off, with a new id, and the page says so', async ({
  page,
  webhooksPage,
  sandbox,
}) => {
  const { Id, Name, URL } = await sandbox.seedWebhook({ Description: 'For the door' })
  await webhooksPage.openFor(Name)
  await webhooksPage.menuButton(Name).click()
  await webhooksPage.menuItem('Delete…').click()
  const deletion = webhooksPage.question(`Delete “${Name}”?`)
  await deletion.getByRole('button', { name: 'Delete webhook' }).click()
  await expect(webhooksPage.status()).toHaveText(`Deleted “${Name}”.`)

  await page.goto('/activity')
  await page.getByRole('searchbox', { name: 'Webhook' }).fill(Name.toUpperCase())
  await expect(page).toHaveURL(/[?&]webhook=/)
  await page.getByRole('button', { name: `Restore… Deleted, ${Name}` }).click()
  const question = webhooksPage.question(`Restore “${Name}”?`)
  await expect(question).toContainText('switched off and with a new id')
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Restore webhook' }).click()

  await expect(webhooksPage.notices()).toContainText('switched off. Its new id is')
  const [restored, ...others] = await sandbox.webhooksNamed(Name)
  expect(others).toEqual([])
  expect(restored).toMatchObject({ Name, URL, Description: 'For the door', Active: false })
  expect(restored?.Id).not.toBe(Id)
  await webhooksPage.notices().getByRole('button', { name: 'Open' }).click()
  await expect(page).toHaveURL(new RegExp(`/webhooks/${restored?.Id}`))
})

test('the shown entries are exported, and a person with read access only cannot revert', async ({
  page,
  webhooksPage,
  sandbox,
  newPerson,
}) => {
  const Name = `=1+1 ${uniqueName()}`
  const { Id } = await sandbox.seedWebhook({
    Name,
    URL: 'https://receiver.example.com/?key=s3cret',
  })
  await webhooksPage.openFor(Name)
  await webhooksPage.activeSwitch(Name).click()
  await expect(webhooksPage.notices()).toContainText(`Paused “${Name}”.`)

  await page.goto(`/activity?webhook=${Id}`)
  const started = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const download = await started
  expect(download.suggestedFilename()).toMatch(/^hookdesk-history-[\d-]+\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  const changed = text.split('\r\n').filter((line) => line.includes(',changed,'))
  expect(changed).toHaveLength(1)
  expect(text).toContain(`'${Name}`)
  expect(text).not.toContain('s3cret')

  const other = await newPerson('viewer')
  await other.goto(`/activity?webhook=${Id}`)
  await expect(
    other.getByRole('region', { name: 'Changes' }).getByRole('listitem').first(),
  ).toContainText('Paused')
  await expect(other.getByRole('button', { name: /Revert/ })).toBeHidden()
})

test('an empty result and a missing role are explained', async ({
  page,
  product,
  newPerson,
  expectConsole,
}) => {
  expectConsole(/403/)
  // an address from before runs and changes were one page
  await page.goto('/history?run=7&location=x')
  await expect(page).toHaveURL(/\/activity\?run=7&location=x$/)
  await expect(page.getByText('No change matches these filters.')).toBeVisible()
  await expect(page.getByRole('note')).toContainText('location=x')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(`${product.url}/activity`)

  const nobody = await newPerson('norole')
  await nobody.goto('/activity')
  await expect(nobody.getByRole('main')).toContainText('rights that Nexudus calls WebHook-List')
})
