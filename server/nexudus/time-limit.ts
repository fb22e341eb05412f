import { setImmediate as nextTurn } from 'node:timers/promises'

export type TimeLimit = ReturnType<typeof startTimeLimit>

/**
 * Ends what it is told to `hold` when its time is over. Its timer holds all that has to happen
 * then. A signal of `AbortSignal.timeout` or `AbortSignal.any`, and that of a `Request`, is held by
 * nobody: it may be collected as garbage while something waits for it, and never fires.
 */
export function startTimeLimit(ms: number, failure: () => Error) {
  const controller = new AbortController()
  let fail: (error: Error) => void = () => {}
  const over = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  // nobody may be waiting when it comes
  over.catch(() => {})

  async function end() {
    const ended = timer
    // this process may have been busy: what has arrived meanwhile is read first
    await nextTurn()
    if (timer !== ended) return
    controller.abort()
    // what is cut off may know better how far it got
    await nextTurn()
    fail(failure())
  }
  const start = (ms: number) => setTimeout(() => void end(), Math.max(0, ms))
  let timer: NodeJS.Timeout | undefined = start(ms)

  return {
    /** Cuts what is under way off. */
    signal: controller.signal,
    /** The result, or the failure once the time is over, whatever becomes of the work. */
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
