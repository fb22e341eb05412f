import { beforeAll, expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import type { Webhook, WebhookRow } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { installIssueTexts } from '#texts/issue-texts.ts'

import { planWebhook, type AddressShare } from './plan.ts'
import { comparePlan } from './plan-compare.ts'
import { matchPlan } from './plan-match.ts'
import { placesOf } from './plan-places.ts'
import { finish } from './steps.ts'
import { readPlan, withoutSecrets, writePlan, type PlanFormat } from './plan-text.ts'

beforeAll(() => void installIssueTexts())

const SOHO = 1_400_000_001
const LOCATIONS = new Map([[SOHO, 'Soho, "the old"; place – Nº 1']])
const policy = { exceptions: [], allowPrivateTargets: false }

const webhookWith = (Id: number, fields: Partial<Webhook> = {}): Webhook => ({
  Id,
  BusinessId: SOHO,
  Action: ACTION.BookingCreate,
  Name: `Webhook ${Id}`,
  URL: `https://receiver.example.com/${Id}`,
  Active: true,
  ErrorCount: 0,
  LastError: null,
  LastTrigger: null,
  CreatedOn: null,
  UpdatedOn: null,
  UpdatedBy: null,
  Description: null,
  ...fields,
})

const NASTY = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\ttab',
  '\rreturn',
  "'quoted",
  "''twice",
  "'=not a formula",
  "'",
  '"',
  '""',
  'a "b" c',
  '"all of it"',
  'a,b',
  'a;b',
  'a|b',
  'a\tb',
  ',;,;,;',
  ';',
  'a\nb',
  'a\r\nb',
  'a\rb',
  '\n',
  'ends\n',
  '\n\n"\n,',
  'a\n=1+1',
  ' leads',
  'trails ',
  '  ',
  '',
  '\u00A0',
  '\u200Bzero\u200B',
  '\uFEFFmark',
  '😀👩‍👩‍👧',
  'שלום',
  'مرحبا، بالعالم',
  'Ünïcödé',
  'e\u0301',
  '＝1',
  '\u202Edesrever',
  '{"a":1}',
  '[1]',
  '\\',
  '\\"',
  '\\n',
  'null',
  'true',
  '0',
  '1e9',
  '١٢',
  'yes',
  '#N/A',
  '<b>x</b>',
  "<script>alert('x')</script>",
  '${x}',
  '%s',
  '\u0000',
  '\u001F',
  '\u2028',
  '…',
  '••••',
]

function compare(text: string, webhooks: Webhook[]) {
  const plan = finish(readPlan(text))
  const places = placesOf(plan, LOCATIONS)
  const matches = matchPlan(plan, places, new Map(), webhooks)
  const descriptions = new Map(webhooks.map(({ Id, Description }) => [Id, Description ?? '']))
  const comparison = finish(comparePlan(matches, { webhooks, policy, descriptions }))
  return { ...comparison, problems: plan.problems, ignored: plan.ignored }
}

function exported(webhooks: WebhookRow[], format: PlanFormat, share: AddressShare) {
  const locations = [...LOCATIONS].map(([id, name]) => ({ id, name }))
  const place = (id: number) => LOCATIONS.get(id) ?? `Location ${id}`
  const rows = webhooks.map((webhook) => planWebhook(webhook, place(webhook.BusinessId), share))
  return writePlan({ exportedAt: '2026-05-05T14:00:00Z', locations, webhooks: rows }, format)
}

test.each(['json', 'csv'] as const)(
  'a %s without descriptions leaves them as they are',
  (format) => {
    const webhooks = [webhookWith(1, { Description: 'Ask Ana' }), webhookWith(2, { Name: 'Two' })]
    const rows = webhooks.map(({ Description: _unread, ...row }) => row)
    const text = exported(rows, format, 'whole')
    expect(text).not.toContain('Description')
    const { items, extra, problems, ignored } = compare(text, webhooks)
    expect([problems, ignored, extra]).toEqual([[], [], []])
    expect(items.map(({ kind }) => kind)).toEqual(['leave', 'leave'])
  },
)

