import { Alert, Button, Checkbox, Group, PasswordInput, Stack, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleX,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError } from '#api/failure.ts'
import type { ProbeReport, ProbeRequest } from '#contract/probe.ts'
import { useNotices } from '#ui/notices.tsx'
import { TimeAgo } from '#ui/time-ago.tsx'

import classes from './address-check.module.css'
import { explainFailure } from './failure-words.ts'
import { probe } from './probe-api.ts'
import { stagesOf, verdictOf, type Stage } from './probe-words.ts'

type AddressCheckProps = {
  /** What is in the field. */
  address: string
  /** Of the webhook, where what is in the field is also what is stored. */
  storedId: number | undefined
  /** Which data a sample is made of; none until an action is chosen. */
  sample: { action: number; businessId: number; locationName: string } | undefined
  mayCheckTyped: boolean
}

/**
 * Calls an address and says what was found. A result belongs to the address it is of: whoever
 * shows another one gives the component another key.
 */
export function AddressCheck({ address, storedId, sample, mayCheckTyped }: AddressCheckProps) {
  const { announce } = useNotices()
  const check = useMutation({
    mutationFn: probe,
    onSuccess: (report) => announce(verdictOf(report).text),
  })
  const [isSampling, setIsSampling] = useState(false)
  const target: ProbeRequest['target'] =
    storedId === undefined ? { kind: 'address', url: address } : { kind: 'webhook', id: storedId }
  const what = storedId === undefined ? 'what is typed, not what is stored' : 'the stored address'

  if (storedId === undefined && !mayCheckTyped) return null
  return (
    <section aria-label="Check of the address" className={classes.check}>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          loading={check.isPending && !isSampling}
          onClick={() => {
            setIsSampling(false)
            check.mutate({ target })
          }}
        >
          Check this address
        </Button>
        {sample && mayCheckTyped && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={isSampling}
            onClick={() => setIsSampling((was) => !was)}
          >
            Send a sample …
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        Tests {what}, with a request that starts nothing.
      </Text>
      {isSampling && sample && (
        <SampleForm
          isBusy={check.isPending}
          onSend={(secret) =>
            check.mutate({ target, sample: { ...sample, ...(secret && { secret }) } })
          }
        />
      )}
      {check.error && (
        <Alert role="alert" color="orange" variant="light">
          {check.error instanceof ApiError && check.error.code === 'probe_throttled'
            ? check.error.message
            : explainFailure(check.error)}
        </Alert>
      )}
      {check.data && !check.isPending && <Report report={check.data} />}
    </section>
  )
}

/** The second step before real data leaves: it may start whatever is behind the address. */
function SampleForm({ isBusy, onSend }: { isBusy: boolean; onSend: (secret: string) => void }) {
  const [isAgreed, setIsAgreed] = useState(false)
  const [secret, setSecret] = useState('')
  const [isTold, setIsTold] = useState(false)
  return (
    <div className={classes.sample}>
      <Text size="sm" fw={600}>
        This sends made-up data and may start the automation behind this address.
      </Text>
      <PasswordInput
        label="Shared secret of the location (optional)"
        description="Signs the sample. It is used once and kept nowhere."
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        // a key of its own: the form around it is not to be saved by it
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <Checkbox
        label="I want to send it"
        checked={isAgreed}
        error={isTold && !isAgreed ? 'Tick this first' : undefined}
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
  bad: 'trouble',
  unsure: 'unsure',
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
      <ul className={classes.stages} aria-label="Stages of the check">
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
        Tested from our server; Nexudus may see something else. In all {report.totalMs} ms,{' '}
        <TimeAgo at={Date.parse(report.at)} />.
      </Text>
    </Stack>
  )
}
