import { Alert, Button, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

type ReadProblemProps = {
  title: string
  /** The reason, and what can still be used. */
  children: ReactNode
  isBusy?: boolean
  onAgain?: (() => void) | undefined
}

/** Reports a failed reading, and offers to try once more. */
export function ReadProblem({ title, children, isBusy = false, onAgain }: ReadProblemProps) {
  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={title}
    >
      <Text component="div" size="sm">
        {children}
      </Text>
      {onAgain && (
        <Button mt="xs" size="compact-sm" variant="default" loading={isBusy} onClick={onAgain}>
          Try again
        </Button>
      )}
    </Alert>
  )
}
