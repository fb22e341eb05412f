import http from 'node:http'
import net, { type AddressInfo } from 'node:net'

export type Receiver = {
  port: number
  /** Number of connections that arrived; a tripwire must have none. */
  connections: () => number
  close: () => Promise<void>
}

/** Starts a receiver on loopback that answers with its handler. */
export function startReceiver(handler: http.RequestListener, host = '127.0.0.1') {
  return listen(http.createServer(handler), host)
}

/** Starts a receiver that writes raw bytes, for answers no HTTP server would send. */
export function startRawReceiver(handler: (socket: net.Socket) => void, host = '127.0.0.1') {
  return listen(net.createServer(handler), host)
}

export async function listen(server: net.Server, host: string): Promise<Receiver> {
  const sockets = new Set<net.Socket>()
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  // a server that listens on a port has an address of this type
  const { port } = server.address() as AddressInfo
  return {
    port,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
