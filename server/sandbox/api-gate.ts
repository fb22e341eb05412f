import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'

import type { Database } from '#server/db/database.ts'

import type { Call, Calls } from './calls.ts'
import { FAULT_ANSWERS } from './fault-answers.ts'
import type { Faults } from './faults.ts'

type Gate = { db: Database; calls: Calls; faults: Faults; now: () => Date }

/** Writes down every call of the API, and lets it meet the fault that was ordered for it. */
export function apiGate({ db, calls, faults, now }: Gate) {
  return createMiddleware<{ Bindings: HttpBindings }>(async (c, next) => {
    // written down before anything can go wrong: what hangs has arrived, too
    const call = await describeCall(c, now())
    calls.add(call)

    const perform = async () => {
      await next()
      call.status = c.res.status
      return c.res
    }
    const fault = faults.take(c.req.method, c.req.path)
    if (!fault) {
      await perform()
      return
    }
    call.fault = fault.kind
    const answer = await FAULT_ANSWERS[fault.kind]({ fault, c, db, perform })
    const isSilent = fault.kind === 'drop' || fault.kind === 'hang'
    if (!isSilent) call.status ??= answer.status
    // emptied first, or the headers of the true answer would be copied over
    c.res = undefined
    c.res = answer
  })
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
