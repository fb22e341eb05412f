import { expect, test } from 'vitest'

import { undoOf, type KeptTitle } from '#contract/desk/run-title.ts'

import { runTitleText } from './run-title-text.ts'

test.each<[KeptTitle, string]>([
  [{ act: 'pause', count: 1 }, 'Pause 1 webhook'],
  [{ act: 'switch-on', count: 1_200 }, 'Switch on 1,200 webhooks'],
  [{ act: 'copy', to: 'Soho' }, 'Copy from other locations to Soho'],
  [{ act: 'move', from: 'a.example', to: 'b.example' }, 'Move a.example to b.example'],
  [{ act: 'import', file: 'plan.csv' }, 'Import of plan.csv'],
  [{ act: 'import', file: null }, 'Import of a plan'],
  [{ act: 'other', text: 'Kept by an earlier version' }, 'Kept by an earlier version'],
  [{ act: 'other', text: '' }, 'A run'],
  [undoOf(undoOf({ act: 'pause', count: 2 })), 'Undo: Undo: Pause 2 webhooks'],
])('%o is called %s', (title, text) => {
  expect(runTitleText(title)).toBe(text)
})
