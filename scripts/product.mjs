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
  const port = env.PORT ?? (await freePort())
  const product = await startProgram('main', `http://localhost:${port}/readyz`, {
    ...env,
    PORT: String(port),
    SANDBOX_PORT: String(env.SANDBOX_PORT ?? (await freePort())),
  })
  return { ...product, url: `http://localhost:${port}` }
}

/** Starts the sandbox alone: what a desk asks of it is remembered when the desk is killed. */
export async function startSandboxAlone(env = {}) {
  const port = await freePort()
  const url = `http://localhost:${port}/`
  return startProgram('sandbox-main', url, { ...env, SANDBOX_PORT: String(port) })
}

async function startProgram(name, readyUrl, env) {
  const dataDir = env.DATA_DIR ?? mkdtempSync(path.join(tmpdir(), 'hookdesk-'))
  const startedAt = performance.now()
  const child = spawn(process.execPath, [`dist/server/${name}.js`], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output += chunk))
  }
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await until(() => isUp(readyUrl, child, () => output))

  return {
    sandboxUrl: `http://localhost:${env.SANDBOX_PORT}`,
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
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function until(isTrue, limitMs = 180_000) {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    if (await isTrue()) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`Hookdesk was not ready within ${limitMs} ms`)
}
