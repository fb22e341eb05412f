import type { HttpBindings } from '@hono/node-server'
import { createMiddleware } from 'hono/factory'

/**
 * Answers only under the names of this machine, so that a page of another site cannot reach it
 * through a name that was rebound to this machine.
 */
export const ownNamesOnly = createMiddleware<{ Bindings: Partial<HttpBindings> }>(
  async function ownNamesOnly(c, next) {
    // a call to the app itself comes without a socket, and without a host name
    const port = c.env?.incoming?.socket.localPort
    if (port !== undefined && !isOwn(c.req.header('host') ?? '', port)) {
      return c.text(`The sandbox answers under http://localhost:${port} only.`, 421)
    }
    await next()
    return undefined
  },
)

const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]']

const isOwn = (host: string, port: number) =>
  OWN_NAMES.some((name) => new URL(`http://${name}:${port}`).host === host.toLowerCase())
