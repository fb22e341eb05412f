// Imported for what it does: every fetch of this process goes over a connection of its own. A test is
// often busy for longer than the servers it talks to keep an idle connection, and what is then sent
// on one of those is lost.

const { fetch } = globalThis

globalThis.fetch = (input, init) => {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : []))
  headers.set('connection', 'close')
  return fetch(input, { ...init, headers })
}
