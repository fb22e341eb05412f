import { Kbd, Switch } from '@mantine/core'
import { useState } from 'react'

import { Dialog } from '#ui/feedback/dialog.tsx'
import { areKeysOff, switchKeys } from '#ui/hooks/keys.ts'

import classes from './keys-dialog.module.css'

const KEYS = [
  { keys: ['/'], does: 'Search webhooks', isSingle: true },
  { keys: ['n'], does: 'New webhook', isSingle: true },
  { keys: ['j'], does: 'Next webhook in the list', isSingle: true },
  { keys: ['k'], does: 'Previous webhook in the list', isSingle: true },
  { keys: ['x'], does: 'Select the focused webhook', isSingle: true },
  { keys: ['e'], does: 'Edit the focused webhook', isSingle: true },
  { keys: ['g', 'a'], does: 'Go to Attention', isSingle: true },
  { keys: ['g', 'w'], does: 'Go to Webhooks', isSingle: true },
  { keys: ['g', 'c'], does: 'Go to Coverage', isSingle: true },
  { keys: ['g', 'd'], does: 'Go to Destinations', isSingle: true },
  { keys: ['?'], does: 'Show this list', isSingle: true },
  { keys: ['Ctrl', 'K'], does: 'Go to, or do (⌘ K on a Mac)', isSingle: false },
  { keys: ['Ctrl', 'Enter'], does: 'Save the form (⌘ Enter on a Mac)', isSingle: false },
  { keys: ['F8'], does: 'Go to the latest notice', isSingle: false },
  { keys: ['Esc'], does: 'Close what is open', isSingle: false },
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [areOn, setAreOn] = useState(() => !areKeysOff())
  return (
    <Dialog title="Keys" onClose={onClose} withCloseButton>
      <dl className={classes.list}>
        {KEYS.map(({ keys, does, isSingle }) => (
          <div key={does} className={classes.row} data-off={(isSingle && !areOn) || undefined}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} mr={4}>
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single-letter keys"
        description="Switch these off if you use speech input or press them by accident."
        checked={areOn}
        onChange={({ currentTarget: { checked } }) => {
          switchKeys(checked)
          setAreOn(checked)
        }}
      />
    </Dialog>
  )
}
