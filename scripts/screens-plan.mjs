const LIST = { method: 'GET', path: '/api/sys/webhooks' }

/** The hosts that webhooks deliver to, and one of them on its way to another. */
export async function destinationScreens({ state, sandbox, sandboxUrl }) {
  const admin = (name, caption, address) => ({ account: 'admin', name, caption, address })
  const receiverHost = new URL(sandboxUrl).host
  const tableShown = (page) => page.getByRole('table', { name: 'Destinations' }).waitFor()

  await state(admin('destinations', 'Destinations', '/destinations'), async (page) => {
    await page.getByRole('button', { name: `Check ${receiverHost}` }).click()
    await page.getByText(/^Answered in/).waitFor()
  })
  await state(
    {
      ...admin('destinations-viewer', 'Destinations: for who may only look', '/destinations'),
      account: 'viewer',
    },
    tableShown,
  )
  await state(
    admin('destinations-none', 'Destinations: none matches', '/destinations?q=nowhere'),
    (page) => page.getByText('No destination matches').waitFor(),
  )
  await sandbox.fault({ ...LIST, kind: 'error' })
  await state(
    admin('destinations-failing', 'Destinations: Nexudus fails', '/destinations'),
    (page) => page.getByRole('alert').waitFor(),
  )

  const from = `/destinations?move=${encodeURIComponent(receiverHost)}`
  await state(admin('move-host', 'Move a host: where to?', from), (page) =>
    page.getByLabel('New host').waitFor(),
  )
  await sandbox.tell('door-access', '500')
  const to = `127.0.0.1:${new URL(sandboxUrl).port}`
  await state(
    admin('move-host-checked', 'Move a host: checked', `${from}&to=${encodeURIComponent(to)}`),
    async (page) => {
      await page.getByRole('button', { name: /^Check \d+ new addresses/ }).click()
      await page.getByText(/we go on at/).waitFor()
      await page.getByRole('button', { name: /^Check the move of/ }).click()
    },
  )
  await state(
    admin('move-host-blocked', 'Move a host: where Nexudus cannot reach', `${from}&to=10.0.0.7`),
    (page) => page.getByText('Nexudus cannot reach').first().waitFor(),
  )
}

export async function planScreens() {}