test.each(['json', 'csv'] as const)(
  'values that cannot be read are left out of a %s, and importing it leaves them unchanged',
  (format) => {
    const webhooks = [webhookWith(1, { Active: null, Action: UNREAD_ACTION, ErrorCount: null })]
    const text = exported(webhooks, format, 'whole')
    expect(text).not.toMatch(/-1|cannot be read|Active":(true|false)/)
    if (format === 'csv') {
      expect(text).toContain('"1400000001","","","Webhook 1"')
      expect(text).toContain('"no","",""')
    }
    const { items, problems } = compare(text, webhooks)
    expect(problems).toEqual([])
    expect(items).toMatchObject([{ kind: 'leave', notes: [] }])
    // a value in a file differs from any that cannot be read
    const said = exported([webhookWith(1, { Active: false })], format, 'whole')
    expect(compare(said, webhooks).items).toMatchObject([
      {
        kind: 'change',
        change: { Active: false, Action: ACTION.BookingCreate },
        seen: { Active: null, Action: UNREAD_ACTION },
      },
    ])
  },
)

const KINDS = (['json', 'csv'] as const).flatMap((format) =>
  (['whole', 'masked', 'hidden'] as const).map((share) => [format, share] as const),
)

test.each(KINDS)('importing an unchanged export changes nothing, as %s, %s', (format, share) => {
  const webhooks = [
    ...NASTY.map((text, at) => webhookWith(at + 1, { Name: text, Description: text })),
    webhookWith(1001, { Description: '' }),
    webhookWith(1002, { Action: 4711 }),
    webhookWith(1003, { Action: ACTION.None, Active: false }),
    webhookWith(1004, { URL: 'https://ana:pw@receiver.example.com/a?key=s3cr3t&x=1#top' }),
    webhookWith(1005, { URL: 'not an address, really?key=s3cr3t' }),
    webhookWith(1006, { URL: '' }),
    webhookWith(1007, { URL: 'http://10.0.0.7/in' }),
    webhookWith(1008, { URL: ' HTTPS://Receiver.example.com/%7e/ä… ' }),
    // existing duplicates are allowed
    webhookWith(1009, { URL: 'https://duplicate.example.com/' }),
    webhookWith(1010, { URL: 'https://duplicate.example.com/', Name: 'Webhook 1009' }),
    // a location without a known name
    webhookWith(1011, { BusinessId: SOHO }),
    { ...webhookWith(1012), UniqueId: 'kept by Nexudus' },
  ]
  const { items, extra, problems, ignored } = compare(exported(webhooks, format, share), webhooks)
  expect(problems).toEqual([])
  expect(ignored).toEqual([])
  expect(items.filter(({ kind, notes }) => kind !== 'leave' || notes.length > 0)).toEqual([])
  expect(items).toHaveLength(webhooks.length)
  expect(extra).toEqual([])
})

test.each(['json', 'csv'] as const)(
  'every text reaches another network unchanged, as %s',
  (format) => {
    const webhooks = NASTY.map((text, at) => webhookWith(at + 1, { Description: text }))
    const { items } = compare(exported(webhooks, format, 'whole'), [])
    items.forEach((item, at) => {
      const text = NASTY[at] ?? ''
      // a character that no database keeps is reported, not dropped
      const kept = text.includes('\0') ? { kind: 'problem' } : { input: { Description: text } }
      expect(item).toMatchObject(kept)
    })
  },
)

test('the file contains secrets only on request', () => {
  const URL = 'https://ana:pw-s3cr3t@receiver.example.com/in?key=k-s3cr3t#f-s3cr3t'
  const webhooks = [webhookWith(1, { URL }), webhookWith(2, { URL: 'odd//u:s3cr3t@x?y=s3cr3t' })]
  for (const format of ['json', 'csv'] as const) {
    expect(exported(webhooks, format, 'masked')).not.toContain('s3cr3t')
    expect(exported(webhooks, format, 'hidden')).not.toContain('s3cr3t')
    expect(exported(webhooks, format, 'whole')).toContain('k-s3cr3t')
  }
})

test('no cell of a CSV begins as a formula does', () => {
  const webhooks = NASTY.map((Name, at) => webhookWith(at + 1, { Name, Description: Name }))
  const text = exported(webhooks, 'csv', 'whole')
  expect(text).toMatch(/^\uFEFF"Id",/)
  expect(text).not.toMatch(/(^|[,\n])"[=+\-@\t\r]/)
})

test.each([
  [',', '\n'],
  [';', '\r\n'],
  ['\t', '\n'],
  ['|', '\r'],
])('a table with %j between its cells and %j between its lines is read', (delimiter, end) => {
  const rows = [
    ['NAME', ' Location ', 'action', 'Address'],
    ['A; b, c | d', '"Soho, ""the old""; place – Nº 1"', '6', 'https://x.example.com/'],
  ]
  const quoted = rows.map((row) =>
    row.map((cell) => (cell.startsWith('"') || row === rows[0] ? cell : `"${cell}"`)),
  )
  const text = quoted.map((row) => row.join(delimiter)).join(end)
  const { items, problems } = compare(text, [])
  expect(problems).toEqual([])
  expect(items).toMatchObject([
    {
      kind: 'create',
      line: 2,
      input: { Name: 'A; b, c | d', Action: ACTION.BookingCreate, BusinessId: SOHO },
    },
  ])
})

const csvOf = (...lines: string[]) =>
  ['Id,Location number,Action,Name,URL,Active', ...lines].join('\n')

test.each([
  ['hello', 1, /not a plan file/],
  ['', 1, /not a plan file/],
  ['{"a": 1}', null, /“format” is not/],
  ['[]', null, /“format” is not/],
  ['{\n"format": "hookdesk-plan",\n!', 3, /cannot read this JSON/],
  ['{"format":"hookdesk-plan","version":2,"webhooks":[]}', null, /another version/],
  ['{"format":"hookdesk-plan","version":1,"webhooks":[1]}', null, /is not a webhook/],
  ['Name,URL,Name\n', 1, /two columns for Name/],
  [csvOf(...Array.from({ length: 5_001 }, (_, at) => `${at + 1},,,,,`)), null, /5,001 webhooks/],
  ['x'.repeat(2_000_001), null, /2 MB/],
  [
    csvOf(...Array.from({ length: 100_000 }, (_, at) => `${at + 1},,,,,`)),
    null,
    /100,000 webhooks/,
  ],
])('a text that is not a plan is refused: %j', (text, line, words) => {
  const { problems, entries } = finish(readPlan(text))
  expect(entries).toEqual([])
  expect(problems).toMatchObject([{ line }])
  expect(problems[0]?.text).toMatch(words)
})

test.each([
  ['x,,6,N,https://a.example.com/,', 'Id', /“x” is not a whole number/],
  [`,${SOHO},Bookin,N,https://a.example.com/,`, 'Action', /“Bookin” is not the number/],
  [`,${SOHO},6,,https://a.example.com/,`, 'Name', /Enter a name/],
  [`,${SOHO},6,N,a.example.com,`, 'URL', /full URL/],
  [`,${SOHO},6,N,http://10.0.0.7/,`, 'URL', /cannot reach/],
  [`,${SOHO},6,N,,`, 'URL', /Enter the URL/],
  [`,,6,N,https://a.example.com/,`, 'Location', /Choose a location/],
  [`,${SOHO},,N,https://a.example.com/,`, 'Action', /Choose an action/],
  [`,${SOHO},None,N,https://a.example.com/,`, 'Action', /never fires/],
  [`,${SOHO},6,N,https://a.example.com/,maybe`, 'Active', /“maybe” is neither yes nor no/],
  [`,${SOHO},6,N,https://a.example.com/?k=••••,`, 'URL', /hidden in the file/],
  [`,${SOHO},6,N,https://a.example.com/,yes,what`, null, /more cells than columns/],
  [`,${SOHO},6,"N,https://a.example.com/`, null, /quotation mark/],
])('an error is reported with its place: %s', (line, column, words) => {
  const { items } = compare(csvOf('', '1,,,"two\nlines",https://receiver.example.com/1,', line), [
    webhookWith(1, { Name: 'two\nlines' }),
  ])
  const found = items.flatMap((item) => (item.kind === 'problem' ? item.problems : []))
  expect(found).toMatchObject([{ line: 5, column }])
  expect(found[0]?.text).toMatch(words)
})

test('a webhook in a JSON plan is found by its line', () => {
  const text = exported(
    [webhookWith(1), webhookWith(2, { Name: 'a "webhooks": [{' })],
    'json',
    'whole',
  )
  const { items } = compare(text.replace('"Id":2', '"Id":1'), [webhookWith(1)])
  const line = text.split('\n').findIndex((row) => row.includes('"Id":2')) + 1
  expect(items.at(-1)).toMatchObject({ kind: 'problem', problems: [{ line, column: 'Id' }] })
})

test.each([
  ['sep=;\n', ';', '\n'],
  ['sep=;\r\n', ';', '\r\n'],
  ['"sep=|"\r\n', '|', '\r\n'],
  ['SEP=\t\n', '\t', '\n'],
])('a first line %j names the delimiter, and line numbers include it', (first, delimiter, end) => {
  const rows = [
    ['Name', 'Location', 'Action', 'URL', 'Description'],
    ['A,b', String(SOHO), '6', 'https://x.example.com/', 'C,d'],
    ['B', String(SOHO), 'x', 'https://x.example.com/b', ''],
  ]
  const header = rows.map((row) => row.join(delimiter)).join(end)
  const { items, problems } = compare(first + header.replace('Location', 'Location number'), [])
  expect(problems).toEqual([])
  expect(items).toMatchObject([
    { kind: 'create', line: 3, input: { Name: 'A,b', Description: 'C,d' } },
    { kind: 'problem', problems: [{ line: 4, column: 'Action' }] },
  ])
})

const ROW = `,${SOHO},6,N,https://a.example.com/,yes,`

test.each([
  ['a header with LF and rows with CRLF', '\n', '\r\n'],
  ['a header with CRLF and rows with LF', '\r\n', '\n'],
  ['a header with CR and rows with CRLF', '\r', '\r\n'],
])('%s: line ends are not part of a text', (_what, first, other) => {
  const text = `Id,Location number,Action,Name,URL,Active,Description${first}${ROW}one${other},${SOHO},7,N,https://a.example.com/,yes,"two\r\nlines"${other}${ROW.replace('6', '8')}three${other}`
  const { items, problems } = compare(text, [])
  expect(problems).toEqual([])
  expect(items).toMatchObject([
    { line: 2, input: { Description: 'one' } },
    { line: 3, input: { Description: 'two\r\nlines' } },
    { line: 5, input: { Description: 'three' } },
  ])
})

test('numbers as pandas writes them are read', () => {
  const text = csvOf(`1.0,${SOHO}.0,6.00,N,https://a.example.com/,0.0`, ',,,,,')
  const { items } = compare(text, [webhookWith(1, { Name: 'N', Action: ACTION.BookingUpdate })])
  expect(items).toMatchObject([
    {
      kind: 'change',
      change: { Action: ACTION.BookingCreate, Active: false, URL: 'https://a.example.com/' },
    },
  ])
  const half = compare(csvOf(`1.5,,,,,`), []).items
  expect(half).toMatchObject([{ kind: 'problem', problems: [{ column: 'Id' }] }])
})

test('a table read in many parts gives the same result, including quotes and lines', () => {
  const lines = Array.from({ length: 1_600 }, (_, at) =>
    at % 400 === 0
      ? `${at + 1},,,"two\nlines ""${at}""",https://a.example.com/${at},`
      : `${at + 1},,,Name ${at},https://a.example.com/${at},`,
  )
  const { entries } = finish(readPlan(csvOf(...lines)))
  expect(entries).toHaveLength(1_600)
  expect(entries[1_200]?.Name).toBe('two\nlines "1200"')
  // each of the three before it takes one line more
  expect(entries[1_200]?.line).toBe(1_202 + 3)
  const steps = readPlan(csvOf(...lines))
  let count = 0
  while (!steps.next().done) count += 1
  expect(count).toBeGreaterThan(20)
})

test.each([
  [
    'Name,URL\nA,https://Ana:s3cr3t@X.example.com/a?key=s3cr3t,B\nC,https://A.Example.com/%7e,D',
    'Name,URL\nA,https://••••@x.example.com/a?key=••••,B\nC,https://A.Example.com/%7e,D',
  ],
  [
    'Name;URL\nA;"https://x.example.com/?a=1;b=s3cr3t"',
    'Name;URL\nA;"https://x.example.com/?a=••••"',
  ],
  [
    '{"format":"hookdesk-plan","webhooks":[{"URL":"https://x.example.com/?k=s3cr3t,s3cr3t","Id":1}]}',
    '{"format":"hookdesk-plan","webhooks":[{"URL":"https://x.example.com/?k=••••","Id":1}]}',
  ],
  [
    'Name,URL\nA,https://x.example.com/a b?key=s3 cr3t ,See https://x.example.com/?k=s3cr3t and so on',
    'Name,URL\nA,https://x.example.com/a%20b?key=•••• ,See https://x.example.com/?k=•••• and so on',
  ],
  ['Name,URL\r\nA,ftp://Ana:s3cr3t@x.example.com/', 'Name,URL\r\nA,ftp://••••@x.example.com/'],
  [
    String.raw`[{"URL":"https://x.example.com/?k=a\"s3cr3t\\","Id":1}]`,
    '[{"URL":"https://x.example.com/?k=••••","Id":1}]',
  ],
])('a plan kept over a reload has no secrets: %s', (text, kept) => {
  expect(withoutSecrets(text)).toBe(kept)
})
