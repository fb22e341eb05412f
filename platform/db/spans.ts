import { and, gt, lte, or, type Column } from 'drizzle-orm'

/**
 * Spans that are kept as moments in rows. A clock may be set back: what was written by one that was
 * ahead lies further in the future than any span of its kind begun now, and counts as over.
 * Twice the span is let pass, so that a clock set back by a little takes nothing from its holder.
 */
export const furthest = (spanMs: number, now: Date) => new Date(now.getTime() + 2 * spanMs)

/** Whether a moment that was noted as `spanMs` ahead has come. */
export const isOver = (until: Date, spanMs: number, now: Date): boolean =>
  until <= now || until > furthest(spanMs, now)

/** The same, asked of a column. */
export const isOverIn = (until: Column, spanMs: number, now: Date) =>
  or(lte(until, now), gt(until, furthest(spanMs, now)))

/** The opposite, asked of a column. */
export const isAheadIn = (until: Column, spanMs: number, now: Date) =>
  and(gt(until, now), lte(until, furthest(spanMs, now)))

/** Whether less than `spanMs` has passed since a moment that was noted as the present. */
export const isWithin = (at: Date, spanMs: number, now: Date): boolean =>
  Math.abs(now.getTime() - at.getTime()) < spanMs
