const LIST = '/api/sys/webhooks'
const PATH = '/coverage'

/** The grid of locations and actions, and its list. */
export async function coverageScreens({ state, sandbox }) {
  const admin = (name, caption, search = '') => ({
    ...{ account: 'admin', address: `${PATH}${search}` },
    ...{ name: `coverage${name}`, caption: `Coverage: ${caption}` },
  })
  await sowWhatMostHave(sandbox)

  await state(admin('', 'as it opens'), shown)
  await state(admin('-grid', 'grid, groups closed', '?view=grid'), shown)
  await state(admin('-open', 'grid, all groups open', '?view=grid&open=all'), shown)
  await state(admin('-gaps', 'only gaps', '?view=grid&open=all&gaps=only'), shown)
  await state(admin('-list', 'list', '?view=list'), shown)
  await state(admin('-nothing', 'nothing matches', '?health=quiet'), (page) =>
    page.getByText('No location or action matches').waitFor(),
  )
  await state(admin('-ticked', 'gaps are ticked', '?view=grid&open=billing'), async (page) => {
    const gaps = page.getByRole('grid').getByRole('link', { name: 'No webhook' })
    for (const at of [0, 1, 2]) await gaps.nth(at).press('Space')
    await page.getByRole('region', { name: 'Ticked gaps' }).waitFor()
  })
  await state(admin('-copy', 'what would be copied', '?view=grid'), (page) =>
    page
      .getByRole('button', { name: /^Copy \d/ })
      .first()
      .focus(),
  )
  await state({ ...admin('-loading', 'being read'), address: '/nowhere' }, async (page) => {
    await sandbox.fault({ kind: 'slow', path: LIST, delayMs: 6000 })
    await page.goto(new URL(PATH, page.url()).href)
    await page.getByText('Loading webhooks').waitFor()
  })
  await state({ ...admin('-failed', 'could not be read'), address: '/nowhere' }, async (page) => {
    await sandbox.fault({ kind: 'error', path: LIST })
    await page.goto(new URL(PATH, page.url()).href)
    await page.getByRole('alert').waitFor()
  })
  await state({ ...admin('-no-locations', 'no locations'), address: '/nowhere' }, async (page) => {
    await sandbox.fault({ kind: 'error', path: '/api/sys/businesses' })
    await page.goto(new URL(PATH, page.url()).href)
    await page.getByText('Hookdesk could not read the locations').waitFor()
  })
  await state({ ...admin('-viewer', 'who may only look', '?view=grid'), account: 'viewer' }, shown)
  await state({ ...admin('-manager', 'two locations', '?view=grid'), account: 'manager' }, shown)
}

const shown = (page) =>
  page
    .getByRole('grid', { name: 'Coverage' })
    .or(page.getByRole('list', { name: 'Coverage' }))
    .waitFor()

/** The small network shares little; these are what a network of one operator looks like. */
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
      await sandbox.create({ ...input, BusinessId, Description: '', Active: true })
    }
  }
}
