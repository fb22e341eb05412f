const ADMIN = { username: 'admin@hookdesk.test', password: 'sandbox' }

/** Tells the sandbox of a product what to do, and reads and writes there as if from elsewhere. */
export async function controlSandbox({ sandboxUrl }) {
  const answer = await fetch(`${sandboxUrl}/api/token`, {
    method: 'POST',
    headers: { client_id: 'screens' },
    body: new URLSearchParams({ grant_type: 'password', ...ADMIN }),
  })
  const { access_token } = await answer.json()

  async function call(method, path, body) {
    const response = await fetch(sandboxUrl + path, {
      method,
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`)
    return response.json()
  }

  const list = async () => (await call('GET', '/api/sys/webhooks?size=1000')).Records

  return {
    /** The next calls that begin like this go wrong; twenty, because reads are tried again. */
    fault: (order) => call('POST', '/sandbox/faults', { times: 20, ...order }),
    clearFaults: () => call('DELETE', '/sandbox/faults'),
    code: async () => (await fetch(`${sandboxUrl}/sandbox/totp`)).text(),
    list,
    async find(name) {
      const webhook = (await list()).find(({ Name }) => Name === name)
      if (!webhook) throw new Error(`The sandbox has no webhook “${name}”`)
      return webhook
    },
    settings: (change) => call('PUT', '/sandbox/settings', change),
    raise: (event) => call('POST', '/sandbox/events', event),
    tell: (receiver, answer) => call('PUT', `/sandbox/receivers/${receiver}`, { answer }),
    create: (input) => call('POST', '/api/sys/webhooks', input),
    /** As somebody else would, who sends the whole record. */
    async change(id, change) {
      const record = await call('GET', `/api/sys/webhooks/${id}`)
      await call('PUT', '/api/sys/webhooks', { ...record, ...change })
    },
    remove: (id) => call('DELETE', `/api/sys/webhooks/${id}`),
  }
}
