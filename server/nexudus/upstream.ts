import { setTimeout as sleep } from 'node:timers/promises'
import pRetry, { AbortError } from 'p-retry'
import type { Logger } from 'pino'

import { Failed } from '#platform/http/failure.ts'

import { readAnswer, type Answer } from './answer.ts'
import { createBackOff, waitOf } from './back-off.ts'
import type { Budget } from './budget.ts'
import { LIMITS, timedOut, TRIES, unknownIfWrite, type Call, type Limits } from './call.ts'
import { NotSent } from './connection.ts'
import { startTimeLimit, type TimeLimit } from './time-limit.ts'

/** The request. A `Fetch` should stop when the signal fires, but nothing depends on that. */
type Asked = {
  method: Call['method']
  headers: Record<string, string>
  body: string | undefined
  redirect: 'manual'
  signal: AbortSignal
}

/** Sends a request to a Nexudus: the real one, the sandbox, or a fake one in a test. */
export type Fetch = (url: URL, asked: Asked) => Promise<Response>

/**
 * Longest wait that a read sits out by itself, in milliseconds; the person is told of a longer one.
 */
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
 * One call to a Nexudus. Returns 2xx, 400, 401, 404 and 405 unchanged; everything else is a
 * `Failed` with a code of its own. Reads are tried six times, writes once: if a write's answer is
 * lost, the failure says `outcome: 'unknown'`.
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { url, fetch, log, budget, limits = LIMITS } = options
  const backOff = createBackOff()

  async function once(call: Call, leftMs: () => number): Promise<Answer> {
    // a call that could not be counted must still be made
    await budget?.note(call).catch((error: unknown) => log.error({ err: error }, 'not counted'))
    const limit = startTimeLimit(Math.min(limits.firstByteMs, leftMs()), () => timedOut(call))
    try {
      const response = await send(call, limit)
      limit.restart(leftMs())
      const answer = await readAnswer(response, { call, limits, limit, log })
      if (answer.status !== 409 && answer.status !== 429) return answer

      const retryAfterMs = waitOf(response.headers.get('retry-after'), answer.text)
      backOff.start(call.account, retryAfterMs)
      throw new Failed('throttled', { retryAfterMs })
    } finally {
      limit.clear()
    }
  }

  async function send(call: Call, limit: TimeLimit): Promise<Response> {
    const { method, path, body } = call
    const headers = { accept: 'application/json', ...call.headers }
    const asked: Asked = { method, headers, body, redirect: 'manual', signal: limit.signal }
    try {
      return await limit.hold(fetch(new URL(path, url), asked))
    } catch (error) {
      throw connectionFailure(error, call, limit)
    }
  }

  return async function call(call) {
    const endsAt = performance.now() + limits.totalMs
    const leftMs = () => endsAt - performance.now()
    await backOff.wait(call.account, PATIENCE_MS)
    if (call.method !== 'GET') return once(call, leftMs)

    const attempt = () =>
      once(call, leftMs).catch((error: unknown) => {
        if (error instanceof Failed && !mayPass(error)) throw new AbortError(error)
        throw error
      })
    const maxRetryTime = limits.totalMs
    const tries = () =>
      pRetry(attempt, {
        retries: (call.tries ?? TRIES) - 1,
        minTimeout: 100,
        randomize: true,
        maxRetryTime,
      })

    try {
      return await tries()
    } catch (error) {
      const wait = error instanceof Failed ? error.details.retryAfterMs : undefined
      if (leftMs() <= 0) throw timedOut(call)
      if (wait === undefined || wait > PATIENCE_MS) throw error
      await sleep(Math.min(wait, leftMs()))
      return once(call, leftMs)
    }
  }
}

/** True if the same read may succeed a moment later. */
export const mayPass = (error: Failed) =>
  error.code === 'upstream_unreachable' || error.code === 'upstream_error'

/** If a write got further than to a connection, its outcome is unknown. */
function connectionFailure(error: unknown, call: Call, { signal }: TimeLimit): Failed {
  const isCertain = error instanceof NotSent
  if (signal.aborted && !isCertain) return timedOut(call)
  const details = isCertain ? {} : unknownIfWrite(call)
  return new Failed('upstream_unreachable', details, error)
}
