/**
 * @import { Page } from '@playwright/test'
 *
 * @typedef {'total' | 'options' | 'firstRow' | 'form' | 'focused' | 'columns' | 'rows' | 'coverage' | 'health' | 'opened'} Reader
 * @typedef {string | undefined} Shown
 *
 * @typedef {object} Wait
 * @property {() => boolean} isShown
 * @property {(ms: number | undefined) => void} resolve
 * @property {number} [pressedAt]
 *
 * @typedef {object} Measured
 * @property {number[]} durations the longest event of each interaction
 * @property {number} unseen the number of interactions too short for the Event Timing API
 * @property {number[]} shown from each press until its result was there
 *
 * @typedef {{ shown?: Promise<number | undefined> | undefined }} Act
 */

/**
 * Runs in the page before the page's own scripts: records what the Event Timing API reports of
 * every interaction, and the time from a press until its result is visible.
 */
export function createProbe() {
  /** @type {PerformanceEntry[]} */
  let entries = []
  const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
  observer.observe({ type: 'event', durationThreshold: 16 })

  const attribute = (/** @type {string} */ selector, /** @type {string} */ name) =>
    document.querySelector(selector)?.getAttribute(name) ?? undefined

  /**
   * Descriptions of parts of the screen, as texts that change when the part does.
   *
   * @type {Record<Reader, (about?: string) => Shown>}
   */
  const readers = {
    total: () => document.querySelector('main')?.textContent.match(/Showing [^·]*/)?.[0],
    options: () => {
      const options = [...document.querySelectorAll('[role=option]')]
      return options.map(({ textContent }) => textContent).join('|')
    },
    firstRow: () => attribute('tr[data-id]', 'data-id'),
    form: () => attribute('main form', 'aria-label'),
    focused: () => document.activeElement?.getAttribute('data-at') ?? undefined,
    columns: () => attribute('[role=grid]', 'aria-colcount'),
    rows: () => attribute('[role=grid]', 'aria-rowcount'),
    opened: () => String(document.querySelectorAll('main details[open]').length),
    coverage: () => String(document.querySelector('main')?.innerHTML.length),
    health: (id) =>
      document.querySelector(`tr[data-id="${id}"] td:nth-of-type(5)`)?.textContent ?? undefined,
  }

  /** @type {Wait[]} */
  let waits = []
  for (const type of ['keydown', 'click']) {
    const press = (/** @type {Event} */ { timeStamp }) => {
      for (const wait of waits) wait.pressedAt ??= timeStamp
    }
    addEventListener(type, press, { capture: true })
  }
  const look = () => {
    for (const wait of waits) {
      const { pressedAt } = wait
      if (pressedAt === undefined || !wait.isShown()) continue
      waits = waits.filter((other) => other !== wait)
      // a task after the frame: by then it is painted
      setTimeout(() => wait.resolve(performance.now() - pressedAt))
    }
    if (waits.length > 0) requestAnimationFrame(look)
  }
  /** @type {(isShown: () => boolean) => Promise<number | undefined>} */
  const wait = (isShown) => {
    if (waits.length === 0) requestAnimationFrame(look)
    return new Promise((resolve) => waits.push({ isShown, resolve }))
  }

  return {
    read: (/** @type {Reader} */ name, /** @type {string} */ about = '') => readers[name](about),
    /** From the next press until one of these is shown. */
    untilOneOf: (/** @type {Reader} */ name, /** @type {Shown[]} */ wanted) =>
      wait(() => wanted.includes(readers[name]())),
    /** From the next press until the reader reads a different value. */
    untilChanged(/** @type {Reader} */ name, /** @type {string} */ about = '') {
      const now = readers[name](about)
      return wait(() => readers[name](about) !== now)
    },
    begin() {
      observer.takeRecords()
      entries = []
    },
    /** The longest event of each interaction, as Interaction to Next Paint counts it. */
    end() {
      for (const { resolve } of waits) resolve(undefined)
      waits = []
      entries.push(...observer.takeRecords())
      const longest = new Map()
      for (const entry of entries) {
        if (!(entry instanceof PerformanceEventTiming) || !entry.interactionId) continue
        const { interactionId, duration } = entry
        longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0))
      }
      return [...longest.values()]
    },
  }
}

/** @param {Page} page */
export const installProbe = (page) =>
  page.addInitScript(`globalThis.hookdeskProbe = (${createProbe.toString()})()`)

/**
 * Runs a reader of the probe.
 *
 * @param {Page} page
 * @param {Reader} name
 */
export const read = (page, name) =>
  page.evaluate((name) => globalThis.hookdeskProbe.read(name), name)

// a page closed meanwhile gives no answer; the code that closed it reports the reason
const nothing = () => undefined

/**
 * Measures the time from the next press until a reader reads one of these.
 *
 * @param {Page} page
 * @param {Reader} name
 * @param {Shown[]} wanted
 */
export const untilOneOf = (page, name, wanted) =>
  page
    .evaluate(({ name, wanted }) => globalThis.hookdeskProbe.untilOneOf(name, wanted), {
      name,
      wanted,
    })
    .catch(nothing)

/**
 * Measures the time from the next press until a reader reads a different value.
 *
 * @param {Page} page
 * @param {Reader} name
 * @param {string} [about]
 */
export const untilChanged = (page, name, about) =>
  page
    .evaluate(({ name, about }) => globalThis.hookdeskProbe.untilChanged(name, about), {
      name,
      about,
    })
    .catch(nothing)

/** The Event Timing API reports nothing below 16 ms; such an interaction counts as this. */
export const UNSEEN_MS = 8

/**
 * Carries out `count` interactions and measures each. `act` gets the number of the interaction, and
 * returns `{ shown }`, a promise of the time until its result was there.
 *
 * @param {Page} page
 * @param {number} count
 * @param {(index: number) => Promise<Act>} act
 * @returns {Promise<Measured>}
 */
export async function measure(page, count, act) {
  await page.evaluate(() => globalThis.hookdeskProbe.begin())
  const acts = []
  for (let index = 0; index < count; index += 1) acts.push(await act(index))
  // the browser reports an entry after its frame
  await page.waitForTimeout(200)
  const seen = await page.evaluate(() => globalThis.hookdeskProbe.end())
  const shown = []
  for (const done of acts) shown.push(await done.shown)
  const unseen = Math.max(0, count - seen.length)
  return {
    durations: [...seen, ...Array.from({ length: unseen }, () => UNSEEN_MS)],
    unseen,
    shown: shown.filter((ms) => ms !== undefined),
  }
}

/**
 * @param {Measured[]} parts
 * @returns {Measured}
 */
export const join = (parts) => ({
  durations: parts.flatMap(({ durations }) => durations),
  unseen: parts.reduce((sum, { unseen }) => sum + unseen, 0),
  shown: parts.flatMap(({ shown }) => shown),
})
