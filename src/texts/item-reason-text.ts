import type { Failure } from '#contract/desk/failure.ts'
import type { ItemReason } from '#contract/desk/run-reason.ts'
import { FIELD_LABELS, type EditableField } from '#contract/nexudus/webhook.ts'
import { plural } from '#contract/words/plural.ts'

import { findingText } from './address-finding-texts.ts'
import { failureText } from './failure-texts.ts'
import { reasonsText } from './refusal-text.ts'
import { lackText } from './rights-words.ts'

type Duplicate = Extract<ItemReason, { is: 'duplicate' }>['of']

/** Explains the state of a run's item. */
export function itemReasonText(reason: ItemReason): string {
  switch (reason.is) {
    case 'role-missing':
      return lackText(reason.role)
    case 'location-missing':
      return 'Your Nexudus account does not have this location.'
    case 'url-blocked':
      return findingText(reason)
    case 'duplicate-in-run':
      return 'Duplicate of another item here: same location, action and URL.'
    case 'duplicate':
      return duplicateText(reason.of)
    case 'changed':
      return changedText(reason)
    case 'not-found':
      return 'Nexudus does not have it, or does not show it to your account.'
    case 'deleted-since':
      return 'Deleted meanwhile.'
    case 'already-done':
      return 'Someone else has already done this.'
    case 'failed':
      return failedText(reason.failure)
    default:
      return reason.text
  }
}

function duplicateText(duplicate: Duplicate): string {
  if (duplicate === null) return 'Another webhook already has this location, action and URL.'
  const { id, name, active, failures } = duplicate
  const there = `“${name || `Webhook ${id}`}” already has this location, action and URL.`
  if (active === null) return `${there} Hookdesk cannot read whether it is on.`
  if (active) return there
  return failures > 0
    ? `${there} It is switched off with ${plural(failures, 'failure')} counted: switch webhook ${id} on instead.`
    : `${there} It is switched off: switch webhook ${id} on instead.`
}

const wordFor = (field: EditableField) =>
  field === 'Active' ? 'on or off' : field === 'URL' ? 'URL' : FIELD_LABELS[field].toLowerCase()

function changedText({ fields, by }: Extract<ItemReason, { is: 'changed' }>): string {
  const what = fields ? `Changed since (${fields.map(wordFor).join(', ')})` : 'Changed meanwhile'
  return by === null ? `${what}. Left as it is.` : `${what}, last saved by ${by}. Left as it is.`
}

const OUTCOMES = {
  unsaved: 'Hookdesk looked again: it has not been saved so far.',
  unknown: 'Hookdesk does not know whether it was saved. Retry looks first.',
  done: 'Done, but Hookdesk could not read the result back.',
}

function failedText(failure: Failure): string {
  const { code, Errors = [], outcome } = failure
  // a refusal by the desk itself has a reason instead of messages
  const why = Errors.some(({ Message }) => Message !== '')
    ? reasonsText(Errors)
    : failureText(code, failure)
  // without the role the desk cannot look whether the change was saved
  return outcome && code !== 'permission_missing' ? `${why} ${OUTCOMES[outcome]}` : why
}
