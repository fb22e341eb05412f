import { Hono } from 'hono'
import { expect, test } from 'vitest'

import { allowedHosts } from '#platform/http/guard.ts'
import { OutboundError } from '#platform/outbound/failures.ts'
import { parseTarget } from '#platform/outbound/target.ts'
import { readWebhookDraft } from '#sandbox/api/webhook-input.ts'
import { Refused } from '#sandbox/wire/errors.ts'

import { readEnv } from './env.ts'

// calls after which Node optimises the caller, and `URL.canParse` begins to answer wrongly
const WARM = 100_000
const TIMEOUT_MS = 120_000

// JSON.parse makes strings as they arrive in life; Node treats concatenated ones differently
const HOSTS: string[] = JSON.parse('["münchen.example", "café.example", "españa.example"]')
const ORIGINS: string[] = JSON.parse(JSON.stringify(HOSTS.map((host) => `https://${host}`)))
const ASCII_HOSTS = HOSTS.map((host) => new URL(`https://${host}`).host)
/** UTF-8 read as Latin-1: a control character in the middle of a name. */
const BROKEN = 'https://a\u00e2\u0080\u008bb.example'

/** Wrong answers among this many calls; every tenth call asks about a broken host. */
async function wrongAnswersOf(
  ask: (origin: string) => unknown,
  isRight: (answer: unknown, ascii: string) => boolean,
  isRefusal?: (error: unknown) => boolean,
): Promise<unknown[]> {
  const wrong: unknown[] = []
  for (let call = 0; call < WARM; call += 1) {
    const at = call % HOSTS.length
    const answer: unknown = await ask(ORIGINS[at] ?? '')
    if (!isRight(answer, ASCII_HOSTS[at] ?? '')) wrong.push(answer)
    if (!isRefusal || call % 10 !== 0) continue
    const refusal = await refusalOf(ask)
    if (!isRefusal(refusal)) wrong.push(refusal)
  }
  return wrong
}

async function refusalOf(ask: (origin: string) => unknown): Promise<unknown> {
  try {
    return await ask(BROKEN)
  } catch (error) {
    return error
  }
}

test(
  'outbound calls accept ü, é and ñ and refuse broken hosts, even after optimisation',
  async () => {
    const policy = { allowHttp: false, extraPorts: [], exceptions: [] }
    const wrong = await wrongAnswersOf(
      (origin) => parseTarget(origin, policy).hostname,
      (hostname, ascii) => hostname === ascii,
      (error) => error instanceof OutboundError && error.failure === 'target_invalid',
    )
    expect(wrong).toEqual([])
  },
  TIMEOUT_MS,
)

test(
  'the sandbox accepts ü, é and ñ and refuses broken hosts, even after optimisation',
  async () => {
    const rules = {
      businessProperty: 'BusinessId' as const,
      takesUnknownActions: false,
      isUsableBusiness: async () => true,
    }
    const wrong = await wrongAnswersOf(
      (URL) => readWebhookDraft({ BusinessId: 1, Name: 'A', Action: 6, URL }, rules),
      () => true,
      (error) => error instanceof Refused,
    )
    expect(wrong).toEqual([])
  },
  TIMEOUT_MS,
)

test(
  'a setting may hold ü, é and ñ, even after optimisation, and its path is not dropped in silence',
  async () => {
    const wrong = await wrongAnswersOf(
      (origin) => readEnv({ PUBLIC_URL: origin, NEXUDUS_URL: origin }).PUBLIC_URL,
      (url, ascii) => url === `https://${ascii}`,
    )
    expect(wrong).toEqual([])
    for (const origin of ORIGINS) {
      expect(() => readEnv({ NEXUDUS_URL: `${origin}/api` })).toThrow(/must end after the host/)
    }
  },
  TIMEOUT_MS,
)

test(
  "the guard accepts a host name with ü in the browsers' spelling, even after optimisation",
  async () => {
    for (let call = 0; call < WARM; call += 1) allowedHosts(ORIGINS)
    const app = new Hono()
    app.use(allowedHosts(ORIGINS))
    app.get('/', (c) => c.text('here'))
    for (const host of ASCII_HOSTS) {
      expect(await (await app.request('/', { headers: { host } })).text()).toBe('here')
    }
  },
  TIMEOUT_MS,
)
