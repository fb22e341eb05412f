import { listShown, openSignedIn, withProduct } from './browser.mjs'
import { installProbe } from './inp-probe.mjs'
import { pageTurns, editForms } from './inp-acts.mjs'
await withProduct({ SANDBOX_SEED: 'large' }, async ({ product, browser }) => {
  const { context, page: p0 } = await openSignedIn(browser, product.url)
  await p0.close()
  for (const act of [pageTurns, pageTurns, editForms]) {
    const page = await context.newPage()
    await installProbe(page)
    await page.goto(product.url + '/webhooks')
    await listShown(page)
    await page.waitForTimeout(2000)
    const r = await act(page)
    console.log(act.name, r.durations.join(' '))
    await page.close()
  }
})
