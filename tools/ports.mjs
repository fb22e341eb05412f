import { createServer } from 'node:net'

/**
 * A port that is free at this moment.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      // a server that listens on a port has an address of this kind
      if (address === null || typeof address === 'string') return reject(new Error('No port'))
      return server.close(() => resolve(address.port))
    })
  })
}
