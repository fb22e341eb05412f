import fc, { type Arbitrary } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'

import { acknowledgeSchema, muteSchema } from '#contract/desk/attention.ts'
import { contactChangeSchema } from '#contract/desk/contacts.ts'
import { newPausesSchema, newPauseWindowSchema } from '#contract/desk/pauses.ts'
import { channelChangeSchema, newChannelSchema } from '#contract/desk/channels.ts'
import {
  changeRequestSchema,
  credentialsSchema,
  IDEMPOTENCY_HEADER,
  removeRequestSchema,
} from '#contract/desk/desk.ts'
import { probeRequestSchema } from '#contract/desk/probe.ts'
import { newBrowserSchema } from '#contract/desk/push.ts'
import { runProposalSchema, runStartSchema } from '#contract/desk/run.ts'
import {
  codeSchema,
  notificationsChangeSchema,
  watchSignInSchema,
} from '#contract/desk/settings.ts'
import { newViewSchema, viewChangeSchema } from '#contract/desk/views.ts'
import { eventRequestSchema, settingsChangeSchema } from '#contract/desk/sandbox.ts'
import { webhookInputSchema } from '#contract/nexudus/webhook.ts'
import { createOutbound } from '#platform/outbound/send.ts'

import { openTestDesk, PATIENT, SANDBOX_RECEIVER, type TestDesk } from './testing/test-desk.ts'
import type { Visitor } from './testing/test-visitor.ts'
import { wellTyped } from './testing/test-well-typed.ts'

// attempts per route, with other values in each run; a failure names its seed
const TRIES = 25
const SHOREDITCH = 1_400_000_002

type Asked = { body?: z.ZodMiniType; query?: readonly string[] }

const LIST = { query: ['page', 'size', 'orderBy', 'dir', 'Id', 'WebHook_Action', 'WebHook_Name'] }
const HISTORY = ['by', 'webhook', 'location', 'run']

/**
 * Every route of the desk, with what it reads. A new route fails the first test until it is listed.
 */
