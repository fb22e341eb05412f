import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

import { chromium } from '@playwright/test'

import { programsOnPath } from './programs.mjs'

/** Arguments that headless Chromium needs in a container, and that keep it from calling home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// the shell has no window of its own to draw: a page costs half as much of the processor, and it is
// the same engine (docs/decisions/0036)
const NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
/** Debian's packages, best first; others have only the second. */
const PACKAGES = ['chromium-headless-shell', 'chromium']

/**
 * Finds a Chromium: CHROMIUM_PATH, the system's, Playwright's own. Only looks, so that an editor or
 * a linter may load the configuration that asks; undefined where there is none.
 */
export function lookForChromium() {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return runs(CHROMIUM_PATH) ? CHROMIUM_PATH : undefined
  return onPath() ?? playwrightsOwn()
}

/**
 * Finds a Chromium, or installs one from Debian's packages where that is possible. Ends the process
 * with one sentence where none can be had.
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

// Playwright wants the whole path, not a name
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
 * Starts a Chromium without a window; `args` are beside those that it needs everywhere.
 *
 * @param {string[]} args
 */
export const launchChromium = (...args) =>
  chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_ARGS, ...args] })
