import { setTimeout as sleep } from 'node:timers/promises'

import { parse, stringify } from 'lossless-json'

import { SIGNATURE_HEADER, signatureOf, substituteNonAscii } from '#contract/nexudus/signature.ts'
import type { Database } from '#platform/db/database.ts'
import type { Outbound, OutboundResult } from '#platform/outbound/send.ts'

import { claimDue, LEASE_MS, renewClaims, takeBackClaims, type Claimed } from './claims.ts'
import { AT_ONCE } from './fair-choice.ts'
import { settle, type Finished, type Remind } from './settle.ts'
import type { Rules } from './verdict.ts'

const RENEW_EVERY_MS = LEASE_MS / 4
// wait after a database failure, in milliseconds
const PAUSE_MS = 500
const GATHER_MS = 15

const OUR_FAULT: OutboundResult = {
  isDelivered: false,
  failure: 'ours_no_network',
  message: 'It could not be sent.',
  measured: { totalMs: 0 },
}
const STOP_WITHIN_MS = 3_000

export type DeliverySwitches = Rules & {
  /**
   * Sends and signs like the documented routine: nothing is escaped, and the signature reads `?`
   * for each character beyond ASCII.
   */
  signsSubstituted: boolean
}

type DispatcherOptions = {
  db: Database
  send: Outbound
  now: () => Date
  readSwitches: () => Promise<DeliverySwitches>
  remind: Remind
  onError: (error: unknown) => void
}

export type Dispatcher = ReturnType<typeof createDispatcher>

/**
 * Sends due deliveries. One loop settles finished attempts and claims the next deliveries, each in
 * one transaction for all of them: under full load this keeps every attempt durable and cheap.
 * Requests run beside the loop, so a slow receiver delays no other.
 */
export function createDispatcher(options: DispatcherOptions) {
  const { db, send, now, readSwitches, remind, onError } = options
  const running = new Map<number, Claimed>()
  let ended: Finished[] = []
  const life = { isStopping: false, isAbandoned: false, isAwake: true }
  let wakeUp = () => {}
  let idle = () => {}

  function wake() {
    life.isAwake = true
    wakeUp()
  }

  async function attempt(claimed: Claimed, switches: DeliverySwitches) {
    const { body, headers } = await signed(claimed, switches)
    return send({ url: claimed.url, method: 'POST', body, headers })
  }

  async function start(claimed: Claimed, switches: DeliverySwitches) {
    running.set(claimed.attemptId, claimed)
    const result = await attempt(claimed, switches).catch((error: unknown) => {
      // our own failure: frees the slot, and does not count against the receiver
      onError(error)
      return OUR_FAULT
    })
    running.delete(claimed.attemptId)
    ended.push({ claimed, result, at: now() })
    wake()
  }

  /** One turn; true if there may be more to do at once. */
  async function turn(): Promise<boolean> {
    const switches = await readSwitches()
    // a copy: more attempts may end while these are settled
    const settling = [...ended]
    if (settling.length > 0) {
      await settle(db, settling, switches, remind)
      // removes only what was written: after a failure it is settled again
      ended = ended.slice(settling.length)
    }
    const free = life.isStopping ? 0 : AT_ONCE - running.size
    const claimed = free > 0 ? await claimDue(db, free, now()) : []
    for (const one of claimed) void start(one, switches)
    return claimed.length > 0 || ended.length > 0
  }

  /**
   * Waits for more attempts to end, to settle many at once. PGlite answers without returning to the
   * event loop, so without a pause each turn would find only the attempt that woke it.
   */
  async function gather() {
    const end = performance.now() + GATHER_MS
    while (running.size > 0 && ended.length < AT_ONCE / 2 && performance.now() < end) {
      await sleep(1)
    }
  }

  async function loop() {
    while (!life.isAbandoned && (!life.isStopping || running.size > 0 || ended.length > 0)) {
      life.isAwake = false
      await gather()
      try {
        if (await turn()) continue
      } catch (error) {
        onError(error)
        await sleep(PAUSE_MS)
        continue
      }
      if (running.size === 0 && !life.isAwake) idle()
      // does not wait if something woke the loop during this turn
      if (!life.isAwake) await new Promise<void>((resolve) => (wakeUp = resolve))
    }
  }

  const renewing = setInterval(() => {
    renewClaims(db, [...running.values()], now())
      .then(() => takeBackClaims(db, now(), now()))
      // even if nothing was taken back: another clock's reminder may have come too early
      .then(wake)
      .catch(onError)
  }, RENEW_EVERY_MS)
  renewing.unref()

  const looping = loop()

  return {
    /** Call when something may be due. */
    wake,
    /** Resolves once nothing is due and nothing is under way. For tests, which hold the clock. */
    drained: () =>
      new Promise<void>((resolve) => {
        idle = resolve
        wake()
      }),
    /**
     * Claims nothing more, and settles attempts that end within a moment. The next process to start
     * closes the rest as unknown, and sends them again.
     */
    async stop() {
      life.isStopping = true
      clearInterval(renewing)
      wake()
      await Promise.race([looping, sleep(STOP_WITHIN_MS)])
      life.isAbandoned = true
      wake()
    },
  }
}

async function signed({ body, sharedSecret }: Claimed, { signsSubstituted }: DeliverySwitches) {
  // unescaped, as Nexudus' serialiser is presumed to write them
  const text = signsSubstituted ? (stringify(parse(body)) ?? body) : body
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Hookdesk-Sandbox',
  }
  if (sharedSecret !== null) {
    headers[SIGNATURE_HEADER] = await signatureOf(
      sharedSecret,
      signsSubstituted ? substituteNonAscii(text) : text,
    )
  }
  return { body: new TextEncoder().encode(text), headers }
}
