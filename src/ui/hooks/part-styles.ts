const MISSING = 'data-missing'

const missingStyles = () => [...document.querySelectorAll<HTMLLinkElement>(`link[${MISSING}]`)]

/**
 * Vite asks for the style sheet of a part once: where it did not come, every later try fails for
 * that, line or no line. So we remember which ones failed, fetch them anew before the next try, and
 * tell Vite that there is nothing to fail for.
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

/** Fetches the style sheets that did not come. Those that still do not stay marked. */
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
