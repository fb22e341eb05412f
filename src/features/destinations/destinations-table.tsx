import { Button, VisuallyHidden } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { parseAddress } from '#contract/address/address.ts'
import type { ProbeReport } from '#contract/desk/probe.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { failuresText } from '#fleet/health-badge.tsx'
import { Host } from '#fleet/host.tsx'
import { probe } from '#fleet/probe-api.ts'
import { partText, percent } from '#fleet/share.ts'
import { StateBar } from '#fleet/state-bar.tsx'
import { paths } from '#paths'
import { shortVerdict, stagesOf } from '#texts/probe-words.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { byCount, plural } from '#contract/words/plural.ts'
import { dateFormat } from '#ui/text/time.ts'

import { destinationQueries } from './destination-queries.ts'
import type { DestinationOrder } from './destination-order.ts'
import type { Destination } from './destinations.ts'
import classes from './destinations-table.module.css'
import { Verdict } from '#fleet/verdict.tsx'

type DestinationsTableProps = {
  destinations: readonly Destination[]
  order: DestinationOrder
}

const COLUMNS: { name: string; by?: DestinationOrder; sort?: 'ascending' | 'descending' }[] = [
  { name: 'Host', by: 'name', sort: 'ascending' },
  { name: 'Webhooks', by: 'webhooks', sort: 'descending' },
  { name: 'In trouble', by: 'urgent', sort: 'descending' },
  { name: 'Health' },
  { name: 'Last fired', by: 'fired', sort: 'descending' },
]

/** A real table at every width; on a narrow screen each row looks like a card. */
export function DestinationsTable({ destinations, order }: DestinationsTableProps) {
  return (
    <div className={classes.box}>
      <table role="table" aria-label="Destinations" className={classes.table}>
        <thead role="rowgroup">
          <tr role="row">
            {COLUMNS.map(({ name, by, sort }) => (
              <th
                key={name}
                role="columnheader"
                scope="col"
                aria-sort={by === order ? sort : undefined}
              >
                {name}
              </th>
            ))}
            <th role="columnheader" scope="col">
              <VisuallyHidden>Check, repair and move</VisuallyHidden>
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
  const { host, isAddress, rows, webhooks, troubled, locations, counts, firedAt } = destination
  const { watches } = useDesk()
  const [only] = rows

  return (
    <tr role="row">
      <th role="rowheader" scope="row" className={classes.host}>
        <Host host={host || 'No URL'} />
        {!isAddress && <span className={classes.second}>Not a URL</span>}
      </th>
      <td role="cell" className={classes.figures}>
        <Link {...paths.webhooks()} search={{ q: host }} className={classes.link}>
          {plural(webhooks, 'webhook')}
        </Link>{' '}
        <span className={classes.second}>
          {byCount(locations, 'at 1 location', `at ${locations} locations`)}
        </span>
      </td>
      <td role="cell" className={classes.figures}>
        <span className={classes.label}>In trouble: </span>
        {troubled === 0 ? (
          <span className={classes.dim}>None</span>
        ) : (
          <span>
            <strong>{partText(destination)}</strong>{' '}
            <span className={classes.second}>{percent(troubled, webhooks)}</span>
          </span>
        )}
      </td>
      <td role="cell" className={classes.health}>
        <StateBar
          counts={counts}
          note={
            webhooks === 1 && only && only.failures > 0 ? failuresText(only.failures) : undefined
          }
        />
      </td>
      <td role="cell" className={classes.figures}>
        <span className={classes.label}>Last fired: </span>
        {firedAt === null ? <span className={classes.dim}>Not yet</span> : <TimeAgo at={firedAt} />}
        {watches && host && (
          <span className={classes.second}>
            <Link
              {...paths.destinations()}
              search={{ timeline: host }}
              className={classes.link}
              aria-label={`Timeline of ${host}`}
            >
              Timeline
            </Link>
          </span>
        )}
      </td>
      <td role="cell" className={classes.acts}>
        <DestinationActs destination={destination} />
      </td>
    </tr>
  )
}

/** The buttons of a host, and below them the result of its last check. */
function DestinationActs({ destination }: { destination: Destination }) {
  const { host, isAddress, counts } = destination
  const mayEdit = useMay('WebHook-Edit')
  const { data: report } = useQuery(destinationQueries.lastProbe(host))
  const check = useCheck(destination)

  return (
    <>
      <span className={classes.buttons}>
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
        {mayEdit && counts.stopped !== undefined && (
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
      </span>
      {check.error ? (
        <span role="alert" className={classes.result}>
          {explainFailure(check.error)}
        </span>
      ) : (
        report && <CheckResult report={report} />
      )}
    </>
  )
}

function CheckResult({ report }: { report: ProbeReport }) {
  const { level, text } = shortVerdict(report)
  return (
    <span className={classes.result}>
      <Verdict level={level}>{text}</Verdict>
      <span className={classes.second}>Certificate: {certificateOf(report)}</span>
      <span className={classes.second}>
        Checked <TimeAgo at={Date.parse(report.at)} />
      </span>
    </span>
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

function certificateOf(report: ProbeReport) {
  if (report.address.startsWith('http:')) return 'none: not encrypted'
  const stage = stagesOf(report).find(({ name }) => name === 'Certificate')
  if (report.tls) return `valid until ${date.format(new Date(report.tls.validTo))}`
  return stage?.state === 'bad' ? stage.text : 'not reached'
}

const date = dateFormat({ dateStyle: 'medium' })
