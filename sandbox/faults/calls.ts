import type { FaultKind } from './faults.ts'

/** One API call that arrived, whether or not it was answered. */
export type Call = {
  method: string
  path: string
  /** With its question mark, or empty. */
  query: string
  at: string
  /**
   * Status of the call itself, or of the fault that replaced it; `null` while it runs, and for good
   * if a fault swallowed the call.
   */
  status: number | null
  /** The fault that the call met. */
  fault: FaultKind | null
  /** The JSON body of a write; the raw text if it was no JSON. */
  body?: unknown
}

/** More than the largest run of the tests makes. */
const KEPT = 5_000

export type Calls = ReturnType<typeof createCalls>

/** The last calls, oldest first, so that a test can count those that really arrived. */
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
