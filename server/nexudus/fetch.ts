import http from 'node:http'
import type { Socket } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { callbackify } from 'node:util'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

import { NotSent, openConnection } from './connection.ts'
import { credentialsOf, type Route } from './route.ts'
import type { Fetch } from './upstream.ts'

// less than the five seconds after which many servers, Node's among them, close an idle connection
const IDLE_MS = 4_000
const CONNECT_MS = 10_000

/**
 * Calls a Nexudus over its own connections. A read may reuse an open connection, and is repeated if
 * that fails; any other call gets a fresh one, because the server may be closing an idle
 * connection, and nobody would know whether a write has arrived.
 */
export function createFetch(route: Route): Fetch {
  const pool = poolOf(route)

  return async (url, { method, headers, body, signal }) => {
    // plain HTTP is not tunnelled: the proxy gets the request, with the whole URL
    const through = url.protocol === 'http:' ? route.proxy : undefined
    const options = {
      method,
      path: through ? url.href : url.pathname + url.search,
      headers: {
        host: url.host,
        'user-agent': 'Hookdesk',
        'accept-encoding': 'gzip, deflate, br',
        ...headers,
        ...(through && credentialsOf(through)),
      },
    }
    if (method === 'GET') return answerTo(http.request({ ...options, agent: pool }), body, signal)

    const fresh = await openConnection(route, signal)
    if (signal.aborted) {
      fresh.destroy()
      throw new NotSent('The time was over before anything could be sent')
    }
    const request = http.request({ ...options, createConnection: () => fresh })
    return answerTo(request, body, signal)
  }
}

function answerTo(request: http.ClientRequest, body: string | undefined, signal: AbortSignal) {
  return new Promise<Response>((resolve, reject) => {
    const cut = () => request.destroy(new Error('The time is over'))
    // listens to this signal directly: a derived one could be garbage-collected
    signal.addEventListener('abort', cut, { once: true })
    request.once('close', () => signal.removeEventListener('abort', cut))
    request.on('error', reject)
    request.once('response', (incoming) => {
      try {
        resolve(responseOf(incoming))
      } catch (error) {
        request.destroy()
        reject(error)
      }
    })
    request.end(body)
  })
}

/** The pool of connections for reads, which are opened like all others. */
function poolOf(route: Route): http.Agent {
  const pool = new http.Agent({ keepAlive: true, timeout: IDLE_MS })
  const open = callbackify(() => openInTime(route))
  pool.createConnection = (_options, done) => {
    open((error, socket) => done?.(error, socket))
    return undefined
  }
  return pool
}

/** Has a time limit of its own: if the request that needs it gives up, the next one uses it. */
async function openInTime(route: Route): Promise<Socket> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), CONNECT_MS)
  try {
    return await openConnection(route, limit.signal)
  } finally {
    clearTimeout(timer)
  }
}

const WITHOUT_BODY = new Set([204, 205, 304])

function responseOf(incoming: http.IncomingMessage): Response {
  const status = incoming.statusCode ?? 0
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  if (WITHOUT_BODY.has(status)) {
    incoming.on('error', () => {}).resume()
    return new Response(null, { status, headers })
  }
  // Node's type and the browsers' type of the same class
  const stream = Readable.toWeb(inflated(incoming)) as ReadableStream
  return new Response(stream, { status, headers })
}

const INFLATE = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

function inflated(incoming: http.IncomingMessage): Readable {
  const encoding = incoming.headers['content-encoding']?.trim().toLowerCase()
  const inflate = Object.entries(INFLATE).find(([name]) => name === encoding)?.[1]
  // errors reach the reader of the stream
  return inflate ? pipeline(incoming, inflate(), () => {}) : incoming
}
