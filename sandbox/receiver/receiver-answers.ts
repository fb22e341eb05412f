import { setTimeout as sleep } from 'node:timers/promises'

import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

import type { ReceiverAnswer } from '#contract/desk/receiver-answers.ts'

export type ReceiverContext = Context<{ Bindings: HttpBindings }>

const LOGIN_PAGE = `<!doctype html>
<html lang="en"><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>`

const SLOW_MS = 6_000
const DRIP_MS = 200
/** Ends a drip long after its caller has gone. */
const DRIPS = 300

const said = (status: number, text: string, headers: Record<string, string> = {}) =>
  new Response(text, { status, headers: { 'Content-Type': 'text/plain', ...headers } })

/** The making of each answer. Those without a response of their own write to the socket. */
export const RECEIVER_ANSWERERS: Record<
  ReceiverAnswer,
  (c: ReceiverContext) => Response | Promise<Response>
> = {
  '200': () => said(200, 'ok'),
  '204': () => new Response(null, { status: 204 }),
  '301': (c) =>
    said(301, 'moved', { Location: `${new URL(c.req.url).origin}/receiver/moved-here` }),
  '401': () => said(401, 'a key is missing'),
  '404': () => said(404, 'nothing here'),
  '410': () => said(410, 'gone'),
  '429': () => said(429, 'too many calls', { 'Retry-After': '5' }),
  '500': () => said(500, 'it broke'),
  '503': () => said(503, 'overloaded'),
  slow: async (c) => {
    await sleep(SLOW_MS, null, { signal: c.req.raw.signal }).catch(() => {})
    return said(200, 'ok, at last')
  },
  hang: async (c) => {
    await sleep(2 ** 31 - 1, null, { signal: c.req.raw.signal }).catch(() => {})
    return new Response(null)
  },
  drip: async (c) => {
    const { outgoing } = c.env
    outgoing.writeHead(200, { 'Content-Type': 'text/plain' })
    for (let drip = 0; drip < DRIPS && !outgoing.destroyed; drip += 1) {
      outgoing.write('.')
      await sleep(DRIP_MS)
    }
    outgoing.end()
    return RESPONSE_ALREADY_SENT
  },
  reset: (c) => {
    c.env.incoming.socket.resetAndDestroy()
    return RESPONSE_ALREADY_SENT
  },
  html: () => new Response(LOGIN_PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
}
