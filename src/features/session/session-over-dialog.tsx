import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { Dialog } from '#ui/feedback/dialog.tsx'

import { sessionQueries } from './session-queries.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Covers the page, which stays as it is underneath. */
export function SessionOverDialog({ onSignedIn }: { onSignedIn: () => void }) {
  const { data } = useQuery(sessionQueries.state())
  return (
    // above a question that was open when the session ended
    <Dialog title="Sign in again" isOnTop>
      <Text mb="md">Your session has ended. Sign in again; what you typed is kept.</Text>
      <SignInForm
        sandbox={data?.sandbox ?? null}
        {...(data?.session && { email: data.session.email })}
        onSignedIn={onSignedIn}
      />
    </Dialog>
  )
}
