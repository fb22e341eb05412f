import type { ApiError, ApiFailureCode, Told } from '#api/failure.ts'
import type { FailureReason, ReasonedCode, ReasonOf } from '#contract/desk/failure.ts'
import { FIELD_LABELS, type EditableField } from '#contract/nexudus/webhook.ts'
import { currentTime } from '#ui/hooks/now.ts'
import { byCount, plural } from '#contract/words/plural.ts'
import { clockTime } from '#ui/text/time.ts'

import { lackText, needText } from './rights-words.ts'

type Text = string | ((told: Told) => string)

/**
 * A text, or a function that returns nothing if its details are missing: then the general text is
 * shown.
 */
type TextOfReason = Text | ((told: Told) => string | undefined)

/** Every code has a text, and every reason of it too. `general` is for reasons of a newer desk. */
type Texts = {
  readonly [Code in ApiFailureCode]: Code extends ReasonedCode
    ? { readonly [Reason in ReasonOf<Code>]: TextOfReason } & { readonly general: Text }
    : Text
}

const NO_REASON = 'Nexudus refused this without giving a reason.'
const WRONG_PASSWORD = 'The e-mail address or the password is wrong'
const TURNED_AWAY =
  'This sign-in was turned away without a reason (403), perhaps before it reached Nexudus: a firewall or gateway may be blocking this server. Nexudus does not document this. If it keeps happening, tell whoever runs this Hookdesk.'

