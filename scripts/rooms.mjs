import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

import { format, resolveConfig } from 'prettier'

// Says which room may import which. `node scripts/rooms.mjs` writes the linter's rules and the
// floor plan of the README from it. A test checks that both are up to date.

const CONTRACT = [
  'contract/address',
  'contract/nexudus',
  'contract/actions',
  'contract/desk',
  'contract/words',
]
const PLATFORM = ['platform/db', 'platform/http', 'platform/queue', 'platform/outbound']
const REACT_ROUTING = ['@tanstack/*']
const SIGNED_IN = '#features/session/use-desk.ts'
const TO_DEVELOPERS = '#features/developers/to-developers.tsx'
const HELP_FOLD = '#features/help/help-fold.tsx'
const PROPOSE = '#features/runs/propose.ts'

/**
 * @typedef {object} Room
 * @property {string} holds its purpose, for the floor plan
 * @property {string[]} imports the rooms it may import besides itself
 * @property {string[]} [files] single files of other rooms
 * @property {string[]} [packages] the only packages it may import
 * @property {string[]} [not] packages it may not import
 *
 * @typedef {Record<string, Pick<Room, 'imports'>>} Rooms
 */

/**
 * @param {string} holds
 * @param {string[]} imports
 * @returns {Room}
 */
const feature = (holds, imports = [], files = [SIGNED_IN]) => ({
  holds,
  files,
  imports: [...CONTRACT, 'src/api', 'src/ui', 'src/texts', ...imports],
})

/**
 * A part that knows nothing of webhooks.
 *
 * @param {string} holds
 * @param {string[]} imports
 * @returns {Room}
 */
const ui = (holds, imports) => ({ holds, imports, not: [...REACT_ROUTING, 'react-hook-form'] })

