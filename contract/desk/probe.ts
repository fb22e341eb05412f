import * as z from 'zod/mini'

import { recordIdSchema } from './ids.ts'

export const probeRequestSchema = z.object({
  target: z.discriminatedUnion('kind', [
    /** A typed URL, saved or not. */
    z.object({
      kind: z.literal('address'),
      url: z.string().check(z.minLength(1), z.maxLength(4096)),
    }),
    /** The URL that Nexudus has for a webhook. */
    z.object({ kind: z.literal('webhook'), id: recordIdSchema }),
  ]),
  /** Sends made-up data of this action; without it, only a harmless request. */
  sample: z.optional(
    z.object({
      action: z.int().check(z.positive()),
      businessId: recordIdSchema,
      locationName: z.string().check(z.maxLength(500)),
      /** Signs the sample. Used once, never stored. */
      secret: z.optional(z.string().check(z.maxLength(500))),
    }),
  ),
})

/**
 * Every way a call to a receiver can fail. A closed list: counters, texts and tests rely on it.
 * `target_` failures are decided before a packet leaves; `ours_` ones say nothing about the
 * receiver.
 */
export const OUTBOUND_FAILURES = [
  'target_invalid',
  'target_blocked',
  'dns_not_found',
  'dns_timeout',
  'dns_failed',
  'connection_refused',
  'connection_reset',
  'connection_failed',
  'tls_expired',
  'tls_self_signed',
  'tls_untrusted',
  'tls_wrong_name',
  'tls_handshake',
  'timeout',
  'redirect',
  'status',
  'bad_response',
  'ours_no_network',
] as const

const ms = z.nullable(z.int())

/**
 * Measurements of a probe; stages that were not reached are `null`. Milliseconds from the start.
 */
export const probeReportSchema = z.object({
  /** The URL that was called, masked. */
  address: z.string(),
  method: z.enum(['OPTIONS', 'HEAD', 'POST']),
  at: z.string(),
  /** `null` if the answer was a 2xx. */
  failure: z.nullable(z.enum(OUTBOUND_FAILURES)),
  /** Message of the policy or the network, if it says more than the class. */
  message: z.nullable(z.string()),
  connectedTo: z.nullable(z.string()),
  resolvedMs: ms,
  connectedMs: ms,
  tls: z.nullable(z.object({ version: z.string(), validTo: z.string(), handshakeMs: z.int() })),
  status: z.nullable(z.int()),
  /** The target of a redirect, masked. It was not followed. */
  location: z.nullable(z.string()),
  isPage: z.boolean(),
  answeredMs: ms,
  totalMs: z.int(),
})

export type OutboundFailure = (typeof OUTBOUND_FAILURES)[number]
export type ProbeRequest = z.infer<typeof probeRequestSchema>
export type ProbeReport = z.infer<typeof probeReportSchema>
