import { asAdmin } from './kit.mjs'

/**
 * @import { Page } from '@playwright/test'
 * @import { Kit } from './kit.mjs'
 */

const LIST = '/api/sys/webhooks'
const PATH = '/coverage'

/**
 * Pictures of the grid of locations and actions, and of its list.
 *
 * @param {Kit} kit
 */
export async function coverageScreens({ state, sandbox }) {
  await sowWhatMostHave(sandbox)

  await state(seen('', 'as it opens'), shown)
  await state(seen('-grid', 'grid, groups closed', '?view=grid'), shown)
  await state(seen('-open', 'grid, all groups open', '?view=grid&open=all'), shown)
  await state(seen('-gaps', 'only gaps', '?view=grid&open=all&gaps=only'), shown)
  await state(seen('-trouble', 'most trouble first', '?view=grid&open=all&sort=trouble'), shown)
  await state(seen('-list', 'list', '?view=list'), shown)
  await state(seen('-nothing', 'nothing matches', '?health=quiet'), (page) =>
    page.getByText('No location or action matches').waitFor(),
  )
  await state(seen('-ticked', 'gaps are ticked', '?view=grid&open=billing'), async (page) => {
    const gaps = page.getByRole('grid').getByRole('link', { name: 'No webhook' })
    for (const at of [0, 1, 2]) await gaps.nth(at).press('Space')
    await page.getByRole('region', { name: 'Ticked gaps' }).waitFor()
  })
  await state(seen('-copy', 'what would be copied', '?view=grid'), (page) =>
    page
      .getByRole('button', { name: /^Copy \d/ })
      .first()
      .focus(),
  )
  await state({ ...seen('-loading', 'being read'), address: '/nowhere' }, async (page) => {
    await sandbox.fault({ kind: 'slow', path: LIST, delayMs: 6000 })
    await page.goto(new URL(PATH, page.url()).href)
    await page.getByText('Loading webhooks').waitFor()
  })
  await state({ ...seen('-failed', 'could not be read'), address: '/nowhere' }, async (page) => {
    await sandbox.fault({ kind: 'error', path: LIST })
    await page.goto(new URL(PATH, page.url()).href)
    await page.getByRole('alert').waitFor()
  })
  await state({ ...seen('-no-locations', 'no locations'), address: '/nowhere' }, async (page) => {
    await sandbox.fault({ kind: 'error', path: '/api/sys/businesses' })
    await page.goto(new URL(PATH, page.url()).href)
    await page.getByText('Hookdesk could not read the locations').waitFor()
  })
  await state({ ...seen('-viewer', 'who may only look', '?view=grid'), account: 'viewer' }, shown)
  await state({ ...seen('-manager', 'two locations', '?view=grid'), account: 'manager' }, shown)
}

/** @param {Page} page */
const shown = (page) =>
  page
    .getByRole('grid', { name: 'Coverage' })
    .or(page.getByRole('list', { name: 'Coverage' }))
    .waitFor()

/**
 * A state of the page, with a search in its address, as the administrator sees it.
 *
 * @param {string} name
 * @param {string} caption
 */
const seen = (name, caption, search = '') =>
  asAdmin(`coverage${name}`, `Coverage: ${caption}`, `${PATH}${search}`)

/**
 * Creates webhooks as in the network of one operator; the small sample network shares few.
 *
 * @param {Kit['sandbox']} sandbox
 */
async function sowWhatMostHave(sandbox) {
  const shared = [
    {
      Action: 6,
      Name: 'Door access: new booking',
      URL: 'https://door.example.com/in',
      not: [4, 9],
    },
    { Action: 21, Name: 'Accounting: paid', URL: 'https://books.example.com/paid', not: [4] },
    { Action: 42, Name: 'Reception: visitor', URL: 'https://desk.example.com/in', not: [4, 6] },
  ]
  for (const { not, ...input } of shared) {
    for (const n of [2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      if (not.includes(n)) continue
      const BusinessId = 1_400_000_000 + n
      await sandbox.seedWebhook({ ...input, BusinessId, Description: '', Active: true })
    }
  }
}