/** @type {Record<string, Room>} */
export const ROOMS = {
  'contract/address': {
    holds: 'what an address is, and what can be said of one',
    imports: [],
    packages: ['zod', 'zod/mini', 'ipaddr.js', 'punycode.js'],
  },
  'contract/nexudus': {
    holds: 'the Nexudus wire: records, rights, health, signatures',
    imports: ['contract/address'],
    packages: ['zod', 'zod/mini'],
  },
  'contract/actions': {
    holds: 'the catalogue of actions',
    imports: ['contract/nexudus'],
    packages: [],
  },
  'contract/payloads': {
    holds: 'sample payloads of every action',
    imports: ['contract/nexudus', 'contract/actions'],
    packages: [],
  },
  'contract/words': {
    holds: 'words that both the page and a notice use: explanations, plurals',
    imports: [],
  },
  'contract/desk': {
    holds: 'the shapes of `/desk`: failures, runs, history, probes',
    imports: ['contract/address', 'contract/nexudus', 'contract/actions'],
    packages: ['zod', 'zod/mini'],
  },

  'platform/env': {
    holds: 'settings, and why a program did not start',
    imports: ['contract/address', 'platform/db'],
  },
  'platform/db': { holds: 'PGlite or PostgreSQL, and how migrations run', imports: [] },
  'platform/http': {
    holds: 'listening, failures, guards, headers, the log',
    imports: [...CONTRACT, 'platform/db'],
  },
  'platform/queue': { holds: 'jobs that outlive the process', imports: ['platform/db'] },
  'platform/outbound': {
    holds: 'the only door to an address that a person gave us',
    imports: CONTRACT,
  },

  'sandbox/db': {
    holds: 'its tables and their migrations',
    imports: ['contract/desk', 'platform/db'],
  },
  'sandbox/wire': {
    holds: 'how Nexudus speaks: envelopes, lists, errors, and the switches for the unknown',
    imports: ['contract/nexudus', 'platform/db', 'sandbox/db'],
  },
  'sandbox/access': {
    holds: 'accounts, tokens, who may what',
    imports: ['contract/desk', 'platform/db', 'sandbox/db', 'sandbox/wire'],
  },
  'sandbox/records': {
    holds: 'what several of its rooms know of records: businesses, time zones, names of actions',
    imports: ['contract/nexudus', 'platform/db', 'sandbox/db', 'sandbox/wire'],
  },
  'sandbox/seed': {
    holds: 'the network it starts with',
    imports: [
      'contract/desk',
      'platform/db',
      'sandbox/db',
      'sandbox/wire',
      'sandbox/access',
      'sandbox/records',
    ],
  },
  'sandbox/faults': {
    holds: 'failures on request, and the calls it remembers',
    imports: [...CONTRACT, 'platform/db', 'sandbox/db', 'sandbox/wire', 'sandbox/access'],
  },
  'sandbox/mail': {
    holds: 'a mail box with a real SMTP server',
    imports: [...CONTRACT, 'platform/db', 'sandbox/db', 'sandbox/wire'],
  },
  'sandbox/receiver': {
    holds: 'receivers in the box, and what they got',
    imports: [...CONTRACT, 'platform/db', 'sandbox/db', 'sandbox/wire'],
  },
  'sandbox/delivery': {
    holds: 'events, attempts, retries, the stop at ten',
    imports: [
      ...CONTRACT,
      'contract/payloads',
      ...PLATFORM,
      'sandbox/db',
      'sandbox/wire',
      'sandbox/access',
      'sandbox/records',
    ],
  },
  'sandbox/api': {
    holds: 'the documented endpoints',
    imports: [
      ...CONTRACT,
      'platform/db',
      'sandbox/db',
      'sandbox/wire',
      'sandbox/access',
      'sandbox/records',
      'sandbox/faults',
      'sandbox/delivery',
    ],
  },

  'server/db': {
    holds: 'the schema of the desk’s tables, their migrations',
    imports: [...CONTRACT, 'platform/db'],
  },
  'server/nexudus': {
    holds: 'the client of a Nexudus: limits, throttling, tokens, budget',
    imports: [...CONTRACT, 'platform/db', 'platform/http', 'server/db'],
  },
  'server/session': {
    holds: 'sign-in, the cookie, refreshing, forwarding reads',
    imports: [...CONTRACT, 'platform/db', 'platform/http', 'server/db', 'server/nexudus'],
  },
  'server/intents': {
    holds: 'a write happens once, and one at a time: keys, turns, late answers',
    imports: [...CONTRACT, 'platform/db', 'platform/http', 'server/db', 'server/nexudus'],
  },
  'server/changes': {
    holds: 'the one way in which anything is written',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'server/db',
      'server/nexudus',
      'server/intents',
    ],
  },
  'server/history': {
    holds: 'who changed what, what was changed elsewhere, the way back',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'server/db',
      'server/nexudus',
      'server/intents',
      'server/changes',
    ],
  },
  'server/runs': {
    holds: 'many changes: the dry run, the worker, undo',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'platform/queue',
      'server/db',
      'server/nexudus',
      'server/intents',
      'server/changes',
    ],
  },
  'server/probes': {
    holds: 'whether a receiver answers, within limits',
    imports: [
      ...CONTRACT,
      'contract/payloads',
      'platform/db',
      'platform/http',
      'platform/outbound',
      'server/db',
      'server/nexudus',
    ],
  },
  'server/watch': {
    holds: 'the watch: looks at the whole fleet, and what happened between two',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'platform/queue',
      'server/db',
      'server/nexudus',
      'server/history',
    ],
  },
  'server/clock': {
    holds: 'times on the clock of a zone: of the day, and of the week',
    imports: ['platform/http'],
  },
  'server/alerts': {
    holds: 'incidents, whom to tell of them, and the outbox',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'platform/queue',
      'platform/outbound',
      'server/db',
      'server/clock',
      'server/nexudus',
      'server/history',
      'server/contacts',
      'server/watch',
    ],
  },
  'server/pauses': {
    holds: 'pauses with an end, and who ends them',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'platform/queue',
      'server/db',
      'server/clock',
      'server/nexudus',
      'server/changes',
      'server/alerts',
    ],
  },
  'server/recovery': {
    holds: 'stopped webhooks that are switched on by themselves',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'platform/queue',
      'platform/outbound',
      'server/db',
      'server/nexudus',
      'server/changes',
      'server/history',
      'server/probes',
      'server/watch',
      'server/alerts',
    ],
  },
  'server/contacts': {
    holds: 'the people to write to about a receiver',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'server/db',
      'server/nexudus',
      'server/history',
      'server/watch',
    ],
  },
  'server/feeds': {
    holds: 'incidents and pauses for feed readers and calendars',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'server/db',
      'server/clock',
      'server/nexudus',
      'server/alerts',
    ],
  },
  'server/channels': {
    holds: 'chats and programs that are told, besides people',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'platform/outbound',
      'server/db',
      'server/clock',
      'server/nexudus',
      'server/alerts',
    ],
  },
  'server/push': {
    holds: 'notices in the browsers that people work at',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'platform/outbound',
      'server/db',
      'server/clock',
      'server/nexudus',
      'server/alerts',
    ],
  },
  'server/views': {
    holds: 'filters and an order of the list, saved under a name',
    imports: [
      ...CONTRACT,
      'platform/db',
      'platform/http',
      'server/db',
      'server/nexudus',
      'server/history',
    ],
  },
  'server/pages': {
    holds: 'the built page, stamped for each request',
    imports: [...CONTRACT, 'platform/http'],
  },

  'src/api': {
    holds: 'one round trip to the desk',
    imports: CONTRACT,
    not: [...REACT_ROUTING, 'react', '@mantine/*'],
  },
  'src/texts': {
    holds: 'the words for the codes of the contract: failures, findings, reasons, titles',
    imports: [...CONTRACT, 'src/api', 'src/ui/hooks', 'src/ui/text'],
    not: [...REACT_ROUTING, 'react', '@mantine/*'],
  },
  'src/ui/text': {
    ...ui('times, search in text', []),
    not: [...REACT_ROUTING, 'react', 'react-hook-form'],
  },
  'src/ui/hooks': ui('keys, presses, focus, what is kept; knows no look', ['src/ui/text']),
  'src/ui/feedback': ui('notices, dialogs, states and marks', [
    'contract/words',
    'src/ui/text',
    'src/ui/hooks',
  ]),
  'src/ui/controls': ui('what is pressed and typed into', [
    'contract/words',
    'src/ui/text',
    'src/ui/hooks',
    'src/ui/feedback',
  ]),
  'src/ui/page': ui('the frame of a page', ['src/ui/text']),
  'src/forms': {
    holds: 'fields bound to forms, refusals onto fields',
    imports: ['src/ui', 'src/api', 'src/texts'],
    not: REACT_ROUTING,
  },
  'src/pickers': {
    holds: 'the choice of an action, of a location',
    imports: [...CONTRACT, 'src/ui'],
    not: [...REACT_ROUTING, 'react-hook-form'],
  },
  'src/fleet': {
    holds: 'the list of all webhooks, read whole, and how one is shown',
    imports: [...CONTRACT, 'src/api', 'src/texts', 'src/ui'],
    files: [SIGNED_IN],
    not: ['react-hook-form'],
  },
  'src/features/session': feature('signing in and out', ['src/forms'], []),
  'src/features/runs': feature('a run: its dry run, progress, result', [
    'src/fleet',
    'src/pickers',
  ]),
  'src/features/history': feature('who changed what', ['src/fleet', 'src/pickers']),
  'src/features/activity': feature(
    'runs and changes on one page',
    ['src/features/history', 'src/features/runs', 'src/fleet'],
    [SIGNED_IN, HELP_FOLD],
  ),
  'src/features/developers': feature('the way to what is for developers', [], [SIGNED_IN]),
  'src/features/command': feature(
    'going anywhere, and doing, by a few letters',
    ['src/fleet'],
    [SIGNED_IN, PROPOSE],
  ),
  'src/features/help': feature('the guide', [], []),
  'src/features/pauses': feature(
    'until when webhooks stay off, once or every week',
    ['src/fleet'],
    [SIGNED_IN, PROPOSE],
  ),
  'src/features/webhooks': feature('what its rooms share: calls, search, dialogs', ['src/fleet']),
  'src/features/webhooks/form': feature('the form of a webhook, its fields and rules', [
    'contract/payloads',
    'src/fleet',
    'src/pickers',
    'src/forms',
    'src/features/webhooks',
  ]),
  'src/features/webhooks/panel': feature('one webhook: how it is, changing it, trying it', [
    'contract/payloads',
    'src/fleet',
    'src/pickers',
    'src/forms',
    'src/features/pauses',
    'src/features/webhooks',
    'src/features/webhooks/form',
  ]),
  'src/features/webhooks/bulk': feature(
    'changes of the selected',
    ['src/fleet', 'src/pickers', 'src/features/pauses', 'src/features/webhooks'],
    [SIGNED_IN, PROPOSE],
  ),
  'src/features/webhooks/views': feature('filters and an order under a name, as tabs', [
    'src/fleet',
    'src/features/webhooks',
  ]),
  'src/features/webhooks/list': feature('the table, its filters, its pages', [
    'src/fleet',
    'src/pickers',
    'src/features/pauses',
    'src/features/webhooks',
    'src/features/webhooks/panel',
    'src/features/webhooks/bulk',
    'src/features/webhooks/views',
  ]),
  'src/features/fan-out': feature(
    'one webhook at many locations and actions',
    ['src/fleet', 'src/pickers'],
    [SIGNED_IN, PROPOSE],
  ),
  'src/features/plan': feature(
    'a file of webhooks, exported and imported',
    ['src/fleet', 'src/pickers'],
    [SIGNED_IN, PROPOSE],
  ),
  'src/features/destinations': feature(
    'which hosts get events, and moving one',
    ['src/fleet', 'src/pickers', 'src/features/pauses'],
    [SIGNED_IN, PROPOSE],
  ),
  'src/features/attention': feature('the start page: incidents, and how the watch is', [
    'src/features/pauses',
    'src/fleet',
  ]),
  'src/features/settings': feature(
    'one’s own notifications, and the watch',
    ['src/fleet'],
    [SIGNED_IN, TO_DEVELOPERS],
  ),
  'src/features/coverage': feature(
    'which location has a webhook for which action',
    ['src/fleet', 'src/pickers'],
    [SIGNED_IN, PROPOSE],
  ),
  'src/features/coverage/grid': feature('locations and actions as a grid', [
    'src/fleet',
    'src/pickers',
    'src/features/coverage',
  ]),
  'src/features/coverage/page': feature(
    'the page around it, its filters, the list',
    ['src/fleet', 'src/pickers', 'src/features/coverage', 'src/features/coverage/grid'],
    [SIGNED_IN, PROPOSE, HELP_FOLD],
  ),
  'src/features/sandbox': feature(
    'what the sandbox does and got',
    ['src/pickers'],
    [SIGNED_IN, TO_DEVELOPERS],
  ),
  'src/features/styles': feature(
    'every shared piece in every state, in development only',
    ['src/fleet', 'src/pickers'],
    [],
  ),
  'src/features/signature': feature('checking a signature', [], [TO_DEVELOPERS]),

  tools: {
    holds: 'starts the product and its helpers, for tests, bench and screens',
    imports: CONTRACT,
  },
  'e2e/support': {
    holds: 'what the end-to-end tests share beyond the tools',
    imports: ['contract', 'tools'],
  },
  bench: { holds: 'measures the built product against its budgets', imports: ['tools'] },
  scripts: { holds: 'what the commands of npm and of CONTRIBUTING.md run', imports: ['tools'] },
  'scripts/screens': {
    holds: 'pictures of every screen in every state',
    imports: ['contract/desk', 'tools'],
  },
  'scripts/checks': { holds: 'tests of the repository itself', imports: ['scripts'] },
}

