import { eq, inArray, sql } from 'drizzle-orm'

import { hostOf } from '#contract/address/address.ts'
import type { Contact, ContactChange } from '#contract/desk/contacts.ts'
import type { Database } from '#platform/db/database.ts'
import type { Reach } from '#server/nexudus/in-reach.ts'
import { watched } from '#server/watch/tables.ts'

import { contacts } from './tables.ts'

/** The contacts of all receivers, by host. */
export async function loadContacts(db: Database): Promise<Map<string, Contact>> {
  const rows = await db.select().from(contacts).orderBy(contacts.host)
  return new Map(
    rows.map(({ host, name, address, setBy, setAt }) => [
      host,
      { host, name, address, by: setBy, at: setAt.toISOString() },
    ]),
  )
}

/** The contacts of receivers that webhooks at locations in reach deliver to. */
export async function listContacts(db: Database, reach: Reach): Promise<Contact[]> {
  const all = [...(await loadContacts(db)).values()]
  if (reach === null || all.length === 0) return all
  const rows = await db
    .selectDistinct({ url: sql<string>`${watched.record} ->> 'URL'` })
    .from(watched)
    .where(inArray(watched.businessId, reach))
  const hosts = new Set(rows.map(({ url }) => hostOf(url)))
  return all.filter(({ host }) => hosts.has(host))
}

export async function saveContact(
  db: Database,
  { host, contact }: ContactChange,
  { by, at }: { by: string; at: Date },
) {
  if (!contact) {
    await db.delete(contacts).where(eq(contacts.host, host))
    return
  }
  const values = { ...contact, setBy: by, setAt: at }
  await db
    .insert(contacts)
    .values({ host, ...values })
    .onConflictDoUpdate({ target: contacts.host, set: values })
}
