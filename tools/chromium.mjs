import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { chromium } from '@playwright/test'

import { programsOnPath } from './programs.mjs'

/** Arguments that headless Chromium needs in a container, and that stop it from calling home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// the headless shell draws no window: a page costs half as much of the processor, with the same
// engine (docs/decisions/0036)
const NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
/** Debian's packages, best first; other distributions only have the second. */
const PACKAGES = ['chromium-headless-shell', 'chromium']

/**
 * Finds a Chromium: CHROMIUM_PATH, the system's, or Playwright's own; `undefined` if there is none.
 * It installs nothing, so that editors and linters may load a configuration that calls it.
 */
export function lookForChromium() {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return runs(CHROMIUM_PATH) ? CHROMIUM_PATH : undefined
  return onPath() ?? playwrightsOwn()
}

/**
 * Finds a Chromium, or installs one from Debian's packages if possible. Otherwise ends the process
 * with one sentence.
 */
export function findChromium() {
  return (
    lookForChromium() ??
    (process.env.CHROMIUM_PATH ? undefined : installed()) ??
    endWithoutChromium()
  )
}

/** @param {string} program */
const runs = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

// Playwright needs the whole path, not a name
const onPath = () => programsOnPath(...NAMES).find((program) => runs(program))

function playwrightsOwn() {
  const program = chromium.executablePath()
  return existsSync(program) ? program : undefined
}

function installed() {
  const isRoot = process.getuid?.() === 0
  if (isRoot && runs('apt-get')) {
    console.log('Installing Chromium from the system’s packages …')
    const apt = (/** @type {string[]} */ ...args) =>
      spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    apt('update')
    for (const browser of PACKAGES) {
      apt('install', '-y', '--no-install-recommends', browser, 'fonts-noto-color-emoji')
      const found = onPath()
      if (found) return found
    }
  }
  console.log('Installing Playwright’s Chromium …')
  const { status } = spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' })
  return status === 0 ? playwrightsOwn() : undefined
}

/**
 * Ends the process, and says why in one line.
 *
 * @returns {never}
 */
export function endWithoutChromium() {
  const { CHROMIUM_PATH } = process.env
  console.error(
    CHROMIUM_PATH
      ? `CHROMIUM_PATH is ${CHROMIUM_PATH}, which does not run.`
      : 'No Chromium was found. Install one, or set CHROMIUM_PATH to its program.',
  )
  process.exit(1)
}

/**
 * Starts a Chromium without a window; `args` are added to those that it always needs.
 *
 * @param {string[]} args
 */
export const launchChromium = (...args) =>
  chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_ARGS, ...args] })