/** Folders outside the product, or that put its parts together: they import whole buildings. */
const BUILDINGS = {
  'contract/**/*.test.ts': ['contract'],
  'sandbox/*.ts': ['contract', 'platform', 'sandbox'],
  'server/*.ts': ['contract', 'platform', 'server', 'sandbox'],
  'src/{app/**,*.tsx}': [
    'contract',
    'api',
    'texts',
    'ui',
    'forms',
    'pickers',
    'fleet',
    'features',
    'app',
  ],
  'e2e/**': ['contract', 'tools', 'e2e/support'],
}

/** @param {string} name */
const hasRooms = (name) => Object.keys(ROOMS).some((other) => other.startsWith(`${name}/`))

/**
 * The files of a room, without those of the rooms in it.
 *
 * @param {string} name
 */
const filesOf = (name) => (ROOMS[name] && hasRooms(name) ? `${name}/*` : `${name}/**`)

/**
 * The name for imports: `src/ui` is `#ui`.
 *
 * @param {string} name
 */
const importsOf = (name) => `#${filesOf(name).replace(/^src\//, '')}`

/** @param {[string, Room]} room */
function rulesOf([name, { imports, files = [], packages, not = [] }]) {
  const isPage = name.startsWith('src/')
  const allowed = [...imports, name].map((room) => `!${importsOf(room)}`)
  const own = [...allowed, ...files.map((file) => `!${file}`)]
  const usesPaths = name.startsWith('src/features/')
  const group = packages
    ? ['*', '!./**', ...packages.map((one) => `!${one}`), ...own]
    : ['#*/**', '../**', ...(isPage && !usesPaths ? ['#paths'] : []), ...own, ...not]
  return override(filesOf(name), group, `${name} imports ${said(imports)}; see scripts/rooms.mjs.`)
}

