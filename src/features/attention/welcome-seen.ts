import * as z from 'zod/mini'

const KEPT = 'hookdesk-welcomed'

const seenSchema = z.catch(z.array(z.string()), [])

function read(): string[] {
  try {
    return z.parse(seenSchema, JSON.parse(localStorage.getItem(KEPT) ?? '[]'))
  } catch {
    return []
  }
}

/** True if this person has put the welcome away in this browser. */
export const hasSeenWelcome = (email: string) => read().includes(email)

export function noteWelcomeSeen(email: string) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([...new Set([...read(), email])]))
  } catch {
    // without storage it comes again
  }
}
