import { Button, VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { parseAddress } from '#contract/address/address.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { HealthBadge } from '#fleet/health-badge.tsx'
import { Host } from '#fleet/host.tsx'
import { probe } from '#fleet/probe-api.ts'
import { StateBar } from '#fleet/state-bar.tsx'
import { paths } from '#paths'
import { shortVerdict, stagesOf } from '#texts/probe-words.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { byCount, plural } from '#contract/words/plural.ts'
import { dateFormat } from '#ui/text/time.ts'

import { destinationQueries } from './destination-queries.ts'
import type { Destination } from './destinations.ts'
import classes from './destinations-table.module.css'
import { Verdict } from '#fleet/verdict.tsx'

/** A real table at every width; on a narrow screen each row looks like a card. */
export function DestinationsTable({ destinations }: { destinations: readonly Destination[] }) {
  return (
    <div className={classes.box}>
      <table role="table" aria-label="Destinations" className={classes.table}>
        <thead role="rowgroup">
          <tr role="row">
            {['Host', 'Webhooks', 'Worst health', 'Certificate', 'Last check'].map((name) => (
              <th key={name} role="columnheader" scope="col">
                {name}
              </th>
            ))}
            <th role="columnheader" scope="col">
              <VisuallyHidden>Check and move</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {destinations.map((destination) => (
            <DestinationRow key={destination.host} destination={destination} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function DestinationRow({ destination }: { destination: Destination }) {
  const { host, isAddress, rows, locations, health, failures, counts } = destination
  const mayEdit = useMay('WebHook-Edit')
  const { watches } = useDesk()
  const { data: report } = useQuery(destinationQueries.lastProbe(host))
  const check = useCheck(destination)
  const verdict = report && shortVerdict(report)

  return (
    <tr role="row">
      <th role="rowheader" scope="row" className={classes.host}>
        <Host host={host || 'No URL'} />
        {!isAddress && <span className={classes.second}>Not a URL</span>}
      </th>
      <td role="cell">
        <Link {...paths.webhooks()} search={{ q: host }} className={classes.link}>
          {plural(rows.length, 'webhook')}
        </Link>
        <span className={classes.second}>
          {byCount(locations, 'at 1 location', `at ${locations} locations`)}
        </span>
      </td>
      <td role="cell" className={classes.health}>
        {/* the count of one says nothing about a thousand others */}
        <HealthBadge state={health} failures={rows.length === 1 ? failures : 0} />
        {rows.length > 1 && <StateBar counts={counts} />}
        {watches && host && (
          <Link
            {...paths.destinations()}
            search={{ timeline: host }}
            className={classes.link}
            aria-label={`Timeline of ${host}`}
          >
            Timeline
          </Link>
        )}
      </td>
      <td role="cell" className={classes.certificate}>
        <span className={classes.label}>Certificate: </span>
        <span className={report ? undefined : classes.dim}>
          {report ? certificateOf(report) : 'not checked'}
        </span>
      </td>
      <td role="cell" className={classes.check}>
        {check.error ? (
          <span role="alert">{explainFailure(check.error)}</span>
        ) : (
          verdict && <Verdict level={verdict.level}>{verdict.text}</Verdict>
        )}
        {report && !check.error && (
          <span className={classes.second}>
            <TimeAgo at={Date.parse(report.at)} />
          </span>
        )}
      </td>
      <td role="cell" className={classes.acts}>
        {isAddress && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Check ${host}`}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            Check
          </Button>
        )}
        {mayEdit && rows.some((row) => row.health === 'stopped') && (
          <Button
            renderRoot={(props) => (
              <Link {...props} {...paths.destinations()} search={{ repair: host }} />
            )}
            size="compact-sm"
            variant="default"
            aria-label={`Repair ${host}…`}
          >
            Repair…
          </Button>
        )}
        {isAddress && mayEdit && (
          <Button
            renderRoot={(props) => (
              <Link {...props} {...paths.destinations()} search={{ move: host }} />
            )}
            size="compact-sm"
            variant="default"
            aria-label={`Move ${host}…`}
          >
            Move…
          </Button>
        )}
      </td>
    </tr>
  )
}

/** Calls one URL at the host: that of a webhook that is on, if there is one. */
function useCheck({ host, rows }: Destination) {
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const callable = rows.filter(({ webhook }) => parseAddress(webhook.URL) !== undefined)
  const row = callable.find(({ webhook }) => webhook.Active) ?? callable[0]
  return useMutation({
    mutationFn: () => probe({ target: { kind: 'webhook', id: row?.webhook.Id ?? 0 } }),
    onSuccess: (report) => {
      queryClient.setQueryData(destinationQueries.lastProbe(host).queryKey, report)
      announce(`${host}: ${shortVerdict(report).text}`)
    },
  })
}

function certificateOf(report: Parameters<typeof stagesOf>[0]) {
  if (report.address.startsWith('http:')) return 'none: not encrypted'
  const stage = stagesOf(report).find(({ name }) => name === 'Certificate')
  if (report.tls) return `valid until ${date.format(new Date(report.tls.validTo))}`
  return stage?.state === 'bad' ? stage.text : 'not reached'
}

const date = dateFormat({ dateStyle: 'medium' })
