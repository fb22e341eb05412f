import type { HTMLAttributes } from 'react'

type ScrollBoxProps = HTMLAttributes<HTMLDivElement> & { label: string }

/** A box that scrolls needs a tab stop, or the keyboard cannot scroll it. */
export function ScrollBox({ label, children, ...props }: ScrollBoxProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div {...props} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
