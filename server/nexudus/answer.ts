import type { Logger } from 'pino'
import * as z from 'zod/mini'

import { maskText } from '#contract/address/address.ts'
import { Failed } from '#platform/http/failure.ts'

import { timedOut, TOKEN_PATH, unknownIfWrite, type Call, type Limits } from './call.ts'
import type { TimeLimit } from './time-limit.ts'

/** Nexudus' answer, as text (to forward, or to read without loss) and parsed. */
export type Answer = { status: number; text: string; json: unknown }

type Reading = { call: Call; limits: Limits; limit: TimeLimit; log: Logger }

/** Reads the whole body, bounded in time and size, and lets nothing but JSON through. */
export async function readAnswer(response: Response, reading: Reading): Promise<Answer> {
  const { call, log } = reading
  const { status } = response
  const text = await readText(response, reading)

  if (status === 409 || status === 429) return { status, text, json: null }
  // a refused token may come with an empty body, or with a page
  if (status === 401) return { status, text: '', json: null }
  // a missing role, unless it is the page of a gateway before Nexudus
  if (status === 403 && !text.trimStart().startsWith('<')) return { status, text: '', json: null }
  if (status >= 500) {
    // unknown, because a write may have happened before the server failed
    throw new Failed('upstream_error', {
      reason: 'failed',
      ...unknownIfWrite(call),
      upstreamStatus: status,
    })
  }
  if (status === 204) return { status, text: 'null', json: null }

  const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '')
  if (!isJson || text.trim() === '' || (status >= 300 && status < 400)) {
    log.warn({ upstreamStatus: status, start: startOf(text, call) }, 'upstream sent no JSON')
    const details = { ...unknownIfWrite(call), upstreamStatus: status }
    throw new Failed('upstream_not_json', { reason: 'web_page', ...details })
  }
  const json = parse(text, call)
  if (status === 400 && call.method === 'GET' && isPassing(json)) {
    throw new Failed('upstream_error', { reason: 'internal_problem', upstreamStatus: status })
  }
  return { status, text, json }
}

/**
 * True for Nexudus' own text for an unforeseen error, which it also sends with 400. Observed to
 * pass: the same request is answered a moment later.
 */
const isPassing = (json: unknown): boolean =>
  /^ooops\b/i.test(z.safeParse(messageSchema, json).data?.Message ?? '')

const messageSchema = z.looseObject({ Message: z.string() })

/** For the log: enough to tell which page it is, but neither tokens nor keys of URLs. */
function startOf(text: string, { path }: Call): string {
  return path === TOKEN_PATH ? '(not shown)' : maskText(text.slice(0, 200))
}

function parse(text: string, call: Call): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw badJson(call, error)
  }
}

const badJson = (call: Call, cause: unknown) =>
  new Failed('upstream_bad_json', unknownIfWrite(call), cause)

async function readText(response: Response, { call, limits, limit }: Reading): Promise<string> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let bytes = 0
  let text = ''
  try {
    for (;;) {
      const { done, value } = await limit.hold(reader.read())
      if (done) return text + decoder.decode()
      bytes += value.byteLength
      if (bytes > limits.maxBytes) {
        throw new Failed('upstream_too_large', unknownIfWrite(call))
      }
      text += decoder.decode(value, { stream: true })
    }
  } catch (error) {
    void reader.cancel().catch(() => {})
    if (error instanceof Failed) throw error
    throw limit.signal.aborted ? timedOut(call) : badJson(call, error)
  }
}
