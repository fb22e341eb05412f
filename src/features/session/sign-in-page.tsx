import type { DeskState, SignedIn } from '#contract/desk/desk.ts'
import { ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { SignInForm } from './sign-in-form.tsx'
import classes from './sign-in-page.module.css'

type SignInPageProps = {
  /** `undefined` while the desk is being asked. */
  state: DeskState | undefined
  isUnreachable: boolean
  onAgain: () => void
  onSignedIn: () => void
  /**
   * A person who signed in in another tab while this form is in use, and the way to continue as
   * them.
   */
  elsewhere: SignedIn | null
  onFollow: () => void
}

export function SignInPage(props: SignInPageProps) {
  const { state, isUnreachable, onAgain, onSignedIn, elsewhere, onFollow } = props
  useDocumentTitle('Sign in')
  if (!state && !isUnreachable) return null

  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <img src="/favicon.svg" alt="" width={40} height={40} />
        <ScreenTitle className={classes.title}>Hookdesk</ScreenTitle>
        <p className={classes.about}>
          {state?.sandbox
            ? 'This is the sandbox, a stand-in for Nexudus with made-up data.'
            : 'Sign in with your Nexudus administrator account.'}
        </p>
        {elsewhere && (
          <div role="status">
            <p>{`${elsewhere.name} signed in from another tab of this browser.`}</p>
            <button type="button" onClick={onFollow}>
              {`Continue as ${elsewhere.name}`}
            </button>
          </div>
        )}
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
            <strong>Hookdesk needs HTTPS here.</strong> Hookdesk keeps your sign-in in a cookie.
            Browsers accept it only over https://, or on localhost. Open this page at an https://
            address.
          </div>
        )}
      </div>
    </main>
  )
}
