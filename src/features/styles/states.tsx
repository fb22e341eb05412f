import { HEALTH_LABELS, HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { FieldDiffs } from '#fleet/field-diff.tsx'
import { HealthBadge } from '#fleet/health-badge.tsx'
import { Host } from '#fleet/host.tsx'
import { Spark } from '#fleet/spark.tsx'
import { StateBar } from '#fleet/state-bar.tsx'
import { StateStrip } from '#fleet/state-strip.tsx'
import { Verdict } from '#fleet/verdict.tsx'
import { Mark } from '#ui/feedback/mark.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { currentTime } from '#ui/hooks/now.ts'
import { Card } from '#ui/page/card.tsx'
import { CountedGroup } from '#ui/page/counted-group.tsx'

import { Sample } from './sample.tsx'
import classes from './styles-page.module.css'

const FAILURES: Partial<Record<HealthState, number>> = {
  stopped: 10,
  'about-to-stop': 9,
  failing: 4,
  'on-watch': 10,
}
const COUNTS = { stopped: 3, 'about-to-stop': 1, failing: 12, paused: 4, working: 180 }
const ONE_LOCATION = new Map()

/** Badges, bars, marks and values. */
export function States() {
  return (
    <>
      <Card title="Health of a webhook">
        <div className={classes.grid}>
          {HEALTH_STATES.map((state) => (
            <Sample key={state} name={state}>
              <HealthBadge state={state} failures={FAILURES[state] ?? 0} />
            </Sample>
          ))}
          <Sample name="more failures than the limit">
            <HealthBadge state="stopped" failures={14} />
          </Sample>
        </div>
      </Card>
      <Card title="Health of many, and over time">
        <Sample name="StateBar">
          <StateBar counts={COUNTS} note="last fired an hour ago" />
        </Sample>
        <Sample name="StateBar of every state">
          <StateBar counts={Object.fromEntries(HEALTH_STATES.map((state) => [state, 1]))} />
        </Sample>
        <StateStrip span={fortnight()} of="“Door codes”" />
        <Sample name="Spark">
          <Spark strip={fortnight()} />
        </Sample>
      </Card>
      <Card title="Marks and verdicts">
        <div className={classes.row}>
          {(['good', 'trouble', 'bad', 'waiting', 'quiet'] as const).map((look) => (
            <Mark key={look} look={look}>
              {look}
            </Mark>
          ))}
        </div>
        <div className={classes.row}>
          {(['good', 'bad', 'unsure', 'not reached'] as const).map((level) => (
            <Verdict key={level} level={level}>
              {level}
            </Verdict>
          ))}
        </div>
      </Card>
      <Card title="Values" aside={<TimeAgo at={currentTime() - 3 * 3_600_000} />}>
        <Host host="xn--bcher-kva.example" />
        <FieldDiffs
          diff={[
            { field: 'Name', from: 'Door codes', to: 'Door access' },
            { field: 'Description', from: '', to: 'Opens the doors' },
          ]}
          isWhole={false}
          locations={ONE_LOCATION}
        />
      </Card>
      <CountedGroup title="Group, open" count={1_234} isOpen>
        <p>{HEALTH_LABELS.working}</p>
      </CountedGroup>
      <CountedGroup title="Group, closed" count={2} isOpen={false}>
        <p>{HEALTH_LABELS.off}</p>
      </CountedGroup>
    </>
  )
}

const DAY_MS = 24 * 3_600_000

/** A past with every state in it. */
function fortnight() {
  const end = currentTime()
  const iso = (day: number) =>
    new Date(end - (HEALTH_STATES.length + 1 - day) * DAY_MS).toISOString()
  const states = HEALTH_STATES.map((health, day) => ({
    from: iso(day + 1),
    to: iso(day + 2),
    health,
  }))
  return { from: iso(0), to: iso(HEALTH_STATES.length + 1), blind: [], states }
}
