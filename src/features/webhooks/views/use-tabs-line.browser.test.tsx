import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'

import { show } from '#app/test-screen.tsx'

import { useTabsLine } from './use-tabs-line.ts'

type Asked = { has?: boolean; isDrawn?: boolean; step?: string }

const Line = ({ has, isDrawn = true, step = '' }: Asked) => (
  <p>{useTabsLine(has, isDrawn, step) ? 'a line' : 'no line'}</p>
)

const shown = () => page.getByRole('paragraph').element().textContent

async function begin(asked: Asked) {
  const screen = await show(<Line {...asked} />)
  return {
    ask: (now: Asked) => screen.rerender(<Line {...now} />),
    leave: () => screen.unmount(),
  }
}

beforeEach(() => localStorage.clear())

test('views that are known before the list is drawn decide at once', async () => {
  const { ask } = await begin({ isDrawn: false })
  await ask({ isDrawn: false, has: false })
  await ask({ has: false })
  expect(shown()).toBe('no line')
  await ask({ isDrawn: false, has: true })
  await ask({ has: true })
  expect(shown()).toBe('a line')
})

test('while nothing is known, a line is reserved, and goes with the next step', async () => {
  const { ask } = await begin({})
  expect(shown()).toBe('a line')
  await ask({ has: false })
  expect(shown()).toBe('a line')
  await ask({ has: false, step: 'q=door' })
  expect(shown()).toBe('no line')
})

test('a browser without views reserves nothing, and the first ones wait for a step', async () => {
  const before = await begin({ isDrawn: false, has: false })
  await before.leave()
  const { ask } = await begin({})
  expect(shown()).toBe('no line')
  await ask({ has: true })
  expect(shown()).toBe('no line')
  await ask({ has: true, step: 'q=door' })
  expect(shown()).toBe('a line')
})