const TEXTS: Texts = {
  // between the page and the desk
  offline: 'You are offline.',
  desk_unreachable: 'Hookdesk does not answer.',
  desk_not_understood: ({ status }) => `Hookdesk answered ${status}.`,
  cookie_not_kept:
    'Nexudus accepted your sign-in, but your browser does not send back this page’s cookie. Allow cookies for this address, then sign in again.',

  // Nexudus
  upstream_unreachable: 'Hookdesk could not reach Nexudus.',
  upstream_timeout: 'Nexudus took too long to answer.',
  upstream_error: {
    general: 'Nexudus could not answer this request.',
    failed: ({ upstreamStatus }) => `Nexudus failed${inBrackets(upstreamStatus)}.`,
    internal_problem: 'Nexudus had an internal problem.',
    unanswered: ({ said }) => `Nexudus could not answer this request${said ? `: ${said}` : ''}`,
    unknown_answer: ({ upstreamStatus }) =>
      `Nexudus gave an answer that Hookdesk does not know${inBrackets(upstreamStatus)}.`,
    refused_read: ({ upstreamStatus }) =>
      `Nexudus refused this request${inBrackets(upstreamStatus)}.`,
    created_without_id: 'Nexudus created the webhook but did not say which record it is.',
    sign_in_unclear: 'Nexudus answered the sign-in in a way that Hookdesk does not know.',
    sign_in_500:
      'Nexudus failed during this sign-in (500). It may have a passing problem, or not know this e-mail address: Nexudus does not document this, but was seen to answer like this when no such account exists. Check the e-mail address, then try again in a moment.',
    sign_in_403: TURNED_AWAY,
  },
  upstream_not_json: {
    general: 'Nexudus answered with a web page instead of data.',
    web_page: 'Nexudus answered with a web page instead of data.',
    sign_in_403: TURNED_AWAY,
  },
  upstream_bad_json: 'Nexudus sent incomplete data.',
  upstream_too_large: 'Nexudus sent more data than Hookdesk accepts.',
  throttled: 'Nexudus asked Hookdesk to slow down.',
  permission_missing: {
    general: 'Your Nexudus account lacks a right for this.',
    role: ({ missing }) => missing && lackText(missing),
    other_network: 'Your Nexudus account belongs to another network than the one watched here.',
    administrator: 'Only administrators without limits can do this.',
    // one of the two will do
    to_check: needText(['WebHook-Create or WebHook-Edit'], 'check a URL before it is saved'),
    to_find_out: `An earlier attempt may have created it. ${needText(['WebHook-List'], 'find out')}`,
  },
  not_found: {
    general: 'Hookdesk did not find this.',
    webhook:
      'Nexudus does not have this webhook. It was probably deleted, or your account cannot see it.',
    record: 'Nexudus does not have this record.',
    history_entry: 'The history has no such entry.',
    run: 'You have no such run.',
    incident: 'There is no such incident, or you cannot see its locations.',
    pause: 'This pause has no end any more, or you cannot see its location.',
    view: 'You have no such view. Somebody may have deleted it.',
    browser: 'This browser is not on the list any more.',
    channel: 'There is no such channel. Somebody may have removed it.',
    sandbox: 'The sandbox does not have this.',
    address: 'There is nothing at this address.',
  },
  refused: {
    general: ({ said }) => said ?? NO_REASON,
    by_nexudus: ({ said }) => said ?? NO_REASON,
    by_sandbox: ({ said, upstreamStatus }) =>
      said ?? `The sandbox refused this${inBrackets(upstreamStatus)}.`,
  },
  not_applied: {
    general: 'Nexudus accepted this but did not do it.',
    created_otherwise: ({ fields }) =>
      fields &&
      sentences(
        fields.otherwise.length > 0 &&
          `Nexudus created it, but with other values than requested: ${named(fields.otherwise)}.`,
        fields.unread.length > 0 && `Nexudus created it, but ${unreadThen(fields.unread)}`,
      ),
    changed_otherwise: ({ fields }) =>
      fields &&
      sentences(
        fields.unchanged.length > 0 &&
          `Nexudus accepted the change but did not make it: ${named(fields.unchanged)}.`,
        fields.otherwise.length > 0 &&
          `Nexudus accepted the change but now has other values: ${named(fields.otherwise)}.`,
        fields.unread.length > 0 && `Nexudus accepted the change, but ${unreadThen(fields.unread)}`,
      ),
    not_created: ({ webhookId: id }) =>
      `Nexudus reported that it created ${id === undefined ? 'the webhook' : `webhook ${id}`}, but does not have it, or does not show it to your account.`,
    not_deleted: 'Nexudus accepted the deletion but still has this webhook.',
  },

  // changes
  edit_conflict: {
    general: 'This webhook has changed since you opened it.',
    changed_meanwhile: 'This webhook has changed since you opened it.',
    duplicate: 'A webhook with this location, action and URL already exists.',
  },
  in_progress: {
    general: 'This is already in progress.',
    same_request: 'This is already in progress.',
    someone_else: 'Someone else is changing this webhook right now.',
    first_attempt:
      'Nexudus has not answered the first attempt and may still apply it. Hookdesk looks for the result and sends nothing twice.',
    late_write: ({ mayArrive }) => mayArrive && lateText(mayArrive),
    item_under_way: 'The current item is still in progress. Try again in a moment.',
  },
  key_reused: 'An earlier save went through, with other values.',
  created_before: 'Your first attempt created this webhook.',

  // session
  not_signed_in: 'Sign in first.',
  session_expired: 'Your session has ended.',
  other_person: ({ name = 'someone else' }) =>
    `Nothing was done: ${name} is now signed in in this browser.`,
  sign_in_failed: {
    general: `${WRONG_PASSWORD}.`,
    password: `${WRONG_PASSWORD}.`,
    password_or_code: `${WRONG_PASSWORD}, or the code is wrong.`,
  },
  second_factor: {
    general: 'Enter the code from your second factor.',
    code_needed: 'Enter the code from your second factor.',
    code_wrong: 'This code is wrong or has expired.',
    code_used: 'This code has already been used. Wait for the next one.',
  },
  reset_forced: 'Nexudus requires a new password first. Set one in Nexudus, then sign in here.',
  sign_in_throttled: 'Too many failed sign-ins.',

  // probes
  probe_throttled: {
    general: ({ retryAfterMs }) => `Too many URLs are being checked. ${tryAgainIn(retryAfterMs)}`,
    per_person: ({ limit, retryAfterMs }) =>
      limit
        ? `You have checked ${plural(limit, 'URL')} within a minute. ${tryAgainIn(retryAfterMs)}`
        : undefined,
    per_host: ({ limit, retryAfterMs }) =>
      limit
        ? `This server was checked ${plural(limit, 'time')} within a minute. ${tryAgainIn(retryAfterMs)}`
        : undefined,
    at_once: ({ limit }) =>
      limit
        ? `${inWords(limit)} ${byCount(limit, 'URL is', 'URLs are')} being checked right now. Try again in a few seconds.`
        : undefined,
  },

  not_sent: ({ said }) => `The message was not sent${said ? `: ${said}` : '.'}`,

  // the request itself
  wrong_host:
    'Hookdesk does not answer under this host name. Set PUBLIC_URL to the address people use.',
  cross_site: 'Only the Hookdesk page can make this request.',
  not_json: 'Send the request as JSON.',
  bad_request: {
    general: 'Hookdesk does not understand this request.',
    malformed: 'Hookdesk does not understand this request.',
    invalid_values: 'Some values are not valid.',
    // the form says why; here its words would be loaded with the first page
    blocked_address: 'This URL cannot be saved.',
    active_unread:
      'Nexudus does not say whether this webhook is on. Saving without that would probably switch it off. Choose on or off as well.',
    no_sample: 'Hookdesk does not know what data this action sends.',
    nothing_to_revert: 'Hookdesk has nothing to revert in this entry.',
    run_moved_on: 'The run has moved on, so this is no longer possible. Look at it again.',
    stop_first: 'Stop the run first, then undo it.',
    nothing_to_undo: 'This run changed nothing.',
    unknown_zone: 'Hookdesk does not know this time zone. Write it as in Europe/London.',
    channel_url: 'This is not an https URL without a user name and a password.',
    channel_private: 'This URL is not on the public internet.',
    too_many_browsers: 'At most 20 browsers. Remove one that you no longer use.',
    view_name_taken: 'You have a view with this name already.',
    too_many_views: 'At most 30 views. Delete one that you no longer use.',
    channel_kind: 'This is a URL of another kind of chat, or not one of this kind.',
    no_hours: 'The end is the same time as the begin.',
    watch_may_not_edit:
      'The watch’s account may not switch webhooks, so nobody would pause them. An administrator can change that.',
    past_time: 'Choose a time that is not over yet, and not so far away.',
    code_expired: 'This code is no longer valid. Save again to get a new one.',
    code_just_sent: 'A code was sent a moment ago. Wait a minute before you ask for another.',
    code_mismatch: 'This is not the code in the mail.',
    account_given: 'The settings of this server give the watch its account.',
  },
  too_large: 'This request is larger than Hookdesk accepts.',

  // the desk itself
  too_busy: 'Too many requests at once. Try again in a moment.',
  database_unavailable: 'Hookdesk cannot use its database right now. Try again in a moment.',
  internal: 'Something went wrong in Hookdesk.',
}

