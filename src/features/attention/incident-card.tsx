import { hostOf } from '#contract/address/address.ts'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHandStop, IconMoon } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import { actionLabel } from '#contract/actions/actions.ts'
import type { AttentionIncident } from '#contract/desk/attention.ts'
import type { Strip } from '#contract/desk/timeline.ts'
import { useMay } from '#features/session/use-desk.ts'
import { HealthBadge } from '#fleet/health-badge.tsx'
import { StateStrip } from '#fleet/state-strip.tsx'
import { paths } from '#paths'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import type { Explanation } from '#contract/words/last-error.ts'
import { listed } from '#contract/words/listed.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import { byCount, plural } from '#contract/words/plural.ts'
import { evidenceText } from '#contract/words/silence.ts'

import { Acknowledge } from './acknowledge.tsx'
import {
  causeOf,
  eventsOf,
  headlineOf,
  letterTo,
  openIn,
  reachText,
  worstIn,
} from './attention-words.ts'
import classes from './attention.module.css'
import { Mute } from './mute.tsx'

type IncidentCardProps = {
  incident: AttentionIncident
  nameOf: (location: number) => string
  /** The last day of the webhook that is worst off, once it is known. */
  strip: Strip | undefined
}

/** One destination in trouble, to be understood in three seconds. */
export function IncidentCard({ incident, nameOf, strip }: IncidentCardProps) {
  const { kind, origin, openedAt, wasFound, meant, contact } = incident
  const ref = useMeant(incident.id)
  const mayEdit = useMay('WebHook-Edit')
  const host = hostOf(origin)
  const open = openIn(incident)
  const places = incident.open.businesses.map(nameOf)
  const { name, state } = headlineOf(incident, host)
  const Icon = ICONS[kind]
  const titleId = `incident-${incident.id}`
  return (
    <article
      ref={ref}
      tabIndex={-1}
      className={classes.card}
      data-kind={kind}
      aria-labelledby={titleId}
    >
      <h2 id={titleId} className={classes.title}>
        <Icon size={22} aria-hidden className={classes.icon} />
        <span>
          <bdi>{name}</bdi> <span>{state}</span>
        </span>
      </h2>
      <p className={classes.lead}>
        <strong>{eventsOf(incident)}</strong> <span>{reachText(incident)}</span>{' '}
        <span className={classes.host}>{host}</span>. <span>Concerns</span>{' '}
        <bdi>{placesText(places)}</bdi>.
      </p>
      <dl className={classes.facts}>
        {kind === 'quiet' ? (
          <Evidence of={open[0]} />
        ) : (
          <Cause cause={causeOf(open)} isRepaired={kind === 'stopped' && mayEdit} />
        )}
        {contact && (
          <div>
            <dt>Who can mend it</dt>
            <dd>
              <bdi>{contact.name}</bdi>,{' '}
              <a href={letterTo(contact, incident, host)} className={classes.link}>
                <bdi>{contact.address}</bdi>
              </a>
            </dd>
          </div>
        )}
        <div>
          <dt>{wasFound ? 'Since' : 'Seen'}</dt>
          <dd>
            {wasFound && <span>Unknown. It was so when the watch began, </span>}
            <TimeAgo at={Date.parse(openedAt)} />
          </dd>
        </div>
      </dl>
      {meant && (
        <p className={classes.lead}>
          <span className={classes.host}>{host}</span>{' '}
          <span>
            {`does not exist; ${plural(meant.webhooks, 'other webhook')} that ${byCount(meant.webhooks, 'works goes', 'work go')} to`}
          </span>{' '}
          <span className={classes.host}>{meant.host}</span>.{' '}
          {mayEdit && (
            <Link
              {...paths.destinations()}
              search={{ move: host, to: meant.host }}
              className={classes.link}
            >
              Use that…
            </Link>
          )}
        </p>
      )}
      {strip && isTelling(strip) && <StateStrip span={strip} of={stripName(incident)} />}
      <div className={classes.acts}>
        <MainAct incident={incident} host={host} />
        <Acknowledge incident={incident} />
        <Mute incident={incident} />
      </div>
      {incident.open.count > 1 && (
        <Disclosure summary={shownText(open.length, incident.open.count)}>
          <ul className={classes.rows}>
            {open.map(({ webhookId, businessId, name: own, action, failures, health }) => (
              <li key={webhookId} className={classes.row}>
                <Link {...paths.webhook(webhookId)} className={classes.link}>
                  <bdi>{own || `Webhook ${webhookId}`}</bdi>
                </Link>
                <span>
                  <bdi>{nameOf(businessId)}</bdi>, {actionLabel(action)}
                </span>
                {health && <HealthBadge state={health} failures={failures} />}
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </article>
  )
}

const ICONS = {
  stopped: IconHandStop,
  failing: IconAlertTriangle,
  quiet: IconMoon,
  blind: IconAlertTriangle,
} as const

type CauseProps = {
  cause: Explanation | undefined
  /** True if the card's button leads to a check that switches on. */
  isRepaired: boolean
}

function Cause({ cause, isRepaired }: CauseProps) {
  return (
    <>
      <div>
        <dt>Why, probably</dt>
        <dd>{cause?.cause ?? 'Hookdesk does not recognise the receiver’s error.'}</dd>
      </div>
      {cause && (
        <div>
          <dt>What to do</dt>
          <dd>
            {isRepaired && (
              <span>Press “Check and switch on”, which asks the receiver first. If it fails: </span>
            )}
            <span>{cause.next}</span>
          </dd>
        </div>
      )}
    </>
  )
}

/** Shows how a silence stands out; nobody knows its cause. */
function Evidence({ of: member }: { of: AttentionIncident['members'][number] | undefined }) {
  const { silence = null, action = 0 } = member ?? {}
  const firedAt = timeOf(silence?.lastTrigger)
  return (
    <>
      {silence && firedAt !== null && (
        <div>
          <dt>Last fired</dt>
          <dd>
            <TimeAgo at={firedAt} />
            <span className={classes.aside}>{evidenceText(silence, actionLabel(action))}</span>
          </dd>
        </div>
      )}
      <div>
        <dt>What to do</dt>
        <dd>
          Look in Nexudus whether it still happens there. A holiday or a quiet week looks the same.
        </dd>
      </div>
    </>
  )
}

/** In milliseconds: a watch that has only begun has no day to show. */
const TELLING_FROM_MS = 3_600_000

function isTelling({ states }: Strip): boolean {
  const known = states.filter(({ health }) => health !== null)
  const spans = known.map(({ from, to }) => Date.parse(to) - Date.parse(from))
  return spans.reduce((sum, span) => sum + span, 0) >= TELLING_FROM_MS
}

function stripName(incident: AttentionIncident): string {
  const worst = worstIn(incident)
  return `“${worst?.name || `Webhook ${worst?.webhookId}`}”`
}

/** A destination may have thousands, of which the desk sends some. */
const shownText = (shown: number, count: number) =>
  shown === count
    ? `Show ${plural(count, 'webhook')}`
    : `Show ${shown} of ${plural(count, 'webhook')}`

const PLACES_LISTED = 3

function placesText(places: readonly string[]): string {
  if (places.length <= PLACES_LISTED) return listed(places)
  const rest = plural(places.length - PLACES_LISTED, 'more location')
  return listed([...places.slice(0, PLACES_LISTED), rest])
}

const FAILING = 'about-to-stop,failing'

/** One webhook is repaired in its panel, several of a receiver together; others look at them. */
function MainAct({ incident, host }: { incident: AttentionIncident; host: string }) {
  const [only] = openIn(incident)
  const mayEdit = useMay('WebHook-Edit')
  const isStopped = incident.kind === 'stopped'
  const isQuiet = incident.kind === 'quiet'
  const verb = isQuiet || isStopped ? 'Look at' : 'Check'
  if (incident.open.count === 1 && only) {
    return (
      <Button
        renderRoot={(props: object) => <Link {...paths.webhook(only.webhookId)} {...props} />}
      >
        {isStopped && mayEdit ? 'Check and switch on' : `${verb} it`}
      </Button>
    )
  }
  if (isStopped && mayEdit) {
    const search = { repair: host }
    return (
      <Button
        renderRoot={(props: object) => (
          <Link {...paths.destinations()} search={search} {...props} />
        )}
      >
        Check and switch on {plural(incident.open.count, 'webhook')}
      </Button>
    )
  }
  const search = { q: host, health: isQuiet || isStopped ? incident.kind : FAILING }
  return (
    <Button
      renderRoot={(props: object) => <Link {...paths.webhooks()} search={search} {...props} />}
    >
      {verb} {plural(incident.open.count, 'webhook')}
    </Button>
  )
}

/** Brings the incident that a notice links to into view. */
function useMeant(id: number) {
  const ref = useRef<HTMLElement>(null)
  const { incident } = useSearch({ from: paths.attention.route })
  const isMeant = incident === String(id)
  useEffect(() => {
    if (isMeant) ref.current?.focus()
  }, [isMeant])
  return ref
}
