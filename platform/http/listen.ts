import type { Server, ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'

import { serve } from '@hono/node-server'

type ListenOptions = {
  fetch: Parameters<typeof serve>[0]['fetch']
  host: string
  /** 0 takes any free port. */
  port: number
  limits?: ServerOptions
}

/** How long a client may take; Node's own limits would let slow ones stay for minutes. */
const SLOW_CLIENTS: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  // how often the two above are looked at; by itself every 30 s, so that 20 became 50
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
}

/** Serves an app; fails where it cannot listen. */
export function listen({ fetch, host, port, limits = {} }: ListenOptions) {
  return new Promise<{ server: Server; address: AddressInfo }>((resolve, reject) => {
    const serverOptions = { ...SLOW_CLIENTS, ...limits }
    // without a createServer of its own, serve makes a plain HTTP/1 server
    const server = serve({ fetch, hostname: host, port, serverOptions }, (address) => {
      server.off('error', reject)
      resolve({ server, address })
    }) as Server
    server.once('error', reject)
  })
}
