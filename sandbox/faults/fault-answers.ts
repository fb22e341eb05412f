import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

import type { Database } from '#platform/db/database.ts'
import { done, unsuccessful } from '#sandbox/wire/command-envelope.ts'
import { Message, refusal, throttled, unhandled } from '#sandbox/wire/errors.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'

import type { Fault, FaultKind } from './faults.ts'

const PAGE = `<!doctype html>
<html><head><title>Nexudus</title></head><body><h1>We will be right back</h1></body></html>`

/** More than the eight MiB that a careful client reads. */
const TOO_LARGE_BYTES = 9 * 1024 * 1024

const BUSINESS_RULE = 'You must delete all the bookings using this record before deleting it.'

/** One call that meets a fault. `perform` carries the call out and returns its answer. */
type Meeting = {
  fault: Fault
  c: Context<{ Bindings: HttpBindings }>
  db: Database
  perform: () => Promise<Response>
  /** Fires when the faults are cleared. */
  cleared: AbortSignal
}

type Answer = (meeting: Meeting) => Response | Promise<Response>

export const FAULT_ANSWERS: Record<FaultKind, Answer> = {
  throttle: async ({ fault: { status, retryAfter, waitText }, db }) => {
    const usual = waitText === undefined ? Number((await readSwitches(db)).throttleStatus) : 429
    return throttled({ status: status ?? usual, retryAfter, waitText })
  },
  error: ({ fault: { status, message } }) => {
    const body =
      message === undefined ? unhandled().getResponse() : Response.json({ Message: message })
    return new Response(body.body, { status: status ?? 500, headers: body.headers })
  },
  html: ({ fault }) => {
    const headers = { 'Content-Type': 'text/html; charset=utf-8' }
    return new Response(PAGE, { status: fault.status ?? 200, headers })
  },
  empty: ({ fault }) => new Response(null, { status: fault.status ?? 200 }),
  unauthorized: () => new Response(null, { status: 401 }),
  refuse: ({ fault: { status = 400, errors, message } }) => {
    const plain = message ?? 'Ooops! There was a problem while running this action.'
    const body = errors?.length
      ? { ...refusal(errors), ...(message === undefined ? {} : { Message: message }) }
      : { Message: plain, Value: null, Errors: errors ?? null, WasSuccessful: false }
    return Response.json(body, { status })
  },
  unsuccessful: ({ fault: { status = 200, errors, message } }) => {
    const summary = message ?? (errors?.length ? refusal(errors).Message : BUSINESS_RULE)
    return Response.json(unsuccessful(summary, errors ?? null), { status })
  },
  ignored: () => {
    const at = new Date().toISOString()
    return Response.json(done({ message: 'Done.', value: null, at, by: '' }))
  },
  too_large: () => Response.json({ Records: [], Padding: 'x'.repeat(TOO_LARGE_BYTES) }),

  hang: async ({ c }) => {
    await sleep(2 ** 31 - 1, null, { signal: c.req.raw.signal }).catch(gone)
    return new Response(null)
  },
  drop: ({ c, fault }) => {
    socketOf(c, fault).incoming.socket.destroy()
    return RESPONSE_ALREADY_SENT
  },
  lost_answer: async ({ c, fault, perform }) => {
    const { incoming } = socketOf(c, fault)
    await perform()
    incoming.socket.destroy()
    return RESPONSE_ALREADY_SENT
  },
  drop_mid_body: async ({ c, fault, perform }) => {
    const { incoming, outgoing } = socketOf(c, fault)
    const { status, headers, body } = await bytesOf(await perform())
    outgoing.writeHead(status, { ...headers, 'content-length': body.length })
    // destroyed only after half was sent, or nothing at all would arrive
    const half = body.subarray(0, Math.ceil(body.length / 2))
    outgoing.write(half, () => incoming.socket.destroy())
    return RESPONSE_ALREADY_SENT
  },
  wrong_length: async ({ c, fault, perform }) => {
    const { outgoing } = socketOf(c, fault)
    const { status, headers, body } = await bytesOf(await perform())
    const lie = { 'content-length': body.length + 100, connection: 'close' }
    outgoing.writeHead(status, { ...headers, ...lie })
    outgoing.end(body)
    return RESPONSE_ALREADY_SENT
  },
  broken_json: async ({ perform }) => {
    const { status, headers, body } = await bytesOf(await perform())
    // at least one byte, which cannot be a JSON object, list or string
    const half = body.subarray(0, Math.max(1, Math.floor(body.length / 2)))
    return new Response(half, { status, headers })
  },
  odd_values: async ({ fault: { values = {} }, perform }) => {
    const response = await perform()
    const text = JSON.stringify(await response.clone().json(), (_name, value: unknown) =>
      isRecord(value) ? { ...value, ...values[String(value.Id)] } : value,
    )
    const { status, headers } = response
    return new Response(text, { status, headers })
  },
  slow: async ({ c, fault, perform }) => {
    const response = await perform()
    await sleep(fault.delayMs, null, { signal: c.req.raw.signal }).catch(gone)
    return response
  },
  // the call arrives even if the caller has hung up long since
  late: async ({ fault, cleared, perform }) => {
    await sleep(fault.delayMs, null, { signal: cleared, ref: false }).catch(gone)
    return perform()
  },
  slow_body: async ({ c, fault, perform }) => {
    const { status, headers, body } = await bytesOf(await perform())
    const stream = new ReadableStream({
      async start(controller) {
        await sleep(fault.delayMs, null, { signal: c.req.raw.signal }).catch(gone)
        if (c.req.raw.signal.aborted) return
        controller.enqueue(body)
        controller.close()
      },
    })
    return new Response(stream, { status, headers })
  },
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && 'Id' in value

// the caller has hung up, or the fault was cleared: nobody waits any longer
const gone = () => {}

function socketOf({ env }: Meeting['c'], { kind }: Fault): HttpBindings {
  // despite their type, bindings are missing without a listening server (`app.request`)
  const bindings: Partial<HttpBindings> | undefined = env
  if (!bindings?.incoming || !bindings.outgoing) {
    throw new Message(500, `The fault ${kind} needs a socket: let the sandbox listen on a port.`)
  }
  return env
}

async function bytesOf(response: Response) {
  const body = new Uint8Array(await response.clone().arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}
