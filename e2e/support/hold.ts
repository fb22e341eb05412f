import type { Page } from '@playwright/test'

/** Holds back requests to this path until the returned function is called. */
export async function hold(page: Page, path: string, method = 'POST') {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route(path, async (route) => {
    if (route.request().method() === method) await held
    await route.continue()
  })
  return release
}
