import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'

import { hostnameOf, portOf } from '#contract/address/address-class.ts'

import { credentialsOf, type Route } from './route.ts'

/** The call failed before a byte of the request was sent: what it asked for did not happen. */
export class NotSent extends Error {
  override readonly name = 'NotSent'
}

const TRIES = 3

/**
 * A connection that is ready for a request; any failure is a `NotSent`. A connection that the
 * server closed while this process was busy is not returned.
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
  // a plain HTTP request goes to the proxy itself, with the whole URL
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
        // TLS server names must not be IP addresses
        servername: isIP(host) ? '' : host,
        ...(through && { socket: through }),
      })
    : connectTcp({ host, port })
  // the socket may fail before a request uses it; the request then reports the failure
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

/** Arguments of the event that a tunnel request emits, whatever the proxy answers. */
type Answered = [response: http.IncomingMessage, socket: Socket]

/** Opens a tunnel through the proxy to the target; the proxy cannot read what goes through it. */
async function tunnel(target: URL, proxy: URL, signal: AbortSignal): Promise<Socket> {
  const path = `${target.hostname}:${portOf(target)}`
  const request = (proxy.protocol === 'https:' ? https : http).request({
    host: hostnameOf(proxy),
    port: portOf(proxy),
    method: 'CONNECT',
    path,
    headers: { host: path, ...credentialsOf(proxy) },
    // outside any pool, because this connection is not given back
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
 * False if the server has closed the connection or sent something. This process may have been busy
 * for longer than the server waits; it learns so in the next turns of the event loop.
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
