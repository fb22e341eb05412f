import { useEffect, useRef, type HTMLAttributes } from 'react'

import classes from './page.module.css'

/** Names the document after the screen, e.g. "Webhooks · Hookdesk". */
export function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Hookdesk`
  }, [title])
}

// not `navigator.userActivation`, which some tools and a page before this one leave set
let hasActed = false
for (const act of ['pointerdown', 'keydown'] as const) {
  document.addEventListener(act, () => (hasActed = true), { capture: true, once: true })
}

/** The heading of a screen, also of one beside another. Takes the focus when the screen appears, so that it is read out. */
export function ScreenTitle({ children, className, ...props }: HTMLAttributes<HTMLHeadingElement>) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // at the first load the browser's own place is right; after that, somebody came here by an act
    if (!hasActed) return
    ref.current?.focus({ preventScroll: true })
    ref.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <h1 {...props} ref={ref} tabIndex={-1} className={`${classes.title} ${className ?? ''}`}>
      {children}
    </h1>
  )
}
