/** Attempts that one process sends at the same time, over all webhooks. */
export const AT_ONCE = 64

/**
 * Attempts of one webhook at the same time: a receiver that hangs takes four slots, and no more.
 */
export const PER_WEBHOOK = 4

/** Slots that failing webhooks may take together: the rest is for those that work. */
export const FOR_FAILING = 48

/** A due delivery, and the number of its webhook's attempts under way. */
export type Due = {
  id: number
  webhookId: number
  isOnTrial: boolean
  isFailing: boolean
  running: number
}

/**
 * Chooses the deliveries to send next: in turns, one for each webhook before the second of any. A
 * webhook on trial gets one at a time. The more slots are taken, the fewer a webhook may have
 * beyond its first, so that many hanging receivers still leave room for one that answers.
 */
export function chooseFairly(due: readonly Due[], free: number): number[] {
  const turns: Due[][] = []
  const given = new Map<number, number>()
  for (const one of due) {
    const place = given.get(one.webhookId) ?? one.running
    if (place >= (one.isOnTrial ? 1 : PER_WEBHOOK)) continue
    given.set(one.webhookId, place + 1)
    ;(turns[place] ??= []).push(one)
  }

  const chosen: number[] = []
  for (const [place, turn] of turns.entries()) {
    for (const { id, isFailing } of turn ?? []) {
      const used = AT_ONCE - free + chosen.length
      const isRoom = used < AT_ONCE && (!isFailing || used < FOR_FAILING)
      if (isRoom && place < shareAt(used)) chosen.push(id)
    }
  }
  return chosen
}

/** Slots for one webhook when this many are taken in all. */
function shareAt(used: number): number {
  if (used < 24) return PER_WEBHOOK
  if (used < 36) return 3
  return used < FOR_FAILING ? 2 : 1
}
