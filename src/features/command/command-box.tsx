import { Kbd, TextInput } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useDeferredValue, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'

import { pauseRun, switchOnRun, useProposeRun } from '#features/runs/propose.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { useReadFleet } from '#fleet/use-fleet.ts'
import { isComposing } from '#ui/controls/composing.ts'
import { Dialog } from '#ui/feedback/dialog.tsx'
import { useNotices } from '#ui/feedback/notices.tsx'
import { plural } from '#contract/words/plural.ts'

import {
  commandsById,
  findCommands,
  type Command,
  type CommandContext,
  type CommandGroup,
} from './commands.ts'
import classes from './command-box.module.css'
import { noteUse, recentIds } from './recent.ts'

/** Goes to any webhook, location, destination, action or page, or starts a run, by a few letters. */
export function CommandBox({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  // the letter is painted first, the list follows
  const query = useDeferredValue(text)
  const [active, setActive] = useState(0)
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const router = useRouter()
  const { announce } = useNotices()
  const propose = useProposeRun()
  const context = useContextOfCommands()
  const shown = useMemo(() => resultsOf(query, context), [query, context])
  // a position counts only in the list for the current text
  const at = query === text ? active : 0
  const optionId = (position: number) => `${listId}-${position}`

  function type(next: string) {
    setText(next)
    setActive(0)
    announce(plural(flat(resultsOf(next, context)).length, 'result'))
  }

  async function run(command: Command) {
    noteUse(command.id)
    if ('switches' in command) {
      const { ids, isOn } = command.switches
      propose.mutate(isOn ? switchOnRun(ids) : pauseRun(ids), { onSuccess: onClose })
      return
    }
    onClose()
    await router.navigate({ href: command.href })
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event)) return
    // the list may be drawn a moment after the letter: a key is for the current text
    const now = flat(resultsOf(text, context))
    const move = (next: number) => {
      event.preventDefault()
      setActive(next)
      document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'ArrowDown') move(at + 1 < now.length ? at + 1 : 0)
    if (event.key === 'ArrowUp') move(at > 0 ? at - 1 : Math.max(0, now.length - 1))
    if (event.key === 'Enter') {
      event.preventDefault()
      const command = now[at]
      if (command && !propose.isPending) void run(command)
    }
  }

  return (
    <Dialog title="Go to, or do" onClose={onClose} withCloseButton>
      <TextInput
        aria-label="Find a webhook, location, destination, action or page"
        placeholder="A webhook, a place, a page, or “pause all at …”"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={flat(shown).length > 0 ? optionId(at) : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        data-autofocus
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
      />
      {propose.error && <p role="alert">{explainFailure(propose.error)}</p>}
      <div ref={list} id={listId} role="listbox" aria-label="Results" className={classes.list}>
        {numbered(shown).map(({ label, commands }) => (
          <div key={label} role="group" aria-labelledby={`${listId}-${label}`}>
            <div id={`${listId}-${label}`} className={classes.group}>
              {label}
            </div>
            {commands.map(({ command, position }) => (
              <Option
                key={command.id}
                id={optionId(position)}
                command={command}
                isActive={position === at}
                onUse={() => void run(command)}
              />
            ))}
          </div>
        ))}
      </div>
      {flat(shown).length === 0 && (
        <p className={classes.nothing}>{`Nothing matches “${query}”.`}</p>
      )}
    </Dialog>
  )
}

type OptionProps = { id: string; command: Command; isActive: boolean; onUse: () => void }

function Option({ id, command: { label, hint, keys }, isActive, onUse }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes.option}
      // the focus stays in the field
      onMouseDown={(event) => event.preventDefault()}
      onClick={onUse}
      onKeyDown={undefined}
    >
      <bdi className={classes.label}>{label}</bdi>
      {hint !== undefined && <bdi className={classes.hint}>{hint}</bdi>}
      {keys !== undefined && (
        <span aria-hidden className={classes.keys}>
          {keys.split(' ').map((key) => (
            <Kbd key={key} size="xs">
              {key}
            </Kbd>
          ))}
        </span>
      )}
    </div>
  )
}

function useContextOfCommands(): CommandContext {
  const { rows } = useReadFleet()
  const { watches, sandbox, session } = useDesk()
  const mayEdit = useMay('WebHook-Edit')
  const mayCreate = useMay('WebHook-Create')
  const isAdministrator = session.rights.kind === 'unrestricted'
  const hasSandbox = sandbox !== null
  return useMemo(
    () => ({ rows, watches, hasSandbox, mayEdit, mayCreate, isAdministrator }),
    [rows, watches, hasSandbox, mayEdit, mayCreate, isAdministrator],
  )
}

function resultsOf(text: string, context: CommandContext): CommandGroup[] {
  const found = findCommands(text, context)
  if (text.trim() !== '') return found
  const byId = commandsById(context)
  const recent = recentIds().flatMap((id) => byId(id) ?? [])
  return recent.length > 0 ? [{ label: 'Recent', commands: recent }, ...found] : found
}

/** Each command with its position in the whole list. */
function numbered(groups: readonly CommandGroup[]) {
  const positions = new Map(flat(groups).map((command, position) => [command, position]))
  return groups.map(({ label, commands }) => ({
    label,
    commands: commands.map((command) => ({ command, position: positions.get(command) ?? 0 })),
  }))
}

const flat = (groups: readonly CommandGroup[]) => groups.flatMap(({ commands }) => commands)
