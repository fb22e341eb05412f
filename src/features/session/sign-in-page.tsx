import type { DeskState } from '#contract/desk.ts'
import { ScreenTitle, useDocumentTitle } from '#ui/page.tsx'

import { SignInForm } from './sign-in-form.tsx'
import classes from './sign-in-page.module.css'

type SignInPageProps = {
  /** Not there yet while the desk is asked. */
  state: DeskState | undefined
  isUnreachable: boolean
  onAgain: () => void
  onSignedIn: () => void
}

export function SignInPage({ state, isUnreachable, onAgain, onSignedIn }: SignInPageProps) {
  useDocumentTitle('Sign in')
  if (!state && !isUnreachable) return null

  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img src="/favicon.svg" alt="" width={40} height={40} />
        <ScreenTitle className={classes.title}>Hookdesk</ScreenTitle>
        <p className={classes.about}>
          {state?.sandbox
            ? 'This is the sandbox: a stand-in for Nexudus, with made-up data.'
            : 'Sign in with your Nexudus administrator account.'}
        </p>
        {!state ? (
          <div role="alert">
            Hookdesk does not answer.{' '}
            <button type="button" onClick={onAgain}>
              Try again
            </button>
          </div>
        ) : globalThis.isSecureContext ? (
          <SignInForm sandbox={state.sandbox} onSignedIn={onSignedIn} />
        ) : (
          <div role="alert">
            <strong>HTTPS is needed here.</strong> Hookdesk keeps your sign-in in a cookie that
            browsers accept over https:// only, or on localhost. Open this page under an https://
            address.
          </div>
        )}
      </div>
    </main>
  )
}
