import http from 'node:http'
import https from 'node:https'
import { isIPv6, type LookupFunction, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { TLSSocket } from 'node:tls'

import type { OutboundFailure } from '#contract/desk/probe.ts'

import { failureOf, OutboundError } from './failures.ts'
import { resolveName, resolveTarget, type ResolveName } from './resolve.ts'
import { blocked, parseTarget, type Policy, type Target } from './target.ts'

const TOTAL_MS = 15_000
const HANDSHAKE_MS = 5_000
const READ_BYTES = 64 * 1024
const KEPT_BYTES = 4 * 1024
const HEADER_BYTES = 16 * 1024

export type OutboundRequest = {
  url: string
  method: 'POST' | 'OPTIONS' | 'HEAD' | 'GET'
  headers?: Record<string, string>
  body?: Uint8Array
}

/** Measurements of one call; stages that were not reached are absent. Times in milliseconds. */
export type Measured = {
  address?: string
  resolvedMs?: number
  connectedMs?: number
  tls?: { version: string; validTo: string; handshakeMs: number }
  status?: number
  /** The Location header of a redirect, which is never followed. */
  location?: string
  retryAfter?: string
  contentType?: string
  answeredMs?: number
  totalMs: number
  /** The start of the answer, as text. */
  body?: string
}

export type OutboundResult =
  | { isDelivered: true; measured: Measured }
  | { isDelivered: false; failure: OutboundFailure; message: string; measured: Measured }

export type Outbound = (request: OutboundRequest) => Promise<OutboundResult>

type OutboundOptions = {
  policy: Policy
  resolve?: ResolveName
  /** Further trusted certificates, for test receivers. */
  extraCa?: string
  limits?: { totalMs: number; handshakeMs: number }
}

/**
 * The only way to call a URL that a person gave us. Parsed once, resolved once, every answer
 * checked, connected to the checked address; no redirects, no inflating, bounded in time and bytes.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const { policy, resolve = resolveName } = options
  const limits = options.limits ?? { totalMs: TOTAL_MS, handshakeMs: HANDSHAKE_MS }

  return async function send(request) {
    const startedAt = performance.now()
    const measured: Measured = { totalMs: 0 }
    const sinceStart = () => Math.round(performance.now() - startedAt)
    const finish = <Result extends object>(result: Result) => {
      measured.totalMs = sinceStart()
      return { ...result, measured }
    }
    try {
      const target = parseTarget(request.url, policy)
      const address = await resolveTarget(target, policy, resolve)
      measured.address = address
      measured.resolvedMs = sinceStart()
      await exchange({ request, target, address, measured, sinceStart, limits, ...options })
      return finish(verdictOf(measured))
    } catch (error) {
      const { failure, message } = failureOf(withoutRoute(error, measured))
      return finish({ isDelivered: false as const, failure, message })
    }
  }
}

/** If this machine has no IPv6, an unreachable IPv6 address says nothing about the receiver. */
function withoutRoute(error: unknown, { address, connectedMs }: Measured): unknown {
  const isIpv6 = address !== undefined && isIPv6(address) && connectedMs === undefined
  if (!isIpv6 || hasIpv6() || failureOf(error).failure !== 'connection_failed') return error
  return new OutboundError('ours_no_network', 'This server has no IPv6.', error)
}

const hasIpv6 = () =>
  Object.values(networkInterfaces())
    .flat()
    .some((own) => own?.family === 'IPv6' && !own.internal && !own.address.startsWith('fe80:'))

function verdictOf({ status = 0, location }: Measured) {
  if (status >= 200 && status < 300) return { isDelivered: true as const }
  const failure: OutboundFailure = status >= 300 && status < 400 ? 'redirect' : 'status'
  const message = location ? `Answered ${status}, to ${location}` : `Answered ${status}`
  return { isDelivered: false as const, failure, message }
}

type Exchange = {
  request: OutboundRequest
  target: Target
  address: string
  measured: Measured
  sinceStart: () => number
  limits: { totalMs: number; handshakeMs: number }
  extraCa?: string
}

/** One request on a connection of its own. Resolves once there is a status to judge. */
function exchange(call: Exchange): Promise<void> {
  const { request, target, address, measured, sinceStart, limits, extraCa } = call

  return new Promise((resolve, reject) => {
    const outgoing = (target.isTls ? https : http).request({
      method: request.method,
      hostname: target.hostname,
      port: target.port,
      path: target.url.pathname + target.url.search,
      // an answer that we never inflate cannot be a gzip bomb
      headers: { ...request.headers, 'accept-encoding': 'identity' },
      // a pooled connection could outlive the check of its address
      agent: false,
      lookup: pinnedTo(address),
      maxHeaderSize: HEADER_BYTES,
      insecureHTTPParser: false,
      ...(target.isTls && {
        servername: isIPv6(target.hostname) ? '' : target.hostname,
        minVersion: 'TLSv1.2' as const,
        rejectUnauthorized: true,
        ...(extraCa !== undefined && { ca: extraCa }),
      }),
    })
    let isSettled = false
    // not the request's `timeout`: it measures idleness, and a drip never idles
    const deadline = setTimeout(() => fail(timedOut()), limits.totalMs - sinceStart())
    let handshake: NodeJS.Timeout | undefined

    function settle() {
      clearTimeout(deadline)
      clearTimeout(handshake)
      outgoing.destroy()
      if (isSettled) return false
      isSettled = true
      return true
    }
    function succeed() {
      if (settle()) resolve()
    }
    function fail(error: unknown) {
      // with its status the receiver has answered, even if the rest is cut off; an answer that
      // breaks the rules of HTTP does not count as an answer
      const isMalformed = failureOf(error).failure === 'bad_response'
      if (measured.status !== undefined && !isMalformed) return succeed()
      if (settle()) reject(error)
      return undefined
    }

    outgoing.on('error', fail)
    outgoing.on('upgrade', () =>
      fail(new OutboundError('bad_response', 'Answered with an upgrade')),
    )
    outgoing.on('socket', (socket: Socket) => {
      socket.once('connect', () => {
        measured.connectedMs = sinceStart()
        if (!isSameAddress(socket.remoteAddress, address)) return fail(blocked())
        if (target.isTls) handshake = setTimeout(() => fail(slowHandshake()), limits.handshakeMs)
        return undefined
      })
      socket.once('secureConnect', () => {
        clearTimeout(handshake)
        if (socket instanceof TLSSocket) measured.tls = tlsOf(socket, sinceStart(), measured)
      })
    })
    outgoing.on('response', (response) => {
      measured.answeredMs = sinceStart()
      measured.status = response.statusCode ?? 0
      if (response.headers.location) measured.location = response.headers.location
      const { 'retry-after': retryAfter, 'content-type': contentType } = response.headers
      if (retryAfter) measured.retryAfter = retryAfter
      if (contentType) measured.contentType = contentType
      readStart(response, measured, succeed)
    })
    outgoing.end(request.body)
  })
}

/**
 * Reads at most 64 KiB, keeps the first 4 KiB as text, then finishes without waiting for the rest.
 */
function readStart(response: http.IncomingMessage, measured: Measured, done: () => void) {
  const kept: Buffer[] = []
  let bytes = 0
  const finish = () => {
    const start = Buffer.concat(kept).subarray(0, KEPT_BYTES)
    if (start.length > 0) measured.body = start.toString('utf8')
    done()
  }
  response.on('data', (chunk: Buffer) => {
    if (bytes < KEPT_BYTES) kept.push(chunk)
    bytes += chunk.length
    if (bytes >= READ_BYTES) finish()
  })
  response.once('end', finish)
  response.once('close', finish)
  response.once('error', finish)
}

/** Answers every lookup with the checked address, in both forms that Node asks for. */
function pinnedTo(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4
  return (_hostname, { all }, callback) => {
    if (all) callback(null, [{ address, family }])
    else callback(null, address, family)
  }
}

function isSameAddress(connected: string | undefined, checked: string): boolean {
  return connected === checked || connected === `::ffff:${checked}`
}

function tlsOf(socket: TLSSocket, atMs: number, { connectedMs = 0 }: Measured) {
  return {
    version: socket.getProtocol() ?? 'unknown',
    validTo: new Date(socket.getPeerCertificate().valid_to).toISOString(),
    handshakeMs: atMs - connectedMs,
  }
}

const timedOut = () => new OutboundError('timeout', 'No answer in time.')
const slowHandshake = () => new OutboundError('tls_handshake', 'Encryption was not agreed in time.')
