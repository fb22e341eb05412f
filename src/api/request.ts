import * as z from 'zod/mini'

import { IDEMPOTENCY_HEADER } from '#contract/desk/desk.ts'

import { isPersonActive } from './activity.ts'
import { ApiError, failureOf } from './failure.ts'
import { tellServerTime } from './server-time.ts'
import { whoAsks } from './who-asks.ts'

declare global {
  /**
   * Answers to calls that the page made before its scripts were loaded, by path; each is used once.
   */
  var hookdeskEarly: Map<string, Promise<Response>> | undefined
}

type Options = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  /** The key of the intent: repeated under the same key, a change happens once. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** Makes one call to the desk; parses the answer, never casts it. */
export async function request<Schema extends z.ZodMiniType>(
  schema: Schema,
  path: string,
  { method = 'GET', body, idempotencyKey, signal }: Options = {},
): Promise<z.output<Schema>> {
  const early = method === 'GET' ? takeEarly(path) : undefined
  const response = await (early ?? send()).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw navigator.onLine ? new ApiError('desk_unreachable') : new ApiError('offline')
  })

  tellServerTime(response)
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw failureOf(answer, response.status)
  return z.parse(schema, answer)

  function send() {
    return fetch(path, {
      method,
      headers: {
        // the page's own calls must not keep the session of an absent person alive
        ...whoAsks(isPersonActive() ? 'person' : 'background'),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(idempotencyKey !== undefined && { [IDEMPOTENCY_HEADER]: idempotencyKey }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    })
  }
}

function takeEarly(path: string): Promise<Response> | undefined {
  const answer = globalThis.hookdeskEarly?.get(path)
  globalThis.hookdeskEarly?.delete(path)
  return answer
}
