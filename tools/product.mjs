import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { freePort } from './ports.mjs'

/** @import { ChildProcess } from 'node:child_process' */

/**
 * A program of the build that runs. `stop` ends it and removes the data folder that was made for
 * it; `kill` leaves the folder behind.
 *
 * @typedef {object} Program
 * @property {string} sandboxUrl
 * @property {string} dataDir
 * @property {number} readyMs from the start of the process until it served
 * @property {ChildProcess} process
 * @property {() => string} output
 * @property {(signal?: NodeJS.Signals) => Promise<void>} kill
 * @property {() => Promise<void>} stop
 *
 * @typedef {Program & { url: string }} Product
 * @typedef {Record<string, string>} Env
 */

/** Limits of calls per minute, raised: all tests of a worker use the same few accounts. */
export const NO_LIMITS = {
  NEXUDUS_WRITES_PER_MINUTE: '1000000',
  NEXUDUS_CALLS_PER_MINUTE: '1000000',
}

/**
 * Starts the built product with its sandbox, on free ports and with a data folder of its own, and
 * returns once it serves. `env` adds settings.
 *
 * @param {Env} [env]
 * @returns {Promise<Product>}
 */
export async function startProduct(env = {}) {
  const port = env.PORT ?? String(await freePort())
  const url = `http://localhost:${port}`
  const program = await startProgram('main', `${url}/readyz`, {
    ...env,
    PORT: port,
    SANDBOX_PORT: env.SANDBOX_PORT ?? String(await freePort()),
  })
  return { ...program, url }
}

/**
 * Starts the sandbox alone, so that it remembers the calls of a desk that is killed.
 *
 * @param {Env} [env]
 * @returns {Promise<Program>}
 */
export async function startSandboxAlone(env = {}) {
  const port = String(await freePort())
  return startProgram('sandbox-main', `http://localhost:${port}/`, { ...env, SANDBOX_PORT: port })
}

/**
 * @param {string} name
 * @param {string} readyUrl
 * @param {Env & { SANDBOX_PORT: string }} env
 * @returns {Promise<Program>}
 */
async function startProgram(name, readyUrl, env) {
  const dataDir = env.DATA_DIR ?? mkdtempSync(path.join(tmpdir(), 'hookdesk-'))
  const startedAt = performance.now()
  const mailPort = env.SANDBOX_MAIL_PORT ?? String(await freePort())
  const child = spawn(process.execPath, [`dist/server/${name}.js`], {
    // most tests count calls, and a watch would add its own
    env: {
      ...process.env,
      LOG_LEVEL: 'warn',
      WATCH: '0',
      ...env,
      DATA_DIR: dataDir,
      SANDBOX_MAIL_PORT: mailPort,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (/** @type {Buffer} */ chunk) => (output += chunk.toString()))
  }
  const exited = new Promise((resolve) => child.once('exit', resolve))
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`Hookdesk ended at once:\n${output}`)
    return serves(readyUrl)
  })

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

/**
 * True if this address answers with success.
 *
 * @param {string} url
 */
export const serves = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

/** @param {() => Promise<boolean>} isTrue */
async function until(isTrue, limitMs = 180_000) {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    if (await isTrue()) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`Hookdesk was not ready within ${limitMs} ms`)
}
