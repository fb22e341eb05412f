import type { OutboundFailure, ProbeReport } from '#contract/desk/probe.ts'
import { dateFormat } from '#ui/text/time.ts'

export type Stage = {
  name: 'Name' | 'Connection' | 'Certificate' | 'Answer'
  state: 'good' | 'bad' | 'unsure' | 'not reached'
  text: string
}

const NOT_CALLED = new Set<OutboundFailure>(['target_blocked', 'target_invalid', 'ours_no_network'])

/** The findings, stage by stage, in the order of a call. */
export function stagesOf(report: ProbeReport): Stage[] {
  const { failure, connectedTo, resolvedMs, connectedMs, tls } = report
  if (failure && NOT_CALLED.has(failure)) return []
  const isTls = report.address.startsWith('https:')
  const stages: Stage[] = []

  stages.push(
    resolvedMs === null
      ? { name: 'Name', state: 'bad', text: nameTrouble(failure) }
      : { name: 'Name', state: 'good', text: `leads to ${connectedTo} (${resolvedMs} ms)` },
  )
  if (resolvedMs === null) return withRest(stages, isTls)
  stages.push(
    connectedMs === null
      ? { name: 'Connection', state: 'bad', text: connectionTrouble(failure) }
      : { name: 'Connection', state: 'good', text: `made after ${connectedMs} ms` },
  )
  if (connectedMs === null) return withRest(stages, isTls)

  if (isTls) {
    stages.push(
      tls
        ? { name: 'Certificate', state: 'good', text: certificateText(tls) }
        : { name: 'Certificate', state: 'bad', text: certificateTrouble(failure) },
    )
    if (!tls) return withRest(stages, isTls)
  }
  stages.push({ name: 'Answer', ...answerOf(report) })
  return stages
}

function withRest(stages: Stage[], isTls: boolean): Stage[] {
  const names = [
    'Name',
    'Connection',
    ...(isTls ? (['Certificate'] as const) : []),
    'Answer',
  ] as const
  const rest = names.filter((name) => !stages.some((stage) => stage.name === name))
  return [...stages, ...rest.map((name) => ({ name, state: 'not reached', text: '–' }) as const)]
}

function nameTrouble(failure: OutboundFailure | null): string {
  if (failure === 'dns_not_found') return 'does not exist. Check it for a typing error.'
  if (failure === 'dns_timeout') return 'no nameserver answered within 3 seconds.'
  return 'lookup failed.'
}

function connectionTrouble(failure: OutboundFailure | null): string {
  if (failure === 'connection_refused') return 'refused: the server is there, but nothing listens.'
  if (failure === 'timeout') return 'none within 15 seconds.'
  return 'failed.'
}

const date = dateFormat({ dateStyle: 'medium' })

function certificateText({ version, validTo, handshakeMs }: NonNullable<ProbeReport['tls']>) {
  return `valid until ${date.format(new Date(validTo))}, ${version} (${handshakeMs} ms)`
}

const CERTIFICATE_TROUBLE: Partial<Record<OutboundFailure, string>> = {
  tls_expired: 'out of date.',
  tls_self_signed: 'self-signed, so not trusted.',
  tls_untrusted: 'from an unknown authority, or with an incomplete chain.',
  tls_wrong_name: 'issued for another name.',
  tls_handshake: 'none: no encryption could be agreed.',
}

const certificateTrouble = (failure: OutboundFailure | null) =>
  (failure && CERTIFICATE_TROUBLE[failure]) ?? 'none: the connection broke off first.'

function answerOf(report: ProbeReport): Omit<Stage, 'name'> {
  const { method, failure, status, location, isPage, answeredMs } = report
  if (status === null) {
    if (failure === 'timeout') return { state: 'bad', text: 'none within 15 seconds.' }
    if (failure === 'bad_response') return { state: 'bad', text: 'not readable as HTTP.' }
    return { state: 'bad', text: 'none: the connection broke off.' }
  }
  const said = `${status} to ${method} after ${answeredMs} ms`
  if (location)
    return { state: 'bad', text: `${said}: moved to ${location}. Hookdesk did not follow.` }
  if (status >= 300 && status < 400) return { state: 'bad', text: `${said}: moved.` }
  if (status >= 500) return { state: 'bad', text: `${said}: server error.` }
  if (status >= 400 && method === 'POST') return { state: 'bad', text: `${said}: refused.` }
  if (isPage) return { state: 'unsure', text: `${said}, with a web page, perhaps a login page.` }
  if (status >= 400) {
    return {
      state: 'unsure',
      text: `${said}. Some receivers answer like this to everything except a delivery.`,
    }
  }
  return { state: status < 300 ? 'good' : 'bad', text: `${said}.` }
}

function answerTrouble({ method, status }: ProbeReport): string {
  if (status === null) return DOES_NOT_ANSWER
  return method === 'POST' && status < 500
    ? 'The receiver refused the sample.'
    : 'The URL answers, but not as a receiver should.'
}

const DOES_NOT_ANSWER =
  'The URL does not answer. You can still save; Nexudus will probably count each attempt as a failure.'

/** Sums up a report in a sentence; claims no more than one call can show. */
export function verdictOf(report: ProbeReport): { level: Stage['state']; text: string } {
  const { failure, message, method, totalMs } = report
  if (failure && NOT_CALLED.has(failure)) {
    return {
      level: 'bad',
      text: `${message ?? 'Hookdesk does not call this URL.'} Nothing was sent.`,
    }
  }
  const stages = stagesOf(report)
  const bad = stages.find(({ state }) => state === 'bad')
  if (bad) {
    const text = bad.name === 'Answer' ? answerTrouble(report) : DOES_NOT_ANSWER
    return { level: 'bad', text }
  }
  const isUnsure = stages.some(({ state }) => state === 'unsure')
  const level = isUnsure ? 'unsure' : 'good'
  if (method === 'POST') {
    const text = isUnsure
      ? 'A web page answered the sample. Nexudus would probably count it as delivered; it may be a login page.'
      : `The receiver took the sample in ${totalMs} ms.`
    return { level, text }
  }
  const certificate = stages.some(({ name, state }) => name === 'Certificate' && state === 'good')
  return {
    level,
    text: `The URL answered in ${report.answeredMs ?? totalMs} ms${certificate ? ' with a valid certificate' : ''}. This does not prove that the receiver understands Nexudus data.`,
  }
}

/** The same in a few words, for a table: the first problem, or the time to answer. */
export function shortVerdict(report: ProbeReport): { level: Stage['state']; text: string } {
  const { failure, message, status, answeredMs, totalMs } = report
  if (failure && NOT_CALLED.has(failure)) {
    return { level: 'bad', text: message ?? 'Hookdesk does not call this URL.' }
  }
  const { level } = verdictOf(report)
  const bad = stagesOf(report).find(({ state }) => state === 'bad')
  if (bad) return { level, text: `${bad.name}: ${bad.text}` }
  const text = `Answered in ${answeredMs ?? totalMs} ms`
  return { level, text: level === 'unsure' ? `${text}, with ${status}` : text }
}
