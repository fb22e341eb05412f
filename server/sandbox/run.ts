import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { serve } from '@hono/node-server'
import type { Logger } from 'pino'

import type { Database } from '#server/db/database.ts'

import { createSandbox } from './sandbox.ts'
import { seedIfEmpty, type NetworkSize } from './seed.ts'

export type SandboxSettings = {
  db: Database
  /** 0 takes any free port. */
  port: number
  host: string
  size: NetworkSize
  logger?: Pick<Logger, 'info' | 'error'>
  now?: () => Date
  /** Where the receivers of the seeded webhooks are; by default the stand-in's own port. */
  receiverOrigin?: string
}

export type RunningSandbox = {
  /** The origin it listens on, e.g. `http://127.0.0.1:4401`. */
  url: string
  close: () => Promise<void>
}

const DEFAULT_PORT = 4401

/** Sows the network if there is none yet, and listens. */
export async function startSandbox(settings: SandboxSettings): Promise<RunningSandbox> {
  const { db, port, host, size, logger, now = () => new Date() } = settings
  // a port that is only known later cannot be sown into addresses
  const receiverOrigin = settings.receiverOrigin ?? `http://localhost:${port || DEFAULT_PORT}`
  await seedIfEmpty(db, { size, now: now(), receiverOrigin })

  const logError = (error: unknown) => logger?.error({ err: error }, 'sandbox failed')
  const { app } = createSandbox({ db, now, logError })
  const { server, address } = await listen(app.fetch, host, port)

  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
  logger?.info({ url, size }, 'sandbox listens')
  return { url, close: () => close(server) }
}

type Fetch = Parameters<typeof serve>[0]['fetch']

function listen(fetch: Fetch, host: string, port: number) {
  return new Promise<{ server: Server; address: AddressInfo }>((resolve, reject) => {
    // without a createServer of its own, serve makes a plain HTTP/1 server
    const server = serve({ fetch, hostname: host, port }, (address) => {
      server.off('error', reject)
      resolve({ server, address })
    }) as Server
    server.once('error', reject)
  })
}

function close(server: Server) {
  return new Promise<void>((resolve) => {
    server.close(() => resolve())
    // a fault may be holding a socket open for good
    server.closeAllConnections()
  })
}
