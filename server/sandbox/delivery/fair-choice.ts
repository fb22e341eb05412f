/** Of one webhook at once: a receiver that hangs takes its own four places, and nobody else's. */
export const PER_WEBHOOK = 4

type Due = { id: number; webhookId: number; isOnTrial: boolean }

/**
 * Which of the due deliveries go next: turn by turn, one of each webhook before the second of
 * any. A webhook on trial gets one at a time.
 */
export function chooseFairly(
  due: readonly Due[],
  busy: ReadonlyMap<number, number>,
  free: number,
): number[] {
  const turns: number[][] = []
  const given = new Map(busy)
  for (const { id, webhookId, isOnTrial } of due) {
    const place = given.get(webhookId) ?? 0
    if (place >= (isOnTrial ? 1 : PER_WEBHOOK)) continue
    given.set(webhookId, place + 1)
    ;(turns[place] ??= []).push(id)
  }
  return turns.flat().slice(0, free)
}