const ROUTES: Record<string, Asked> = {
  'GET /healthz': {},
  'GET /readyz': {},
  'GET /desk/session': {},
  'POST /desk/session': { body: credentialsSchema },
  'DELETE /desk/session': {},
  'POST /desk/webhooks': { body: webhookInputSchema },
  'PATCH /desk/webhooks/:id{[0-9]+}': { body: changeRequestSchema },
  'DELETE /desk/webhooks/:id{[0-9]+}': { body: removeRequestSchema },
  'GET /desk/history': { query: [...HISTORY, 'before', 'limit'] },
  'GET /desk/history/people': {},
  'GET /desk/history.csv': { query: HISTORY },
  'GET /desk/facts': { query: ['webhook'] },
  'POST /desk/history/:id/revert': {},
  'POST /desk/runs': { body: runProposalSchema },
  'GET /desk/runs': {},
  'GET /desk/runs/:id{[0-9]+}': {},
  'GET /desk/runs/:id{[0-9]+}/items': {},
  'POST /desk/runs/:id{[0-9]+}/start': { body: runStartSchema },
  'POST /desk/runs/:id{[0-9]+}/pause': {},
  'POST /desk/runs/:id{[0-9]+}/stop': {},
  'POST /desk/runs/:id{[0-9]+}/discard': {},
  'POST /desk/runs/:id{[0-9]+}/continue': {},
  'POST /desk/runs/:id{[0-9]+}/retry': {},
  'POST /desk/runs/:id{[0-9]+}/undo': {},
  'POST /desk/probes': { body: probeRequestSchema },
  'GET /api/sys/webhooks': LIST,
  'GET /desk/notifications': {},
  'PUT /desk/notifications': { body: notificationsChangeSchema },
  'POST /desk/notifications/code': { body: codeSchema },
  'POST /desk/notifications/test': {},
  'GET /desk/channels': {},
  'GET /desk/pauses': {},
  'GET /desk/feeds': {},
  'POST /desk/feeds': {},
  'DELETE /desk/feeds': {},
  'GET /feeds/:token/incidents.atom': {},
  'GET /feeds/:token/pauses.ics': {},
  'GET /desk/push': {},
  'POST /desk/push': { body: newBrowserSchema },
  'DELETE /desk/push/:id': {},
  'POST /desk/push/:id/test': {},
  'POST /desk/pauses': { body: newPausesSchema },
  'POST /desk/pauses/windows': { body: newPauseWindowSchema },
  'DELETE /desk/pauses/windows/:id': {},
  'DELETE /desk/pauses/:id{[0-9]+}': {},
  'POST /desk/channels': { body: newChannelSchema },
  'PUT /desk/channels/:id': { body: channelChangeSchema },
  'DELETE /desk/channels/:id': {},
  'POST /desk/channels/:id/test': {},
  'GET /desk/watch': {},
  'GET /desk/timeline/:id{[0-9]+}': { query: ['hours'] },
  'GET /desk/recoveries': {},
  'PUT /desk/recoveries/:id{[0-9]+}': {},
  'DELETE /desk/recoveries/:id{[0-9]+}': {},
  'GET /desk/contacts': {},
  'PUT /desk/contacts': { body: contactChangeSchema },
  'GET /desk/views': {},
  'POST /desk/views': { body: newViewSchema },
  'PATCH /desk/views/:id': { body: viewChangeSchema },
  'DELETE /desk/views/:id': {},
  'GET /desk/timeline/strips': { query: ['ids', 'hours'] },
  'GET /desk/timeline/host': { query: ['host', 'hours'] },
  'GET /desk/timeline/csv': { query: ['webhook', 'host', 'hours'] },
  'PUT /desk/watch/account': { body: watchSignInSchema },
  'DELETE /desk/watch/account': {},
  'POST /unsubscribe/:token': {},
  'GET /desk/attention': {},
  'POST /desk/incidents/:id/acknowledge': { body: acknowledgeSchema },
  'POST /desk/incidents/:id/mute': { body: muteSchema },
  'GET /api/sys/webhooks/:id{[0-9]+}': {},
  'GET /api/sys/businesses': LIST,
  'GET /api/sys/businesses/:id{[0-9]+}': {},
  'GET /api/sys/simpletimezones/:id{[0-9]+}': {},
  'GET /api/sys/users/:id{[0-9]+}': {},
  'GET /api/auth/me': {},
  'GET /api/utils/enums': { query: ['name'] },
  'GET /desk/sandbox/settings': {},
  'PUT /desk/sandbox/settings': { body: settingsChangeSchema },
  'PUT /desk/sandbox/locations/:id{[0-9]+}/secret': {
    body: z.object({ sharedSecret: z.nullable(z.string()) }),
  },
  'POST /desk/sandbox/events': { body: eventRequestSchema },
  'GET /desk/sandbox/deliveries': { query: ['webhook', 'event'] },
  'POST /desk/sandbox/deliveries/:id{[0-9]+}/again': {},
  'POST /desk/sandbox/webhooks/:id{[0-9]+}/parked': {
    body: z.object({ act: z.enum(['replay', 'drop']) }),
  },
  'GET /desk/sandbox/inbox': {},
  'DELETE /desk/sandbox/inbox': {},
  'GET /desk/sandbox/mails': {},
  'DELETE /desk/sandbox/mails': {},
  'GET /desk/sandbox/receivers': {},
  'PUT /desk/sandbox/receivers/:name': { body: z.object({ answer: z.string() }) },
}

let desk: TestDesk
beforeAll(async () => {
  desk = await openTestDesk({
    deskState: {
      sandbox: { url: SANDBOX_RECEIVER, accounts: [] },
      nexudus: null,
      exceptions: [],
      allowPrivateTargets: false,
      watches: false,
    },
    send: createOutbound({
      policy: { allowHttp: false, extraPorts: [], exceptions: [] },
      // these tests call no receiver
      resolve: () => Promise.resolve([]),
    }),
    limits: PATIENT,
  })
  await signIn()
})
afterAll(() => desk.close())

let admin: Visitor
async function signIn() {
  admin = desk.visitor()
  expect((await admin.signIn('admin@hookdesk.test')).status).toBe(200)
}

test('every route is listed here, and similar paths answer nothing', () => {
  const routes = desk.app.routes.map(({ method, path }) => ({ method, path }))
  const named = routes.filter(({ method }) => method !== 'ALL')
  expect(new Set(named.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(Object.keys(ROUTES)),
  )
  // the rest is middleware for a whole part of the tree
  const others = routes.filter(({ method, path }) => method === 'ALL' && !path.endsWith('*'))
  expect(others).toEqual([])
})

/** In milliseconds, after failed sign-ins; see `server/session/sign-in-throttle.ts`. */
const LONGEST_WAIT_MS = 60 * 60_000

const IDS = ['1', '2', '0', '007', '2147483647', '2147483648', '9007199254740991']
const BEYOND_IDS = ['9007199254740993', '99999999999999999999', '9'.repeat(400)]

/** The path with values for its parameters, and a query. */
function targetOf(path: string, { query = [] }: Asked): Arbitrary<string> {
  const anyId = fc.oneof(
    fc.constantFrom(...IDS, ...BEYOND_IDS, '1400001001'),
    fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String),
  )
  const anyText = fc.oneof(fc.constantFrom('\0', '1', 'a\0b'), fc.string({ unit: 'binary' }))
  const parts = path.split('/').map((part) => {
    if (part.includes('[0-9]+')) return anyId
    return part.startsWith(':') ? anyText.map(encodeURIComponent) : fc.constant(part)
  })
  const asked = query.map((name) =>
    fc
      .option(fc.oneof(anyId, anyText))
      .map((value): [string, string][] => (value === null ? [] : [[name, value]])),
  )
  return fc
    .tuple(fc.tuple(...parts), fc.tuple(...asked))
    .map(([names, pairs]) => `${names.join('/')}?${new URLSearchParams(pairs.flat())}`)
}