/** Says what happened, in a sentence. */
export function failureText(code: ApiFailureCode, told: Told = {}): string {
  const text = TEXTS[code]
  if (typeof text === 'string' || typeof text === 'function') return written(text, told)
  const texts: { readonly [Reason in FailureReason]?: TextOfReason } = text
  const own = told.reason && texts[told.reason]
  return (own && written(own, told)) || written(text.general, told)
}

export const textOf = ({ code, failure }: ApiError) => failureText(code, failure)

const written = <Result>(text: string | ((told: Told) => Result), told: Told) =>
  typeof text === 'string' ? text : text(told)

const inBrackets = (status: number | undefined) => (status === undefined ? '' : ` (${status})`)

const tryAgainIn = (ms = 0) => `Try again in ${Math.ceil(ms / 1000)} s.`

const WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

const inWords = (count: number) => WORDS[count] ?? String(count)

const sentences = (...texts: (string | false)[]) => texts.filter(Boolean).join(' ')

const unreadThen = (fields: readonly EditableField[]) =>
  `Hookdesk cannot read the new values: ${named(fields)}.`

const named = (fields: readonly EditableField[]) =>
  fields.map((field) => FIELD_LABELS[field]).join(', ')

const MINUTE_MS = 60_000

/** Describes the outstanding write that blocks this one, in the reader's local time. */
function lateText({ kind, by, sentAt, until }: NonNullable<Told['mayArrive']>): string {
  const now = currentTime()
  const sent = clockTime(Date.parse(sentAt), now)
  const end = clockTime(Math.ceil(Date.parse(until) / MINUTE_MS) * MINUTE_MS, now)
  return `${by} sent a ${kind} at ${sent}. Nexudus has not answered and may still apply it. Hookdesk writes nothing else to this webhook until it sees the result, or until ${end}.`
}
