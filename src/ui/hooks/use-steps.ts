import { useEffect, useMemo, useState } from 'react'

type Done<Result> = { value: Result }

// too short for a person to notice; a task of more than 50 ms is a long one
const SLICE_MS = 12

/**
 * The result of work in steps; `undefined` while it is under way. Short work is done at once, long
 * work between frames, so that the page keeps answering. `start` is a dependency: it has to be the
 * same function for the same work.
 */
export function useSteps<Result>(start: () => Generator<undefined, Result>): Result | undefined {
  const work = useMemo(() => {
    const steps = start()
    return { steps, done: proceed(steps) }
  }, [start])
  const [later, setLater] = useState<{ of: typeof work; done: Done<Result> }>()

  useEffect(() => {
    if (work.done) return undefined
    const controller = new AbortController()
    const { signal } = controller
    const goOn = async () => {
      while (!signal.aborted) {
        await nextTask()
        if (signal.aborted) return
        const done = proceed(work.steps)
        if (done) {
          setLater({ of: work, done })
          return
        }
      }
    }
    void goOn()
    return () => controller.abort()
  }, [work])

  if (work.done) return work.done.value
  return later?.of === work ? later.done.value : undefined
}

function proceed<Result>(steps: Generator<undefined, Result>): Done<Result> | undefined {
  const until = performance.now() + SLICE_MS
  do {
    const step = steps.next()
    if (step.done) return { value: step.value }
  } while (performance.now() < until)
  return undefined
}

/**
 * Waits until pending painting and input are done. Timers are no use: browsers slow them in hidden
 * tabs.
 */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}
