import { useId, type HTMLAttributes, type ReactNode } from 'react'

import classes from './card.module.css'

type CardProps = Omit<HTMLAttributes<HTMLElement>, 'title'> & {
  /** The heading, which names the card. */
  title?: ReactNode
  /** The name of a card without a heading. */
  label?: string
  /** At the other end of the heading. */
  aside?: ReactNode
}

/** A part of a page, on a paper of its own. */
export function Card({ title, label, aside, className, children, ...props }: CardProps) {
  const titleId = useId()
  const heading = title !== undefined && (
    <h2 id={titleId} className={classes.title}>
      {title}
    </h2>
  )
  return (
    <section
      {...props}
      className={`${classes.card} ${className ?? ''}`}
      aria-label={label}
      aria-labelledby={heading ? titleId : undefined}
    >
      {aside === undefined ? (
        heading
      ) : (
        <div className={classes.head}>
          {heading}
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}
