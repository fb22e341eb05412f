/**
 * Long work in steps: each `yield` is a place where it can pause. The caller decides whether it
 * does, so that the work itself stays pure.
 */
export type Steps<Result> = Generator<undefined, Result>

/** Does all of it at once. */
export function finish<Result>(steps: Steps<Result>): Result {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
