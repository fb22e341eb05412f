import { NativeSelect } from '@mantine/core'

import { STEPS } from '#contract/desk/attention.ts'

const STEP_LABELS: { readonly [Step in (typeof STEPS)[number]]: string } = {
  quiet: 'Everything: also when one is quiet',
  '5': 'Early: 5 of 10 failures',
  '8': 'Late: 8 of 10 failures',
  '9': 'Last: 9 of 10 failures',
  stopped: 'Only when a webhook has stopped',
}

const OPTIONS = STEPS.map((value) => ({ value, label: STEP_LABELS[value] }))

type Step = (typeof STEPS)[number]
type StepSelectProps = { label: string; value: Step; onChange: (step: Step) => void }

/** Chooses the step from which on somebody wants to be told. */
export function StepSelect({ label, value, onChange }: StepSelectProps) {
  return (
    <NativeSelect
      label={label}
      data={OPTIONS}
      value={value}
      onChange={(event) => {
        const chosen = STEPS.find((step) => step === event.currentTarget.value)
        if (chosen) onChange(chosen)
      }}
    />
  )
}
