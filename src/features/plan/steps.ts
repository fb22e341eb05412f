/**
 * Work that takes a while, in steps: a `yield` is a place where it may be left for a moment. Who
 * runs it decides whether it is, so that the work itself stays pure.
 */
export type Steps<Result> = Generator<undefined, Result>

/** Does all of it at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
