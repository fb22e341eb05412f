import { IconStack2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import type { HistoryEntry } from '#contract/desk/history.ts'
import { plural } from '#contract/words/plural.ts'
import { paths } from '#paths'
import { runTitleText } from '#texts/run-title-text.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'

import classes from './entry-card.module.css'

type Group = HistoryEntry & { runId: number; changesOfRun: number }

/** True if the entry stands for several changes of one run. */
export const isGroup = (entry: HistoryEntry): entry is Group =>
  entry.runId !== null && (entry.changesOfRun ?? 0) > 1

type RunCardProps = {
  entry: Group
  /** More about the run, after the person. */
  note: ReactNode
  /** Its changes, once they are asked for. */
  children: ReactNode
}

/** All changes of a run that match, as one entry that opens. */
export function RunCard({ entry, note, children }: RunCardProps) {
  const { runId, runTitle, changesOfRun, by } = entry
  return (
    <li className={classes.entry} data-kind="run">
      <span className={classes.icon}>
        <IconStack2 size={18} aria-hidden />
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <Link {...paths.run(runId)} className={`${classes.link} ${classes.what}`}>
            <bdi>{runTitle ? runTitleText(runTitle) : `Run ${runId}`}</bdi>
          </Link>
          <TimeAgo at={Date.parse(entry.at)} />
        </div>
        <div className={classes.second}>
          <span>{`by ${by ?? 'someone'}`}</span>
          {note}
        </div>
        <Disclosure summary={`${plural(changesOfRun, 'change')} made`}>{() => children}</Disclosure>
      </div>
    </li>
  )
}
