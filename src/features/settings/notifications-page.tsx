import { Alert, Button, Checkbox, NativeSelect, Skeleton, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { STEPS } from '#contract/desk/attention.ts'
import type { Notifications, NotificationsChange } from '#contract/desk/settings.ts'
import { locationName, type Location } from '#contract/nexudus/location.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { locationQueries } from '#fleet/webhook-queries.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { Form } from '#ui/controls/form.tsx'
import { PlainCheckbox } from '#ui/controls/plain-checkbox.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'
import { byCount, plural } from '#contract/words/plural.ts'

import { CodeForm } from './code-form.tsx'
import { changeNotifications, settingsQueries } from './settings-api.ts'
import classes from './settings.module.css'
import { wrongField } from './wrong-field.ts'

const STEP_LABELS: { readonly [Step in (typeof STEPS)[number]]: string } = {
  '5': 'Early: 5 of 10 failures',
  '8': 'Late: 8 of 10 failures',
  '9': 'Last: 9 of 10 failures',
  stopped: 'Only when a webhook has stopped',
}

const STEP_OPTIONS = STEPS.map((value) => ({ value, label: STEP_LABELS[value] }))

/** One's own wishes: whether, of what and where one is told. */
export function NotificationsPage() {
  useDocumentTitle('Notifications')
  const { data, error } = useQuery(settingsQueries.notifications())
  return (
    <Page>
      <ScreenTitle>Notifications</ScreenTitle>
      <Lead>
        Hookdesk tells you by e-mail when webhooks fail, stop and work again: one message for each
        receiver, each once.
      </Lead>
      {error && !data && (
        <Alert color="orange" variant="light" role="alert">
          {explainFailure(error)}
        </Alert>
      )}
      {!data && !error && <Skeleton height={240} aria-label="Loading your notifications" />}
      {data && <Wishes key={data.address} notifications={data} />}
    </Page>
  )
}

function Wishes({ notifications }: { notifications: Notifications }) {
  const { canMail, pending, waiting, failed, problem, address } = notifications
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const { session } = useDesk()
  const [wishes, setWishes] = useState<NotificationsChange>(() => ({
    isOn: notifications.isOn,
    address: pending ?? address ?? session.email,
    firstStep: notifications.firstStep,
    locations: notifications.locations,
    zone: address === null ? ownZone() : notifications.zone,
  }))
  const change = (part: Partial<NotificationsChange>) =>
    setWishes((before) => ({ ...before, ...part }))
  const saving = useMutation({
    mutationFn: () => changeNotifications(wishes),
    onSuccess(now) {
      queryClient.setQueryData(settingsQueries.notifications().queryKey, now)
      announce(now.pending ? `A code was sent to ${now.pending}.` : 'Saved.')
    },
  })

  const wrong = wrongField(saving.error)
  return (
    <>
      {!canMail && (
        <Alert color="orange" variant="light" title="No mail server">
          This Hookdesk cannot send mail: whoever runs it has to set SMTP_URL and MAIL_FROM. You can
          save your wishes already, except a new address.
        </Alert>
      )}
      {waiting > 0 && (
        <Alert
          color="orange"
          variant="light"
          title={`${plural(waiting, 'message')} to you ${byCount(waiting, 'waits', 'wait')}`}
        >
          {problem ?? 'It will be sent in a moment.'}
        </Alert>
      )}
      {failed > 0 && (
        <Alert
          color="red"
          variant="light"
          title={`${plural(failed, 'message')} to you could not be delivered`}
        >
          {problem}
        </Alert>
      )}
      <Card label="Your notifications">
        <Form label="Notifications" onSubmit={() => saving.mutate()}>
          <Stack>
            <Checkbox
              label="Tell me by e-mail"
              checked={wishes.isOn}
              onChange={(event) => change({ isOn: event.currentTarget.checked })}
            />
            <TextInput
              label="E-mail address"
              type="email"
              autoComplete="email"
              description="A new address gets a code first."
              error={wrong === 'address' && 'This is not one e-mail address.'}
              required
              value={wishes.address}
              onChange={(event) => change({ address: event.currentTarget.value.trim() })}
            />
            <NativeSelect
              label="Tell me from"
              data={STEP_OPTIONS}
              value={wishes.firstStep}
              onChange={({ currentTarget: { value } }) => {
                const firstStep = STEPS.find((step) => step === value)
                if (firstStep) change({ firstStep })
              }}
            />
            <TextInput
              label="Time zone"
              description="Messages give times in this zone."
              error={wrong === 'zone' && 'Not a known time zone. Write it as in Europe/London.'}
              required
              autoComplete="off"
              spellCheck={false}
              value={wishes.zone}
              onChange={(event) => change({ zone: event.currentTarget.value.trim() })}
            />
            <Locations chosen={wishes.locations} onChange={(locations) => change({ locations })} />
            {saving.error && wrong === undefined && (
              <Alert color="red" variant="light" role="alert">
                {explainFailure(saving.error)}
              </Alert>
            )}
            <div>
              <Button type="submit" loading={saving.isPending}>
                Save
              </Button>
            </div>
          </Stack>
        </Form>
      </Card>
      {pending !== null && <CodeForm address={pending} />}
    </>
  )
}

type LocationsProps = { chosen: number[] | null; onChange: (chosen: number[] | null) => void }

function Locations({ chosen, onChange }: LocationsProps) {
  const { data: locations = NONE } = useQuery(locationQueries.list())
  const isChosen = (id: number) => chosen === null || chosen.includes(id)
  const ids = locations.map(({ Id }) => Id)
  function toggle(id: number) {
    const next = isChosen(id)
      ? (chosen ?? ids).filter((each) => each !== id)
      : [...(chosen ?? []), id]
    onChange(next.length === ids.length ? null : next)
  }
  const summary = chosen === null ? 'All locations you may see' : plural(chosen.length, 'location')
  return (
    <fieldset className={classes.locations}>
      <legend>Locations</legend>
      <Disclosure summary={summary}>
        {() => (
          <ul className={classes.ticks}>
            {locations.map((location) => (
              <li key={location.Id}>
                <label className={classes.tick}>
                  <PlainCheckbox
                    checked={isChosen(location.Id)}
                    onChange={() => toggle(location.Id)}
                  />
                  <bdi>{locationName(location)}</bdi>
                </label>
              </li>
            ))}
          </ul>
        )}
      </Disclosure>
    </fieldset>
  )
}

const NONE: Location[] = []

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
