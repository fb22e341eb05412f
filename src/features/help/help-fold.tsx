import { Link } from '@tanstack/react-router'

import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'

import classes from './help-fold.module.css'

type HelpFoldProps = {
  /** “What is a gap?” */
  question: string
  /** The section of the guide, as in its address. */
  section: string
  /** Two sentences. */
  children: string
}

/** Explains a matter where one wonders, and leads to the guide. */
export const HelpFold = ({ question, section, children }: HelpFoldProps) => (
  <Disclosure summary={question} className={classes.fold}>
    <p className={classes.text}>
      <span>{children}</span>{' '}
      <Link {...paths.help()} hash={section} className={classes.more}>
        More in the guide
      </Link>
    </p>
  </Disclosure>
)
