const MISSING = 'data-missing'

const missingStyles = () => [...document.querySelectorAll<HTMLLinkElement>(`link[${MISSING}]`)]

/**
 * Vite asks for the style sheet of a part once: if it failed to load, every later try fails for
 * that, online or not. So we remember failed sheets, fetch them again before the next try, and tell
 * Vite that there is nothing to fail for.
 */
export function watchPartStyles(target: Window) {
  target.addEventListener(
    'error',
    ({ target: link }) => {
      if (link instanceof HTMLLinkElement) link.setAttribute(MISSING, '')
    },
    { capture: true },
  )
  target.addEventListener('vite:preloadError', (event) => {
    const isOfStyles = /preload CSS/.test(String(event.payload))
    if (isOfStyles && missingStyles().length === 0) event.preventDefault()
  })
}

/** Fetches the style sheets that failed to load. Those that fail again stay marked. */
export async function mendStyles(): Promise<void> {
  await Promise.all(missingStyles().map(fetchAnew))
}

function fetchAnew(link: HTMLLinkElement): Promise<void> {
  const copy = document.createElement('link')
  copy.rel = link.rel
  copy.href = link.href
  return new Promise((resolve) => {
    copy.addEventListener('load', () => resolve())
    copy.addEventListener('error', () => resolve())
    link.replaceWith(copy)
  })
}
