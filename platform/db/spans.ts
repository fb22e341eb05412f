import { and, gt, lte, or, type Column } from 'drizzle-orm'

/**
 * Time spans, kept in rows as the moment they end. A clock may be set back: a moment written by a
 * clock that was ahead lies further in the future than any span of its kind that begins now, and
 * counts as over. The limit is twice the span, so that a clock set back by a little takes nothing
 * from its holder.
 */
export const furthest = (spanMs: number, now: Date) => new Date(now.getTime() + 2 * spanMs)

/** True if a moment that was noted as `spanMs` ahead has come. */
export const isOver = (until: Date, spanMs: number, now: Date): boolean =>
  until <= now || until > furthest(spanMs, now)

/** `isOver` as an SQL condition on a column. */
export const isOverIn = (until: Column, spanMs: number, now: Date) =>
  or(lte(until, now), gt(until, furthest(spanMs, now)))

/** The opposite of `isOverIn`. */
export const isAheadIn = (until: Column, spanMs: number, now: Date) =>
  and(gt(until, now), lte(until, furthest(spanMs, now)))

/** True if less than `spanMs` has passed since a moment that was noted as the present. */
export const isWithin = (at: Date, spanMs: number, now: Date): boolean =>
  Math.abs(now.getTime() - at.getTime()) < spanMs
