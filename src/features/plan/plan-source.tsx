import { Alert, Button, Group, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useRef, useState, type DragEvent } from 'react'

import { PlainTextarea } from '#ui/controls/form.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { Card } from '#ui/page/card.tsx'

import { MAX_PLAN_LENGTH } from './plan.ts'
import classes from './plan.module.css'
import { TOO_LARGE } from './plan-text.ts'
import type { Source } from './use-kept-source.ts'

type PlanSourceProps = {
  source: Source
  /** True if a reload brought the text back without its secrets, which are not kept. */
  isMasked: boolean
  onChange: (source: Source) => void
}

const TEXT_ID = 'plan-text'

/** The file: chosen, dropped or pasted, and corrected in the text field. */
export function PlanSource({ source, isMasked, onChange }: PlanSourceProps) {
  const { announce } = useNotices()
  const file = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function read(chosen: File | undefined) {
    if (!chosen) return
    // checked before reading: a field with so much text freezes the page
    if (chosen.size > MAX_PLAN_LENGTH) {
      setProblem(TOO_LARGE)
      return
    }
    const text = await textOf(chosen).catch((error: unknown) => {
      setProblem(error instanceof TypeError ? NOT_UTF8 : 'Hookdesk could not read the file.')
      return undefined
    })
    if (text === undefined) return
    setProblem(null)
    onChange({ text, fileName: chosen.name })
    announce(`Read ${chosen.name}.`)
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setIsOver(false)
    void read(event.dataTransfer.files[0])
  }

  return (
    // dropping is one more way; everyone can use the button beside it
    <Card
      className={classes.source}
      data-over={isOver || undefined}
      title="File"
      aside={
        <Group gap="xs">
          {source.text !== '' && (
            <Button
              variant="subtle"
              onClick={() => {
                setProblem(null)
                onChange({ text: '', fileName: null })
              }}
            >
              Clear
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconFileUpload size={18} aria-hidden />}
            onClick={() => file.current?.click()}
          >
            Choose a file
          </Button>
        </Group>
      }
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <input
        ref={file}
        type="file"
        hidden
        aria-label="Plan file"
        accept=".csv,.json,.txt,.tsv,text/csv,application/json,text/plain"
        onChange={(event) => {
          void read(event.currentTarget.files?.[0])
          // allows choosing the same file again after it was corrected elsewhere
          event.currentTarget.value = ''
        }}
      />
      {problem !== null && (
        <Alert role="alert" color="orange" variant="light">
          {problem}
        </Alert>
      )}
      <PlainTextarea
        id={TEXT_ID}
        label={source.fileName ?? 'Or drop the file here, or paste its text'}
        description="CSV or JSON. Hookdesk compares your corrections at once; the file itself stays as it is."
        placeholder={EXAMPLE}
        rows={source.text === '' ? 5 : 9}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        classNames={{ input: classes.text }}
        value={source.text}
        onPaste={(event) => {
          if (event.clipboardData.getData('text/plain').length <= MAX_PLAN_LENGTH) return
          event.preventDefault()
          setProblem(TOO_LARGE)
        }}
        onChange={(event) => {
          setProblem(null)
          onChange({ ...source, text: event.currentTarget.value })
        }}
      />
      {isMasked && (
        <Text size="sm" role="note">
          The page was reloaded. Keys in URLs were not kept: •••• leaves a URL as it is, and a new
          webhook needs the full URL.
        </Text>
      )}
      {source.text === '' && (
        <Text size="xs" c="dimmed">
          Up to 5,000 webhooks and 2 MB. A URL exported without its secrets stays as it is.
        </Text>
      )}
    </Card>
  )
}

const EXAMPLE = `Location,Action,Name,URL
Soho,Booking – created,Bookings to CRM,https://…`

const NOT_UTF8 =
  'This file is not UTF-8, so its letters would come out wrong. In your spreadsheet, save it as “CSV UTF-8”.'

async function textOf(file: File): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
}

/** Moves to the line of the text where a problem has to be corrected. */
export function showLine(line: number) {
  const field = document.getElementById(TEXT_ID)
  if (!(field instanceof HTMLTextAreaElement)) return
  const lines = field.value.split('\n')
  const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  field.focus()
  field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0))
  const lineHeight = Number.parseFloat(getComputedStyle(field).lineHeight)
  field.scrollTop = Math.max(0, (line - 3) * lineHeight)
  field.scrollLeft = 0
}
