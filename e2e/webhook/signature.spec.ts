import { createHmac } from 'node:crypto'

import { expect, test } from '#e2e/support/fixtures.ts'

const BODY = String.raw`[{"Id":1,"FullName":"Jos\u00e9 \ud83d\ude00"}]`
const SECRET = 'a shared secret'
const sign = (body: string) => createHmac('sha256', SECRET).update(body).digest('hex').toUpperCase()

test.beforeEach(async ({ signIn, page }) => {
  await signIn('viewer')
  await page.goto('/webhooks')
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Developers' })
    .click()
  await page.getByRole('link', { name: 'Check a signature' }).click()
})

for (const [title, signature] of [
  ['Valid', sign(BODY)],
  ['Valid except for upper and lower case', sign(BODY).toLowerCase()],
  ['Signed without the array', sign(BODY.slice(1, -1))],
  ['Signed after it was rewritten', sign(JSON.stringify(JSON.parse(BODY)))],
  ['No signature', ''],
  ['Not valid', sign(`${BODY} and more`)],
] as const) {
  test(`the helper names the result: ${title}`, async ({ page }) => {
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.postData() ?? ''))
    await page.getByLabel('Body').fill(BODY)
    await page.getByLabel('Shared secret').fill(SECRET)
    await page.getByLabel('X-Nexudus-Hook-Signature').fill(signature)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    const verdict = page.getByRole('alert')
    await expect(verdict).toContainText(title)
    await expect(verdict).toContainText(sign(BODY))
    // the page sends no pasted value anywhere
    expect(sent.join()).not.toContain(SECRET)
    await page.getByLabel('Body').press('a')
    await expect(verdict).toBeHidden()
  })
}

test('a missing value is reported at its field', async ({ page }) => {
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await expect(page.getByLabel('Body')).toHaveAccessibleDescription(/Paste the body/)
  await expect(page.getByLabel('Shared secret')).toHaveAccessibleDescription(/Paste the secret/)
})

test('the page has code for four languages', async ({ page }) => {
  for (const [tab, text] of [
    ['JavaScript', 'timingSafeEqual'],
    ['Python', 'hmac.compare_digest'],
    ['C#', 'HMACSHA256'],
    ['PHP', 'hash_equals'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel')).toContainText(text)
  }
})
