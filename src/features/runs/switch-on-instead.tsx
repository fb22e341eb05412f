import { Alert, Button, Text } from '@mantine/core'

import type { RunItem } from '#contract/desk/run.ts'
import { explainFailure } from '#fleet/failure-words.ts'
import { plural } from '#contract/words/plural.ts'

import { switchOnRun, useProposeRun } from './propose.ts'
import { switchedOffDuplicates } from './run-words.ts'

/**
 * Offers to switch on duplicates: the run created nothing, because they exist, but they are off and
 * send nothing.
 */
export function SwitchOnInstead({ items }: { items: readonly RunItem[] }) {
  const propose = useProposeRun()
  const ids = switchedOffDuplicates(items)
  if (ids.length === 0) return null
  const isOne = ids.length === 1
  return (
    <Alert
      color="yellow"
      variant="light"
      title={`${plural(ids.length, 'webhook')} to create already ${isOne ? 'exists' : 'exist'}, switched off`}
    >
      <Text size="sm">
        {isOne
          ? 'Hookdesk does not create it again. While it is off, it sends nothing.'
          : 'Hookdesk does not create them again. While they are off, they send nothing.'}
      </Text>
      {propose.error && (
        <Text size="sm" role="alert" mt="xs">
          {explainFailure(propose.error)}
        </Text>
      )}
      <Button
        mt="xs"
        size="compact-sm"
        variant="default"
        loading={propose.isPending}
        onClick={() => propose.mutate(switchOnRun(ids))}
      >
        {isOne ? 'Switch it on instead…' : `Switch ${ids.length.toLocaleString('en')} on instead…`}
      </Button>
    </Alert>
  )
}
