import { useEffect, useRef, type HTMLAttributes, type ReactNode } from 'react'

import classes from './page.module.css'

/** Names the document after the screen, e.g. "Webhooks · Hookdesk". */
export function useDocumentTitle(title: string) {
  useEffect(() => {
    screen = title
    writeTitle()
  }, [title])
}

/** Puts a number before the title of every screen; 0 removes it. */
export function useTitleCount(number: number) {
  useEffect(() => {
    count = number
    writeTitle()
  }, [number])
}

let screen = ''
let count = 0

function writeTitle() {
  document.title = `${count > 0 ? `(${count}) ` : ''}${screen} · Hookdesk`
}

// not `navigator.userActivation`, which some tools and the previous page leave set
let hasActed = false
for (const act of ['pointerdown', 'keydown'] as const) {
  document.addEventListener(act, () => (hasActed = true), { capture: true, once: true })
}

/**
 * The heading of a screen, also of one beside another. Takes the focus when the screen appears, so
 * that screen readers read it out.
 */
export function ScreenTitle({ children, className, ...props }: HTMLAttributes<HTMLHeadingElement>) {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // at the first load the browser's own focus is right; later screens follow an act of the person
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

type PageProps = {
  /** Lines to read end where the eye would lose them; tables and columns use all of the window. */
  width?: 'lines' | 'full'
  children: ReactNode
}

/** The frame of a screen, one part below the other. */
export function Page({ width = 'lines', children }: PageProps) {
  return (
    <div className={classes.page} data-width={width}>
      {children}
    </div>
  )
}

type PageHeadProps = {
  /** The title, and text beside it. */
  children: ReactNode
  /** At the far end: a button, or why it is missing. */
  action?: ReactNode
}

export function PageHead({ children, action }: PageHeadProps) {
  return (
    <div className={classes.head}>
      <div className={classes.about}>{children}</div>
      {action}
    </div>
  )
}

/** The purpose of a screen, in a line or two below its title. */
export function Lead({ children }: { children: ReactNode }) {
  return <p className={classes.lead}>{children}</p>
}

/** Two halves, side by side if there is room. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>
}
