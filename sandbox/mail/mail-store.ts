import { desc, lt } from 'drizzle-orm'
import PostalMime from 'postal-mime'

import type { Mail } from '#contract/desk/sandbox.ts'
import type { Database } from '#platform/db/database.ts'
import { storableText } from '#platform/db/storable.ts'
import { mails } from '#sandbox/db/tables.ts'

type Arrival = Omit<typeof mails.$inferInsert, 'id'>

const KEPT = 200
const SHOWN = 50

export async function keepMail(db: Database, { raw, ...arrival }: Arrival) {
  const [row] = await db
    .insert(mails)
    .values({ ...arrival, raw: storableText(raw) })
    .returning({ id: mails.id })
  if (row) await db.delete(mails).where(lt(mails.id, row.id - KEPT + 1))
}

export async function emptyMailBox(db: Database) {
  await db.delete(mails)
}

/** The last mails, newest first, as a mail program would read them. */
export async function listMails(db: Database): Promise<Mail[]> {
  const rows = await db.select().from(mails).orderBy(desc(mails.id)).limit(SHOWN)
  return Promise.all(
    rows.map(async ({ id, at, sender, recipients, raw }) => {
      const { subject = '', headers, text = '', html = '' } = await PostalMime.parse(raw)
      return {
        id,
        at: at.toISOString(),
        from: sender,
        to: recipients,
        subject,
        headers: headers.map(({ key, value }): [string, string] => [key, value]),
        text,
        html,
      }
    }),
  )
}
