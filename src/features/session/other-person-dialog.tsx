import { Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { SignedIn } from '#contract/desk/desk.ts'
import { LongButton } from '#ui/controls/long-button.tsx'
import { Dialog } from '#ui/feedback/dialog.tsx'

import { becomePerson, sessionQueries } from './session-queries.ts'
import { SignInForm } from './sign-in-form.tsx'
import { useDesk } from './use-desk.ts'

/**
 * Says that the session belongs to another person now, who signed in in another tab. It covers the
 * page, which stays as it is underneath.
 */
export function OtherPersonDialog({ onSettled }: { onSettled: () => void }) {
  const { session: shown, sandbox } = useDesk()
  const { data: now } = useQuery(sessionQueries.now())
  const client = useQueryClient()
  const [wantsSignIn, setWantsSignIn] = useState(false)
  const other = now?.session ?? null

  function goOn(session: SignedIn) {
    if (now) becomePerson(client, { ...now, session })
    onSettled()
  }

  return (
    <Dialog title="Someone else is now signed in" isOnTop>
      <Text mb="md">
        {other
          ? `${other.name} (${other.email}) signed in from another tab of this browser. This page belongs to ${shown.name}.`
          : `This page belongs to ${shown.name}, whose session has ended.`}
      </Text>
      <Text mb="md">Nothing was done under the other name. What you typed is kept.</Text>
      {other && !wantsSignIn ? (
        <Group>
          <LongButton data-autofocus onClick={() => goOn(other)}>
            {`Continue as ${other.name}`}
          </LongButton>
          <LongButton variant="default" onClick={() => setWantsSignIn(true)}>
            {`Sign in as ${shown.name}`}
          </LongButton>
        </Group>
      ) : (
        <SignInForm sandbox={sandbox} email={shown.email} onSignedIn={onSettled} />
      )}
    </Dialog>
  )
}
