import { Alert, Button, PasswordInput, Skeleton, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError } from '#api/failure.ts'
import type { WatchSettings } from '#contract/desk/settings.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { Form } from '#ui/controls/form.tsx'
import { rightsNamed } from '#texts/rights-words.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'
import { Card } from '#ui/page/card.tsx'
import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'
import { plural } from '#contract/words/plural.ts'

import { ChannelsCard } from './channels-card.tsx'
import { settingsQueries, signWatchIn, signWatchOut } from './settings-api.ts'
import classes from './settings.module.css'

/** The watch's account and what waits to be told, for administrators. */
export function WatchPage() {
  useDocumentTitle('Watch')
  const { session } = useDesk()
  const isAdministrator = session.rights.kind === 'unrestricted'
  const { data, error } = useQuery({ ...settingsQueries.watch(), enabled: isAdministrator })
  return (
    <Page>
      <ScreenTitle>Watch</ScreenTitle>
      <Lead>
        The watch reads all webhooks at intervals, with a Nexudus account of its own. It needs{' '}
        {rightsNamed(['WebHook-List', 'WebHook-Read', 'Business-List'])}. With WebHook-Edit it also
        resumes what somebody paused until a time; otherwise it changes nothing.
      </Lead>
      {error && !data && (
        <Alert color="orange" variant="light" role="alert">
          {explainFailure(error)}
        </Alert>
      )}
      {!isAdministrator && (
        <Alert color="indigo" variant="light">
          Only administrators without limits can sign the watch in and see its outbox. Ask one of
          your network.
        </Alert>
      )}
      {isAdministrator && !data && !error && (
        <Skeleton height={240} aria-label="Loading the watch" />
      )}
      {data && (
        <>
          <Account settings={data} />
          <ChannelsCard />
          <Outbox settings={data} />
        </>
      )}
    </Page>
  )
}

function Account({ settings }: { settings: WatchSettings }) {
  const { account, isGiven, isOn, lastCompleteAt } = settings
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const leaving = useMutation({
    mutationFn: signWatchOut,
    onSuccess(now) {
      queryClient.setQueryData(settingsQueries.watch().queryKey, now)
      announce('The watch is signed out. Nobody looks now.')
    },
  })
  return (
    <Card title="Account">
      {!isOn && <p className={classes.text}>This process does not watch (WATCH=0).</p>}
      {account ? (
        <>
          <p className={classes.text}>
            <span>Signed in as</span> <strong>{account.email}</strong>,{' '}
            <TimeAgo at={Date.parse(account.signedInAt)} />
          </p>
          {account.signedInBy !== null && (
            <p className={classes.text}>
              <span>Signed in by</span> <bdi>{account.signedInBy}</bdi>
            </p>
          )}
        </>
      ) : (
        <p className={classes.text}>Not signed in: nobody looks while nobody has Hookdesk open.</p>
      )}
      {lastCompleteAt !== null && (
        <p className={classes.text}>
          <span>Last complete look:</span> <TimeAgo at={Date.parse(lastCompleteAt)} />
        </p>
      )}
      {isGiven ? (
        <p className={classes.text}>
          The settings of this server give the account, and sign it in again by themselves.
        </p>
      ) : (
        <>
          <SignInForm isAgain={account !== null} />
          {account && (
            <div>
              <Button
                variant="default"
                loading={leaving.isPending}
                onClick={() => leaving.mutate()}
              >
                Sign the watch out
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  )
}

const EMPTY = { email: '', password: '', totp: '' }

function SignInForm({ isAgain }: { isAgain: boolean }) {
  const [typed, setTyped] = useState(EMPTY)
  const queryClient = useQueryClient()
  const { announce } = useNotices()
  const signingIn = useMutation({
    mutationFn: () => {
      const { totp, ...credentials } = typed
      return signWatchIn(totp ? { ...credentials, totp } : credentials)
    },
    onSuccess(now) {
      queryClient.setQueryData(settingsQueries.watch().queryKey, now)
      setTyped(EMPTY)
      announce('The watch is signed in and looks now.')
    },
  })
  const { error } = signingIn
  const needsCode =
    typed.totp !== '' || (error instanceof ApiError && error.code === 'second_factor')
  const field = (name: keyof typeof EMPTY) => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((before) => ({ ...before, [name]: value }))
    },
  })
  return (
    <Form label="Sign the watch in" onSubmit={() => signingIn.mutate()}>
      <Stack>
        <TextInput
          label="E-mail of the watch’s account"
          description="An account of its own, with no more rights than it needs."
          type="email"
          autoComplete="off"
          required
          {...field('email')}
        />
        <PasswordInput
          label="Password"
          description="Used once, and not kept."
          autoComplete="new-password"
          required
          {...field('password')}
        />
        {needsCode && (
          <TextInput
            label="Code of the second factor"
            inputMode="numeric"
            autoComplete="one-time-code"
            {...field('totp')}
          />
        )}
        {error && (
          <Alert color="red" variant="light" role="alert">
            {explainFailure(error)}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={signingIn.isPending}>
            {isAgain ? 'Sign in another account' : 'Sign the watch in'}
          </Button>
        </div>
      </Stack>
    </Form>
  )
}

function Outbox({ settings: { outbox, sentLately, canMail } }: { settings: WatchSettings }) {
  return (
    <Card title="Outbox">
      {!canMail && (
        <p className={classes.text}>
          No mail server: set SMTP_URL and MAIL_FROM. Until then, notices wait here for a day.
        </p>
      )}
      <p className={classes.text}>
        {`${plural(sentLately, 'notice')} sent within the last day, ${plural(
          outbox.length,
          'notice',
        )} waiting or failed.`}
      </p>
      {outbox.length > 0 && (
        <ul className={classes.rows}>
          {outbox.map(({ id, recipient, happenedAt, state, problem }) => (
            <li key={id} className={classes.row}>
              <span>{state === 'failed' ? 'Failed' : 'Waiting'}</span>
              <bdi>{recipient}</bdi>
              <TimeAgo at={Date.parse(happenedAt)} />
              {problem !== null && <bdi className={classes.problem}>{problem}</bdi>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
