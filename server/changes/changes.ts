import type { ChangeRequest } from '#contract/desk/desk.ts'
import {
  EDITABLE_FIELDS,
  inputOf,
  type Webhook,
  type WebhookFields,
  type WebhookInput,
  type WebhookRow,
} from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'

import {
  changedOtherwise,
  createdOtherwise,
  isApplied,
  isSameValue,
  notDeleted,
} from './applied.ts'
import { whileClaimed } from './claims.ts'
import type { EarlierTry, Intent, Intents } from './intents.ts'
import { createLateWrites, keyReused } from './late-writes.ts'
import { isUnknown, rereadOr, tookTooLong, unsaved } from './lost-answer.ts'
import type { Turns } from './turns.ts'
import {
  asRow,
  deleteRecord,
  findDoubles,
  findRecord,
  getRecord,
  noSuchWebhook,
  postRecord,
  putRecord,
  type Caller,
  type Read,
} from './records.ts'

/** Whose change it is, and how to call Nexudus in their name. */
export type Person = {
  email: string
  call: Caller
  /** The run that a change is part of. */
  runId?: number
}

/** Whether a double of what is to be created makes it needless. */
type IsSame = (double: WebhookRow) => boolean

/**
 * The one way in which anything is written to Nexudus: read, compare with what the person saw,
 * merge, write the whole record, read again, note both in the history, answer the true state.
 * Each intent has a key; under one key a thing happens once.
 */
