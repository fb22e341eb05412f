// Import this file for its effect: every fetch of this process uses a connection of its own. A test
// is often busy for longer than servers keep an idle connection open, and a request sent on a
// closed one would be lost.

const { fetch } = globalThis

globalThis.fetch = (input, init) => {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : []))
  headers.set('connection', 'close')
  return fetch(input, { ...init, headers })
}
