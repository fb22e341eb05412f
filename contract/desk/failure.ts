import * as z from 'zod/mini'

import { fieldErrorSchema } from '#contract/nexudus/errors.ts'

/** Every way a call to the desk can fail. A closed list: the app has words for each. */
export const FAILURE_CODES = [
  // Nexudus
  'upstream_unreachable',
  'upstream_timeout',
  'upstream_error',
  'upstream_not_json',
  'upstream_bad_json',
  'upstream_too_large',
  'throttled',
  'permission_missing',
  'not_found',
  'refused',
  // accepted by Nexudus, and not done
  'not_applied',
  // changes
  'edit_conflict',
  'in_progress',
  'key_reused',
  'created_before',
  // session
  'not_signed_in',
  'session_expired',
  'other_person',
  'sign_in_failed',
  'second_factor',
  'reset_forced',
  'sign_in_throttled',
  // probes
  'probe_throttled',
  // the request itself
  'wrong_host',
  'cross_site',
  'not_json',
  'bad_request',
  'too_large',
  // the desk itself
  'too_busy',
  'database_unavailable',
  'internal',
] as const

export type FailureCode = (typeof FAILURE_CODES)[number]

const mayArriveSchema = z.object({
  kind: z.enum(['change', 'deletion']),
  by: z.string(),
  sentAt: z.string(),
  until: z.string(),
})

/** The one shape of a failed answer under `/desk/*` and `/api/*`. */
export const failureSchema = z.looseObject({
  code: z.enum(FAILURE_CODES),
  message: z.string(),
  requestId: z.optional(z.string()),
  retryAfterMs: z.optional(z.number()),
  /** Nexudus' own reasons, untouched. */
  Errors: z.optional(z.array(fieldErrorSchema)),
  /** What Nexudus answered with, where that says more. */
  upstreamStatus: z.optional(z.int()),
  /** The role that is missing, as Nexudus spells it. */
  missing: z.optional(z.string()),
  /**
   * What became of a write whose answer was lost. `unsaved`: read again, and nothing had changed
   * so far. `unknown`: it could not be read again either. `done`: it happened, and only reading it
   * back failed, or showed something else than was asked for.
   */
  outcome: z.optional(z.enum(['unsaved', 'unknown', 'done'])),
  /** The change or deletion that may still arrive at Nexudus, and until when. */
  mayArrive: z.optional(mayArriveSchema),
  /** The record as it is now, when it is no longer what the person saw, or exists already. */
  current: z.optional(z.looseObject({})),
})

export type Failure = z.infer<typeof failureSchema>
