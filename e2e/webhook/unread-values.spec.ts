import { uniqueName } from '#tools/network.mjs'
import type { Sandbox } from '#tools/sandbox-controls.mjs'
import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, test } from '#e2e/support/fixtures.ts'

const PATH = '/api/sys/webhooks'

/** Creates a webhook that every later reading returns with unreadable values. */
async function seedOdd(sandbox: Sandbox, odd: Record<string, unknown>) {
  const webhook = await sandbox.seedWebhook({ Name: uniqueName() })
  const values = { [webhook.Id]: odd }
  await sandbox.fault({ kind: 'odd_values', method: 'GET', path: PATH, times: 100_000, values })
  return webhook
}

test('a webhook with an unreadable switch is neither on nor off, and not healthy', async ({
  page,
  signIn,
  sandbox,
  webhooksPage,
  expectConsole,
}) => {
  expectConsole(/502/)
  await signIn('admin')
  const { Id, Name } = await seedOdd(sandbox, { Active: 'maybe', ErrorCount: 'lots' })
  await webhooksPage.openFor(Name)
  await expect(webhooksPage.row(Name)).toContainText('Cannot be read')
  await expect(webhooksPage.row(Name)).toContainText('Unknown')
  await expect(webhooksPage.row(Name)).not.toContainText('Working')
  await expect(webhooksPage.activeSwitch(Name)).toHaveCount(0)
  await expect(webhooksPage.healthChip('Cannot be read')).toBeVisible()
  await expectAccessible(page)

  await webhooksPage.menuButton(Name).click()
  await expect(webhooksPage.menuItem('Switch off')).toBeVisible()
  await webhooksPage.menuItem('Switch on').click()
  await expect(webhooksPage.problem(Name)).toContainText(
    'Hookdesk cannot read the new values: Active.',
  )
  await expect(webhooksPage.problem(Name)).toContainText('Hookdesk does not know whether it is on.')
  await expect(webhooksPage.row(Name)).toContainText('Unknown')
  await sandbox.clearFaults()
  expect((await sandbox.readWebhook(Id)).Active).toBe(true)
})

test('an unreadable value is shown in the form, and is chosen anew or stays', async ({
  page,
  form,
  signIn,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/400|409|422|502/)
  await signIn('admin')
  const { Id, Name } = await seedOdd(sandbox, { Active: {}, ErrorCount: null })
  await form.open(Id)
  const panel = form.panel(Name)
  await expect(panel).toContainText(
    'Hookdesk cannot read whether it is on and how many failures are counted in Nexudus’ answer, so its health is unknown.',
  )
  const active = panel.getByRole('radiogroup', { name: 'Active' })
  await expect(active.getByRole('radio', { name: 'Leave as it is' })).toBeChecked()
  await expectAccessible(page)

  // the value goes back unchanged: the sandbox refuses it, and Hookdesk guesses no other
  await form.description().fill('Typed')
  await form.save().click()
  await expect(form.summary()).toContainText('Nexudus says: Active is not valid')
  expect((await sandbox.readWebhook(Id)).Description).not.toBe('Typed')

  await active.getByRole('radio', { name: 'Off' }).check()
  await form.save().click()
  await expect(form.alert()).toContainText('Hookdesk cannot read the new values: Active.')
  await sandbox.clearFaults()
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Description: 'Typed', Active: false })
})

test('a record that does not say whether it is on is saved only after a choice', async ({
  form,
  signIn,
  sandbox,
  expectConsole,
}) => {
  expectConsole(/400|502/)
  await signIn('admin')
  const { Id } = await seedOdd(sandbox, { Active: null })
  await form.open(Id)
  await form.description().fill('Typed')
  await form.save().click()
  await expect(form.summary()).toContainText('Saving without that would probably switch it off')
  await sandbox.clearFaults()
  expect(await sandbox.readWebhook(Id)).toMatchObject({ Description: '', Active: true })
})
