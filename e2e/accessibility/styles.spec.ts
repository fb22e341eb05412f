import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from '#e2e/support/fixtures.ts'

const ASSETS = 'dist/client/assets'

test('the page of styles is in no build', async ({ page, signIn }) => {
  await signIn('admin')
  await page.goto('/styles')
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  const parts = readdirSync(ASSETS).filter((file) => file.endsWith('.js'))
  const withIt = parts.filter((file) =>
    /\/styles\b|StylesPage|Colours of the desk/.test(readFileSync(path.join(ASSETS, file), 'utf8')),
  )
  expect(withIt).toEqual([])
})
