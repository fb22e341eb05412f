import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { STEPS } from '#contract/desk/attention.ts'
import type { HealthState } from '#contract/nexudus/health.ts'

import { afterLook, type Followed } from './after-look.ts'
import {
  openMembers,
  stepOf,
  type Incident,
  type Look,
  type Step,
  type Watched,
} from './incidents.ts'

const MINUTE = 60_000

const tellingOf = ({ news }: Followed) => news?.telling
const ascending = (one: number, other: number) => one - other
const BEGIN = Date.parse('2026-03-29T00:30:00Z')

type Webhook = { id: number; origin: string; health: HealthState; failures: number; fired: number }

const ORIGINS = ['https://a.test', 'https://b.test'] as const

const watchedOf = ({ id, origin, health, failures, fired }: Webhook): Watched => ({
  webhookId: id,
  businessId: 1,
  name: `Webhook ${id}`,
  action: 6,
  origin,
  health,
  failures,
  error: null,
  silence: null,
  lastTrigger: fired === 0 ? null : new Date(BEGIN + fired).toISOString(),
})

/** A fleet over time, with every incident it ever had. */
function createWorld(count: number) {
  const fleet: Webhook[] = Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    origin: ORIGINS[index % 2] ?? ORIGINS[0],
    health: 'working',
    failures: 0,
    fired: 1,
  }))
  let looks = 0
  let open: (Incident & { key: number })[] = []
  const stories = new Map<number, Followed[]>()

  return {
    fleet,
    stories,
    openOf: (kind: Incident['kind'], origin: string) =>
      open.filter((incident) => incident.kind === kind && incident.origin === origin),
    /** A complete look after these webhooks got worse. */
    look(worse: readonly Webhook[], stops: Look['stops'] = new Map()): Followed[] {
      looks += 1
      const look: Look = {
        id: looks,
        at: new Date(BEGIN + looks * MINUTE),
        isFirst: looks === 1,
        fleet: new Map(fleet.map((webhook) => [webhook.id, watchedOf(webhook)])),
        gone: new Set(),
        stops,
      }
      const worsened = (look.isFirst ? fleet : worse).map(watchedOf)
      const followed = afterLook(open, { worsened, look })
      open = followed.flatMap(({ before, after, news }) => {
        const key = before?.key ?? stories.size + 1
        stories.set(key, [...(stories.get(key) ?? []), { news, after }])
        return after.closedAt ? [] : [{ ...after, key }]
      })
      return followed
    },
    now: () => looks * MINUTE,
  }
}

/** A world after its first look, and a webhook of it. */
function begin() {
  const world = createWorld(2)
  const [webhook] = world.fleet
  if (!webhook) throw new Error('The fleet is empty')
  world.look([])
  return { world, webhook }
}

const fail = (webhook: Webhook, failures: number) => {
  webhook.failures = Math.min(10, failures)
  if (webhook.failures === 10) webhook.health = 'stopped'
  else webhook.health = webhook.failures >= 8 ? 'about-to-stop' : 'failing'
}

function mend(webhook: Webhook, now: number) {
  webhook.health = 'working'
  webhook.failures = 0
  webhook.fired = now + 1
}

type Act = { webhook: number; what: 'fails' | 'stops' | 'mends' | 'pauses' | 'silent' }

const acts = fc.array(
  fc.array(
    fc.record<Act>({
      webhook: fc.nat(5),
      what: fc.constantFrom('fails', 'fails', 'fails', 'stops', 'mends', 'pauses', 'silent'),
    }),
    { maxLength: 4 },
  ),
  { minLength: 2, maxLength: 40 },
)

/** A member of two incidents for one look: the one that the watch found, and the silence after it. */
const FOUND_MENDED_AND_SILENT: Act[][] = [
  [{ webhook: 1, what: 'stops' }],
  [
    { webhook: 1, what: 'mends' },
    { webhook: 1, what: 'silent' },
  ],
  [{ webhook: 1, what: 'stops' }],
  [],
]

/** News that is about no step of a webhook. */
const WITHOUT_STEP: ReadonlySet<string> = new Set(['closed', 'relapsed'])

