import { Link } from '@tanstack/react-router'

import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'

import classes from './help-tip.module.css'

type HelpTipProps = {
  /** “What is a gap?” */
  question: string
  /** The section of the guide, as in its address. */
  section: string
  /** Two sentences. */
  children: string
}

/** Explains a matter where one wonders, and leads to the guide. */
export const HelpTip = ({ question, section, children }: HelpTipProps) => (
  <Disclosure summary={question} className={classes.tip}>
    <p className={classes.text}>
      <span>{children}</span>{' '}
      <Link {...paths.help()} hash={section} className={classes.more}>
        More in the guide
      </Link>
    </p>
  </Disclosure>
)
