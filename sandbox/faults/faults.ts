import * as z from 'zod/mini'

import { fieldErrorSchema } from '#contract/nexudus/errors.ts'

/** A kind of fault; `performs` is true if the call is really carried out. */
type FaultNature = { does: string; performs: boolean; needsSocket?: true }

/** Every failure that the sandbox can be told to produce. */
const FAULT_KINDS = {
  throttle: { does: '409 or 429 by switch, with retryAfter or waitText if given', performs: false },
  error: { does: '500 with the documented body, or status', performs: false },
  html: { does: 'a page instead of JSON, 200 or status', performs: false },
  empty: { does: '200 and nothing', performs: false },
  unauthorized: { does: '401 and nothing', performs: false },
  refuse: { does: '400 with errors, or with a message alone', performs: false },
  unsuccessful: { does: '200 with WasSuccessful false, errors or message', performs: false },
  ignored: { does: 'a write answered as done, and not done', performs: false },
  too_large: { does: '9 MiB of JSON', performs: false },
  hang: { does: 'never an answer', performs: false },
  drop: { does: 'connection closed before an answer', performs: false, needsSocket: true },
  lost_answer: {
    does: 'carried out, then the connection closed before an answer',
    performs: true,
    needsSocket: true,
  },
  drop_mid_body: {
    does: 'carried out, connection closed in the middle of the body',
    performs: true,
    needsSocket: true,
  },
  wrong_length: {
    does: 'carried out, a Content-Length that is more than what comes',
    performs: true,
    needsSocket: true,
  },
  broken_json: { does: 'carried out, JSON that breaks off in the middle', performs: true },
  odd_values: {
    does: 'carried out, with values in the place of what records of these ids hold',
    performs: true,
  },
  slow: { does: 'carried out, then answered after delayMs', performs: true },
  late: {
    does: 'carried out and answered after delayMs, or once the faults are cleared',
    performs: true,
  },
  slow_body: { does: 'carried out, headers at once, body after delayMs', performs: true },
} as const satisfies Record<string, FaultNature>

export type FaultKind = keyof typeof FAULT_KINDS

// Object.keys loses the type of the keys
const KINDS = Object.keys(FAULT_KINDS) as FaultKind[]

/** Every kind with its description, for people to read. */
export const describeFaultKinds = () => KINDS.map((kind) => ({ kind, ...FAULT_KINDS[kind] }))

// strict: a misspelt property would order another fault than intended
export const faultOrderSchema = z.strictObject({
  kind: z.enum(KINDS),
  /** Any method if absent. */
  method: z.optional(z.string()),
  /** Beginning of the path, in any case; any path if absent. */
  path: z.optional(z.string()),
  times: z._default(z.int().check(z.minimum(1)), 1),
  delayMs: z._default(z.int().check(z.minimum(0)), 1000),
  /** The raw header to send. */
  retryAfter: z.optional(z.union([z.string(), z.number()])),
  /** Seconds in the body of a 429: "Wait N seconds". */
  waitText: z.optional(z.number()),
  status: z.optional(z.int().check(z.minimum(200), z.maximum(599))),
  errors: z.optional(z.array(fieldErrorSchema)),
  message: z.optional(z.string()),
  /** For `odd_values`: replacement values by record id. */
  values: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
})

/** An ordered fault; `times` is the number of calls it still affects. */
export type Fault = z.output<typeof faultOrderSchema>

export type Faults = ReturnType<typeof createFaults>

/** Faults in the order they were ordered. Kept in memory: a restart begins anew. */
export function createFaults() {
  let faults: Fault[] = []
  let clearing = new AbortController()
  return {
    /** Fires when the faults are cleared. */
    cleared: () => clearing.signal,
    add(fault: Fault) {
      faults.push(fault)
    },
    list: () => faults,
    clear() {
      faults = []
      clearing.abort()
      clearing = new AbortController()
    },
    /** The first fault that matches this call, used up by one. */
    take(method: string, path: string): Fault | undefined {
      const fault = faults.find((order) => meets(order, method, path))
      if (!fault) return undefined

      fault.times -= 1
      faults = faults.filter(({ times }) => times > 0)
      return fault
    },
  }
}

const meets = (fault: Fault, method: string, path: string) =>
  (fault.method === undefined || fault.method.toUpperCase() === method) &&
  (fault.path === undefined || path.toLowerCase().startsWith(fault.path.toLowerCase()))
