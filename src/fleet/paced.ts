import { ApiError } from '#api/failure.ts'
import { currentTime } from '#ui/hooks/now.ts'

type PacedOptions = {
  atOnce: number
  signal: AbortSignal
  /**
   * Called with the end of the wait when a limit is met, and with `null` when work goes on. The
   * time is by the same clock as all other times on the page.
   */
  onWait: (until: number | null) => void
}

const WITHOUT_A_WORD_MS = 5_000

/**
 * Does `work` for every item, a few at a time. When a limit is met, all items wait as long as the
 * answer says, and the refused ones are repeated; any other failure ends the work.
 */
export async function paced<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  { atOnce, signal, onWait }: PacedOptions,
) {
  let next = 0
  let resumeAt = 0

  async function wait() {
    while (resumeAt > performance.now()) {
      const leftMs = resumeAt - performance.now()
      onWait(currentTime() + leftMs)
      await sleep(leftMs, signal)
    }
    onWait(null)
  }

  async function takeOneByOne() {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at]
      if (item === undefined) return
      for (let isDone = false; !isDone;) {
        if (resumeAt > 0) await wait()
        signal.throwIfAborted()
        isDone = await work(item).then(() => true, noteLimit)
      }
    }
  }

  function noteLimit(error: unknown): false {
    if (!(error instanceof ApiError) || !LIMITS.has(error.code)) throw error
    resumeAt = performance.now() + (error.failure.retryAfterMs ?? WITHOUT_A_WORD_MS)
    return false
  }

  await Promise.all(Array.from({ length: atOnce }, takeOneByOne))
}

const LIMITS = new Set(['throttled', 'probe_throttled', 'too_busy'])

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
