import { Alert, Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useId, useState } from 'react'

import { ApiError } from '#api/failure.ts'
import { holds, may, type WebhookRole } from '#contract/nexudus/rights.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { barredText, canText, limitText, needText, requestText } from '#texts/rights-words.ts'
import { Disclosure } from '#ui/controls/disclosure.tsx'
import { useCopy } from '#ui/feedback/copy.ts'

import classes from './missing-rights.module.css'

type RequestProps = {
  /** The missing rights, as Nexudus calls them. */
  rights: readonly string[]
  /** The act that needs them, where their own names do not tell it: “move a host”. */
  to?: string
}

type MissingRightsProps = RequestProps & {
  /** The sentence before it; otherwise what the account can do. */
  lead?: string
  /** Set where a form or a page would be: then the text stands out. */
  title?: string
  /** In the head of a page there is room for a word, and the rest is one press away. */
  isFolded?: boolean
}

/**
 * “View only. To edit webhooks you need a right that Nexudus calls WebHook-Edit; ask an
 * administrator.”, with a letter to copy.
 */
export function MissingRights({ rights, to, lead, title, isFolded = false }: MissingRightsProps) {
  const { session } = useDesk()
  const text = [lead ?? canText(session.rights), needText(rights, to)].filter(Boolean).join(' ')
  const request = <CopyRequest rights={rights} {...(to !== undefined && { to })} />
  const block = (
    <div className={classes.block}>
      <span>{text}</span>
      {request}
    </div>
  )
  if (title !== undefined) {
    return (
      <Alert color="indigo" variant="light" title={title}>
        {block}
      </Alert>
    )
  }
  if (!isFolded) return <div className={classes.text}>{block}</div>
  return (
    <Disclosure summary={limitText(session.rights)} className={classes.folded}>
      {block}
    </Disclosure>
  )
}

/** True of a reading that Nexudus refuses this account. */
export const isRefused = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.code === 'permission_missing'

const TO_SEE = ['WebHook-List', 'WebHook-Read']

/** Stands where webhooks would be. Asks for all that one needs to see them, not to ask twice. */
export function CannotSee({
  title,
  lead = '',
  error,
}: {
  title: string
  lead?: string
  error: ApiError
}) {
  const { session } = useDesk()
  const { missing } = error.failure
  const lacking = TO_SEE.filter((right) => right === missing || !holds(session.rights, right))
  // Nexudus may refuse what the account's own list of rights allows
  const rights = lacking.length > 0 ? lacking : TO_SEE
  return <MissingRights title={title} lead={lead} rights={rights} to="see webhooks" />
}

/** Copies the letter; shows it where the browser does not let it copy. */
export function CopyRequest({ rights, to }: RequestProps) {
  const { session, nexudus } = useDesk()
  const copy = useCopy()
  const [isShown, setIsShown] = useState(false)
  const hintId = useId()
  const letter = requestText({ rights, to, person: session, nexudus, desk: location.origin })

  async function press() {
    const isCopied = await copy(
      letter,
      'Copied the request. Send it to an administrator of your network.',
      'The browser blocked the copy. The request is on the page, to copy by hand.',
    )
    setIsShown(!isCopied)
  }

  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={14} aria-hidden />}
        aria-describedby={hintId}
        onClick={() => void press()}
      >
        Copy a request
      </Button>
      <span id={hintId} hidden>
        {`A letter to an administrator that asks for ${rights.join(', ')}`}
      </span>
      {isShown && (
        <pre role="group" className={classes.letter} aria-label="The request">
          {letter}
        </pre>
      )}
    </>
  )
}

/** The reason an act is barred; `undefined` if the account may do it or it needs no right. */
export function useBarred(role: WebhookRole | undefined): string | undefined {
  const [lacking] = useLacking(role ? [role] : [])
  return lacking && barredText(lacking)
}

/** The given rights that the account lacks. */
export function useLacking(roles: readonly WebhookRole[]): WebhookRole[] {
  const { session } = useDesk()
  return roles.filter((role) => !may(session.rights, role))
}
