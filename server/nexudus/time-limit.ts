import { setImmediate as nextTurn } from 'node:timers/promises'

export type TimeLimit = ReturnType<typeof startTimeLimit>

/**
 * Ends the work passed to `hold` when the time is over. Its timer references everything it needs
 * then. Nothing references a signal of `AbortSignal.timeout` or `AbortSignal.any`, or that of a
 * `Request`: it may be garbage-collected while something waits for it, and never fire.
 */
export function startTimeLimit(ms: number, failure: () => Error) {
  const controller = new AbortController()
  let fail: (error: Error) => void = () => {}
  const over = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  // avoids an unhandled rejection if nothing waits
  over.catch(() => {})

  async function end() {
    const ended = timer
    // if this process was busy, reads first what has arrived meanwhile
    await nextTurn()
    if (timer !== ended) return
    controller.abort()
    // the interrupted work may fail first, with a more precise error
    await nextTurn()
    fail(failure())
  }
  const start = (ms: number) => setTimeout(() => void end(), Math.max(0, ms))
  let timer: NodeJS.Timeout | undefined = start(ms)

  return {
    /** Aborts the work under way. */
    signal: controller.signal,
    /** The result, or the failure once the time is over, whatever the work does then. */
    hold: <Result>(work: Promise<Result>): Promise<Result> => Promise.race([work, over]),
    restart(ms: number) {
      clearTimeout(timer)
      timer = start(ms)
    },
    clear() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
