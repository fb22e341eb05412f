import { expect, test } from 'vitest'
import { page } from 'vitest/browser'

import { show } from '#app/test-screen.tsx'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { useHeldOrder } from './use-held-order.ts'

const { rows } = createFleetReader({ hidesPaths: false })(
  ['Ada', 'Bo', 'Cy'].map((Name, at) =>
    webhookRowSchema.parse({ Id: at + 1, BusinessId: 1, Name }),
  ),
  [],
)
const named = (...names: string[]) =>
  names.flatMap((name) => rows.filter(({ webhook }) => webhook.Name === name))

type Asked = { names: string[]; view?: string }

function Rows({ names, view = 'all' }: Asked) {
  const held = useHeldOrder({ rows: named(...names), all: rows, view })
  return (
    <>
      <ul {...held.holdProps} aria-label="Rows">
        {held.rows.map(({ webhook }) => (
          <li key={webhook.Id}>{webhook.Name}</li>
        ))}
      </ul>
      {held.isWaiting && <button onClick={held.release}>Update list</button>}
    </>
  )
}

const shown = () =>
  page
    .getByRole('listitem')
    .elements()
    .map((item) => item.textContent)
const update = () => page.getByRole('button', { name: 'Update list' })

async function begin() {
  const screen = await show(<Rows names={['Ada', 'Bo', 'Cy']} />)
  return (asked: Asked) => screen.rerender(<Rows {...asked} />)
}

test('a new order shows at once while nobody points at the rows', async () => {
  const ask = await begin()
  await ask({ names: ['Cy', 'Ada', 'Bo'] })
  await expect.poll(shown).toEqual(['Cy', 'Ada', 'Bo'])
})

test('a new order waits below a pointer, and comes when it is asked for', async () => {
  const ask = await begin()
  await page.getByRole('listitem').first().hover()
  await ask({ names: ['Cy', 'Ada', 'Bo'] })
  await expect.element(update()).toBeVisible()
  expect(shown()).toEqual(['Ada', 'Bo', 'Cy'])
  await update().click()
  await expect.poll(shown).toEqual(['Cy', 'Ada', 'Bo'])
  await expect.element(update()).not.toBeInTheDocument()
})

test('a row that no longer matches keeps its place while the order waits', async () => {
  const ask = await begin()
  await page.getByRole('listitem').first().hover()
  await ask({ names: ['Cy', 'Ada'] })
  await expect.element(update()).toBeVisible()
  expect(shown()).toEqual(['Ada', 'Bo', 'Cy'])
})

test('another view is shown at once, whatever is pointed at', async () => {
  const ask = await begin()
  await page.getByRole('listitem').first().hover()
  await ask({ names: ['Bo'], view: 'failing' })
  await expect.poll(shown).toEqual(['Bo'])
  await expect.element(update()).not.toBeInTheDocument()
})
