import type { FaultKind } from './faults.ts'

/** One call of the API that arrived, whether or not it was answered. */
export type Call = {
  method: string
  path: string
  /** With its question mark, or empty. */
  query: string
  at: string
  /**
   * What the call itself ended with, or the fault that stood in for it; null while it runs, and
   * for good when a fault swallowed it.
   */
  status: number | null
  /** The fault it met. */
  fault: FaultKind | null
  /** The JSON body of a write; the text as it came when it was no JSON. */
  body?: unknown
}

/** More than the largest run of the tests asks for. */
const KEPT = 5_000

export type Calls = ReturnType<typeof createCalls>

/** The last calls, oldest first, so that a test can count what really arrived. */
export function createCalls(kept = KEPT) {
  let calls: Call[] = []
  return {
    add(call: Call) {
      calls.push(call)
      if (calls.length > kept) calls.shift()
    },
    list: () => calls,
    clear() {
      calls = []
    },
  }
}
