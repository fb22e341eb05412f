import type { Webhook, WebhookInput, WebhookRow } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import type { EarlierTry, Intent } from '#server/intents/intent.ts'
import type { Intents } from '#server/intents/intents.ts'
import type { AccountCall } from '#server/nexudus/account.ts'
import { noneIfNotAllowed } from '#server/nexudus/not-allowed.ts'
import { asRow, findDuplicates, getRecord, postRecord } from '#server/nexudus/webhook-records.ts'

import { createdOtherwise, isSameValue } from './applied.ts'
import type { Author } from './author.ts'
import { isUnknown, rereadOr, tookTooLong, unsaved } from './lost-answer.ts'
import { readBack, settle } from './settle.ts'

/** True if this duplicate makes the creation unnecessary. */
type IsSame = (duplicate: WebhookRow) => boolean

/** Creates a webhook; fails with `edit_conflict` if a duplicate makes that unnecessary. */
export function creator(intents: Intents) {
  return async function create(
    { email, call, runId }: Author,
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

    return settle(intents, begun.intent, async (intent) => {
      const { earlier } = intent
      const found = earlier && (await findEarlierCreate(call, earlier))
      if (found === undefined && earlier) refuseWhileItMayArrive(earlier)
      const id = found ?? (await createOnce(call, intent, input, isSame))
      intent.mayArriveUntil = null
      const after = await readBack(() => getRecord(call, id)).catch(async (error: unknown) => {
        if (!(error instanceof Failed)) throw error
        // stays open: a retry with this key looks for the webhook, and makes no second one
        if (error.code === 'not_found') throw notThere(id)
        if (error.code !== 'permission_missing') throw error
        // created, but this person cannot see it: it must not be created again
        await intents.finish(intent, id, {
          kind: 'create',
          by: email,
          runId,
          webhookId: id,
          businessId: input.BusinessId,
          after: { Id: id, ...input },
        })
        throw error.with({ outcome: 'done' })
      })
      // a webhook found here has the values of the earlier attempt, not those of this request
      const made = found && earlier ? { ...intent, fingerprint: earlier.fingerprint } : intent
      await intents.finish(made, id, {
        kind: 'create',
        by: email,
        runId,
        webhookId: id,
        businessId: after.webhook.BusinessId,
        after: asRow(after),
      })
      if (made.fingerprint !== intent.fingerprint) throw createdBefore(after.webhook)
      return asAsked(after.webhook, createdOtherwise(input, after.webhook))
    })
  }

  async function createOnce(
    call: AccountCall,
    intent: Intent,
    input: WebhookInput,
    isSame: IsSame,
  ): Promise<number> {
    // a person who may create but not list cannot look for them; a lost answer then stays unknown
    const duplicates = (await findDuplicates(call, input).catch(noneIfNotAllowed)) ?? null
    const same = duplicates?.filter(isSame)
    const current = same?.find(({ Active }) => Active) ?? same?.[0]
    if (current) throw new Failed('edit_conflict', { reason: 'duplicate', current })
    const twinsBefore = duplicates && namedLike(input, duplicates)
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
      // noted before the search: a person who presses again meanwhile must not send it twice
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

const LOOK_AGAIN_MS = 5_000

/** Refuses to send again while the earlier request may still arrive. */
function refuseWhileItMayArrive({ mayArriveForMs }: EarlierTry) {
  if (mayArriveForMs === 0) return
  const retryAfterMs = Math.min(mayArriveForMs, LOOK_AGAIN_MS)
  throw new Failed('in_progress', { reason: 'first_attempt', retryAfterMs, outcome: 'unsaved' })
}

/** The webhook that an earlier attempt under this key created, if it did. */
async function findEarlierCreate(
  call: AccountCall,
  { webhookId, sent, twinsBefore }: EarlierTry,
): Promise<number | undefined> {
  if (webhookId !== null) return webhookId
  if (!sent) return undefined
  if (!twinsBefore) {
    throw new Failed('permission_missing', {
      reason: 'to_find_out',
      missing: 'WebHook-List',
      outcome: 'unknown',
    })
  }
  return findNew(call, sent, twinsBefore)
}

/** A webhook with the purpose of `input` that was not there before. */
async function findNew(call: AccountCall, input: WebhookInput, before: number[]) {
  const duplicates = namedLike(input, await findDuplicates(call, input))
  return duplicates.filter((id) => !before.includes(id)).toSorted((a, b) => b - a)[0]
}

const namedLike = ({ Name }: WebhookInput, rows: readonly WebhookRow[]): number[] =>
  rows.filter((row) => isSameValue('Name', row.Name, Name)).map(({ Id }) => Id)

/** The created webhook; throws if it differs from what was asked for. */
function asAsked(webhook: Webhook, otherwise: Failed | undefined): Webhook {
  if (otherwise) throw otherwise
  return webhook
}

/** The failure for a form that was sent before, with other values, and did create a webhook. */
const createdBefore = (webhook: Webhook) => new Failed('created_before', { current: webhook })

/**
 * The failure for a webhook that Nexudus reports as created but does not return. It may appear
 * later, or the person may not be allowed to see it.
 */
const notThere = (webhookId?: number) =>
  new Failed('not_applied', {
    reason: 'not_created',
    outcome: 'unknown',
    ...(webhookId !== undefined && { webhookId }),
  })

const createdUnseen = () =>
  new Failed('upstream_error', { reason: 'created_without_id', outcome: 'unknown' })
