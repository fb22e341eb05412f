import { Hono, type Context } from 'hono'

import { contactChangeSchema } from '#contract/desk/contacts.ts'
import type { Database } from '#platform/db/database.ts'
import type { AppEnv } from '#platform/http/request-log.ts'
import { valid } from '#platform/http/valid.ts'
import { reachOf } from '#server/history/reach.ts'
import type { SignedInAccount } from '#server/nexudus/account.ts'

import { listContacts, saveContact } from './contact-store.ts'

type ContactsNeeds = {
  db: Database
  now: () => Date
  accountOf: (c: Context) => Promise<SignedInAccount>
  /** The account, if it is that of an administrator without limits. */
  adminOf: (c: Context) => Promise<SignedInAccount>
}

/** `/desk/contacts`: who can mend a receiver. Everybody reads, administrators write. */
export function createContactsRoom({ db, now, accountOf, adminOf }: ContactsNeeds) {
  const listFor = async (account: SignedInAccount) => ({
    contacts: await listContacts(db, await reachOf(account)),
  })
  return {
    routes: (app: Hono<AppEnv>) =>
      app.route(
        '/desk/contacts',
        new Hono<AppEnv>()
          .get('/', async (c) => c.json(await listFor(await accountOf(c))))
          .put('/', valid('json', contactChangeSchema), async (c) => {
            const account = await adminOf(c)
            await saveContact(db, c.req.valid('json'), { by: account.email, at: now() })
            return c.json(await listFor(account))
          }),
      ),
  }
}
