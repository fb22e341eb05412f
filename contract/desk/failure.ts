import * as z from 'zod/mini'

import { ADDRESS_FINDINGS } from '#contract/address/finding-codes.ts'
import { fieldErrorSchema } from '#contract/nexudus/errors.ts'
import { EDITABLE_FIELDS } from '#contract/nexudus/webhook.ts'

/** Every way a call to the desk can fail. A closed list: the page has a sentence for each. */
export const FAILURE_CODES = [
  // failures of Nexudus
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
  // accepted by Nexudus, but not done
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
  // nobody took a mail or a message that somebody waits for
  'not_sent',
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

/** Reasons of the codes that have several meanings. The page has a sentence for each. */
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
  permission_missing: ['role', 'to_check', 'to_find_out', 'administrator', 'other_network'],
  not_found: [
    'webhook',
    'record',
    'history_entry',
    'run',
    'incident',
    'channel',
    'browser',
    'pause',
    'view',
    'sandbox',
    'address',
  ],
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
    'unknown_zone',
    'channel_url',
    'channel_private',
    'channel_kind',
    'too_many_browsers',
    'view_name_taken',
    'too_many_views',
    'past_time',
    'no_hours',
    'watch_may_not_edit',
    'code_expired',
    'code_mismatch',
    'code_just_sent',
    'account_given',
  ],
} as const satisfies Partial<Record<FailureCode, readonly string[]>>

/** A code that requires a reason. */
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

/** Values for the sentence about a failure, and others that the page relies on. */
const detailsSchema = z.object({
  retryAfterMs: z.optional(z.number()),
  /** Reasons by field: Nexudus' own, unchanged, or the desk's. */
  Errors: z.optional(z.array(fieldErrorSchema)),
  /** Nexudus' or the sandbox's own message. */
  said: z.optional(z.string()),
  /** Status of Nexudus' answer, if it tells more than the code. */
  upstreamStatus: z.optional(z.int()),
  /** The missing role, as Nexudus spells it. */
  missing: z.optional(z.string()),
  /** The person who is signed in, if not the one that the page assumes. */
  name: z.optional(z.string()),
  /** The reason a URL is not saved. */
  block: z.optional(
    z.object({ code: z.enum(ADDRESS_FINDINGS.block), about: z.optional(z.string()) }),
  ),
  /** Id of a webhook that Nexudus reported but does not have. */
  webhookId: z.optional(z.int()),
  /** The limit that was reached. */
  limit: z.optional(z.int()),
  /** Fields that differ from the request: as before, with another value, or unreadable. */
  fields: z.optional(
    z.object({ unchanged: fieldsSchema, otherwise: fieldsSchema, unread: fieldsSchema }),
  ),
  /**
   * Result of a write whose answer was lost. `unsaved`: read again, with no change so far.
   * `unknown`: it could not be read again either. `done`: the write happened, but reading it back
   * failed, or showed something other than the request.
   */
  outcome: z.optional(z.enum(['unsaved', 'unknown', 'done'])),
  /** The change or deletion that may still arrive at Nexudus, and until when. */
  mayArrive: z.optional(mayArriveSchema),
  /** The current record, if it differs from what the person saw, or exists already. */
  current: z.optional(z.looseObject({})),
})

export type FailureDetails = z.infer<typeof detailsSchema>

const REASONS = Object.values(FAILURE_REASONS).flat()

/** The one shape of a failed answer under `/desk/*` and `/api/*`. */
export const failureSchema = z.looseObject({
  code: z.enum(FAILURE_CODES),
  // a newer desk may send an unknown reason: the page then uses the sentence of the code
  reason: z.catch(z.optional(z.enum(REASONS)), undefined),
  /** For a person who calls the API by hand, and only for failures that the page never causes. */
  message: z.optional(z.string()),
  requestId: z.optional(z.string()),
  ...detailsSchema.shape,
})

export type Failure = z.infer<typeof failureSchema>
