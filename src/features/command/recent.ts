import * as z from 'zod/mini'

const KEPT = 'hookdesk-recent'
const SHOWN = 6

/** Ids of the commands used last in this browser, the newest first. */
export function recentIds(): string[] {
  try {
    return z.parse(z.array(z.string()), JSON.parse(localStorage.getItem(KEPT) ?? '[]'))
  } catch {
    return []
  }
}

export function noteUse(id: string) {
  try {
    const others = recentIds().filter((other) => other !== id)
    localStorage.setItem(KEPT, JSON.stringify([id, ...others].slice(0, SHOWN)))
  } catch {
    // without storage nothing is recent
  }
}
