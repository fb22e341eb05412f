import { Alert, Button, Text } from '@mantine/core'

import type { Location } from '#contract/nexudus/location.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { locationNameOf, type FleetRow } from '#fleet/fleet.ts'
import { Form } from '#ui/controls/form.tsx'
import { useAnnounceChange } from '#ui/feedback/announced.ts'
import { KEPT } from '#ui/hooks/kept.ts'
import { Card } from '#ui/page/card.tsx'
import { plural } from '#contract/words/plural.ts'

import { AddressField } from './address-field.tsx'
import { CopiedAddress } from './copied-address.tsx'
import classes from './fan-out.module.css'
import { FormProblems } from './form-problems.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { NamingFields } from './naming-fields.tsx'
import { ActionsField, LocationsField } from './place-fields.tsx'
import type { Choices, Draft, PlannedCell, Task } from './plan.ts'
import { countsOf, PlanList } from './plan-list.tsx'
import type { FieldName } from './problems.ts'
import { useFanOut } from './use-fan-out.ts'

type FanOutFormProps = {
  task: Task
  start: Draft
  /** True if `start` contains text that the person typed and that is kept nowhere else. */
  isTyped: boolean
  rows: readonly FleetRow[]
  locations: Map<number, Location>
  /** The locations that the person may use. */
  usable: readonly Location[]
}

/** The form for locations, actions, URL and name; beside it, the plan that follows from them. */
export function FanOutForm({ task, start, isTyped, rows, locations, usable }: FanOutFormProps) {
  const fanOut = useFanOut({ task, start, rows, locations })
  const { draft, change, plan, choices, ticked, problems, tries } = fanOut
  const nameOf = (id: number) => locationNameOf(locations, id)
  useAnnounceChange(sayPlan(plan, choices))

  const problemOf = (field: FieldName) => problems.find((problem) => problem.field === field)?.text
  /** The error of a field that may still be empty: shown only after a try. */
  const errorOf = (field: FieldName) => (tries > 0 ? problemOf(field) : undefined)

  return (
    <Form
      label="Create several webhooks"
      className={classes.form}
      hasSubmitKey
      onSubmit={() => fanOut.submit()}
    >
      {fanOut.isRestored && (
        <Alert color="indigo" variant="light">
          {KEPT}
        </Alert>
      )}
      <FormProblems problems={problems} tries={tries} />
      <div className={classes.fields}>
        {task.kind !== 'cells' && (
          <Card title={task.kind === 'copy' ? 'Where' : 'Where and when'}>
            <div className={classes.places}>
              <LocationsField
                locations={usable}
                ticked={draft.locations}
                error={errorOf('locations')}
                onChange={(of) => change(({ locations }) => ({ locations: of(locations) }))}
              />
              {task.kind === 'product' && (
                <ActionsField
                  ticked={draft.actions}
                  error={errorOf('actions')}
                  onChange={(of) => change(({ actions }) => ({ actions: of(actions) }))}
                />
              )}
            </div>
          </Card>
        )}
        <Card title="What">
          {task.kind === 'copy' ? (
            <CopiedAddress
              sources={task.sources}
              rows={rows}
              value={draft.URL}
              problem={problemOf('URL')}
              isTried={tries > 0}
              onChange={(URL) => change(() => ({ URL }))}
            />
          ) : (
            <AddressField
              value={draft.URL ?? ''}
              rows={rows}
              problem={problemOf('URL')}
              isTried={tries > 0}
              onChange={(URL) => change(() => ({ URL }))}
            />
          )}
          <NamingFields
            task={task}
            draft={draft}
            errors={{
              // an unknown placeholder is an error from its first letter on
              pattern: draft.pattern === '' ? errorOf('pattern') : problemOf('pattern'),
              Description: problemOf('Description'),
            }}
            onChange={(part) => change(() => part)}
          />
        </Card>
      </div>
      <PlanList plan={plan} choices={choices} nameOf={nameOf} onTick={fanOut.tick}>
        {fanOut.refusal && (
          <Alert role="alert" color="red" variant="light">
            {explainFailure(fanOut.refusal)} Your choices are still here.
          </Alert>
        )}
        {/* not disabled while it sends: that would drop the focus */}
        <Button type="submit" aria-disabled={fanOut.isBusy}>
          {fanOut.isBusy
            ? 'Preparing the dry run …'
            : ticked.length > 0
              ? `Start dry run for ${plural(ticked.length, 'webhook')}`
              : 'Start dry run'}
        </Button>
        <Text size="sm" c="dimmed">
          Nothing is created yet. You start the run after you have seen the dry run.
        </Text>
      </PlanList>
      <LeaveGuard isDirty={isTyped || fanOut.isTouched} />
    </Form>
  )
}

const sayPlan = (plan: readonly PlannedCell[], choices: Choices) =>
  countsOf(plan, choices)
    .map(({ text }) => text)
    .join(', ')