export function createChanges(intents: Intents, turns: Turns) {
  const late = createLateWrites(intents)

  return {
    /** Creates a webhook; fails with `edit_conflict` where a double of it is the same. */
    async create(
      { email, call, runId }: Person,
      key: string,
      input: WebhookInput,
      isSame: IsSame = () => false,
    ): Promise<Webhook> {
      const begun = await intents.begin(email, key, ['create', input])
      if (begun.kind === 'done') {
        const { webhook } = await getRecord(call, begun.webhookId)
        if (!begun.isSame) throw createdBefore(webhook)
        return asAsked(webhook, createdOtherwise(input, webhook))
      }

      return settle(begun.intent, async (intent) => {
        const { earlier } = intent
        const found = earlier && (await findEarlierCreate(call, earlier))
        if (found === undefined && earlier) refuseWhileItMayArrive(earlier)
        const id = found ?? (await createOnce(call, intent, input, isSame))
        intent.mayArriveUntil = null
        const after = await readBack(() => getRecord(call, id)).catch(async (error: unknown) => {
          if (!(error instanceof Failed)) throw error
          // kept open: whoever comes back with the key looks for it, and makes no second one
          if (error.code === 'not_found') throw notThere(id)
          if (error.code !== 'permission_missing') throw error
          // made, and not for these eyes: it must not be made once more
          await intents.finish(intent, id, {
            ...{ kind: 'create', by: email, runId, webhookId: id, businessId: input.BusinessId },
            after: { Id: id, ...input },
          })
          throw new Failed(error.code, error.message, { ...error.details, outcome: 'done' }, error)
        })
        // what is found was made with the values of then, whatever is asked for now
        const made = found && earlier ? { ...intent, fingerprint: earlier.fingerprint } : intent
        await intents.finish(made, id, {
          ...{
            kind: 'create',
            by: email,
            runId,
            webhookId: id,
            businessId: after.webhook.BusinessId,
          },
          after: asRow(after),
        })
        if (made.fingerprint !== intent.fingerprint) throw createdBefore(after.webhook)
        return asAsked(after.webhook, createdOtherwise(input, after.webhook))
      })
    },

    async change(
      { email, call, runId }: Person,
      key: string,
      id: number,
      { seen, change }: ChangeRequest,
    ): Promise<Webhook> {
      const begun = await intents.begin(email, key, ['change', id, change])
      if (begun.kind === 'done') {
        const { webhook } = await getRecord(call, id)
        if (begun.isSame) return webhook
        throw keyReused(webhook)
      }

      return turns.take(id, (holdOn) =>
        settle(begun.intent, async (intent) => {
          const entry = { kind: 'change', by: email, runId, webhookId: id } as const
          const before = await findRecord(call, id)
          const hasArrived = await late.settle(intent, id, before)
          if (!before) throw noSuchWebhook()
          if (hasArrived) return before.webhook
          const { BusinessId: businessId } = before.webhook
          if (isAlreadySo(before.webhook, change)) {
            // an earlier try whose end nobody saw may have made it so
            const earlier = intent.earlier?.before
            const made = earlier ? { before: earlier, after: asRow(before) } : null
            await intents.finish(intent, id, made && { ...entry, businessId, ...made })
            return before.webhook
          }
          refuseIfChangedMeanwhile(before.webhook, seen, change)
          refuseIfItMaySwitchOff(before, change)

          await late.send(
            intent,
            {
              webhookId: id,
              before: asRow(before),
              what: { by: email, runId: runId ?? null, change },
              holdOn,
            },
            {
              write: () => putRecord(call, before, change),
              isDone: async () => isApplied((await getRecord(call, id)).webhook, change),
            },
          )
          const after = await readBack(() => getRecord(call, id))
          const made = { ...entry, businessId, before: asRow(before), after: asRow(after) }
          const otherwise = changedOtherwise(before.webhook, change, after.webhook)
          if (otherwise) {
            const isChanged = !isAlreadySo(after.webhook, inputOf(before.webhook))
            await intents.forget(intent, isChanged ? made : null)
            throw otherwise
          }
          await intents.finish(intent, id, made)
          return after.webhook
        }),
      )
    },

    /** Deletes a webhook, which must be there; one that an earlier try deleted is. */
    async remove(
      { email, call, runId }: Person,
      key: string,
      id: number,
      seen: ChangeRequest['seen'],
    ) {
      const begun = await intents.begin(email, key, ['delete', id])
      if (begun.kind === 'done') {
        if (begun.isSame) return
        throw keyReused(await getRecord(call, id).then(({ webhook }) => webhook))
      }

      await turns.take(id, (holdOn) =>
        settle(begun.intent, async (intent) => {
          const entry = { kind: 'delete', by: email, runId, webhookId: id } as const
          const before = await findRecord(call, id)
          if (await late.settle(intent, id, before)) return undefined
          if (!before) {
            const earlier = intent.earlier?.before
            if (!earlier) throw noSuchWebhook()
            intent.mayArriveUntil = null
            const gone = { before: earlier, businessId: Number(earlier.BusinessId) }
            return intents.finish(intent, id, { ...entry, ...gone })
          }
          refuseIfChangedMeanwhile(before.webhook, seen, {})

          const what = { by: email, runId: runId ?? null, change: null }
          const find = () => findRecord(call, id)
          const isSeen = await late.send(
            intent,
            { webhookId: id, before: asRow(before), what, holdOn },
            { write: () => deleteRecord(call, id), isDone: async () => !(await find()) },
          )
          const left = isSeen ? undefined : await readBack(find)
          if (left) throw notDeleted(left.webhook)
          const { BusinessId: businessId } = before.webhook
          return intents.finish(intent, id, { ...entry, businessId, before: asRow(before) })
        }),
      )
    },
  }

  /** Runs the work of an intent, and keeps the book about how it failed. */
  async function settle<Result>(intent: Intent, work: (intent: Intent) => Promise<Result>) {
    try {
      return await whileClaimed(
        () => intents.renew(intent),
        () => work(intent),
      )
    } catch (error) {
      if (error instanceof Failed && error.code === 'created_before') throw error
      // what was sent and not seen to happen may still happen: the next try looks first
      const failure = error instanceof Failed ? error : ownFailure(error)
      const mayHaveHappened = failure.details.outcome !== undefined
      const noted =
        mayHaveHappened || intent.earlier ? intents.leaveOpen(intent) : intents.forget(intent)
      // a book that cannot be written hides nothing: the claim runs out by itself
      await noted.catch(() => {})
      throw failure
    }
  }

  async function createOnce(
    call: Caller,
    intent: Intent,
    input: WebhookInput,
    isSame: IsSame,
  ): Promise<number> {
    const doubles = await findDoubles(call, input).catch(noneIfNotAllowed)
    const same = doubles?.filter(isSame)
    const current = same?.find(({ Active }) => Active) ?? same?.[0]
    if (current) {
      const text = 'A webhook with this location, action and URL already exists.'
      throw new Failed('edit_conflict', text, { current })
    }
    const twinsBefore = doubles && namedLike(input, doubles)
    await intents.noteCreate(intent, input, twinsBefore)
    const find = async () => (twinsBefore ? findNew(call, input, twinsBefore) : undefined)

    try {
      const id = await postRecord(call, input)
      if (id !== undefined) {
        await intents.noteCreated(intent, id)
        return id
      }
    } catch (error) {
      if (!isUnknown(error)) throw error
      // also before looking: whoever presses again meanwhile must not send it once more
      if (tookTooLong(error)) await intents.noteUnanswered(intent)
      const id = await rereadOr(error, find)
      if (id !== undefined) return id
      throw twinsBefore ? unsaved(error) : error
    }
    const id = await find()
    if (id !== undefined) return id
    throw twinsBefore ? notThere() : createdUnseen()
  }
}

