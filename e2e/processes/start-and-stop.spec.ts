import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import * as z from 'zod/mini'

import { freePort } from '#tools/ports.mjs'
import { serves, startProduct, startSandboxAlone } from '#tools/product.mjs'
import { expect, test } from '#e2e/support/fixtures.ts'

/** Enough for a busy machine. */
const LONG_MS = 300_000

// without a browser: the tests are about processes
for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
  test(`${signal} to npm start ends the desk, too`, async () => {
    // processes left by a killed npm are found through /proc
    test.skip(process.platform !== 'linux')
    test.setTimeout(LONG_MS)
    const DATA_DIR = await mkdtemp(path.join(tmpdir(), 'hookdesk-stop-'))
    const lock = path.join(DATA_DIR, 'lock')
    const port = await freePort()
    const settings = {
      DATA_DIR,
      PORT: String(port),
      SANDBOX_PORT: String(await freePort()),
      SANDBOX_MAIL_PORT: String(await freePort()),
    }
    // as from a terminal: a program that a script starts in the background ignores SIGINT, and so
    // would npm
    const npm = spawn('env', ['--default-signal=INT', 'npm', 'start'], {
      env: { ...process.env, ...settings },
      stdio: 'ignore',
      // a process group of its own, as in a terminal
      detached: true,
    })
    const exited = once(npm, 'exit')
    const leader = npm.pid
    if (leader === undefined) throw new Error('npm was not started')
    const isReady = () => {
      if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}`)
      return serves(`http://localhost:${port}/readyz`)
    }
    let pid = 0
    try {
      await expect.poll(isReady, { timeout: LONG_MS }).toBe(true)
      pid = Number((await readFile(lock, 'utf8')).split(' ')[0])
      // Ctrl-C reaches all processes in the terminal's foreground, other signals npm alone
      process.kill(signal === 'SIGINT' ? -leader : leader, signal)
      await exited
      await expect.poll(() => isAlive(pid), { timeout: LONG_MS }).toBe(false)
      // it ended in order, and released the folder
      await expect(readFile(lock)).rejects.toThrow('ENOENT')
    } finally {
      npm.kill()
      if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGKILL')
      await rm(DATA_DIR, { recursive: true, force: true })
    }
  })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a full disk ends the start with one line that names it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hookdesk-full-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder])
  test.skip(mounted.status !== 0, 'no small disk can be had here')
  try {
    const DATA_DIR = path.join(folder, 'data')
    await expect(startProduct({ DATA_DIR })).rejects.toThrow(
      `Hookdesk did not start. The disk of ${DATA_DIR} is full. Free some space, or set DATA_DIR to another folder.\n`,
    )
  } finally {
    spawnSync('umount', [folder])
    await rm(folder, { recursive: true, force: true })
  }
})

test('only a desk with its sandbox loads the code of the sandbox', async () => {
  const nexudus = await startSandboxAlone()
  try {
    expect(await loadsSandbox({ NEXUDUS_URL: nexudus.sandboxUrl })).toBe(false)
    expect(await loadsSandbox({})).toBe(true)
  } finally {
    await nexudus.stop()
  }
})

const coverageSchema = z.object({ result: z.array(z.object({ url: z.string() })) })

/**
 * True if any file that a desk loads, from its start to its end, names an account of the sandbox.
 */
async function loadsSandbox(env: Record<string, string>): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hookdesk-loaded-'))
  const product = await startProduct({ ...env, NODE_V8_COVERAGE: folder })
  await product.stop()
  const reports = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8')
      return z.parse(coverageSchema, JSON.parse(text)).result
    }),
  )
  await rm(folder, { recursive: true, force: true })
  const own = reports.flat().filter(({ url }) => url.includes('/dist/server/'))
  expect(own.length).toBeGreaterThan(3)
  const texts = await Promise.all(own.map(({ url }) => readFile(new URL(url), 'utf8')))
  return texts.some((text) => text.includes('manager@hookdesk.test'))
}
