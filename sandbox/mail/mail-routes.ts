import { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import { methodNotAllowed } from '#sandbox/wire/routing.ts'

import { emptyMailBox, listMails } from './mail-store.ts'

/** The sandbox's mail box, for its page in the app. */
export function mailRoutes(db: Database) {
  return new Hono()
    .get('/mails', async (c) => c.json({ mails: await listMails(db) }))
    .delete(async (c) => {
      await emptyMailBox(db)
      return c.json({ mails: [] })
    })
    .all(methodNotAllowed)
}
