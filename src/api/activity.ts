const RECENT_MS = 60_000

let lastActAt = performance.now()

/** Notes the person's presses and keys, so that polling can tell whether the page is in use. */
export function watchActivity(target: Pick<Window, 'addEventListener'>) {
  for (const act of ['pointerdown', 'keydown']) {
    target.addEventListener(act, () => (lastActAt = performance.now()), {
      capture: true,
      passive: true,
    })
  }
}

export const isPersonActive = () => performance.now() - lastActAt < RECENT_MS
