import type { Server, ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'

import { serve } from '@hono/node-server'

type ListenOptions = {
  fetch: Parameters<typeof serve>[0]['fetch']
  host: string
  /** 0 picks any free port. */
  port: number
  limits?: ServerOptions
}

/**
 * Time limits for a client, in milliseconds; Node's own would let slow clients stay for minutes.
 */
const SLOW_CLIENTS: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  // how often Node enforces the two limits above; its default of 30 s turned 20 s into 50
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
}

/** Serves an app; rejects if it cannot listen. */
export function listen({ fetch, host, port, limits = {} }: ListenOptions) {
  return new Promise<{ server: Server; address: AddressInfo }>((resolve, reject) => {
    const serverOptions = { ...SLOW_CLIENTS, ...limits }
    // without its own createServer, `serve` creates a plain HTTP/1 server
    const server = serve({ fetch, hostname: host, port, serverOptions }, (address) => {
      server.off('error', reject)
      resolve({ server, address })
    }) as Server
    server.once('error', reject)
  })
}
