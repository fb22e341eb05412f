import { Kbd, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useDeferredValue, useId, useMemo, useState, type KeyboardEvent } from 'react'

import { switchRun, useProposeRun } from '#features/runs/propose.ts'
import { useDesk, useMay, useMayImport } from '#features/session/use-desk.ts'
import type { SavedView } from '#contract/desk/views.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { isRefused } from '#fleet/missing-rights.tsx'
import { viewQueries } from '#fleet/saved-views.ts'
import { useReadFleet } from '#fleet/use-fleet.ts'
import { isComposing } from '#ui/controls/composing.ts'
import { useAnnounceChange } from '#ui/feedback/announced.ts'
import { Dialog } from '#ui/feedback/dialog.tsx'
import { plural } from '#contract/words/plural.ts'

import { createCommands, type Command, type CommandGroup, type Commands } from './commands.ts'
import classes from './command-box.module.css'
import { noteUse, recentIds } from './recent.ts'

/** Goes to any webhook, location, destination, action or page, or starts a run, by a few letters. */
export function CommandBox({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  // the letter is painted first, the list follows
  const query = useDeferredValue(text)
  const [active, setActive] = useState(0)
  const listId = useId()
  const router = useRouter()
  const propose = useProposeRun()
  const { commands, fleet } = useCommands()
  const [recent] = useState(recentIds)
  const resultsFor = (words: string) => withRecent(words, commands, recent)
  const shown = useMemo(() => withRecent(query, commands, recent), [query, commands, recent])
  const count = flat(shown).length
  useAnnounceChange(plural(count, 'result'))
  // a position counts only in the list for the current text
  const at = query === text ? active : 0
  const optionId = (position: number) => `${listId}-${position}`

  async function run(command: Command) {
    if ('switches' in command) {
      const { ids, isOn } = command.switches
      propose.mutate(switchRun(ids, isOn), { onSuccess: onClose })
      return
    }
    if (commands.byId(command.id)) noteUse(command.id)
    onClose()
    await router.navigate({ href: command.href })
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event)) return
    // the list may be drawn a moment after the letter: a key is for the current text
    const now = flat(query === text ? shown : resultsFor(text))
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
        aria-activedescendant={count > 0 ? optionId(at) : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        data-autofocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={press}
      />
      {propose.error && <p role="alert">{explainFailure(propose.error)}</p>}
      {propose.isPending && (
        <p role="status" className={classes.nothing}>
          Preparing the dry run …
        </p>
      )}
      <div id={listId} role="listbox" aria-label="Results" className={classes.list}>
        {numbered(shown).map(({ label, commands: those }) => (
          <div key={label} role="group" aria-labelledby={`${listId}-${label}`}>
            <div id={`${listId}-${label}`} className={classes.group}>
              {label}
            </div>
            {those.map(({ command, position }) => (
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
      {count === 0 && <p className={classes.nothing}>{`Nothing matches “${query}”.`}</p>}
      {fleet.data === undefined && (
        <p className={classes.nothing}>
          {fleet.error
            ? `Webhooks cannot be found now. ${explainFailure(fleet.error)}`
            : 'Webhooks are still being read …'}
        </p>
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

const NO_VIEWS: readonly SavedView[] = []

function useCommands() {
  const { rows, fleet } = useReadFleet()
  const { data } = useQuery({ ...viewQueries.list(), enabled: useMay('WebHook-List') })
  const views = data?.views ?? NO_VIEWS
  const { watches, sandbox, session } = useDesk()
  const mayEdit = useMay('WebHook-Edit')
  // without the list, the pages that write are refused at their head
  const mayRead = !isRefused(fleet.error)
  const mayCreate = useMay('WebHook-Create') && mayRead
  const mayImport = useMayImport() && mayRead
  const isAdministrator = session.rights.kind === 'unrestricted'
  const hasSandbox = sandbox !== null
  const commands = useMemo(
    () =>
      createCommands({
        rows,
        views,
        watches,
        hasSandbox,
        mayEdit,
        mayCreate,
        mayImport,
        isAdministrator,
      }),
    [rows, views, watches, hasSandbox, mayEdit, mayCreate, mayImport, isAdministrator],
  )
  return { commands, fleet }
}

function withRecent(text: string, commands: Commands, ids: readonly string[]): CommandGroup[] {
  const found = commands.find(text)
  const recent = text.trim() === '' ? ids.flatMap((id) => commands.byId(id) ?? []) : []
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
