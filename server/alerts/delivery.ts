import { Failed } from '#platform/http/failure.ts'

import type { notices } from './tables.ts'

export type NoticeRow = typeof notices.$inferSelect

/** A notice as it is told; one that was never stored has a number of 0. */
export type ToldNotice = Pick<NoticeRow, 'id' | 'kind' | 'content' | 'happenedAt' | 'incidentId'>

/**
 * Sends a notice; `dropped` if nobody wants it any more, or may see what it tells; or the end of the
 * hours in which its recipient wants to be left alone. Rejects with the reason if it could not be
 * sent, with a `NoticeRefused` if it never will be.
 */
export type Deliver = (notice: NoticeRow) => Promise<'sent' | 'dropped' | { heldUntil: Date }>

/** Nobody will take this notice, however often it is tried. */
export class NoticeRefused extends Error {
  override readonly name = 'NoticeRefused'
}

/** The other end said when to come again. */
export class NoticePutOff extends Error {
  override readonly name = 'NoticePutOff'
  readonly waitMs: number

  constructor(message: string, waitMs: number) {
    super(message)
    this.waitMs = waitMs
  }
}

/** Answers somebody who waits for a message that was not taken. */
export function notSent(error: unknown): never {
  throw new Failed('not_sent', { said: reasonOf(error) }, error)
}

export function noMail(): never {
  throw new Failed('not_sent', { said: 'No SMTP server is configured.' })
}

/** The reason that the other end, or the way there, gave. */
export const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
