import { randomBytes, randomUUID } from 'node:crypto'
import { and, asc, count, eq, inArray, ne } from 'drizzle-orm'

import type { Exception } from '#contract/address/address-class.ts'
import type { ChannelChange, Channels, NewChannel } from '#contract/desk/channels.ts'
import type { Database } from '#platform/db/database.ts'
import { storableText } from '#platform/db/storable.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Seal } from '#server/nexudus/seal.ts'

import { requireZone } from '#server/clock/zone.ts'
import type { Hearer } from '#server/alerts/hearers.ts'
import { notices } from '#server/alerts/tables.ts'
import { sealedFor, type ChannelRow } from './by-channel.ts'
import { checkedUrl, hintOf } from './chat-url.ts'
import { channels } from './tables.ts'

type StoreOptions = {
  db: Database
  now: () => Date
  seal: Seal
  exceptions: readonly Exception[]
}

/** A key of the length that the Standard Webhooks specification asks for, in bytes. */
const SECRET_BYTES = 32

/** The channels. Their URLs are written, and never read by a person again. */
export function createChannelStore({ db, now, seal, exceptions }: StoreOptions) {
  async function find(id: string): Promise<ChannelRow> {
    const [row] = await db.select().from(channels).where(eq(channels.id, id))
    if (!row) throw new Failed('not_found', { reason: 'channel' })
    return row
  }

  return {
    find,

    async list(): Promise<Channels['channels']> {
      const [rows, waiting] = await Promise.all([
        db.select().from(channels).orderBy(asc(channels.setAt), asc(channels.id)),
        db
          .select({ id: notices.recipient, count: count() })
          .from(notices)
          .where(and(eq(notices.state, 'waiting'), ne(notices.route, 'email')))
          .groupBy(notices.recipient),
      ])
      const waitingFor = new Map(waiting.map((row) => [row.id, row.count]))
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        name: row.name,
        hint: row.hint,
        locations: row.locations,
        firstStep: row.firstStep,
        zone: row.zone,
        setBy: row.setBy,
        setAt: row.setAt.toISOString(),
        lastSentAt: row.lastSentAt?.toISOString() ?? null,
        problem: row.problem,
        failingSince: row.failingSince?.toISOString() ?? null,
        waiting: waitingFor.get(row.id) ?? 0,
      }))
    },

    /** All of them, as those who are told. */
    async hearers(tx: Database): Promise<Hearer[]> {
      const rows = await tx.select().from(channels)
      return rows.map(({ id, kind, locations, firstStep, zone, summedUpAt }) => ({
        route: kind,
        recipient: id,
        // an administrator without limits set it up
        reach: null,
        locations,
        firstStep,
        zone,
        digestAt: null,
        summedUpAt,
      }))
    },

    async noteSummary(tx: Database, id: string, at: Date) {
      await tx.update(channels).set({ summedUpAt: at }).where(eq(channels.id, id))
    },

    async names(): Promise<Map<string, string>> {
      const rows = await db.select({ id: channels.id, name: channels.name }).from(channels)
      return new Map(rows.map(({ id, name }) => [id, name]))
    },

    /** Adds a channel. Returns the secret that signs what a program gets; nobody sees it again. */
    async add({ kind, url: text, ...wishes }: NewChannel, by: string): Promise<string | undefined> {
      requireZone(wishes.zone)
      const url = checkedUrl(kind, text, exceptions)
      const id = randomUUID()
      const secret =
        kind === 'webhook' ? `whsec_${randomBytes(SECRET_BYTES).toString('base64')}` : undefined
      await db.insert(channels).values({
        ...wishes,
        name: storableText(wishes.name),
        id,
        kind,
        url: seal.seal(url.href, sealedFor(id)),
        secret: secret === undefined ? null : seal.seal(secret, sealedFor(id)),
        hint: hintOf(url),
        setBy: by,
        setAt: now(),
      })
      return secret
    },

    async change(id: string, wishes: ChannelChange) {
      requireZone(wishes.zone)
      const changed = await db
        .update(channels)
        .set({ ...wishes, name: storableText(wishes.name) })
        .where(eq(channels.id, id))
        .returning({ id: channels.id })
      if (changed.length === 0) throw new Failed('not_found', { reason: 'channel' })
    },

    /** Removes a channel. What still waited for it is dropped. */
    async remove(id: string) {
      const { kind } = await find(id)
      await db.transaction(async (tx) => {
        await tx.delete(channels).where(eq(channels.id, id))
        await tx
          .update(notices)
          .set({ state: 'dropped', settledAt: now() })
          .where(
            and(
              inArray(notices.route, [kind]),
              eq(notices.recipient, id),
              eq(notices.state, 'waiting'),
            ),
          )
      })
    },
  }
}
