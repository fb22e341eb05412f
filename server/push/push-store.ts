import { createHash, randomUUID } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'

import type { NewBrowser, Push } from '#contract/desk/push.ts'
import type { Database } from '#platform/db/database.ts'
import { storableText } from '#platform/db/storable.ts'
import type { Hearer } from '#server/alerts/hearers.ts'
import type { Recipient } from '#server/alerts/recipients.ts'
import { notices, recipients } from '#server/alerts/tables.ts'
import type { Seal } from '#server/nexudus/seal.ts'

import { browsers, pushKeys } from './tables.ts'
import { newKeys } from './web-push.ts'

export type BrowserRow = typeof browsers.$inferSelect

export type PushStore = ReturnType<typeof createPushStore>

/** Binds a sealed endpoint to its row. */
const sealedFor = (id: string) => `push ${id}`

const KEYS_ID = 1
const SEALED_KEYS = 'push keys'

export function createPushStore(db: Database, seal: Seal, now: () => Date) {
  /** The desk's key pair, made when the first browser needs it. */
  async function keys() {
    const [known] = await db.select().from(pushKeys)
    if (known) return opened(known)
    const { publicKey, privateKey } = newKeys()
    const row = { id: KEYS_ID, publicKey, privateKey: seal.seal(privateKey, SEALED_KEYS) }
    // another process may be faster
    await db.insert(pushKeys).values(row).onConflictDoNothing()
    const [stored] = await db.select().from(pushKeys)
    return opened(stored ?? row)
  }

  const opened = ({ publicKey, privateKey }: typeof pushKeys.$inferSelect) => ({
    publicKey,
    privateKey: seal.open(privateKey, SEALED_KEYS),
  })

  const isOf = (account: string) => eq(browsers.account, account.toLowerCase())

  return {
    keys,

    async list(account: string): Promise<Push['browsers']> {
      const rows = await db
        .select()
        .from(browsers)
        .where(isOf(account))
        .orderBy(asc(browsers.addedAt), asc(browsers.id))
      return rows.map(({ id, name, endpointHash, addedAt, lastSentAt, problem }) => ({
        id,
        name,
        endpointHash,
        addedAt: addedAt.toISOString(),
        lastSentAt: lastSentAt?.toISOString() ?? null,
        problem,
      }))
    },

    /** Adds a browser, or notes that another person works at it now. */
    async add(account: string, { endpoint, keys: theirs, name }: NewBrowser) {
      const endpointHash = createHash('sha256').update(endpoint).digest('hex')
      await db.transaction(async (tx) => {
        await tx.delete(browsers).where(eq(browsers.endpointHash, endpointHash))
        const id = randomUUID()
        await tx.insert(browsers).values({
          id,
          account: account.toLowerCase(),
          name: storableText(name),
          endpoint: seal.seal(endpoint, sealedFor(id)),
          endpointHash,
          p256dh: theirs.p256dh,
          auth: seal.seal(theirs.auth, sealedFor(id)),
          addedAt: now(),
        })
      })
    },

    /** Forgets a browser. What still waited for it is dropped. */
    async remove(id: string, account?: string): Promise<boolean> {
      return db.transaction(async (tx) => {
        const gone = await tx
          .delete(browsers)
          .where(and(eq(browsers.id, id), account === undefined ? undefined : isOf(account)))
          .returning({ id: browsers.id })
        if (gone.length === 0) return false
        await tx
          .update(notices)
          .set({ state: 'dropped', settledAt: now() })
          .where(
            and(eq(notices.route, 'push'), eq(notices.recipient, id), eq(notices.state, 'waiting')),
          )
        return true
      })
    },

    /** A browser and the person who works at it. */
    async find(id: string): Promise<{ browser: BrowserRow; person: Recipient } | undefined> {
      const [row] = await db
        .select({ browser: browsers, person: recipients })
        .from(browsers)
        .innerJoin(recipients, eq(recipients.account, browsers.account))
        .where(eq(browsers.id, id))
      return row
    },

    open: ({ id, endpoint, p256dh, auth }: BrowserRow) => ({
      endpoint: seal.open(endpoint, sealedFor(id)),
      keys: { p256dh, auth: seal.open(auth, sealedFor(id)) },
    }),

    async note(id: string, result: Pick<BrowserRow, 'problem'> & { lastSentAt?: Date }) {
      await db.update(browsers).set(result).where(eq(browsers.id, id))
    },

    /** All browsers, as those who are told what the person at it wants to hear. */
    async hearers(tx: Database): Promise<Hearer[]> {
      const rows = await tx
        .select({ id: browsers.id, person: recipients })
        .from(browsers)
        .innerJoin(recipients, eq(recipients.account, browsers.account))
      return rows.map(({ id, person }) => ({
        route: 'push',
        recipient: id,
        reach: person.reach,
        locations: person.locations,
        firstStep: person.firstStep,
        zone: person.zone,
        digestAt: null,
        summedUpAt: null,
      }))
    },

    /** For the list of what waits: the person and their browser. */
    async names(): Promise<Map<string, string>> {
      const rows = await db.select().from(browsers)
      return new Map(rows.map(({ id, account, name }) => [id, `${account} (${name})`]))
    },
  }
}
