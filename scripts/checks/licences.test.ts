import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

type Package = { license?: string; dev?: boolean }
type Packages = Record<string, Package>

/** Permissive licences. Add another one here after you have read it. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'ISC', 'MIT', 'MIT-0', 'Unlicense'])

/** The production packages whose licence is not in the list, each with the licence it states. */
const refusedIn = (packages: Packages): string[] =>
  production(packages)
    .filter(([, { license }]) => !isAllowed(license))
    .map(([folder, { license }]) => `${folder}: ${license ?? 'no licence'}`)

/** The packages that `npm ci --omit=dev` may install. The one without a folder is Hookdesk itself. */
const production = (packages: Packages) =>
  Object.entries(packages).filter(([folder, { dev }]) => folder !== '' && !dev)

/** Reads an SPDX expression: one licence of an OR is enough, an AND needs them all. */
function isAllowed(expression = ''): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, '$1').split(' OR ')
  return alternatives.some((one) => one.split(' AND ').every((licence) => ALLOWED.has(licence)))
}

/** The lock file’s packages; where it states no licence, the installed package does. */
function readPackages(): Packages {
  const { packages }: { packages: Packages } = readJson('package-lock.json')
  return Object.fromEntries(
    Object.entries(packages).map(([folder, found]) => [
      folder,
      found.license || found.dev ? found : { ...found, license: statedIn(folder) },
    ]),
  )
}

const statedIn = (folder: string) => {
  const file = path.join(folder, 'package.json')
  return existsSync(file) ? readJson(file).license : undefined
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

test('every production package has a licence of the list', () => {
  const packages = readPackages()
  expect(refusedIn(packages)).toEqual([])

  const { dependencies }: { dependencies: object } = readJson('package.json')
  const checked = production(packages).map(([folder]) => folder)
  for (const name of Object.keys(dependencies)) expect(checked).toContain(`node_modules/${name}`)
})

test.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'SEE LICENSE IN LICENSE', undefined])(
  'a production package with the licence %s is refused, and named',
  (license) => {
    const added = { 'node_modules/added': license === undefined ? {} : { license } }
    expect(refusedIn(added)).toEqual([`node_modules/added: ${license ?? 'no licence'}`])
  },
)

test.each(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC'])(
  'a production package with the licence %s is accepted',
  (license) => {
    expect(refusedIn({ 'node_modules/added': { license } })).toEqual([])
  },
)

test('a package for development only may have any licence', () => {
  expect(refusedIn({ 'node_modules/added': { license: 'GPL-3.0-only', dev: true } })).toEqual([])
})
