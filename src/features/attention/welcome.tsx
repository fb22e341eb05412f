import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { useDesk } from '#features/session/use-desk.ts'
import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'

import classes from './welcome.module.css'
import { hasSeenWelcome, noteWelcomeSeen } from './welcome-seen.ts'

/** Three things to know, until the person says that they know them; once in each browser. */
export function Welcome() {
  const { session } = useDesk()
  const [isOver, setIsOver] = useState(() => hasSeenWelcome(session.email))
  if (isOver) return null
  return (
    <section aria-label="New here?" className={classes.welcome}>
      <Disclosure summary="New here? Three things to know" isOpen={isRoomy()}>
        <ol className={classes.cards}>
          <li>
            <strong>See what stands still.</strong>
            <span>
              This page has what fails or has stopped, the worst first, with the likely cause. No
              card means nothing to do.
            </span>
            <Link {...paths.help()} hash="what-the-states-mean" className={classes.link}>
              What the states mean
            </Link>
          </li>
          <li>
            <strong>Repair it.</strong>
            <span>
              Each card has one button for the next step. Hookdesk checks the URL before anything is
              switched on again.
            </span>
            <Link {...paths.help()} hash="repair-what-stopped" className={classes.link}>
              How to repair
            </Link>
          </li>
          <li>
            <strong>Be told in time.</strong>
            <span>
              After ten failures in a row Nexudus most likely switches a webhook off. Choose where
              you hear of it before that.
            </span>
            <Link {...paths.notifications()} className={classes.link}>
              Your notifications
            </Link>
          </li>
        </ol>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            noteWelcomeSeen(session.email)
            setIsOver(true)
          }}
        >
          Got it
        </Button>
      </Disclosure>
    </section>
  )
}

/** On a phone or a low screen the first card of trouble comes whole, before what is new. */
const isRoomy = () => globalThis.matchMedia('(min-width: 48em) and (min-height: 55em)').matches
