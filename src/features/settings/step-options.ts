import { STEPS } from '#contract/desk/attention.ts'

const STEP_LABELS: { readonly [Step in (typeof STEPS)[number]]: string } = {
  '5': 'Early: 5 of 10 failures',
  '8': 'Late: 8 of 10 failures',
  '9': 'Last: 9 of 10 failures',
  stopped: 'Only when a webhook has stopped',
}

/** The steps from which on somebody may want to be told. */
export const STEP_OPTIONS = STEPS.map((value) => ({ value, label: STEP_LABELS[value] }))
