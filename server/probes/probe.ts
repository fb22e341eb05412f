import { maskAddress, maskText } from '#contract/address/address.ts'
import type { ProbeReport, ProbeRequest } from '#contract/desk/probe.ts'
import { deliveryBody, SIGNATURE_HEADER, signatureOf } from '#contract/nexudus/signature.ts'
import { sampleRecord } from '#contract/payloads/payload.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Outbound, OutboundRequest, OutboundResult } from '#platform/outbound/send.ts'

type Method = ProbeReport['method']
type Sample = NonNullable<ProbeRequest['sample']>

const USER_AGENT = 'Hookdesk-Probe'

/**
 * Checks if a receiver answers, without starting anything: OPTIONS, or HEAD if that is refused. A
 * receiver that refuses both may still accept a delivery, so the report names the method, and
 * judges nothing.
 */
export async function probeAddress(send: Outbound, url: string, now: Date): Promise<ProbeReport> {
  const ask = (method: 'OPTIONS' | 'HEAD') =>
    send({ url, method, headers: { 'user-agent': USER_AGENT } })

  const options = await ask('OPTIONS')
  const isTaken = options.isDelivered || options.failure !== 'status'
  if (isTaken) return reportOf('OPTIONS', url, options, now)
  return reportOf('HEAD', url, await ask('HEAD'), now)
}

/** Sends made-up data of an action, as Nexudus would. The receiver may act on it. */
export async function sendSample(
  send: Outbound,
  url: string,
  sample: Sample,
  now: Date,
): Promise<ProbeReport> {
  const record = sampleRecord(sample.action, {
    location: { id: sample.businessId, name: sample.locationName, currency: 'GBP' },
    at: now,
    seed: sample.action,
  })
  if (!record) throw new Failed('bad_request', { reason: 'no_sample' })
  const body = deliveryBody(record)
  const request: OutboundRequest = {
    url,
    method: 'POST',
    body: new TextEncoder().encode(body),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': USER_AGENT,
      ...(sample.secret && { [SIGNATURE_HEADER]: await signatureOf(sample.secret, body) }),
    },
  }
  return reportOf('POST', url, await send(request), now)
}

function reportOf(method: Method, url: string, result: OutboundResult, now: Date): ProbeReport {
  const { measured } = result
  return {
    address: maskAddress(url),
    method,
    at: now.toISOString(),
    failure: result.isDelivered ? null : result.failure,
    // it may name the target of a redirect
    message: result.isDelivered ? null : maskText(result.message),
    connectedTo: measured.address ?? null,
    resolvedMs: measured.resolvedMs ?? null,
    connectedMs: measured.connectedMs ?? null,
    tls: measured.tls ?? null,
    status: measured.status ?? null,
    location: measured.location === undefined ? null : maskAddress(measured.location),
    isPage: /^text\/html\b/i.test(measured.contentType ?? ''),
    answeredMs: measured.answeredMs ?? null,
    totalMs: measured.totalMs,
  }
}
