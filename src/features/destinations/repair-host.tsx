import { Alert, Button, Checkbox, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'

import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import { byCount, plural } from '#contract/words/plural.ts'
import { switchOnRun, useProposeRun } from '#features/runs/propose.ts'
import { useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { shortVerdict } from '#texts/probe-words.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Card } from '#ui/page/card.tsx'
import { Lead, useDocumentTitle } from '#ui/page/page.tsx'

import { Checking, Found, UrlWebhooks } from './checked-parts.tsx'
import classes from './host-task.module.css'
import { HostTaskHead, SeeAllDestinations, TooMany } from './host-task.tsx'
import { byUrl, rowsAt } from './rows-at.ts'
import { useProbes, type Probed } from './use-probes.ts'

type RepairHostProps = {
  host: string
  rows: readonly FleetRow[]
  isRead: boolean
  /** Explains problems with reading the webhooks. */
  children: ReactNode
}

/** Switches on the webhooks of a host that have stopped: those whose URL answers. */
export function RepairHost({ host, rows, isRead, children }: RepairHostProps) {
  useDocumentTitle(`Repair ${host}`)
  const mayEdit = useMay('WebHook-Edit')
  const stopped = rowsAt(rows, host).filter(({ health }) => health === 'stopped')
  return (
    <>
      <HostTaskHead act="Repair" host={host} toDo="switch webhooks on">
        {children}
      </HostTaskHead>
      {isRead && stopped.length === 0 && (
        <EmptyState
          picture="calm"
          title="Nothing has stopped here"
          text="No webhook to this host looks as if Nexudus had switched it off."
        >
          <SeeAllDestinations />
        </EmptyState>
      )}
      {mayEdit && stopped.length > 0 && (
        <>
          <Lead>
            {byCount(
              stopped.length,
              '1 webhook has stopped',
              `${stopped.length} webhooks have stopped`,
            )}
            . Check whether the receiver answers again, then switch on what it answers for.
          </Lead>
          <Urls rows={stopped} />
        </>
      )}
    </>
  )
}

function Urls({ rows }: { rows: readonly FleetRow[] }) {
  const probes = useProbes()
  const [byHand, setByHand] = useState<ReadonlyMap<string, boolean>>(new Map())
  const urls = byUrl(rows)
  const isTicked = (url: string) => byHand.get(url) ?? answers(probes.probed.get(url))
  const ids = urls.flatMap(([url, its]) =>
    isTicked(url) ? its.map(({ webhook }) => webhook.Id) : [],
  )

  return (
    <>
      <Card
        className={classes.moving}
        title={plural(urls.length, 'URL')}
        aside={<Checking probes={probes} urls={urls.map(([url]) => url)} />}
      >
        <Text size="sm" c="dimmed">
          What does not answer well stays off unless you tick it. Hookdesk checks from its own
          server; Nexudus may see something else.
        </Text>
        <ul className={classes.moves} aria-label="URLs">
          {urls.map(([url, its]) => {
            const count = plural(its.length, 'webhook')
            // the same for all of them, without its secrets
            const shown = its[0]?.shownAddress
            return (
              <li key={url} className={classes.repaired}>
                <Checkbox
                  aria-label={`Switch on ${count} to ${shown}`}
                  className={classes.tick}
                  checked={isTicked(url)}
                  onChange={({ currentTarget: { checked } }) =>
                    setByHand((all) => new Map(all).set(url, checked))
                  }
                />
                <span className={classes.address} dir="ltr">
                  {shown}
                </span>
                <span>
                  <Found probed={probes.probed.get(url)} />
                </span>
                <UrlWebhooks rows={its} count={count} />
              </li>
            )
          })}
        </ul>
      </Card>
      <SwitchOn ids={ids} onPropose={probes.stop} />
    </>
  )
}

const answers = (probed: Probed | undefined) =>
  probed?.state === 'checked' && shortVerdict(probed.report).level === 'good'

type SwitchOnProps = {
  ids: readonly number[]
  /** Called first: an answer that arrives later must not change what was pressed. */
  onPropose: () => void
}

function SwitchOn({ ids, onPropose }: SwitchOnProps) {
  const propose = useProposeRun(ids.join())
  if (ids.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is ticked yet. Check the URLs, or tick those you know are right.
      </Text>
    )
  }
  if (ids.length > MAX_RUN_ITEMS) return <TooMany count={ids.length} then="switch them on" />
  return (
    <div>
      <Button
        loading={propose.isPending}
        onClick={() => {
          onPropose()
          propose.mutate(switchOnRun(ids))
        }}
      >
        Switch on {plural(ids.length, 'webhook')}…
      </Button>
      <Text size="sm" c="dimmed">
        Nothing changes yet: a dry run comes first.
      </Text>
      {propose.error && (
        <Alert role="alert" color="orange" variant="light">
          {explainFailure(propose.error)} Nothing was changed.
        </Alert>
      )}
    </div>
  )
}
