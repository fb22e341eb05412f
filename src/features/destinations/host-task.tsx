import { Alert, Anchor, Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import { useMay } from '#features/session/use-desk.ts'
import { Host } from '#fleet/host.tsx'
import { MissingRights } from '#fleet/missing-rights.tsx'
import { paths } from '#paths'
import { ScreenTitle } from '#ui/page/page.tsx'

import classes from './host-task.module.css'

type HostTaskHeadProps = {
  /** “Move”, before the host. */
  act: string
  host: string
  /** The act that needs the right: “move a host”. */
  toDo: string
  /** Explains problems with reading the webhooks. */
  children: ReactNode
}

/** The head of a page about one host, with the way back. */
export function HostHead({ act, host }: { act: string; host: string }) {
  return (
    <>
      <Anchor
        component={Link}
        {...paths.destinations()}
        size="sm"
        className={classes.back}
        c="var(--desk-link)"
      >
        <IconArrowLeft size={16} aria-hidden /> All destinations
      </Anchor>
      <ScreenTitle className={classes.title}>
        {act} <Host host={host} />
      </ScreenTitle>
    </>
  )
}

/** The head of a task for all webhooks of a host. */
export function HostTaskHead({ act, host, toDo, children }: HostTaskHeadProps) {
  const mayEdit = useMay('WebHook-Edit')
  return (
    <>
      <HostHead act={act} host={host} />
      {children}
      {!mayEdit && (
        <MissingRights title={`You cannot ${toDo}`} rights={['WebHook-Edit']} to={toDo} />
      )}
    </>
  )
}

/** The next step where a host has nothing to do. */
export const SeeAllDestinations = () => (
  <Button component={Link} {...paths.destinations()} variant="default">
    See all destinations
  </Button>
)

type TooManyProps = { count: number; then: string }

/** Says that one run does not take that many; `then` says what to do with the others. */
export function TooMany({ count, then }: TooManyProps) {
  return (
    <Alert color="orange" variant="light" title="Too many webhooks">
      One run takes at most {MAX_RUN_ITEMS} webhooks, and {count} are ticked. Untick some, and{' '}
      {then} afterwards.
    </Alert>
  )
}
