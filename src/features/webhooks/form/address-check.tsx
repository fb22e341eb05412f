import { Alert, Button, Checkbox, PasswordInput, Stack, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleX,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import type { ProbeReport, ProbeRequest } from '#contract/desk/probe.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { probe } from '#fleet/probe-api.ts'
import { stagesOf, verdictOf, type Stage } from '#texts/probe-words.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { TimeAgo } from '#ui/feedback/time-ago.tsx'

import classes from './address-check.module.css'

export type AddressCheckProps = {
  /** The URL in the field. */
  address: string
  /** The webhook's id, if the URL in the field is also the stored one. */
  storedId: number | undefined
  /** The data for a sample; `undefined` until an action is chosen. */
  sample: { action: number; businessId: number; locationName: string } | undefined
  mayCheckTyped: boolean
  /** A check starts at once; a sample waits for its second step. */
  wanted: 'check' | 'sample'
}

/**
 * Calls a URL and shows the result. A result belongs to its URL: for another URL the caller sets
 * another key.
 */
export function AddressCheck({ address, storedId, sample, wanted }: AddressCheckProps) {
  const { announce } = useNotices()
  const { data, error, isPending, mutate } = useMutation({ mutationFn: probe })
  // `onSuccess` runs only while the component is mounted: a URL that is gone is not announced
  const ask = useCallback(
    (request: ProbeRequest) =>
      mutate(request, { onSuccess: (report) => announce(verdictOf(report).text) }),
    [mutate, announce],
  )
  const [target] = useState<ProbeRequest['target']>(
    storedId === undefined ? { kind: 'address', url: address } : { kind: 'webhook', id: storedId },
  )
  // the press that showed this component also starts the check
  const isAsked = useRef(false)
  useEffect(() => {
    if (wanted !== 'check' || isAsked.current) return
    isAsked.current = true
    ask({ target })
  }, [wanted, ask, target])

  return (
    <>
      {wanted === 'sample' && sample && (
        <SampleForm
          isBusy={isPending}
          onSend={(secret) => ask({ target, sample: { ...sample, ...(secret && { secret }) } })}
        />
      )}
      {isPending && <Text size="sm">Checking …</Text>}
      {error && (
        <Alert role="alert" color="orange" variant="light">
          {explainFailure(error)}
        </Alert>
      )}
      {data && !isPending && <Report report={data} />}
    </>
  )
}

/** The second step before real data leaves: a sample may start whatever is behind the URL. */
function SampleForm({ isBusy, onSend }: { isBusy: boolean; onSend: (secret: string) => void }) {
  const [isAgreed, setIsAgreed] = useState(false)
  const [secret, setSecret] = useState('')
  const [isTold, setIsTold] = useState(false)
  return (
    <div className={classes.sample}>
      <Text size="sm" fw={600}>
        This sends made-up data and may start the automation behind this URL.
      </Text>
      <PasswordInput
        label="Shared secret of the location (optional)"
        description="Signs the sample. Hookdesk uses it once and does not keep it."
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        // Enter in this field must not save the form around it
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <Checkbox
        label="I want to send it"
        checked={isAgreed}
        error={isTold && !isAgreed ? 'Tick this box first' : undefined}
        onChange={(event) => setIsAgreed(event.currentTarget.checked)}
      />
      <Button
        size="compact-sm"
        loading={isBusy}
        onClick={() => {
          setIsTold(true)
          if (isAgreed) onSend(secret)
        }}
      >
        Send the sample
      </Button>
    </div>
  )
}

const ICONS = {
  good: IconCircleCheck,
  bad: IconCircleX,
  unsure: IconAlertTriangle,
  'not reached': IconCircleDotted,
}

const STATE_WORDS: Record<Stage['state'], string> = {
  good: 'good',
  bad: 'problem',
  unsure: 'uncertain',
  'not reached': 'not reached',
}

function Report({ report }: { report: ProbeReport }) {
  const verdict = verdictOf(report)
  const Verdict = ICONS[verdict.level]
  return (
    <Stack gap={4} className={classes.report} data-state={verdict.level}>
      <p className={classes.verdict}>
        <Verdict size={18} aria-hidden className={classes.icon} data-state={verdict.level} />
        <span>{verdict.text}</span>
      </p>
      <ul className={classes.stages} aria-label="Steps of the check">
        {stagesOf(report).map(({ name, state, text }) => {
          const Icon = ICONS[state]
          return (
            <li key={name} className={classes.stage}>
              <Icon size={16} aria-hidden className={classes.icon} data-state={state} />
              <span>
                <strong>{name}</strong>{' '}
                <span className={classes.state}>({STATE_WORDS[state]})</span> {text}
              </span>
            </li>
          )
        })}
      </ul>
      <Text size="xs" c="dimmed" component="div">
        Checked from the Hookdesk server; Nexudus may see something else. Total {report.totalMs} ms,{' '}
        <TimeAgo at={Date.parse(report.at)} />.
      </Text>
    </Stack>
  )
}
