/**
 * Runs in the page, before anything of the page's own: keeps what the Event Timing API says of
 * every interaction, and how long it takes from a press until its result is really shown.
 */
function probe() {
  let entries = []
  const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
  observer.observe({ type: 'event', durationThreshold: 16 })

  /** What a screen shows, in words that change when it does. */
  const readers = {
    total: () => document.querySelector('main')?.textContent.match(/Showing [^·]*/)?.[0],
    options: () => {
      const options = [...document.querySelectorAll('[role=option]')]
      return options.map(({ textContent }) => textContent).join('|')
    },
    firstRow: () => document.querySelector('tr[data-id]')?.dataset.id,
    form: () => document.querySelector('main form')?.getAttribute('aria-label'),
    focused: () => document.activeElement?.dataset.at,
    columns: () => document.querySelector('[role=grid]')?.getAttribute('aria-colcount'),
    rows: () => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount'),
    coverage: () => document.querySelector('main')?.innerHTML.length,
    health: (id) => document.querySelector(`tr[data-id="${id}"] td:nth-of-type(5)`)?.textContent,
  }

  let waits = []
  for (const type of ['keydown', 'click']) {
    const press = ({ timeStamp }) => {
      for (const wait of waits) wait.pressedAt ??= timeStamp
    }
    addEventListener(type, press, { capture: true })
  }
  const look = () => {
    for (const wait of waits) {
      if (wait.pressedAt === undefined || !wait.isShown()) continue
      waits = waits.filter((other) => other !== wait)
      // a task after the frame: by then it is painted
      setTimeout(() => wait.resolve(performance.now() - wait.pressedAt))
    }
    if (waits.length > 0) requestAnimationFrame(look)
  }
  const wait = (isShown) => {
    if (waits.length === 0) requestAnimationFrame(look)
    return new Promise((resolve) => waits.push({ isShown, resolve, pressedAt: undefined }))
  }

  globalThis.hookdeskProbe = {
    read: (name, about) => readers[name](about),
    /** From the next press until one of these is shown. */
    untilOneOf: (name, wanted) => wait(() => wanted.includes(readers[name]())),
    /** From the next press until something else is shown than now. */
    untilChanged(name, about) {
      const now = readers[name](about)
      return wait(() => readers[name](about) !== now)
    },
    begin() {
      observer.takeRecords()
      entries = []
    },
    /** The longest event of each interaction, as Interaction to Next Paint takes it. */
    end() {
      for (const { resolve } of waits) resolve(undefined)
      waits = []
      entries.push(...observer.takeRecords())
      const longest = new Map()
      for (const { interactionId, duration } of entries) {
        if (!interactionId) continue
        longest.set(interactionId, Math.max(duration, longest.get(interactionId) ?? 0))
      }
      return [...longest.values()]
    },
  }
}

export const installProbe = (page) => page.addInitScript(probe)

/** Asks the probe; every question is one word and what it needs. */
export const ask = (page, question, ...given) =>
  page.evaluate(([name, args]) => globalThis.hookdeskProbe[name](...args), [question, given])

/** Below 16 ms the Event Timing API says nothing; such an interaction is counted as this. */
export const UNSEEN_MS = 8

/**
 * Carries out `count` interactions and measures each. `act` is given the number of the one it is
 * to carry out, and answers `{ shown }`, a promise of the time until its result was there.
 */
export async function measure(page, count, act) {
  await ask(page, 'begin')
  const acts = []
  for (let index = 0; index < count; index += 1) acts.push(await act(index))
  // an entry is handed out after the frame it belongs to
  await page.waitForTimeout(200)
  const seen = await ask(page, 'end')
  const shown = await Promise.all(acts.map((done) => done.shown))
  const unseen = Math.max(0, count - seen.length)
  return {
    durations: [...seen, ...Array.from({ length: unseen }, () => UNSEEN_MS)],
    unseen,
    shown: shown.filter((ms) => ms !== undefined),
  }
}

export const join = (parts) => ({
  durations: parts.flatMap(({ durations }) => durations),
  unseen: parts.reduce((sum, { unseen }) => sum + unseen, 0),
  shown: parts.flatMap(({ shown }) => shown),
})
