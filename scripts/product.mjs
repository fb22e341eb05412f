import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A port nobody uses at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * Starts the built product as a person would, on free ports and a data folder of its own, and
 * answers once it serves. `env` adds settings; `stop` ends it and removes the folder.
 */
export async function startProduct(env = {}) {
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const dataDir = env.DATA_DIR ?? mkdtempSync(path.join(tmpdir(), 'hookdesk-'))
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: {
      ...process.env,
      LOG_LEVEL: 'warn',
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output += chunk))
  }
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const url = `http://localhost:${env.PORT ?? port}`
  await until(() => isUp(url, child, () => output))

  return {
    url,
    sandboxUrl: `http://localhost:${env.SANDBOX_PORT ?? sandboxPort}`,
    dataDir,
    readyMs: performance.now() - startedAt,
    process: child,
    output: () => output,
    async kill(signal = 'SIGKILL') {
      child.kill(signal)
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      if (!env.DATA_DIR) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function isUp(url, child, output) {
  if (child.exitCode !== null) throw new Error(`Hookdesk ended at once:\n${output()}`)
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function until(isTrue, limitMs = 60_000) {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    if (await isTrue()) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`Hookdesk was not ready within ${limitMs} ms`)
}
