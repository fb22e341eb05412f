import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'

import { SIGNATURE_HEADER } from '#contract/nexudus/signature.ts'
import type { Database } from '#platform/db/database.ts'
import { NotFound, Refused } from '#sandbox/wire/errors.ts'
import { readJsonObject } from '#sandbox/wire/json-body.ts'
import { methodNotAllowed } from '#sandbox/wire/routing.ts'

import { RECEIVER_ANSWERERS, type ReceiverContext } from './receiver-answers.ts'
import {
  answerOf,
  emptyInbox,
  isReceiverAnswer,
  keepArrival,
  KEPT_BYTES,
  listReceived,
  listReceivers,
  tellReceiver,
} from './receiver-store.ts'

/** `/receiver/:name`: gives the answer it was told to, and keeps each request. */
export function receiverRoutes(db: Database, now: () => Date) {
  return new Hono<{ Bindings: HttpBindings }>().all('/:name/*', receive).all('/:name', receive)

  async function receive(c: ReceiverContext) {
    const name = nameOf(c)
    const body = await readStart(c.req.raw)
    const answer = await answerOf(db, name)
    const { pathname, search } = new URL(c.req.url)
    // kept before the answer: a caller who sees the answer finds the request in the inbox
    await keepArrival(db, {
      receiver: name,
      method: c.req.method,
      target: pathname + search,
      headers: [...c.req.raw.headers],
      body,
      signature: c.req.header(SIGNATURE_HEADER),
      answer,
      at: now(),
    })
    return RECEIVER_ANSWERERS[answer](c)
  }
}

/** The database refuses a NUL in a text. */
function nameOf(c: Context): string {
  const name = c.req.param('name') ?? ''
  if (name.includes('\0')) throw new NotFound()
  return name
}

async function readStart(request: Request): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= KEPT_BYTES) break
  }
  return new Uint8Array(Buffer.concat(chunks).subarray(0, KEPT_BYTES))
}

/**
 * Requests that the receivers got, and the answers they give. For administrators of the sandbox.
 */
export function receiverControlRoutes(db: Database) {
  return new Hono()
    .get('/inbox', async (c) => c.json({ received: await listReceived(db) }))
    .delete(async (c) => {
      await emptyInbox(db)
      return c.json({ received: [] })
    })
    .all(methodNotAllowed)

    .get('/receivers', async (c) => c.json({ receivers: await listReceivers(db) }))
    .all(methodNotAllowed)

    .put('/receivers/:name', async (c) => {
      const { answer } = await readJsonObject(c)
      const text = String(answer)
      if (!isReceiverAnswer(text)) {
        const reason = { Message: 'is no answer a receiver knows', AttemptedValue: answer }
        throw new Refused([{ PropertyName: 'answer', ...reason }])
      }
      await tellReceiver(db, nameOf(c), text)
      return c.json({ receivers: await listReceivers(db) })
    })
    .all(methodNotAllowed)
}