export type Changes = ReturnType<typeof createChanges>

const LOOK_AGAIN_MS = 5_000

/** What was sent and is not there so far is not sent again before it can no longer arrive. */
function refuseWhileItMayArrive({ mayArriveForMs }: EarlierTry) {
  if (mayArriveForMs === 0) return
  const text =
    'Nexudus has not answered the first attempt and may still apply it. Hookdesk looks for the result and sends nothing twice.'
  const retryAfterMs = Math.min(mayArriveForMs, LOOK_AGAIN_MS)
  throw new Failed('in_progress', text, { retryAfterMs, outcome: 'unsaved' })
}

/** The record that an earlier try under this key made, if it did. */
async function findEarlierCreate(
  call: Caller,
  { webhookId, sent, twinsBefore }: EarlierTry,
): Promise<number | undefined> {
  if (webhookId !== null) return webhookId
  if (!sent) return undefined
  if (!twinsBefore) {
    const text =
      'An earlier attempt may have created it. To find out, you need the WebHook-List role.'
    throw new Failed('permission_missing', text, { missing: 'WebHook-List', outcome: 'unknown' })
  }
  return findNew(call, sent, twinsBefore)
}

/** What does exactly what `input` asks for and was not there before. */
async function findNew(call: Caller, input: WebhookInput, before: number[]) {
  const twins = namedLike(input, await findDoubles(call, input))
  return twins.filter((id) => !before.includes(id)).toSorted((a, b) => b - a)[0]
}

const namedLike = ({ Name }: WebhookInput, rows: readonly WebhookRow[]): number[] =>
  rows.filter((row) => isSameValue('Name', row.Name, Name)).map(({ Id }) => Id)

/** What was made, unless it is something else than was asked for. */
function asAsked(webhook: Webhook, otherwise: Failed | undefined): Webhook {
  if (otherwise) throw otherwise
  return webhook
}

/** Reads what was just written. If that fails, the write has happened all the same. */
async function readBack<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    const details = { ...error.details, outcome: 'unknown' } as const
    throw new Failed(error.code, error.message, details, error)
  }
}

/** The form was sent before, with other values, and that did make a webhook. */
const createdBefore = (webhook: Webhook) =>
  new Failed('created_before', 'Your first attempt created this webhook.', { current: webhook })

/** Nexudus said that it made the webhook, and has none. It may be late, or out of sight. */
const notThere = (id?: number) =>
  new Failed(
    'not_applied',
    `Nexudus reported that it created ${id === undefined ? 'the webhook' : `webhook ${id}`}, but does not have it, or does not show it to your account.`,
    { outcome: 'unknown' },
  )

const createdUnseen = () =>
  new Failed('upstream_error', 'Nexudus created the webhook but did not say which record it is.', {
    outcome: 'unknown',
  })

/** Ours, and maybe after the write: Nexudus cannot be told to undo it. */
const ownFailure = (error: unknown) =>
  new Failed('internal', 'Something went wrong in Hookdesk.', { outcome: 'unknown' }, error)

/** Who may create but not list cannot look for twins; then a lost answer stays unknown. */
function noneIfNotAllowed(error: unknown): null {
  if (error instanceof Failed && error.code === 'permission_missing') return null
  throw error
}

function isAlreadySo(webhook: Webhook, change: Partial<WebhookFields>): boolean {
  const now = inputOf(webhook)
  return EDITABLE_FIELDS.every((field) => !(field in change) || now[field] === change[field])
}

/**
 * Fields are compared, not `UpdatedOn`: that may move whenever the webhook fires. A field that
 * already has the value the person wants is no conflict, whoever set it.
 */
function refuseIfChangedMeanwhile(
  webhook: Webhook,
  seen: Partial<WebhookFields>,
  change: Partial<WebhookInput>,
) {
  const now = inputOf(webhook)
  const isConflict = EDITABLE_FIELDS.some(
    (field) => field in seen && now[field] !== seen[field] && now[field] !== change[field],
  )
  if (isConflict) {
    const text = 'This webhook has changed since you opened it.'
    throw new Failed('edit_conflict', text, { current: webhook })
  }
}

/**
 * Nexudus did not say whether it is on. A write that does not say it either switches it off, as far
 * as is known; and what we said instead would be a guess.
 */
function refuseIfItMaySwitchOff(before: Read, change: Partial<WebhookInput>) {
  if ('Active' in change || asRow(before).Active != null) return
  const Message =
    'Nexudus does not say whether this webhook is on. Saving without that would probably switch it off. Choose on or off as well.'
  throw new Failed('bad_request', Message, { Errors: [{ PropertyName: 'Active', Message }] })
}