const LIKELY = {
  texts: ['https://hooks.example.com/in', 'admin@hookdesk.test', 'Bookings', '500', '123456'],
  numbers: [1, 6, SHOREDITCH, 1_400_001_001],
}

const ask = (method: string, target: string, body?: unknown) =>
  admin.request(target, {
    method,
    body,
    ...(method !== 'GET' && { headers: { [IDEMPOTENCY_HEADER]: crypto.randomUUID() } }),
  })

test.each(Object.keys(ROUTES))(
  'no well-typed value makes %s fail on our side',
  async (route) => {
    const asked = ROUTES[route] ?? {}
    const [method = '', path = ''] = route.split(' ')
    const bodies = asked.body ? wellTyped(asked.body, LIKELY) : fc.constant(undefined)
    const takesNothing = !asked.body && !asked.query && !path.includes(':')
    await fc.assert(
      fc.asyncProperty(targetOf(path, asked), bodies, async (target, body) => {
        const answer = await ask(method, target, body)
        expect(answer.status, answer.text).toBeLessThan(500)
        if (route === 'DELETE /desk/session') {
          // other attempts may have been failed sign-ins of the same person
          desk.clock.pass(LONGEST_WAIT_MS)
          await signIn()
        }
        // probes have a limit per minute
        if (path === '/desk/probes') desk.clock.pass(10_000)
      }),
      { numRuns: takesNothing ? 1 : TRIES },
    )
  },
  120_000,
)

const input = { BusinessId: SHOREDITCH, Action: 6, Name: 'A', Description: '', Active: true }
const URL = 'https://hooks.example.com/in'
const aChange = (seen: object) => ({
  title: { act: 'move', from: 'a.example', to: 'b.example' },
  changes: [{ kind: 'change', webhookId: 1, change: { Active: false }, seen }],
})
const anEvent = (record: string) =>
  `{"BusinessId": ${SHOREDITCH}, "Action": 6, "record": ${record}}`
const levels = (count: number) => `{"a":`.repeat(count) + '1' + '}'.repeat(count)

test.each([
  ['POST', '/desk/runs', { ...aChange({}), title: { act: 'copy', to: 'a\0b' } }, 400, 'to'],
  ['POST', '/desk/runs', aChange({ Name: 'a\0b' }), 400, 'Name'],
  ['POST', '/desk/runs', aChange({ Name: 'a\ud800' }), 400, 'Name'],
  ['POST', '/desk/runs/1/start', { leftOut: [9_007_199_254_740_991] }, 400, '0'],
  ['POST', '/desk/runs/9007199254740993/pause', undefined, 400, 'id'],
  ['PATCH', '/desk/webhooks/99999999999999999999', { seen: {}, change: {} }, 400, 'id'],
  ['DELETE', '/desk/webhooks/99999999999999999999', { seen: {} }, 400, 'id'],
  ['POST', '/desk/webhooks', { ...input, URL, Name: 'x'.repeat(251) }, 400, 'Name'],
  ['POST', '/desk/webhooks', { ...input, URL: `${URL}?${'x'.repeat(2_048)}` }, 400, 'URL'],
  ['POST', '/desk/webhooks', { ...input, URL, Description: 'x'.repeat(4_001) }, 400, 'Description'],
  ['POST', '/desk/runs', aChange({ Name: 'x'.repeat(100_001) }), 400, 'Name'],
])(
  '%s %s with %j is refused, and the error names its field',
  async (method, path, body, status, field) => {
    const answer = await ask(method, path, body)
    expect([answer.status, answer.body.code]).toEqual([status, 'bad_request'])
    expect([answer.body.reason, answer.body.message]).toEqual(['invalid_values', undefined])
    expect(answer.body.Errors[0].PropertyName).toBe(field)
  },
)

test.each([
  ['a key that stands twice', anEvent('{"Id": 1, "Id": 2}')],
  ['4,000 levels', anEvent(levels(4_000))],
])('an event of the sandbox with %s is refused', async (_what, body) => {
  const answer = await ask('POST', '/desk/sandbox/events', body)
  expect([answer.status, answer.body.code, answer.body.reason]).toEqual([
    422,
    'refused',
    'by_sandbox',
  ])
})
