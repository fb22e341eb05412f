import { Worker } from 'node:worker_threads'

/** Runs in a thread of its own, because it has to continue while the caller's is blocked. */
const SERVER = `
const { createServer } = require('node:http')
const { parentPort, workerData } = require('node:worker_threads')
const { hungUp, idleMs, refused } = workerData
const created = []
let accepted = 0
const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    if (request.method === 'POST') created.push(body)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ created }))
    response.on('finish', () => setTimeout(hangUp, idleMs, request.socket, request.socket.bytesRead))
  })
})
function hangUp(socket, bytesRead) {
  if (socket.destroyed || socket.bytesRead !== bytesRead) return
  socket.on('close', () => {
    Atomics.add(hungUp, 0, 1)
    Atomics.notify(hungUp, 0)
  })
  socket.destroy()
}
server.on('connection', (socket) => {
  socket.on('error', () => {})
  accepted += 1
  if (accepted <= refused) hangUp(socket, 0)
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

type Impatience = {
  /** After this long without a request it closes a connection that had one. */
  idleMs: number
  /** Number of connections that it closes at once. */
  refused?: number
}

/** A Nexudus that closes connections early. */
export async function startImpatient({ idleMs, refused = 0 }: Impatience) {
  const hungUp = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(SERVER, { eval: true, workerData: { hungUp, idleMs, refused } })
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    hungUp: () => Atomics.load(hungUp, 0),
    /**
     * Blocks this thread, as a large piece of work does, until the server has hung up this often.
     */
    keepBusyUntil(times: number) {
      for (let seen = Atomics.load(hungUp, 0); seen < times; seen = Atomics.load(hungUp, 0)) {
        Atomics.wait(hungUp, 0, seen)
      }
    },
    close: () => worker.terminate(),
  }
}