/** Plays a history, and returns what every look told. */
function play(history: readonly (readonly Act[])[]) {
  const world = createWorld(6)
  const told = history.map((changes) => {
    const worse = new Set<Webhook>()
    for (const { webhook: index, what } of changes) {
      const webhook = world.fleet[index]
      if (!webhook) continue
      if (what === 'mends') mend(webhook, world.now())
      else if (what === 'pauses') webhook.health = 'paused'
      else if (what === 'silent') {
        if (webhook.health !== 'working') continue
        webhook.health = 'quiet'
        worse.add(webhook)
      } else if (webhook.health !== 'stopped' && webhook.health !== 'paused') {
        fail(webhook, what === 'stops' ? 10 : webhook.failures + 1)
        worse.add(webhook)
      }
    }
    return world.look(
      [...worse].filter(({ health }) => health !== 'working' && health !== 'paused'),
    )
  })
  return { world, told }
}

describe('in any history', () => {
  test('each step of a webhook is told at most once in a story, and each end after a beginning', () => {
    fc.assert(
      fc.property(acts, (history) => {
        const { world } = play(history)
        for (const story of world.stories.values()) {
          const told = new Map<string, Step[]>()
          for (const { news, after } of story) {
            if (!news || WITHOUT_STEP.has(news.telling)) continue
            for (const member of news.concerned) {
              // one that left and came back begins anew
              const key = `${member.webhookId} ${member.joinedAt.getTime()}`
              told.set(key, [...(told.get(key) ?? []), stepOf(after.kind, member)])
            }
          }
          for (const steps of told.values()) {
            expect(steps.map((step) => STEPS.indexOf(step))).toEqual(
              [...new Set(steps)].map((step) => STEPS.indexOf(step)).toSorted(ascending),
            )
          }
          const kinds = story.flatMap(({ news }) => (news ? [news.telling] : []))
          if (kinds.includes('closed')) {
            expect(kinds.indexOf('closed')).toBe(kinds.length - 1)
            expect(kinds.length).toBeGreaterThan(1)
          }
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('every stopped or quiet webhook is in exactly one open incident, and every stop is told', () => {
    fc.assert(
      fc.property(acts, (history) => {
        const { world, told } = play(history)
        for (const { id, health } of world.fleet) {
          for (const kind of ['stopped', 'quiet'] as const) {
            const containing = ORIGINS.flatMap((origin) => world.openOf(kind, origin)).filter(
              (incident) => openMembers(incident).some(({ webhookId }) => webhookId === id),
            )
            if (health === kind) expect(containing).toHaveLength(1)
            if (health === 'paused') expect(containing).toHaveLength(0)
          }
        }
        const stops = [...world.stories.values()].filter(
          ([first]) => first?.after.kind === 'stopped',
        )
        for (const story of stops) {
          expect(story[0]?.news?.telling).toBe(story[0]?.after.wasFound ? 'found' : 'step')
        }
        expect(told.flat().every(({ after }) => after.members.length > 0)).toBe(true)
      }),
      { numRuns: 1_000, examples: [[FOUND_MENDED_AND_SILENT]] },
    )
  })

  test('nobody is told of a webhook that is neither failing, stopped nor quiet', () => {
    fc.assert(
      fc.property(acts, (history) => {
        const { told } = play(history)
        for (const { news, after } of told.flat()) {
          if (!news) continue
          const { telling, concerned } = news
          expect(concerned.length).toBeGreaterThan(0)
          if (telling === 'closed') expect(after.outcome).toBe('working')
          else expect(concerned.every(({ leftAt }) => leftAt === null)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

test('a webhook works again only after two good looks and a newer firing', () => {
  const { world, webhook } = begin()
  fail(webhook, 10)
  expect(world.look([webhook]).map(tellingOf)).toEqual(['step'])
  // switched on again: the count is new, but nothing fired
  webhook.health = 'on-watch'
  webhook.failures = 0
  world.look([])
  expect(world.openOf('stopped', webhook.origin)).toHaveLength(1)
  mend(webhook, world.now())
  expect(world.look([]).map(tellingOf)).toEqual([undefined])
  expect(world.look([]).map(tellingOf)).toEqual(['closed'])
})

describe('a webhook that was switched on again', () => {
  /** One that has stopped, was told, and is on watch. */
  function repaired() {
    const { world, webhook } = begin()
    fail(webhook, 10)
    world.look([webhook])
    webhook.health = 'on-watch'
    webhook.failures = 0
    expect(world.look([]).map(tellingOf)).toEqual([undefined])
    return { world, webhook }
  }
  const failAgain = (webhook: Webhook, failures: number) => {
    webhook.health = 'failing'
    webhook.failures = failures
  }

  test('is told at its first failure, and at the third, once each', () => {
    const { world, webhook } = repaired()
    const told = [1, 1, 2, 3, 3, 4].map((failures) => {
      failAgain(webhook, failures)
      return world.look([webhook]).map(tellingOf)[0]
    })
    expect(told).toEqual(['relapsed', undefined, undefined, 'relapsed', undefined, undefined])
  })

  test('and jumps to four is told once, as that', () => {
    const { world, webhook } = repaired()
    failAgain(webhook, 4)
    expect(world.look([webhook]).map(tellingOf)).toEqual(['relapsed'])
    expect(world.look([]).map(tellingOf)).toEqual([undefined])
  })

  test('is another than one that could not be read for a look, which is not told again', () => {
    const { world, webhook } = begin()
    fail(webhook, 10)
    world.look([webhook])
    webhook.health = 'unreadable'
    world.look([])
    webhook.health = 'stopped'
    const told = Array.from({ length: 20 }, () => world.look([webhook]).map(tellingOf)[0])
    expect(told.filter(Boolean)).toEqual([])
  })

  test('and stops again is told again, within a quarter of an hour', () => {
    const { world, webhook } = repaired()
    fail(webhook, 10)
    const told = [webhook, ...Array.from({ length: 16 }, () => undefined)].flatMap((worse) =>
      world.look(worse ? [worse] : []).map(tellingOf),
    )
    expect(told.filter(Boolean)).toEqual(['joined'])
    expect(world.openOf('stopped', webhook.origin)).toHaveLength(1)
  })
})

test('one that stops for the fourth time in a week is told only if it stays so for an hour', () => {
  const { world, webhook } = begin()
  fail(webhook, 10)
  const stops = new Map([[webhook.id, 4]])
  const told = Array.from({ length: 61 }, (_, minute) =>
    world.look(minute === 0 ? [webhook] : [], stops).map(tellingOf),
  )
  expect(told.map(([news]) => news).filter(Boolean)).toEqual(['step'])
  expect(told.at(-1)).toEqual(['step'])
  mend(webhook, world.now())
  world.look([])
  expect(world.look([]).map(tellingOf)).toEqual(['closed'])
})

test('more webhooks of an open story are told at most every 15 minutes', () => {
  const world = createWorld(6)
  const ofA = world.fleet.filter(({ origin }) => origin === ORIGINS[0])
  world.look([])
  const news = ofA.map((webhook) => {
    fail(webhook, 10)
    return world.look([webhook]).map(tellingOf)
  })
  expect(news).toEqual([['step'], [undefined], [undefined]])
  const later = Array.from({ length: 15 }, () => world.look([])).flat()
  const joined = later.filter(({ news }) => news?.telling === 'joined')
  expect(joined).toHaveLength(1)
  expect(joined[0]?.news?.concerned).toHaveLength(2)
})

test('a webhook that stays at nine hides no step of another at the same receiver', () => {
  const world = createWorld(4)
  const [one, , other] = world.fleet
  if (!one || !other) throw new Error('The fleet is empty')
  world.look([])
  fail(one, 9)
  expect(world.look([one]).map(tellingOf)).toEqual(['step'])
  fail(other, 8)
  const [followed] = world.look([other])
  expect(followed?.news?.telling).toBe('step')
  expect(followed?.news?.concerned.map(({ webhookId }) => webhookId)).toEqual([other.id])
  fail(other, 9)
  expect(world.look([other]).map(tellingOf)).toEqual(['step'])
  expect(world.look([]).map(tellingOf)).toEqual([undefined])
})
