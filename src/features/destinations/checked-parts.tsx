import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import { byCount } from '#contract/words/plural.ts'
import type { FleetRow } from '#fleet/fleet.ts'
import { Verdict } from '#fleet/verdict.tsx'
import { paths } from '#paths'
import { shortVerdict } from '#texts/probe-words.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { dateFormat } from '#ui/text/time.ts'

import classes from './host-task.module.css'
import type { Probed, useProbes } from './use-probes.ts'

type CheckingProps = {
  probes: ReturnType<typeof useProbes>
  urls: readonly string[]
  /** `new`: of URLs that no webhook has yet. */
  kind?: 'new'
}

/** Checks each URL once, and says how far that is. */
export function Checking({ probes, urls, kind }: CheckingProps) {
  const { probed, isRunning, waitsUntil, start, stop } = probes
  const addresses = [...new Set(urls)]
  const left = addresses.filter((address) => probed.get(address)?.state !== 'checked')
  const what = kind === 'new' ? 'new ' : ''
  const done = addresses.length - left.length

  return (
    <Group gap="xs">
      <Text size="sm" role="status">
        {done > 0 && <span>{`${done} of ${addresses.length} checked.`}</span>}
        {waitsUntil !== null && (
          <span>
            {` Hookdesk calls a server only a few times a minute. Continues at ${clock.format(waitsUntil)}.`}
          </span>
        )}
      </Text>
      {isRunning && (
        <Button size="compact-sm" variant="default" onClick={stop}>
          Stop checking
        </Button>
      )}
      {!isRunning && left.length === 0 && kind !== 'new' && (
        <Button size="compact-sm" variant="default" onClick={() => void start(addresses)}>
          Check again
        </Button>
      )}
      {!isRunning && left.length > 0 && (
        <Button size="compact-sm" variant="default" onClick={() => void start(left)}>
          {byCount(left.length, `Check the ${what}URL`, `Check ${left.length} ${what}URLs`)}
        </Button>
      )}
    </Group>
  )
}

const clock = dateFormat({ timeStyle: 'medium' })

/** The finding of a check out about a URL, if it was checked. */
export function Found({ probed }: { probed: Probed | undefined }) {
  if (!probed) return <Verdict level="not reached">not checked yet</Verdict>
  if (probed.state === 'checking') return <Verdict level="not reached">checking …</Verdict>
  if (probed.state === 'failed') return <Verdict level="unsure">{probed.text}</Verdict>
  const { level, text } = shortVerdict(probed.report)
  return <Verdict level={level}>{text}</Verdict>
}

const SHOWN_AT_MOST = 50

/** The webhooks that share a URL. */
export function UrlWebhooks({ rows, count }: { rows: readonly FleetRow[]; count: string }) {
  return (
    <Disclosure summary={count} className={classes.webhooks}>
      {() => (
        <ul>
          {rows.slice(0, SHOWN_AT_MOST).map(({ webhook, location, action }) => (
            <li key={webhook.Id}>
              <Link {...paths.webhook(webhook.Id)} className={classes.link}>
                <bdi>{webhook.Name}</bdi>
              </Link>{' '}
              <Text span size="xs" c="dimmed">
                <bdi>{location}</bdi> · {action}
              </Text>
            </li>
          ))}
          {rows.length > SHOWN_AT_MOST && <li>and {rows.length - SHOWN_AT_MOST} more</li>}
        </ul>
      )}
    </Disclosure>
  )
}
