import { Alert, Button, Checkbox, Group, Skeleton, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Notifications, NotificationsChange } from '#contract/desk/settings.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { Form } from '#ui/controls/form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'
import { currentTime } from '#ui/hooks/now.ts'
import { dayTime } from '#ui/text/time.ts'
import { byCount, plural } from '#contract/words/plural.ts'

import { CodeForm } from './code-form.tsx'
import { FeedsCard } from './feeds-card.tsx'
import { PushCard } from './push-card.tsx'
import { LocationTicks } from './location-ticks.tsx'
import { changeNotifications, sendTestMail, settingsQueries } from './settings-api.ts'
import { StepSelect } from './step-select.tsx'
import { Times } from './times.tsx'
import { wrongField } from './wrong-field.ts'
import { ownZone, ZoneField } from '#ui/controls/zone-field.tsx'

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
      {data && <PushCard />}
      {data && <FeedsCard />}
    </Page>
  )
}

function Wishes({ notifications }: { notifications: Notifications }) {
  const { canMail, pending, waiting, failed, heldUntil, problem, address } = notifications
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const { session } = useDesk()
  const [wishes, setWishes] = useState<NotificationsChange>(() => ({
    isOn: notifications.isOn,
    address: pending ?? address ?? session.email,
    firstStep: notifications.firstStep,
    locations: notifications.locations,
    zone: address === null ? ownZone() : notifications.zone,
    quietFrom: notifications.quietFrom,
    quietUntil: notifications.quietUntil,
    digestAt: notifications.digestAt,
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
          {problem ?? (heldUntil === null ? 'It will be sent in a moment.' : heldText(heldUntil))}
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
            <StepSelect
              label="Tell me from"
              value={wishes.firstStep}
              onChange={(firstStep) => change({ firstStep })}
            />
            <ZoneField
              description="Messages give times in this zone."
              value={wishes.zone}
              isWrong={wrong === 'zone'}
              onChange={(zone) => change({ zone })}
            />
            <Times wishes={wishes} onChange={change} />
            <LocationTicks
              chosen={wishes.locations}
              onChange={(locations) => change({ locations })}
            />
            {saving.error && wrong === undefined && (
              <Alert color="red" variant="light" role="alert">
                {explainFailure(saving.error)}
              </Alert>
            )}
            <Group>
              <Button type="submit" loading={saving.isPending}>
                Save
              </Button>
              {address !== null && <TestMail address={address} />}
            </Group>
          </Stack>
        </Form>
      </Card>
      {pending !== null && <CodeForm address={pending} />}
    </>
  )
}

function TestMail({ address }: { address: string }) {
  const { announce, notify } = useNotices()
  const sending = useMutation({
    mutationFn: sendTestMail,
    onSuccess: () => announce(`A test mail was sent to ${address}.`),
    onError: (error) => notify({ text: explainFailure(error) }),
  })
  return (
    <Button variant="default" loading={sending.isPending} onClick={() => sending.mutate()}>
      Send a test mail
    </Button>
  )
}

const heldText = (until: string) =>
  `Your quiet hours hold it back until ${dayTime(Date.parse(until), currentTime())}.`
