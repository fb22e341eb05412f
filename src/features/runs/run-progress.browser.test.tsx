import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'

import { announced, show } from '#app/test-screen.tsx'
import { RUN_ITEM_STATES, type Run } from '#contract/desk/run.ts'

import { RunProgress } from './run-progress.tsx'
import { runQueries } from './run-queries.ts'

const NO_COUNTS = Object.fromEntries(RUN_ITEM_STATES.map((state) => [state, 0]))

const runIn = (change: Partial<Omit<Run, 'counts'>> & { counts: Partial<Run['counts']> }): Run => ({
  id: 1,
  title: { act: 'pause', count: 8 },
  by: 'ana@example.com',
  state: 'running',
  wait: null,
  current: 'Door codes',
  createdAt: '2026-06-01T12:00:00Z',
  startedAt: '2026-06-01T12:01:00Z',
  finishedAt: null,
  undoes: null,
  undoneBy: null,
  undoable: 0,
  perMinute: 40,
  ...change,
  // every state is among them
  counts: { ...NO_COUNTS, ...change.counts } as Run['counts'],
})

function Progress({ run }: { run: Run }) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  client.setQueryData(runQueries.items(run).queryKey, [])
  return (
    <QueryClientProvider client={client}>
      <RunProgress run={run} />
    </QueryClientProvider>
  )
}

const bar = () => page.getByRole('progressbar')

test('the bar says how many are done, and not that failures are', async () => {
  await show(<Progress run={runIn({ counts: { ready: 4, done: 3, failed: 1 } })} />)
  await expect.element(bar()).toHaveAttribute('aria-valuenow', '3')
  await expect.element(bar()).toHaveAttribute('aria-valuemax', '8')
  await expect.element(bar()).toHaveAttribute('aria-valuetext', '3 of 8 done, 1 failed')
  await expect.element(page.getByText('Door codes')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Pause' })).toBeVisible()
})

test('progress is announced at each quarter, not at each item', async () => {
  const at = (done: number) => <Progress run={runIn({ counts: { ready: 8 - done, done } })} />
  const screen = await show(at(0))
  await expect.element(announced()).toHaveTextContent('0 of 8 done')
  await screen.rerender(at(1))
  await expect.element(bar()).toHaveAttribute('aria-valuenow', '1')
  expect(announced().element()).toHaveTextContent('0 of 8 done')
  await screen.rerender(at(2))
  await expect.element(announced()).toHaveTextContent('2 of 8 done')
})

test('a wait is explained, and counts down', async () => {
  const until = new Date(Date.now() + 90_000).toISOString()
  const wait = { for: 'nexudus' as const, until }
  await show(<Progress run={runIn({ wait, counts: { ready: 8 } })} />)
  const text = page.getByText(/Nexudus asked Hookdesk to wait, or does not answer\. Continues in/)
  await expect.element(text).toBeVisible()
  const before = text.element().textContent
  await expect.poll(() => text.element().textContent).not.toBe(before)
})
