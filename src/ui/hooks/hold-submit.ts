/**
 * Holds back what the press that is going on would send, and calls `instead`. The press was made
 * when the form still showed something else; the next one is free to send.
 */
export function holdSubmit(form: HTMLFormElement | null, instead: () => void) {
  if (!form) return
  const ended = new AbortController()
  const { signal } = ended
  const hold = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
    ended.abort()
    instead()
  }
  form.addEventListener('submit', hold, { capture: true, signal })
  for (const type of ['pointerdown', 'keydown']) {
    document.addEventListener(type, () => ended.abort(), { capture: true, signal })
  }
}
