/** Sent at once in one process, over all webhooks. */
export const AT_ONCE = 64

/** Of one webhook at once: a receiver that hangs takes its own four places, and nobody else's. */
export const PER_WEBHOOK = 4

/** What webhooks that fail may take together: the rest is for those that do not. */
export const FOR_FAILING = 48

/** A delivery that is due, and how many of its webhook are under way. */
export type Due = {
  id: number
  webhookId: number
  isOnTrial: boolean
  isFailing: boolean
  running: number
}

/**
 * Which of the due deliveries go next: turn by turn, one of each webhook before the second of
 * any. A webhook on trial gets one at a time. The fuller it is, the fewer places a webhook may
 * take beside its first, so that many that hang still leave room for one that answers.
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

/** How many places one webhook may have when so many of all are taken. */
function shareAt(used: number): number {
  if (used < 24) return PER_WEBHOOK
  if (used < 36) return 3
  return used < FOR_FAILING ? 2 : 1
}
