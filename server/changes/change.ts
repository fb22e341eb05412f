import type { ChangeRequest } from '#contract/desk/desk.ts'
import { inputOf, type Webhook, type WebhookInput } from '#contract/nexudus/webhook.ts'
import { Failed } from '#platform/http/failure.ts'
import type { Intents } from '#server/intents/intents.ts'
import type { Turns } from '#server/intents/turns.ts'
import {
  asRow,
  findRecord,
  getRecord,
  noSuchWebhook,
  putRecord,
  type Read,
} from '#server/nexudus/webhook-records.ts'

import { keyReused, type LateWrites } from './late-writes.ts'
import { changedOtherwise, isApplied } from './applied.ts'
import type { Author } from './author.ts'
import { isAlreadySo, refuseIfChangedMeanwhile } from './conflict.ts'
import { readBack, settle } from './settle.ts'

type Needs = { intents: Intents; turns: Turns; late: LateWrites }

/** Changes some fields of a webhook, and writes all others back as they were. */
export function changer({ intents, turns, late }: Needs) {
  return async function change(
    { email, call, runId }: Author,
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
      settle(intents, begun.intent, async (intent) => {
        const entry = { kind: 'change', by: email, runId, webhookId: id } as const
        const before = await findRecord(call, id)
        const hasArrived = await late.settle(intent, id, before)
        if (!before) throw noSuchWebhook()
        if (hasArrived) return before.webhook
        const { BusinessId: businessId } = before.webhook
        if (isAlreadySo(before.webhook, change)) {
          // an earlier attempt with an unknown end may have made the change
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
  }
}

/**
 * Nexudus did not report `Active`. A write without it probably switches the webhook off, and a
 * write with it would be a guess.
 */
function refuseIfItMaySwitchOff(before: Read, change: Partial<WebhookInput>) {
  if ('Active' in change || asRow(before).Active != null) return
  // the page words this by the failure's reason
  const Errors = [{ PropertyName: 'Active', Message: '' }]
  throw new Failed('bad_request', { reason: 'active_unread', Errors })
}
