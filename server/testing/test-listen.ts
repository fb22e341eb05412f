import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'

type Fetch = Parameters<typeof serve>[0]['fetch']

type Raw = { method?: string; headers?: Record<string, string | undefined>; body?: string }

/** Serves an app on a real socket, as in production. */
export async function listen(fetch: Fetch) {
  const server = await new Promise<Server>((resolve) => {
    // without its own createServer, `serve` creates a plain HTTP/1 server
    const started = serve({ fetch, hostname: '127.0.0.1', port: 0 }, () =>
      resolve(started),
    ) as Server
  })
  // a server that listens on a port has an address of this type
  const { port } = server.address() as AddressInfo

  return {
    /** Sends the path unchanged: no URL parser tidies it. */
    send: (path: string, { method = 'GET', headers = {}, body }: Raw = {}) =>
      new Promise<{ status: number; text: string }>((resolve, reject) => {
        request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          )
          response.on('error', reject)
        })
          .on('error', reject)
          .end(body)
      }),
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
