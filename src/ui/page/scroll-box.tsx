import type { HTMLAttributes } from 'react'

type ScrollBoxProps = HTMLAttributes<HTMLDivElement> & { label: string }

/** What scrolls by itself has to be reachable: without a place of its own the keyboard cannot scroll it. */
export function ScrollBox({ label, children, ...props }: ScrollBoxProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div {...props} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
