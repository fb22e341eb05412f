import { asc, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import * as z from 'zod/mini'

import { settingsChangeSchema, type SandboxSettings } from '#contract/desk/sandbox.ts'
import type { Database } from '#platform/db/database.ts'
import { businesses } from '#sandbox/db/tables.ts'
import { NotFound, Refused } from '#sandbox/wire/errors.ts'
import { readJsonObject } from '#sandbox/wire/json-body.ts'
import { idOf, methodNotAllowed } from '#sandbox/wire/routing.ts'
import { readSwitches, writeSwitches } from '#sandbox/wire/switches.ts'

type Needs = { db: Database; onSwitched: () => void }

/** Settings on the sandbox's page in the app: its pace, its ticker, the locations' secrets. */
export function settingsRoutes({ db, onSwitched }: Needs) {
  return new Hono()
    .get('/settings', async (c) => c.json(await readSettings(db)))
    .put(async (c) => {
      const change = z.safeParse(settingsChangeSchema, await readJsonObject(c))
      if (!change.success) {
        throw new Refused(
          change.error.issues.map(({ path, message }) => ({
            PropertyName: String(path[0] ?? ''),
            Message: message,
          })),
        )
      }
      const { ticker, shortRetries, mail } = change.data
      await writeSwitches(db, {
        ...(ticker !== undefined && { ticker: ticker ? 'on' : 'off' }),
        ...(mail !== undefined && { mail }),
        ...(shortRetries !== undefined && { retries: shortRetries ? 'short' : 'full' }),
      })
      onSwitched()
      return c.json(await readSettings(db))
    })
    .all(methodNotAllowed)

    .put('/locations/:id/secret', async (c) => {
      const id = idOf(c.req.param('id'))
      const { sharedSecret } = await readJsonObject(c)
      if (sharedSecret !== null && !isSecret(sharedSecret)) {
        const Message = 'must be null, or a text of 1 to 200 characters of ASCII'
        throw new Refused([{ PropertyName: 'sharedSecret', Message }])
      }
      const changed =
        id === undefined
          ? []
          : await db
              .update(businesses)
              .set({ sharedSecret })
              .where(eq(businesses.id, id))
              .returning({ id: businesses.id })
      if (changed.length === 0) throw new NotFound()
      return c.json(await readSettings(db))
    })
    .all(methodNotAllowed)
}

// the documented routine takes the secret as ASCII and cannot tell other characters apart
const isSecret = (value: unknown): value is string =>
  typeof value === 'string' && /^[ -~]{1,200}$/.test(value)

async function readSettings(db: Database): Promise<SandboxSettings> {
  const { ticker, retries, mail } = await readSwitches(db)
  const locations = await db
    .select({
      id: businesses.id,
      name: businesses.toStringText,
      sharedSecret: businesses.sharedSecret,
    })
    .from(businesses)
    .orderBy(asc(businesses.id))
  return { ticker: ticker === 'on', shortRetries: retries === 'short', mail, locations }
}
