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
// after a failure of the database, before it is asked again
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
  /** Sends and signs as the documented routine does: nothing escaped, `?` for it in the signature. */
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
 * Sends what is due. One loop settles what has ended and claims what is next, each in one
 * transaction for as many as there are: at full load that is what makes every attempt durable
 * and cheap. Requests run beside it, and one slow receiver holds up nobody else.
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
      // a fault of ours: its place is given back, and nothing is held against the receiver
      onError(error)
      return OUR_FAULT
    })
    running.delete(claimed.attemptId)
    ended.push({ claimed, result, at: now() })
    wake()
  }

  /** One turn: whether there may be more to do at once. */
  async function turn(): Promise<boolean> {
    const switches = await readSwitches()
    // a copy: more may end while these are settled
    const settling = [...ended]
    if (settling.length > 0) {
      await settle(db, settling, switches, remind)
      // only what was written down is forgotten: after a failure it is settled again
      ended = ended.slice(settling.length)
    }
    const free = life.isStopping ? 0 : AT_ONCE - running.size
    const claimed = free > 0 ? await claimDue(db, free, now()) : []
    for (const one of claimed) void start(one, switches)
    return claimed.length > 0 || ended.length > 0
  }

  /**
   * Lets more attempts end, to settle many at once. PGlite answers without ever leaving the
   * event loop to anybody else, so without a pause each turn would find the one that woke it.
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
      // what woke us meanwhile is not slept through
      if (!life.isAwake) await new Promise<void>((resolve) => (wakeUp = resolve))
    }
  }

  const renewing = setInterval(() => {
    renewClaims(db, [...running.values()], now())
      .then(() => takeBackClaims(db, now(), now()))
      // also where nothing was taken back: a reminder of another clock may have come too early
      .then(wake)
      .catch(onError)
  }, RENEW_EVERY_MS)
  renewing.unref()

  const looping = loop()

  return {
    /** Something may be due. */
    wake,
    /** Resolves once nothing is due and nothing is under way. For tests, which hold the clock. */
    drained: () =>
      new Promise<void>((resolve) => {
        idle = resolve
        wake()
      }),
    /**
     * Claims nothing more, and settles what ends within a moment. What is then still under way is
     * closed as unknown by whoever starts next, and sent again.
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
  // characters as they are, which is how the vendor's serialiser is presumed to write them
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
