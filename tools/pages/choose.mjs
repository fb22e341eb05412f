/** @import { Page } from '@playwright/test' */

/**
 * Chooses in a searchable field as a person does: types, and takes the first option.
 *
 * @param {Page} page
 * @param {string} label
 * @param {string} text
 */
export async function choose(page, label, text) {
  const field = page.getByRole('combobox', { name: label })
  await field.click()
  await field.fill(text)
  await page.getByRole('option').first().click()
}
