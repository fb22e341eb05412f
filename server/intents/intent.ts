import type { WebhookInput } from '#contract/nexudus/webhook.ts'

/** A person's intended write under a key, and the process working on it. */
export type Intent = {
  key: string
  claim: string
  /** Fingerprint of the intended write. */
  fingerprint: string
  /** Until this time a request sent under this key may still arrive; stored when the work ends. */
  mayArriveUntil: Date | null
  /** Set if this intent was begun before, with an unknown end. */
  earlier?: EarlierTry
}

/** A change or a delete on its way to Nexudus. */
export type SentWrite = {
  by: string
  runId: number | null
  /** The changed fields; `null` for a delete. */
  change: Partial<WebhookInput> | null
  at: string
  /**
   * An earlier write under the same key may still arrive, too, and nobody can tell which one did.
   */
  isRepeat: boolean
  /**
   * True if the connection or the process broke off. Then the same write may be sent again at once,
   * while everything else waits. A write that Nexudus is only slow to answer is not sent twice.
   */
  isCutOff: boolean
}

/** A write that may or may not still arrive. */
export type LateWrite = {
  key: string
  isOpen: boolean
  fingerprint: string
  write: SentWrite
  before: Record<string, unknown> | null
  until: Date
  leftMs: number
}

/** The progress of an earlier create under this key: the values it sent, and the id it got. */
export type EarlierTry = {
  fingerprint: string
  sent: WebhookInput | null
  twinsBefore: number[] | null
  webhookId: number | null
  /**
   * Milliseconds for which it may still arrive at Nexudus; 0 if it is known to have been answered.
   */
  mayArriveForMs: number
  /** The record before a change or a delete was sent; `null` if none was sent. */
  before: Record<string, unknown> | null
}
