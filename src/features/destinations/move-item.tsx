import { Checkbox, Text } from '@mantine/core'
import { IconArrowDown, IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'

import { paths } from '#paths'
import { shortVerdict } from '#texts/probe-words.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { plural } from '#contract/words/plural.ts'

import classes from './move-host.module.css'
import type { Move } from './move-plan.ts'
import type { Probed } from './use-probes.ts'
import { Verdict } from './verdict.tsx'

type MoveItemProps = {
  move: Move
  probed: Probed | undefined
  isTicked: boolean
  onTick: (isTicked: boolean) => void
}

export function MoveItem({ move, probed, isTicked, onTick }: MoveItemProps) {
  const { shown, rows, blocked, before, after } = move
  const count = plural(rows.length, 'webhook')
  const why = blocked ?? (before === after ? 'Already on this host.' : null)
  return (
    <li className={classes.move}>
      <Checkbox
        aria-label={`Move ${count} to ${shown.after}`}
        className={classes.tick}
        checked={isTicked}
        disabled={why !== null}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <span className={classes.address}>
        <span className={classes.was}>Before</span>
        <span dir="ltr">{shown.before}</span>
      </span>
      <span className={classes.arrow} aria-hidden>
        <IconArrowRight size={18} className={classes.across} />
        <IconArrowDown size={18} className={classes.down} />
      </span>
      <span className={classes.address}>
        <span className={classes.was}>After</span>
        <span dir="ltr">{why === null ? shown.after : '–'}</span>
      </span>
      <span>{why === null ? <Found probed={probed} /> : <Verdict level="bad">{why}</Verdict>}</span>
      <Webhooks rows={rows} count={count} />
    </li>
  )
}

function Found({ probed }: { probed: Probed | undefined }) {
  if (!probed) return <Verdict level="not reached">not checked yet</Verdict>
  if (probed.state === 'checking') return <Verdict level="not reached">checking …</Verdict>
  if (probed.state === 'failed') return <Verdict level="unsure">{probed.text}</Verdict>
  const { level, text } = shortVerdict(probed.report)
  return <Verdict level={level}>{text}</Verdict>
}

const SHOWN_AT_MOST = 50

function Webhooks({ rows, count }: { rows: Move['rows']; count: string }) {
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
