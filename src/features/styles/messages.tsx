import { Alert, Button, Group, Progress, Skeleton, Text } from '@mantine/core'
import { useState } from 'react'

import { Finding } from '#fleet/address-findings.tsx'
import { MissingRights } from '#fleet/missing-rights.tsx'
import { Ask } from '#ui/feedback/ask.tsx'
import { Dialog } from '#ui/feedback/dialog.tsx'
import { DroppedFilters } from '#ui/feedback/dropped-filters.tsx'
import { EMPTY_PICTURES, EmptyState } from '#ui/feedback/empty-state.tsx'
import { ErrorSummary } from '#ui/feedback/error-summary.tsx'
import { LeaveDialog } from '#ui/feedback/leave-dialog.tsx'
import { reportLine } from '#ui/feedback/line.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { ReadProblem } from '#ui/feedback/read-problem.tsx'
import { Card } from '#ui/page/card.tsx'
import { Markdown } from '#ui/page/markdown.tsx'

import { Sample } from './sample.tsx'
import classes from './styles-page.module.css'

const COLOURS = [
  ['indigo', 'to know'],
  ['orange', 'a problem'],
  ['yellow', 'a caution'],
  ['red', 'refused or lost'],
  ['green', 'done'],
] as const

const LINES = ['unreachable', 'updated', 'fine'] as const

/** Alerts, notices, dialogs and empty states. */
export function Messages() {
  return (
    <>
      <Alerts />
      <Notices />
      <Dialogs />
      <Card title="Waiting">
        <Skeleton height={44} />
        <Progress value={40} aria-label="Reading" />
      </Card>
      <Card title="Empty states">
        <div className={classes.wide}>
          {EMPTY_PICTURES.map((picture) => (
            <EmptyState
              key={picture}
              picture={picture}
              title={`Nothing yet: ${picture}`}
              text="What will be here, and how it gets here."
            >
              <Button>Create webhook</Button>
              <Button variant="default">Read the guide</Button>
            </EmptyState>
          ))}
          <Card title="In a card">
            <EmptyState picture="run" isInCard title="No runs yet" text="In a card.">
              <a href="#main" className={classes.link}>
                Go to the list
              </a>
            </EmptyState>
          </Card>
        </div>
      </Card>
      <Card title="Text of the guide">
        <Markdown text={'A **webhook** tells another system, see `POST`:\n\n- one\n- two'} />
      </Card>
    </>
  )
}

function Alerts() {
  const [tries, setTries] = useState(0)
  const errors = [
    { text: 'Choose a location' },
    { text: 'Enter a URL', field: { id: 'main', focus: () => {} } },
  ]
  return (
    <Card title="Alerts">
      <div className={classes.wide}>
        {COLOURS.map(([color, name]) => (
          <Alert key={color} color={color} variant="light" title={`${color}: ${name}`}>
            Nexudus did not answer within ten seconds. Nothing was changed.
          </Alert>
        ))}
        <ReadProblem title="Hookdesk could not read the webhooks" onAgain={() => {}}>
          Nexudus does not answer.
        </ReadProblem>
        <ReadProblem title="Trying again" isBusy onAgain={() => {}}>
          Nexudus does not answer.
        </ReadProblem>
        <MissingRights title="You cannot edit webhooks" rights={['WebHook-Edit']} />
        <Sample name="in the head of a page">
          <MissingRights rights={['WebHook-Edit']} isFolded />
        </Sample>
      </div>
      <ul className={classes.list}>
        <Finding level="inform">It sends to a port of its own.</Finding>
        <Finding level="warn">The host is probably a slip of the pen.</Finding>
      </ul>
      <DroppedFilters names={['colour', 'size']} />
      <Group>
        <Button variant="default" onClick={() => setTries(tries + 1)}>
          Show the errors of a form
        </Button>
      </Group>
      <ErrorSummary errors={errors} tries={tries} />
    </Card>
  )
}

function Notices() {
  const { notify } = useNotices()
  return (
    <Card title="Notices, and the connection">
      <Group>
        <Button variant="default" onClick={() => notify({ text: 'Saved.' })}>
          Notice
        </Button>
        <Button
          variant="default"
          onClick={() =>
            notify({ text: 'Paused “Door codes”.', action: { label: 'Undo', run: () => {} } })
          }
        >
          Notice with an act
        </Button>
        {LINES.map((line) => (
          <Button key={line} variant="default" onClick={() => reportLine(line)}>
            {`Connection: ${line}`}
          </Button>
        ))}
      </Group>
    </Card>
  )
}

const DIALOGS = ['plain', 'question', 'danger', 'busy', 'failed', 'leave'] as const

function Dialogs() {
  const [open, setOpen] = useState<(typeof DIALOGS)[number] | null>(null)
  const close = () => setOpen(null)
  return (
    <Card title="Dialogs">
      <Group>
        {DIALOGS.map((kind) => (
          <Button key={kind} variant="default" onClick={() => setOpen(kind)}>
            {`Dialog: ${kind}`}
          </Button>
        ))}
      </Group>
      {open === 'plain' && (
        <Dialog title="Keys" onClose={close} withCloseButton>
          <Text>Text of a dialog.</Text>
        </Dialog>
      )}
      {open === 'leave' && (
        <LeaveDialog title="Leave this form?" onLeave={close} onStay={close}>
          What you typed will be lost.
        </LeaveDialog>
      )}
      {open && open !== 'plain' && open !== 'leave' && (
        <Ask
          title="Delete “Door codes”?"
          confirmLabel="Delete"
          isDangerous={open !== 'question'}
          isBusy={open === 'busy'}
          error={open === 'failed' ? 'Nexudus did not answer. Nothing was changed.' : null}
          {...(open === 'danger' && { instead: { label: 'Pause instead', run: close } })}
          onConfirm={close}
          onCancel={close}
        >
          Events are no longer delivered.
        </Ask>
      )}
    </Card>
  )
}
