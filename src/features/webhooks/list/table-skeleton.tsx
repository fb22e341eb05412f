import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'

const ROWS = 8

/** Shown only during the very first load: later the old rows stay while new ones are read. */
export function TableSkeleton() {
  return (
    <Stack gap="xs" aria-busy>
      <VisuallyHidden>Loading webhooks …</VisuallyHidden>
      <Skeleton height={36} width="60%" />
      {Array.from({ length: ROWS }, (_, row) => (
        <Skeleton key={row} height={56} />
      ))}
    </Stack>
  )
}
