import {
  useId,
  useRef,
  useState,
  type InputHTMLAttributes,
  type Ref,
  type SubmitEvent,
} from 'react'

import { ApiError } from '#api/failure.ts'
import type { DemoAccount, DeskState } from '#contract/desk/desk.ts'
import { textOf } from '#texts/failure-texts.ts'

import { useSignIn } from './session-mutations.ts'
import classes from './sign-in-form.module.css'

type SignInFormProps = {
  sandbox: DeskState['sandbox']
  /** Filled in if a person was signed in a moment ago. */
  email?: string
  onSignedIn: () => void
}

/**
 * Asks for e-mail and password, and for the code of the second factor once Nexudus wants it. The
 * form has uncontrolled fields, so that pasting and password managers work as everywhere.
 *
 * It uses plain elements, so that the sign-in page need not load the component library.
 */
export function SignInForm({ sandbox, email, onSignedIn }: SignInFormProps) {
  const signIn = useSignIn()
  const form = useRef<HTMLFormElement>(null)
  const [missing, setMissing] = useState<Record<string, string>>({})
  const error = signIn.error instanceof ApiError ? signIn.error : null
  // the code field stays once it was needed, also if a refusal does not say which value was wrong
  const needsCode = error?.code === 'second_factor' || signIn.variables?.totp !== undefined

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const value = (name: string) => {
      const entry = data.get(name)
      return typeof entry === 'string' ? entry : ''
    }
    if (signIn.isPending) return undefined
    const found = missingIn(value, needsCode)
    setMissing(found)
    const first = Object.keys(found)[0]
    if (first) return focusField(event.currentTarget, first)

    const totp = value('totp').replaceAll(/\s/g, '')
    const credentials = { email: value('email').trim(), password: value('password') }
    signIn.mutate(totp ? { ...credentials, totp } : credentials, {
      onSuccess: () => onSignedIn?.(),
    })
    return undefined
  }

  function fillIn(account: DemoAccount) {
    if (!form.current) return
    setField(form.current, 'email', account.email)
    setField(form.current, 'password', account.password)
    signIn.reset()
    setMissing({})
    form.current.querySelector<HTMLButtonElement>('button[type=submit]')?.focus()
  }

  return (
    <form ref={form} onSubmit={submit} noValidate aria-label="Sign in" className={classes.form}>
      {error && <SignInFailure error={error} />}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        error={missing.email}
      />
      <PasswordField error={missing.password} />
      {needsCode && (
        <Field
          label="Code"
          description="Six digits from your authenticator app."
          name="totp"
          inputMode="numeric"
          autoComplete="one-time-code"
          error={missing.totp}
          ref={(input) => input?.focus()}
        />
      )}
      {/* not disabled while it sends: that would drop the focus */}
      <button type="submit" className={classes.submit} aria-disabled={signIn.isPending}>
        {signIn.isPending ? 'Signing in …' : 'Sign in'}
      </button>
      {sandbox && <DemoAccounts sandbox={sandbox} onChoose={fillIn} />}
    </form>
  )
}

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'name'> & {
  label: string
  name: string
  description?: string
  error: string | undefined
  ref?: Ref<HTMLInputElement>
}

function Field({ label, description, error, children, ...input }: FieldProps) {
  const id = useId()
  const described = [description && `${id}-about`, error && `${id}-error`].filter(Boolean)
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      {description && (
        <span id={`${id}-about`} className={classes.about}>
          {description}
        </span>
      )}
      <span className={classes.box}>
        <input
          {...input}
          id={id}
          className={classes.input}
          required
          aria-invalid={error ? true : undefined}
          aria-describedby={described.join(' ') || undefined}
        />
        {children}
      </span>
      {error && (
        <span id={`${id}-error`} className={classes.error}>
          {error}
        </span>
      )}
    </div>
  )
}

function PasswordField({ error }: { error: string | undefined }) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field
      label="Password"
      name="password"
      type={isShown ? 'text' : 'password'}
      autoComplete="current-password"
      error={error}
    >
      <button
        type="button"
        className={classes.reveal}
        aria-pressed={isShown}
        aria-label="Show what you typed"
        onClick={() => setIsShown(!isShown)}
      >
        {isShown ? 'Hide' : 'Show'}
      </button>
    </Field>
  )
}

function missingIn(value: (name: string) => string, needsCode: boolean): Record<string, string> {
  return {
    ...(!value('email').trim() && { email: 'Enter your e-mail address' }),
    ...(!value('password') && { password: 'Enter your password' }),
    ...(needsCode && !value('totp').trim() && { totp: 'Enter the code' }),
  }
}

const focusField = (form: HTMLFormElement, name: string) =>
  form.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus()

function setField(form: HTMLFormElement, name: string, value: string) {
  const input = form.querySelector<HTMLInputElement>(`[name=${name}]`)
  if (input) input.value = value
}

function SignInFailure({ error }: { error: ApiError }) {
  // Nexudus has been seen to answer 500 for an account that does not exist
  const isOfNexudus = error.code.startsWith('upstream_') && error.failure.upstreamStatus !== 500
  return (
    <div role="alert" className={classes.alert} data-question={error.code === 'second_factor'}>
      <span>{textOf(error)}</span>
      {error.failure.retryAfterMs !== undefined && (
        <span>{` Try again in ${waitText(error.failure.retryAfterMs)}.`}</span>
      )}
      {isOfNexudus && <span> As far as is known, nothing is wrong with your password.</span>}
    </div>
  )
}

function waitText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

type DemoAccountsProps = {
  sandbox: NonNullable<DeskState['sandbox']>
  onChoose: (account: DemoAccount) => void
}

function DemoAccounts({ sandbox, onChoose }: DemoAccountsProps) {
  return (
    <section aria-labelledby="demo-accounts" className={classes.accounts}>
      <h2 id="demo-accounts" className={classes.label}>
        Sandbox accounts
      </h2>
      <ul className={classes.list}>
        {sandbox.accounts.map((account) => (
          <li key={account.email}>
            <button type="button" className={classes.account} onClick={() => onChoose(account)}>
              <span className={classes.email}>{account.email}</span>
              <span className={classes.may}>{account.may}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={classes.about}>
        Second-factor code:{' '}
        <a href={`${sandbox.url}/sandbox/totp`} target="_blank" rel="noreferrer">
          get it from the sandbox
        </a>
      </p>
    </section>
  )
}
