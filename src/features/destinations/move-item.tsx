import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowRight } from '@tabler/icons-react'

import { plural } from '#contract/words/plural.ts'

import { Found, UrlWebhooks } from './checked-parts.tsx'
import classes from './host-task.module.css'
import type { Move } from './move-plan.ts'
import type { Probed } from './use-probes.ts'
import { Verdict } from '#fleet/verdict.tsx'

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
      <UrlWebhooks rows={rows} count={count} />
    </li>
  )
}
