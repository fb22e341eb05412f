import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'

import type { Database } from '#platform/db/database.ts'
import type { Call, Calls } from '#sandbox/faults/calls.ts'
import { FAULT_ANSWERS } from '#sandbox/faults/fault-answers.ts'
import type { Faults } from '#sandbox/faults/faults.ts'
import { throttled } from '#sandbox/wire/errors.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'

import type { Limits } from './limits.ts'

type Gate = { db: Database; calls: Calls; faults: Faults; limits: Limits; now: () => Date }

/**
 * Records every API call, refuses it if there were too many, and applies the fault ordered for it.
 */
export function apiGate({ db, calls, faults, limits, now }: Gate) {
  return createMiddleware<{ Bindings: HttpBindings }>(async (c, next) => {
    // recorded before anything can fail: a call that hangs has arrived, too
    const call = await describeCall(c, now())
    calls.add(call)

    const perform = async () => {
      await next()
      call.status = c.res.status
      return c.res
    }
    // before the faults: a fault that was ordered waits for a call that passes the limits
    const throttle = await throttleOf(c, { db, limits, now })
    if (throttle) {
      call.status = throttle.status
      answerWith(c, throttle)
      return
    }
    const fault = faults.take(c.req.method, c.req.path)
    if (!fault) {
      await perform()
      return
    }
    call.fault = fault.kind
    const cleared = faults.cleared()
    const answer = await FAULT_ANSWERS[fault.kind]({ fault, c, db, perform, cleared })
    const isSilent = fault.kind === 'drop' || fault.kind === 'hang'
    if (!isSilent) call.status ??= answer.status
    answerWith(c, answer)
  })
}

type Limited = Pick<Gate, 'db' | 'limits' | 'now'>

/**
 * The answer to a call beyond the limits. A 409 carries the documented `Retry-After: 1`, however
 * long the wait really is; two forms of a 429 were observed, of which this is the one that tells
 * the wait.
 */
async function throttleOf(c: Context, { db, limits, now }: Limited) {
  const { limits: edition, throttleStatus } = await readSwitches(db)
  // a call to sign in has no known caller yet, and whether it counts is not documented
  if (edition === 'off' || c.req.path === '/api/token') return undefined
  const client = c.req.header('authorization') ?? ''
  const waitMs = limits.take(edition, { client, method: c.req.method, at: now().getTime() })
  if (waitMs === 0) return undefined
  return throttleStatus === '409'
    ? throttled({ status: 409, retryAfter: 1 })
    : throttled({ status: 429, waitText: waitMs / 1000 })
}

function answerWith(c: Context<{ Bindings: HttpBindings }>, answer: Response) {
  // emptied first, or the headers of the earlier answer would be copied over
  c.res = undefined
  c.res = answer
  // the server sends the status's usual phrase unless told another
  const { statusText } = answer
  // despite their type, bindings are missing without a listening server (`app.request`)
  const bindings: Partial<HttpBindings> | undefined = c.env
  if (bindings?.outgoing && statusText !== '') bindings.outgoing.statusMessage = statusText
}

async function describeCall(c: Context, at: Date): Promise<Call> {
  const call: Call = {
    method: c.req.method,
    path: c.req.path,
    query: new URL(c.req.url).search,
    at: at.toISOString(),
    status: null,
    fault: null,
  }
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  // the token call carries a password, and is no JSON
  if (isRead || c.req.path === '/api/token') return call
  const text = await c.req.text()
  return text === '' ? call : { ...call, body: readBody(text) }
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
