/** Whether the session was found to be over. The one fact that any call may bring to light. */
let isOver = false
const listeners = new Set<() => void>()

function set(value: boolean) {
  isOver = value
  for (const listener of listeners) listener()
}

export const signedOut = {
  report: () => set(true),
  settle: () => set(false),
  get: () => isOver,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}
