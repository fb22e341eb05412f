import { Alert, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'

import { ApiError, isSignedOut } from '#api/failure.ts'
import { explainFailure, explainOutcome, leftBy } from '#fleet/failure-words.ts'
import { CopyRequest } from '#fleet/missing-rights.tsx'
import { paths } from '#paths'
import { textOf } from '#texts/failure-texts.ts'
import { useListener, useTick } from '#ui/hooks/effects.ts'

type SaveOutcomeProps = {
  error: Error | null
  /** Sends the same intent once more; under its key it happens once. */
  onAgain: () => void
  /** Offered if the webhook was deleted meanwhile. */
  onCreateAgain?: () => void
  isCreatingAgain?: boolean
}

const COMPARED = new Set(['edit_conflict', 'key_reused'])

/** The result of a failed Save, and the next step. */
export function SaveOutcome(props: SaveOutcomeProps) {
  const { error, onAgain, onCreateAgain, isCreatingAgain = false } = props
  if (!error || isSignedOut(error)) return null
  if (error instanceof ApiError) {
    const { code, failure } = error
    // the fields and the summary show refusals
    const hasReasons = (failure.Errors?.length ?? 0) > 0
    if (COMPARED.has(code) && failure.current) return null
    if (code === 'refused' || (code === 'bad_request' && hasReasons)) return null
    if (code === 'throttled' || code === 'in_progress') {
      const reason =
        code === 'throttled'
          ? 'Nexudus asked Hookdesk to slow down.'
          : failure.outcome === 'unsaved' || failure.mayArrive
            ? explainFailure(error)
            : 'This is already being saved.'
      return <Waiting reason={reason} ms={failure.retryAfterMs ?? 5_000} onOver={onAgain} />
    }
    if (code === 'created_before') return <CreatedBefore id={Number(failure.current?.Id)} />
    const left = leftBy(error)
    if (left) return <NotApplied said={textOf(error)} id={failure.outcome ? left.Id : undefined} />
    if (code === 'not_found' && onCreateAgain) {
      return <DeletedMeanwhile isBusy={isCreatingAgain} onCreate={onCreateAgain} />
    }
    if (code === 'permission_missing') {
      const isDone = failure.outcome === 'done'
      return (
        <Alert role="alert" color="orange" variant="light">
          {isDone && (
            <strong>Created, but Hookdesk could not read it back. Do not create it again. </strong>
          )}
          <span>{`${explainFailure(error)} What you typed stays here.`}</span>
          {failure.missing !== undefined && (
            <div>
              <CopyRequest rights={[failure.missing]} />
            </div>
          )}
        </Alert>
      )
    }
  }
  return (
    <Alert role="alert" color="red" variant="light" title={explainOutcome(error)}>
      <Text size="sm">{explainFailure(error)} What you typed is kept.</Text>
      <Button mt="xs" size="compact-sm" variant="default" onClick={onAgain}>
        Check and save again
      </Button>
    </Alert>
  )
}

type WaitingProps = { reason: string; ms: number; onOver: () => void }

/** Counts down, and tries again. If the person goes on typing meanwhile, they decide when. */
function Waiting({ reason, ms, onOver }: WaitingProps) {
  const box = useRef<HTMLDivElement>(null)
  const [isTouched, setIsTouched] = useState(false)
  const [endsAt] = useState(() => performance.now() + ms)
  const [left, setLeft] = useState(ms)
  const isOver = left <= 0

  function touch({ target }: Event) {
    const form = box.current?.closest('form')
    if (target instanceof Node && form?.contains(target)) setIsTouched(true)
  }
  useListener('input', touch)
  useListener('click', touch)

  useTick(isTouched || isOver ? null : 250, () => {
    const now = endsAt - performance.now()
    setLeft(now)
    if (now <= 0) onOver()
  })

  return (
    <Alert ref={box} role="status" color="indigo" variant="light">
      {reason}{' '}
      {isTouched
        ? 'Automatic retry stopped because you kept typing. Press the button again.'
        : `Trying again in ${Math.max(0, Math.ceil(left / 1000))} s.`}
    </Alert>
  )
}

function CreatedBefore({ id }: { id: number }) {
  return (
    <Alert
      role="alert"
      color="indigo"
      variant="light"
      title="Your first attempt created this webhook"
    >
      <Text size="sm">
        It has what you had typed by then.{' '}
        <Link {...paths.webhook(id)} search={(search) => search}>
          Open that webhook
        </Link>
        , or press the button below again to create a second one.
      </Text>
    </Alert>
  )
}

/**
 * Says what Nexudus accepted but did not do. `id` is that of a webhook that was created all the
 * same.
 */
function NotApplied({ said, id }: { said: string; id: number | undefined }) {
  return (
    <Alert role="alert" color="red" variant="light" title={said}>
      <Text size="sm">
        Hookdesk read it again to be sure. What you typed is kept.{' '}
        {id !== undefined && (
          <Link {...paths.webhook(id)} search={(search) => search}>
            Open the webhook that Nexudus created
          </Link>
        )}
      </Text>
    </Alert>
  )
}

function DeletedMeanwhile({ isBusy, onCreate }: { isBusy: boolean; onCreate: () => void }) {
  return (
    <Alert role="alert" color="orange" variant="light" title="This webhook has been deleted">
      <Text size="sm">What you typed is still here.</Text>
      <Button mt="xs" size="compact-sm" variant="default" loading={isBusy} onClick={onCreate}>
        Create it again with these values
      </Button>
    </Alert>
  )
}
