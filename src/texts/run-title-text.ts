import type { KeptTitle } from '#contract/desk/run-title.ts'
import { plural } from '#contract/words/plural.ts'

const VERBS = {
  create: 'Create',
  pause: 'Pause',
  resume: 'Resume',
  describe: 'Describe',
  delete: 'Delete',
  'switch-on': 'Switch on',
}

/** Names a run by its task: "Pause 29 webhooks". */
export function runTitleText(title: KeptTitle): string {
  return 'Undo: '.repeat(title.undo ?? 0) + deedText(title)
}

function deedText(title: KeptTitle): string {
  switch (title.act) {
    case 'other':
      return title.text || 'A run'
    case 'copy':
      return `Copy from other locations to ${title.to}`
    case 'move':
      return `Move ${title.from} to ${title.to}`
    case 'import':
      return title.file === null ? 'Import of a plan' : `Import of ${title.file}`
    default:
      return `${VERBS[title.act]} ${plural(title.count, 'webhook')}`
  }
}
