import type { TargetPolicy } from '#contract/address/address-findings.ts'
import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import { webhookInputSchema } from '#contract/nexudus/webhook.ts'
import { blockText } from '#texts/address-block-text.ts'
import { fieldProblem } from '#texts/issue-texts.ts'
import { byCount } from '#contract/words/plural.ts'

import { unknownPlaceholders } from './pattern.ts'
import type { Draft, PlannedCell, Task } from './plan.ts'

export type FieldName = 'locations' | 'actions' | 'URL' | 'pattern' | 'Description' | 'plan'

export type Problem = { field: FieldName; text: string }

/** The problems to fix before a dry run, in the order of the page. */
export function problemsOf(
  task: Task,
  draft: Draft,
  ticked: readonly PlannedCell[],
  policy: TargetPolicy,
): Problem[] {
  const problems: Problem[] = []
  const add = (field: FieldName, text: string | undefined) => {
    if (text !== undefined) problems.push({ field, text })
  }
  if (task.kind !== 'cells' && draft.locations.size === 0) {
    add('locations', 'Tick at least one location')
  }
  if (task.kind === 'product' && draft.actions.size === 0) {
    add('actions', 'Tick at least one action')
  }
  if (draft.URL !== null) add('URL', addressProblem(draft.URL, policy))
  if (task.kind !== 'copy' || !draft.keepsNames) add('pattern', patternProblem(draft.pattern))
  add('Description', storageProblem(draft.Description))
  // problems of the plan come only once there can be a plan
  if (problems.length === 0) add('plan', planProblem(ticked))
  return problems
}

const RULES = webhookInputSchema.shape

function addressProblem(address: string, policy: TargetPolicy): string | undefined {
  return fieldProblem('URL', RULES.URL, address) ?? blockText(address, policy)
}

export function patternProblem(pattern: string): string | undefined {
  const unknown = unknownPlaceholders(pattern)
  if (unknown.length > 0) {
    const are = byCount(unknown.length, 'is not a placeholder', 'are not placeholders')
    return `${unknown.join(', ')} ${are}. Use {action}, {location}, {number} or {name}.`
  }
  return fieldProblem('Name', RULES.Name, pattern)
}

const storageProblem = (text: string) => fieldProblem('Description', RULES.Description, text)

function planProblem(ticked: readonly PlannedCell[]): string | undefined {
  if (ticked.length === 0) return 'Nothing is ticked in the plan, so nothing would be created.'
  if (ticked.length > MAX_RUN_ITEMS) {
    return `${ticked.length.toLocaleString('en')} webhooks are too many: one run takes at most ${MAX_RUN_ITEMS.toLocaleString('en')}. Tick fewer, and do the rest in a second run.`
  }
  return undefined
}
