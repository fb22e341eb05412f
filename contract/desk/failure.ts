import * as z from 'zod/mini'

import { ADDRESS_FINDINGS } from '#contract/address/finding-codes.ts'
import { fieldErrorSchema } from '#contract/nexudus/errors.ts'
import { EDITABLE_FIELDS } from '#contract/nexudus/webhook.ts'

/** Every way a call to the desk can fail. A closed list: the page has a sentence for each. */
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

/** Which of several things it was, of the codes that can mean several. The page has a sentence for each. */
export const FAILURE_REASONS = {
  upstream_error: [
    'failed',
    'internal_problem',
    'unanswered',
    'unknown_answer',
    'refused_read',
    'created_without_id',
    'sign_in_unclear',
    'sign_in_500',
    'sign_in_403',
  ],
  upstream_not_json: ['web_page', 'sign_in_403'],
  permission_missing: ['role', 'to_check', 'to_find_out'],
  not_found: ['webhook', 'record', 'history_entry', 'run', 'sandbox', 'address'],
  refused: ['by_nexudus', 'by_sandbox'],
  not_applied: ['created_otherwise', 'changed_otherwise', 'not_created', 'not_deleted'],
  edit_conflict: ['changed_meanwhile', 'duplicate'],
  in_progress: ['same_request', 'someone_else', 'first_attempt', 'late_write', 'item_under_way'],
  sign_in_failed: ['password', 'password_or_code'],
  second_factor: ['code_needed', 'code_wrong', 'code_used'],
  probe_throttled: ['per_person', 'per_host', 'at_once'],
  bad_request: [
    'malformed',
    'invalid_values',
    'blocked_address',
    'active_unread',
    'no_sample',
    'nothing_to_revert',
    'run_moved_on',
    'stop_first',
    'nothing_to_undo',
  ],
} as const satisfies Partial<Record<FailureCode, readonly string[]>>

/** A code that says nothing without a reason. */
export type ReasonedCode = keyof typeof FAILURE_REASONS

export type ReasonOf<Code extends ReasonedCode> = (typeof FAILURE_REASONS)[Code][number]

export type FailureReason = ReasonOf<ReasonedCode>

const mayArriveSchema = z.object({
  kind: z.enum(['change', 'deletion']),
  by: z.string(),
  sentAt: z.string(),
  until: z.string(),
})

const fieldsSchema = z.array(z.enum(EDITABLE_FIELDS))

/** What a sentence about a failure is made of, and what else the page goes by. */
const detailsSchema = z.object({
  retryAfterMs: z.optional(z.number()),
  /** The reasons by field: Nexudus' own, untouched, or those of the desk. */
  Errors: z.optional(z.array(fieldErrorSchema)),
  /** What Nexudus, or the sandbox, said about it in its own words. */
  said: z.optional(z.string()),
  /** What Nexudus answered with, where that says more. */
  upstreamStatus: z.optional(z.int()),
  /** The role that is missing, as Nexudus spells it. */
  missing: z.optional(z.string()),
  /** Who is signed in, where that is somebody else than the page takes for granted. */
  name: z.optional(z.string()),
  /** Why a URL is not saved. */
  block: z.optional(
    z.object({ code: z.enum(ADDRESS_FINDINGS.block), about: z.optional(z.string()) }),
  ),
  /** The webhook that Nexudus reported and does not have. */
  webhookId: z.optional(z.int()),
  /** How many are allowed, where that many were reached. */
  limit: z.optional(z.int()),
  /** The fields that are not as they were asked for: as before, with another value, or unreadable. */
  fields: z.optional(
    z.object({ unchanged: fieldsSchema, otherwise: fieldsSchema, unread: fieldsSchema }),
  ),
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

export type FailureDetails = z.infer<typeof detailsSchema>

const REASONS = Object.values(FAILURE_REASONS).flat()

/** The one shape of a failed answer under `/desk/*` and `/api/*`. */
export const failureSchema = z.looseObject({
  code: z.enum(FAILURE_CODES),
  // one that only a newer desk knows is none: the page then says what the code says
  reason: z.catch(z.optional(z.enum(REASONS)), undefined),
  /** For whoever reads the API by hand, and only of what the page never causes. */
  message: z.optional(z.string()),
  requestId: z.optional(z.string()),
  ...detailsSchema.shape,
})

export type Failure = z.infer<typeof failureSchema>
