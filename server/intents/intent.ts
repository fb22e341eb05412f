import type { WebhookInput } from '#contract/nexudus/webhook.ts'

/** What somebody is about to do under a key, and who is at it. */
export type Intent = {
  key: string
  claim: string
  /** Of what is to be done. */
  fingerprint: string
  /** Until when something that was sent under this key may still arrive; noted when it is left. */
  mayArriveUntil: Date | null
  /** Set when this intent was begun before and nobody knows how that ended. */
  earlier?: EarlierTry
}

/** A change or a delete that is on its way to Nexudus. */
export type SentWrite = {
  by: string
  runId: number | null
  /** What it changes; `null` where it deletes. */
  change: Partial<WebhookInput> | null
  at: string
  /** An earlier one under the same key may still arrive, too: which of them did, nobody can tell. */
  isRepeat: boolean
  /**
   * The connection, or our process, broke off. Then the same may be sent again at once, while
   * everything else waits. What Nexudus only takes long for is not sent twice.
   */
  isCutOff: boolean
}

/** A write of which nobody knows whether it will still arrive. */
export type LateWrite = {
  key: string
  isOpen: boolean
  fingerprint: string
  write: SentWrite
  before: Record<string, unknown> | null
  until: Date
  leftMs: number
}

/** What a create under this key got to: what it sent, and the record it was told of. */
export type EarlierTry = {
  fingerprint: string
  sent: WebhookInput | null
  twinsBefore: number[] | null
  webhookId: number | null
  /** How long it may still arrive at Nexudus; 0 where it is known to have been answered. */
  mayArriveForMs: number
  /** The record before a change or a delete was sent; `null` where nothing was. */
  before: Record<string, unknown> | null
}
