import { SHOREDITCH } from '#tools/network.mjs'
import type { FaultOrder } from '#tools/sandbox-controls.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'
import { prefillLink } from '#e2e/support/prefill.ts'

const POST = { method: 'POST', path: '/api/sys/webhooks' }

type Refusal = {
  title: string
  fault: Omit<FaultOrder, 'method' | 'path'>
  /** The lines of the summary. */
  says: string[]
  /** The field that shows the refusal, too. */
  at?: 'location' | 'action' | 'url' | 'name' | 'description'
}

const refusals: Refusal[] = [
  {
    title: 'of one field is said at the field',
    fault: { kind: 'refuse', errors: [{ PropertyName: 'Name', Message: 'is already in use' }] },
    says: ['Nexudus says: Name is already in use'],
    at: 'name',
  },
  {
    title: 'of a field in another spelling finds its field',
    fault: { kind: 'refuse', errors: [{ PropertyName: 'url', Message: 'is not valid' }] },
    says: ['Nexudus says: URL is not valid'],
    at: 'url',
  },
  {
    title: 'of several fields is said whole',
    fault: {
      kind: 'refuse',
      errors: [
        { PropertyName: 'Action', Message: 'is not valid' },
        { PropertyName: 'Name', Message: 'is too long' },
        { PropertyName: 'Description', Message: 'is not plain text' },
      ],
    },
    says: [
      'Nexudus says: Action is not valid',
      'Nexudus says: Name is too long',
      'Nexudus says: Description is not plain text',
    ],
    at: 'description',
  },
  {
    title: 'of the relation Business is said at the location',
    fault: {
      kind: 'refuse',
      errors: [{ PropertyName: 'Business', Message: 'is not one of your locations' }],
    },
    says: ['This location is not available to you, or no longer exists.'],
    at: 'location',
  },
  {
    title: 'of a property the form does not have is not swallowed',
    fault: { kind: 'refuse', errors: [{ PropertyName: 'Quota', Message: 'is used up' }] },
    says: ['Quota is used up'],
  },
  {
    title: 'without any property is not swallowed',
    fault: { kind: 'refuse', message: 'Webhooks are closed on Sundays.' },
    says: ['Nexudus refused this: Webhooks are closed on Sundays.'],
  },
  {
    title: 'inside an answer of 200 is a refusal, too',
    fault: {
      kind: 'unsuccessful',
      errors: [{ PropertyName: 'URL', Message: 'is on the block list' }],
    },
    says: ['Nexudus says: URL is on the block list'],
    at: 'url',
  },
  {
    title: 'inside an answer of 200 without any property is a refusal, too',
    fault: { kind: 'unsuccessful', message: 'Not while an import runs.' },
    says: ['Nexudus refused this: Not while an import runs.'],
  },
  {
    title: 'with markup in it is quoted as text',
    fault: {
      kind: 'refuse',
      errors: [{ PropertyName: 'Name', Message: '<img src=x onerror=alert(1)>' }],
    },
    says: ['Nexudus says: Name: <img src=x onerror=alert(1)>'],
    at: 'name',
  },
]

test.beforeEach(({ signIn }) => signIn('admin'))

for (const { title, fault, says, at } of refusals) {
  test(`a refusal ${title}, and typed values stay`, async ({
    page,
    form,
    sandbox,
    expectConsole,
  }) => {
    expectConsole(/422/)
    const { name, url, search } = prefillLink()
    await form.openNew(search)
    await form.description().fill('Typed by hand')
    await sandbox.fault({ ...POST, ...fault })
    await form.create().click()

    await expect(form.summary()).toBeFocused()
    for (const line of says) await expect(form.summary()).toContainText(line)
    // shown once: the summary is the only red box
    await expect(page.getByRole('alert')).toHaveCount(0)
    if (at) {
      const [, ...words] = says.at(-1)?.split(': ') ?? []
      await expect(form[at]()).toHaveAccessibleDescription(new RegExp(escape(words.join(': '))))
    }

    await expect(form.location()).toHaveValue(SHOREDITCH.name)
    await expect(form.action()).toHaveValue('Booking – created')
    await expect(form.url()).toHaveValue(url)
    await expect(form.name()).toHaveValue(name)
    await expect(form.description()).toHaveValue('Typed by hand')

    // the fault is over: the same form can be sent
    await form.create().click()
    await expect(form.panel(name)).toContainText('Created. It is now in the list.')
    expect(await sandbox.webhooksNamed(name)).toHaveLength(1)
  })
}

test('a refusal of a change is shown at its field', async ({ form, sandbox, expectConsole }) => {
  expectConsole(/422/)
  const webhook = await sandbox.seedWebhook()
  await form.open(webhook.Id)
  await form.name().fill('Refused')
  await sandbox.fault({
    kind: 'refuse',
    method: 'PUT',
    errors: [{ PropertyName: 'Name', Message: 'is already in use' }],
  })
  await form.save().click()
  await expect(form.summary()).toBeFocused()
  await expect(form.name()).toHaveAccessibleDescription(/Nexudus says: Name is already in use/)
  await expect(form.name()).toHaveValue('Refused')
  expect((await sandbox.readWebhook(webhook.Id)).Name).toBe(webhook.Name)
})

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