/**
 * @param {string} files
 * @param {string[]} group
 * @param {string} message
 */
const override = (files, group, message) => ({
  files: [files],
  // a test may import what its room receives as arguments
  excludeFiles: ['**/*.test.{ts,tsx}', '**/test-*.{ts,tsx}'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
})

/** @param {string[]} imports */
const said = (imports) => (imports.length > 0 ? imports.join(', ') : 'no other room')

function linterRules() {
  const rooms = Object.entries(ROOMS).map(rulesOf)
  const buildings = Object.entries(BUILDINGS).map(([files, into]) =>
    override(files, ['#*/**', ...into.map((one) => `!#${one}/**`)], `only ${into.join(', ')}`),
  )
  return { plugins: [], overrides: [...buildings, ...rooms] }
}

const floorPlan = () =>
  Object.entries(ROOMS)
    .map(([name, { holds }]) => `    ${name.padEnd(26)} ${holds}`)
    .concat([
      `    ${'src/app'.padEnd(26)} puts the page together: router, shell, theme`,
      `    ${'server/app.ts'.padEnd(26)} puts the desk together`,
      `    ${'server/testing'.padEnd(26)} starts a whole server for a test`,
      `    ${'e2e'.padEnd(26)} stands outside, like a person`,
    ])
    .join('\n')

const START = '<!-- rooms: written by scripts/rooms.mjs -->'
const END = '<!-- rooms end -->'

/** Every file generated from the table, with the text it should have. */
export async function filesOfRooms() {
  const readme = readFileSync('README.md', 'utf8')
  const [before] = readme.split(START)
  const [, after] = readme.split(END)
  const texts = {
    'rooms.oxlintrc.json': JSON.stringify(linterRules()),
    'README.md': `${before}${START}\n\n${floorPlan()}\n\n${END}${after}`,
  }
  return Promise.all(
    Object.entries(texts).map(async ([file, text]) => {
      const settings = await resolveConfig(file)
      return { file, text: await format(text, { ...settings, filepath: file }) }
    }),
  )
}

/**
 * The room of this name, or all rooms of the building.
 *
 * @param {Rooms} rooms
 * @param {string} name
 */
export const roomsIn = (rooms, name) =>
  rooms[name] ? [name] : Object.keys(rooms).filter((room) => room.startsWith(`${name}/`))

/**
 * Rooms that import each other in a circle, or an empty list. A building stands for its rooms.
 *
 * @param {Rooms} rooms
 * @returns {string[]}
 */
export function circleAmong(rooms) {
  /** @type {Set<string>} */
  const seen = new Set()
  /** @type {(name: string, way: string[]) => string[]} */
  const follow = (name, way) => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name]
    if (seen.has(name)) return []
    for (const next of (rooms[name]?.imports ?? []).flatMap((one) => roomsIn(rooms, one))) {
      const circle = follow(next, [...way, name])
      if (circle.length > 0) return circle
    }
    seen.add(name)
    return []
  }
  for (const name of Object.keys(rooms)) {
    const circle = follow(name, [])
    if (circle.length > 0) return circle
  }
  return []
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { file, text } of await filesOfRooms()) writeFileSync(file, text)
}
