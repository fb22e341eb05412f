import * as z from 'zod/mini'

import { maskText } from '#contract/address/address.ts'
import type { ItemReason } from '#contract/desk/run-reason.ts'
import {
  EDITABLE_FIELDS,
  webhookSeenSchema,
  type WebhookFields,
  type WebhookInput,
  type WebhookRow,
} from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Author } from '#server/changes/author.ts'
import type { Changes } from '#server/changes/changes.ts'
import { RUN_KEY } from '#server/intents/intents.ts'
import type { CallLimits } from '#server/nexudus/budget.ts'

import type { ItemRow } from './item-rows.ts'
import type { RunStore } from './run-store.ts'
import { duplicateIn } from './duplicates.ts'

/** The result of an item, or the condition for another attempt. */
export type Outcome =
  | { kind: 'settled'; values: Partial<Omit<ItemRow, 'id' | 'runId' | 'change'>> }
  /** Nexudus asks to wait: nothing was done, and it does not count as an attempt. */
  | { kind: 'wait'; waitMs: number }
  /** Another process works on it, e.g. one that died a moment ago: other items come first. */
  | { kind: 'later'; afterMs: number }
  /** A failure that may pass. */
  | { kind: 'again'; error: Failed }
  | { kind: 'session' }

/** Most calls that one item takes, and writes among them. */
export const CALLS_PER_ITEM = { calls: 3, writes: 1 }

/** Items that fit into a minute, given an account's limits; at least one. */
export const itemsPerMinute = ({ callsPerMinute, writesPerMinute }: CallLimits) =>
  Math.max(
    1,
    Math.floor(
      Math.min(callsPerMinute / CALLS_PER_ITEM.calls, writesPerMinute / CALLS_PER_ITEM.writes),
    ),
  )

/** Longest time that other items come first, in milliseconds. */
export const LATER_MS = 5_000

type Performing = {
  changes: Changes
  store: Pick<RunStore, 'hasWritten'>
  person: Author & { runId: number }
}

/** Does one item through `changes`, the only way to write, under a key of its own. */
export async function perform(item: ItemRow, performing: Performing): Promise<Outcome> {
  try {
    return { kind: 'settled', values: await write(item, performing) }
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return outcomeOf(item, error)
  }
}

const DONE = { state: 'done', why: null } as const
const ALREADY_DONE = { state: 'same', why: { is: 'already-done' } } as const

async function write({ id, change, before }: ItemRow, { changes, store, person }: Performing) {
  const key = `${RUN_KEY}${person.runId}-${id}`
  if (change.kind === 'create') {
    const { input, restores } = change
    // the deleted webhook may have had duplicates itself: only one with its own name replaces it
    const isSame = ({ Name }: WebhookRow) => restores === undefined || Name === input.Name
    const { Id } = await changes.create(person, key, input, isSame)
    return { ...DONE, webhookId: Id }
  }

  const read = z.parse(webhookSeenSchema, before ?? {})
  if (change.kind === 'change') {
    const seen = change.seen ?? pick(read, change.change)
    await changes.change(person, key, change.webhookId, { seen, change: change.change })
    const isOurs = await store.hasWritten(person.runId, change.webhookId)
    return isOurs ? DONE : ALREADY_DONE
  }

  await changes.remove(person, key, change.webhookId, change.seen ?? read)
  return DONE
}

/** The fields of `read` that `change` is going to change. */
function pick(read: Partial<WebhookFields>, change: Partial<WebhookInput>): Partial<WebhookFields> {
  const fields = EDITABLE_FIELDS.filter((field) => field in change && field in read)
  return Object.fromEntries(fields.map((field) => [field, read[field]]))
}

function outcomeOf({ change }: ItemRow, error: Failed): Outcome {
  const { code, details } = error
  switch (code) {
    case 'throttled':
      return { kind: 'wait', waitMs: details.retryAfterMs ?? LATER_MS }
    case 'in_progress':
      return { kind: 'later', afterMs: Math.min(details.retryAfterMs ?? LATER_MS, LATER_MS) }
    case 'session_expired':
    case 'not_signed_in':
      return { kind: 'session' }
    case 'not_found':
      return settled('missing', { is: 'deleted-since' })
    case 'edit_conflict': {
      if (change.kind === 'create') {
        return { kind: 'settled', values: { state: 'same', ...duplicateIn(details.current) } }
      }
      const by = details.current?.UpdatedBy
      return settled('conflict', { is: 'changed', by: typeof by === 'string' ? by : null })
    }
    case 'upstream_unreachable':
    case 'upstream_timeout':
    case 'upstream_error':
    case 'upstream_not_json':
    case 'upstream_bad_json':
      // an immediate repetition could double a create that may still arrive
      return change.kind === 'create' && details.outcome
        ? { kind: 'settled', values: failedWith(error) }
        : { kind: 'again', error }
    default:
      return { kind: 'settled', values: failedWith(error) }
  }
}

/** The reason an item failed, with Nexudus' own reasons. */
export function reasonOf({ code, details }: Failed): ItemReason {
  const { current: _, said, Errors, ...rest } = details
  return {
    is: 'failed',
    // a refusal repeats the values sent, and a URL may hold a key
    failure: {
      code,
      ...rest,
      ...(said !== undefined && { said: maskText(said) }),
      ...(Errors && {
        Errors: Errors.map(({ PropertyName, Message }) => ({
          PropertyName,
          Message: maskText(Message),
        })),
      }),
    },
  }
}

/** The stored values of a failed item. */
export const failedWith = (error: Failed) => ({
  state: 'failed' as const,
  why: reasonOf(error),
  isUnsure: error.details.outcome !== undefined && error.details.outcome !== 'unsaved',
})

const settled = (state: ItemRow['state'], why: ItemReason): Outcome => ({
  kind: 'settled',
  values: { state, why },
})
