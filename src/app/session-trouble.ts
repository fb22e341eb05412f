/** Trouble that any call may find: the session has ended, or belongs to another person now. */
export type SessionTrouble = 'over' | 'other-person'

let trouble: SessionTrouble | null = null
const listeners = new Set<() => void>()

function set(value: SessionTrouble | null) {
  trouble = value
  for (const listener of listeners) listener()
}

export const sessionTrouble = {
  report: (found: SessionTrouble) => set(found),
  settle: () => set(null),
  get: () => trouble,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}
