import { Alert, Anchor, Button, Checkbox, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'

import { trimAddress } from '#contract/address/address-text.ts'
import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import { byCount, plural } from '#contract/words/plural.ts'
import { switchOnRun, useProposeRun } from '#features/runs/propose.ts'
import { useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { Host } from '#fleet/host.tsx'
import { NeedsRole } from '#fleet/needs-role.tsx'
import { paths } from '#paths'
import { shortVerdict } from '#texts/probe-words.ts'
import { Card } from '#ui/page/card.tsx'
import { Lead, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { Checking, Found, UrlWebhooks } from './checked-parts.tsx'
import classes from './move-host.module.css'
import { rowsAt } from './move-plan.ts'
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
        Repair <Host host={host} />
      </ScreenTitle>
      {children}
      {!mayEdit && (
        <Alert color="indigo" variant="light" title="View only">
          <NeedsRole to="switch webhooks on" name="WebHook-Edit" withWhomToAsk />
        </Alert>
      )}
      {isRead && stopped.length === 0 && (
        <Alert color="indigo" variant="light" title="Nothing has stopped here">
          Every webhook to this host is on, or was switched off by somebody.
        </Alert>
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

/** A distinct URL, with the webhooks that have it. */
type Url = { url: string; shown: string; rows: FleetRow[] }

function urlsOf(rows: readonly FleetRow[]): Url[] {
  const urls = new Map<string, Url>()
  for (const row of rows) {
    const url = trimAddress(row.webhook.URL)
    const known = urls.get(url)
    if (known) known.rows.push(row)
    else urls.set(url, { url, shown: row.shownAddress, rows: [row] })
  }
  return [...urls.values()].toSorted((one, other) => other.rows.length - one.rows.length)
}

function Urls({ rows }: { rows: readonly FleetRow[] }) {
  const probes = useProbes()
  const [byHand, setByHand] = useState<ReadonlyMap<string, boolean>>(new Map())
  const urls = urlsOf(rows)
  const isTicked = ({ url }: Url) => byHand.get(url) ?? answers(probes.probed.get(url))
  const ids = urls.filter(isTicked).flatMap((url) => url.rows.map(({ webhook }) => webhook.Id))

  return (
    <>
      <Card
        className={classes.moving}
        title={plural(urls.length, 'URL')}
        aside={<Checking probes={probes} urls={urls.map(({ url }) => url)} />}
      >
        <Text size="sm" c="dimmed">
          What does not answer well stays off unless you tick it. Hookdesk checks from its own
          server; Nexudus may see something else.
        </Text>
        <ul className={classes.moves} aria-label="URLs">
          {urls.map((each) => {
            const count = plural(each.rows.length, 'webhook')
            return (
              <li key={each.url} className={classes.repaired}>
                <Checkbox
                  aria-label={`Switch on ${count} to ${each.shown}`}
                  className={classes.tick}
                  checked={isTicked(each)}
                  onChange={({ currentTarget: { checked } }) =>
                    setByHand((all) => new Map(all).set(each.url, checked))
                  }
                />
                <span className={classes.address} dir="ltr">
                  {each.shown}
                </span>
                <span>
                  <Found probed={probes.probed.get(each.url)} />
                </span>
                <UrlWebhooks rows={each.rows} count={count} />
              </li>
            )
          })}
        </ul>
      </Card>
      <SwitchOn ids={ids} />
    </>
  )
}

const answers = (probed: Probed | undefined) =>
  probed?.state === 'checked' && shortVerdict(probed.report).level === 'good'

function SwitchOn({ ids }: { ids: readonly number[] }) {
  const propose = useProposeRun(ids.join())
  if (ids.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is ticked yet. Check the URLs, or tick those you know are right.
      </Text>
    )
  }
  const some = ids.slice(0, MAX_RUN_ITEMS)
  return (
    <div>
      <Button loading={propose.isPending} onClick={() => propose.mutate(switchOnRun(some))}>
        Switch on {plural(some.length, 'webhook')}…
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
