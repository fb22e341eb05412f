import { asc, desc, eq, isNotNull, lt, sql } from 'drizzle-orm'

import { RECEIVER_ANSWERS, type ReceiverAnswer } from '#contract/desk/receiver-answers.ts'
import { type Received } from '#contract/desk/sandbox.ts'
import { signatureOf, substituteNonAscii } from '#contract/nexudus/signature.ts'
import type { Database } from '#platform/db/database.ts'
import { businesses, received, receivers } from '#sandbox/db/tables.ts'

/** Bytes of a body that are kept. Nexudus sends a few kilobytes. */
export const KEPT_BYTES = 64 * 1024

const KEPT_ROWS = 1_000
const SHOWN_ROWS = 100

export const isReceiverAnswer = (text: string): text is ReceiverAnswer =>
  Object.hasOwn(RECEIVER_ANSWERS, text)

/** The receiver's answer; by default 200. */
export async function answerOf(db: Database, name: string): Promise<ReceiverAnswer> {
  const [row] = await db.select().from(receivers).where(eq(receivers.name, name))
  return row && isReceiverAnswer(row.answer) ? row.answer : '200'
}

export async function tellReceiver(db: Database, name: string, answer: ReceiverAnswer) {
  await db
    .insert(receivers)
    .values({ name, answer })
    .onConflictDoUpdate({ target: receivers.name, set: { answer } })
}

/** Receivers that were told an answer, and those that got a request. */
export async function listReceivers(db: Database) {
  const told = await db.select().from(receivers)
  const called = await db
    .selectDistinct({ name: received.receiver })
    .from(received)
    .orderBy(asc(received.receiver))
  const answers = new Map<string, string>(called.map(({ name }) => [name, '200']))
  for (const { name, answer } of told) answers.set(name, answer)
  return [...answers]
    .map(([name, answer]) => ({ name, answer }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** One request to a receiver. */
export type Arrival = {
  receiver: string
  method: string
  target: string
  headers: [name: string, value: string][]
  body: Uint8Array
  signature: string | undefined
  answer: ReceiverAnswer
  at: Date
}

export async function keepArrival(db: Database, { body, signature, ...arrival }: Arrival) {
  const verdict = await verify(db, body, signature)
  const [row] = await db
    .insert(received)
    // the database refuses a NUL in a text
    .values({ ...arrival, ...verdict, body: new TextDecoder().decode(body).replaceAll('\0', '␀') })
    .returning({ id: received.id })
  // deleting now and then is enough
  if (row && row.id % 100 === 0) {
    await db.delete(received).where(lt(received.id, row.id - KEPT_ROWS))
  }
}

type Verified = Pick<Received, 'signature' | 'businessId'>

/** A receiver of the network knows the secrets of all its locations. */
async function verify(
  db: Database,
  body: Uint8Array,
  signature: string | undefined,
): Promise<Verified> {
  if (signature === undefined) return { signature: 'missing', businessId: null }
  const known = await db
    .select({ id: businesses.id, secret: sql<string>`${businesses.sharedSecret}` })
    .from(businesses)
    .where(isNotNull(businesses.sharedSecret))
    .orderBy(asc(businesses.id))
  const substituted = substituteNonAscii(new TextDecoder().decode(body))
  for (const { id, secret } of known) {
    if ((await signatureOf(secret, body)) === signature) {
      return { signature: 'valid', businessId: id }
    }
    if ((await signatureOf(secret, substituted)) === signature) {
      return { signature: 'ascii', businessId: id }
    }
  }
  return { signature: 'wrong', businessId: null }
}

/** The latest requests, newest first. */
export async function listReceived(db: Database): Promise<Received[]> {
  const rows = await db.select().from(received).orderBy(desc(received.id)).limit(SHOWN_ROWS)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function emptyInbox(db: Database) {
  await db.delete(received)
}
