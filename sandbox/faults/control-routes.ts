import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import * as z from 'zod/mini'

import type { Database } from '#platform/db/database.ts'
import type { Admit } from '#sandbox/access/caller.ts'
import { usableCode } from '#sandbox/access/second-factor.ts'
import { Refused, Unauthorized } from '#sandbox/wire/errors.ts'
import { readJsonObject } from '#sandbox/wire/json-body.ts'
import { methodNotAllowed } from '#sandbox/wire/routing.ts'
import { describeSwitches, writeSwitches } from '#sandbox/wire/switches.ts'

import type { Calls } from './calls.ts'
import { describeFaultKinds, faultOrderSchema, type Faults } from './faults.ts'

type Control = {
  db: Database
  calls: Calls
  faults: Faults
  /** Called after a switch was changed. */
  onSwitched: () => void
}

/** An unused code for the demonstration account's second factor. */
export const totpRoute = (db: Database, now: () => Date) =>
  new Hono().get('/', async (c) => c.text(await usableCode(db, now())))

/** Controls that Nexudus does not have are for full administrators only. */
export function administratorsOnly(admit: Admit) {
  return createMiddleware(async (c, next) => {
    const caller = await admit(c.req.raw)
    if (caller.roles !== 'all') throw new Unauthorized()
    await next()
  })
}

/** The sandbox's controls: its switches, its faults, and the calls it got. */
export function controlRoutes({ db, calls, faults, onSwitched }: Control) {
  return new Hono()
    .get('/switches', async (c) => c.json(await describeSwitches(db)))
    .put(async (c) => {
      await writeSwitches(db, await readJsonObject(c))
      onSwitched()
      return c.json(await describeSwitches(db))
    })
    .all(methodNotAllowed)

    .get('/faults', (c) => c.json(faults.list()))
    .post(async (c) => {
      const order = z.safeParse(faultOrderSchema, await readJsonObject(c))
      if (!order.success) throw refusedOrder(order.error)
      faults.add(order.data)
      return c.json(order.data)
    })
    .delete((c) => {
      faults.clear()
      return c.json(faults.list())
    })
    .all(methodNotAllowed)

    .get('/faults/kinds', (c) => c.json(describeFaultKinds()))
    .all(methodNotAllowed)

    .get('/calls', (c) => c.json(calls.list()))
    .delete((c) => {
      calls.clear()
      return c.json(calls.list())
    })
    .all(methodNotAllowed)
}

function refusedOrder({ issues }: z.core.$ZodError) {
  const errors = issues.flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')]
    return names.map((PropertyName) => ({ PropertyName, Message: issue.message }))
  })
  return new Refused(errors)
}
