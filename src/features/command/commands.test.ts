import { expect, test } from 'vitest'

import { createFleetReader } from '#fleet/fleet.ts'

import { createCommands, type CommandContext } from './commands.ts'

const record = (Id: number, part: object) => ({
  Id,
  BusinessId: 1,
  Action: 7,
  Name: `Webhook ${Id}`,
  URL: 'https://hooks.example.com/a?key=1',
  Description: null,
  Active: true,
  ErrorCount: 0,
  LastError: null,
  LastTrigger: '2026-11-30T08:00:00Z',
  CreatedOn: null,
  UpdatedOn: null,
  UpdatedBy: null,
  ...part,
})

const LOCATIONS = [
  { Id: 1, Name: 'Northlight Shoreditch' },
  { Id: 2, Name: 'Northlight Dumbo' },
]

const { rows } = createFleetReader({ hidesPaths: false })(
  [
    record(11, { Name: 'Door codes' }),
    record(12, { Name: 'CRM', BusinessId: 2, Active: false }),
    record(13, { Name: 'Slack', URL: 'https://slack.example.com/' }),
  ],
  LOCATIONS,
  {},
)

const CONTEXT: CommandContext = {
  rows,
  views: [
    {
      id: 'b2d6f45b-d6e2-42ed-aa10-d32fb8936065',
      name: 'Broken doors',
      search: 'q=door&health=stopped',
      isShared: true,
      isOwn: false,
      by: 'ana@example.com',
    },
  ],
  watches: true,
  hasSandbox: true,
  mayEdit: true,
  mayCreate: true,
  mayImport: true,
  isAdministrator: true,
}

const labels = (text: string, context = CONTEXT) =>
  createCommands(context)
    .find(text)
    .flatMap(({ commands }) => commands.map(({ label }) => label))

test('without a text there are the pages that the person may open', () => {
  expect(labels('')).toEqual(expect.arrayContaining(['Attention', 'New webhook', 'Sandbox']))
  const may = { mayCreate: false, mayImport: false }
  const viewer = { ...CONTEXT, ...may, isAdministrator: false, watches: false }
  expect(labels('', { ...viewer, hasSandbox: false })).toEqual([
    'Webhooks',
    'Coverage',
    'Destinations',
    'Activity',
    'Notifications',
    'Help',
    'Developers',
    'Signature',
    'Events',
  ])
})

test.each([
  ['door', 'Door codes'],
  ['DUMBO', 'Northlight Dumbo'],
  ['slack.ex', 'slack.example.com'],
  ['invoice paid', 'Invoice – fully paid'],
  ['upload', 'Import a plan'],
  ['17', 'Run 17'],
  ['broken', 'View: Broken doors'],
  ['view door', 'View: Broken doors'],
])('%s finds %s', (text, label) => {
  expect(labels(text)).toContain(label)
})

test('a view opens the list with its filters', () => {
  const [views] = createCommands(CONTEXT).find('broken')
  expect(views?.commands).toMatchObject([
    { hint: 'shared', href: '/webhooks?q=door&health=stopped' },
  ])
})

test('an act says to how many it is done, and only to those that need it', () => {
  const [acts] = createCommands(CONTEXT).find('pause all at northlight')
  expect(acts).toMatchObject({
    label: 'Acts',
    commands: [{ label: 'Pause all at Northlight Shoreditch', switches: { ids: [11, 13] } }],
  })
  const [resume] = createCommands(CONTEXT).find('resume dumbo')
  expect(resume?.commands).toMatchObject([{ switches: { ids: [12], isOn: true } }])
  expect(labels('pause', CONTEXT)).not.toContain('Pause all at Northlight Shoreditch')
  expect(labels('pause shoreditch', { ...CONTEXT, mayEdit: false })).toEqual([])
})

test('no key of a URL is found or shown', () => {
  expect(labels('key=1')).toEqual([])
  expect(JSON.stringify(createCommands(CONTEXT).find('door'))).not.toContain('key=1')
})

test('what was used is found again by its id, as long as it is there', () => {
  const { find, byId } = createCommands(CONTEXT)
  for (const text of ['', 'door', 'dumbo', 'slack', 'invoice', 'broken']) {
    for (const command of find(text).flatMap(({ commands }) => commands)) {
      expect(byId(command.id), command.id).toMatchObject({ label: command.label })
    }
  }
  expect(byId('webhook 99')).toBeUndefined()
  expect(byId('host gone.example.com')).toBeUndefined()
  expect(byId('nonsense')).toBeUndefined()
})

test('an act is not remembered: what it would change is another thing tomorrow', () => {
  const { find, byId } = createCommands(CONTEXT)
  const [act] = find('pause shoreditch')[0]?.commands ?? []
  expect(act && byId(act.id)).toBeUndefined()
})
