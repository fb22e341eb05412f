/**
 * Prevents the press under way from submitting the form, and calls `instead`. The person pressed
 * while the form still showed something else; the next press submits.
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
