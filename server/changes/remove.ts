import type { ChangeRequest } from '#contract/desk/desk.ts'
import type { Intents } from '#server/intents/intents.ts'
import type { Turns } from '#server/intents/turns.ts'
import {
  asRow,
  deleteRecord,
  findRecord,
  getRecord,
  noSuchWebhook,
} from '#server/nexudus/webhook-records.ts'

import { keyReused, type LateWrites } from './late-writes.ts'
import { notDeleted } from './applied.ts'
import type { Author } from './author.ts'
import { refuseIfChangedMeanwhile } from './conflict.ts'
import { readBack, settle } from './settle.ts'

type Needs = { intents: Intents; turns: Turns; late: LateWrites }

/** Deletes a webhook, which must exist unless an earlier attempt deleted it. */
export function remover({ intents, turns, late }: Needs) {
  return async function remove(
    { email, call, runId }: Author,
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
      settle(intents, begun.intent, async (intent) => {
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
  }
}
