import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'

import { hostnameOf, portOf } from '#contract/address/address-class.ts'

import { credentialsOf, type Route } from './route.ts'

/** Failed before a byte of the request was sent: what it asked for did not happen. */
export class NotSent extends Error {
  override readonly name = 'NotSent'
}

const TRIES = 3

/**
 * A connection that is ready to be written to, or `NotSent`, whatever went wrong. One that the
 * other end has given up while we were busy with something else is not handed out.
 */
export async function openConnection(route: Route, signal: AbortSignal): Promise<Socket> {
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const socket = await connected(route, signal)
      if (await isWaitingForUs(socket)) return socket
      socket.destroy()
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new NotSent(`No connection: ${reason}`, { cause: error })
  }
  throw new NotSent('No connection: each was closed before anything could be sent')
}

async function connected({ target, proxy }: Route, signal: AbortSignal): Promise<Socket> {
  if (!proxy) return open(target, signal)
  // a request in the clear is given to the proxy itself, with the whole address
  if (target.protocol === 'http:') return open(proxy, signal)
  return open(target, signal, await tunnel(target, proxy, signal))
}

async function open(end: URL, signal: AbortSignal, through?: Socket): Promise<Socket> {
  const [host, port] = [hostnameOf(end), portOf(end)]
  const isTls = end.protocol === 'https:'
  const socket = isTls
    ? connectTls({
        host,
        port,
        ALPNProtocols: ['http/1.1'],
        // an address is no name to ask for
        servername: isIP(host) ? '' : host,
        ...(through && { socket: through }),
      })
    : connectTcp({ host, port })
  // it may fail while nobody listens: whoever writes to it is told then
  socket.on('error', () => {})
  socket.setNoDelay(true)
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect', { signal })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** What a request for a tunnel emits, whatever the proxy says to it. */
type Answered = [response: http.IncomingMessage, socket: Socket]

/** A way through the proxy to the target; what goes through is encrypted, and none of its business. */
async function tunnel(target: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const path = `${target.hostname}:${portOf(target)}`
  const request = (proxy.protocol === 'https:' ? https : http).request({
    host: hostnameOf(proxy),
    port: portOf(proxy),
    method: 'CONNECT',
    path,
    headers: { host: path, ...credentialsOf(proxy) },
    // no connection of a pool: this one is not given back
    agent: false,
  })
  request.on('error', () => {})
  request.end()
  try {
    const [response, socket] = (await once(request, 'connect', { signal })) as Answered
    if (response.statusCode === 200) return socket
    socket.destroy()
    throw new Error(`the proxy ${proxy.host} refused it (${response.statusCode})`)
  } catch (error) {
    request.destroy()
    throw error
  }
}

/**
 * Since the connection was made this process may have been busy for longer than the other end
 * waits. That it has hung up, or complained, is read in the next turns of the loop.
 */
async function isWaitingForUs(socket: Socket): Promise<boolean> {
  let isWaiting = true
  const heard = () => {
    isWaiting = false
  }
  socket.on('data', heard).on('end', heard)
  await nextTurn()
  await nextTurn()
  socket.off('data', heard).off('end', heard)
  return isWaiting && !socket.destroyed
}
