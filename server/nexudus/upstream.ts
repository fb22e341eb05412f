import { setTimeout as sleep } from 'node:timers/promises'

import pRetry, { AbortError } from 'p-retry'
import type { Logger } from 'pino'

import { Failed } from '#server/http/failure.ts'

import { readAnswer, type Answer } from './answer.ts'
import { createBackOff, waitOf } from './back-off.ts'
import type { Budget } from './budget.ts'
import { LIMITS, timedOut, TRIES, unknownIfWrite, type Call, type Limits } from './call.ts'

/** How the desk reaches a Nexudus: the real one, the sandbox, or a stand-in of a test. */
export type Fetch = (request: Request) => Promise<Response>

/** A wait that a read sits out by itself; for more the person is told. */
const PATIENCE_MS = 5_000

export type Upstream = (call: Call) => Promise<Answer>

type UpstreamOptions = {
  url: string
  fetch: Fetch
  log: Logger
  limits?: Limits
  budget?: Pick<Budget, 'note'>
}

/**
 * One call to a Nexudus. Answers 2xx, 400, 401, 404 and 405 as they came; everything else is a
 * `Failed` with a code of its own. Reads are tried six times, writes once: of a write whose
 * answer is lost the failure says `outcome: 'unknown'`.
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { url, fetch, log, budget, limits = LIMITS } = options
  const backOff = createBackOff()

  async function once(call: Call, deadline: AbortSignal): Promise<Answer> {
    // a count that is not kept must not keep anybody from working
    await budget?.note(call).catch((error: unknown) => log.error({ err: error }, 'not counted'))
    const response = await send(call, deadline)
    const answer = await readAnswer(response, { call, limits, deadline, log })
    if (answer.status !== 409 && answer.status !== 429) return answer

    const retryAfterMs = waitOf(response.headers.get('retry-after'), answer.text)
    backOff.start(call.account, retryAfterMs)
    throw new Failed('throttled', 'Nexudus asks us to slow down.', { retryAfterMs })
  }

  async function send(call: Call, deadline: AbortSignal): Promise<Response> {
    const firstByte = new AbortController()
    const timer = setTimeout(() => firstByte.abort(), limits.firstByteMs)
    const request = new Request(new URL(call.path, url), {
      method: call.method,
      headers: { accept: 'application/json', ...call.headers },
      body: call.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.any([firstByte.signal, deadline]),
    })
    try {
      return await fetch(request)
    } catch (error) {
      throw connectionFailure(error, call, firstByte.signal.aborted || deadline.aborted)
    } finally {
      clearTimeout(timer)
    }
  }

  return async function call(call) {
    const deadline = AbortSignal.timeout(limits.totalMs)
    await backOff.wait(call.account, PATIENCE_MS)
    if (call.method !== 'GET') return once(call, deadline)

    const attempt = () =>
      once(call, deadline).catch((error: unknown) => {
        if (error instanceof Failed && !mayPass(error)) throw new AbortError(error)
        throw error
      })
    const tries = () =>
      pRetry(attempt, {
        ...{ retries: (call.tries ?? TRIES) - 1, minTimeout: 60, randomize: true },
        signal: deadline,
      })

    try {
      return await tries()
    } catch (error) {
      const wait = error instanceof Failed ? error.details.retryAfterMs : undefined
      if (deadline.aborted) throw timedOut(call)
      if (wait === undefined || wait > PATIENCE_MS) throw error
      await sleep(wait)
      return once(call, deadline)
    }
  }
}

/** Whether the same read may be answered a moment later. */
export const mayPass = (error: Failed) =>
  error.code === 'upstream_unreachable' || error.code === 'upstream_error'

/** Nothing was sent when the connection was never made; of a write, anything later is unknown. */
function connectionFailure(error: unknown, call: Call, isTimeout: boolean): Failed {
  if (isTimeout) return timedOut(call)
  const text = 'We could not reach Nexudus.'
  const details = neverConnected(error) ? {} : unknownIfWrite(call)
  return new Failed('upstream_unreachable', text, details, error)
}

const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && NEVER_CONNECTED.has(code)
}
