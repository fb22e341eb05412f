import { createHmac } from 'node:crypto'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { deliveryBody } from '#contract/signature.ts'

// what people copy into their receivers is run here, each in its own language

const snippet = (name: string) => fileURLToPath(new URL(`./snippets/${name}`, import.meta.url))
const SECRET = 'shoreditch-demo-secret'
const BODY = deliveryBody({ Id: 1, Name: "José 😀 'quoted' \\ $x" })
const good = createHmac('sha256', SECRET).update(BODY).digest('hex').toUpperCase()

/** The signature, and whether it is to be believed. */
const CASES: [signature: string, isGood: boolean][] = [
  [good, true],
  [good.toLowerCase(), true],
  [`${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`, false],
  [good.slice(0, -2), false],
  ['', false],
]

let folder: string
let bodyFile: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-snippets-'))
  bodyFile = path.join(folder, 'body')
  writeFileSync(bodyFile, BODY)
})
afterAll(() => rmSync(folder, { recursive: true }))

const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined

/** Whether a language can be run here; where it cannot, a sentence says so. */
function isMissing(language: string, programs: string[]): boolean {
  const missing = programs.filter((program) => !isThere(program))
  if (missing.length === 0) return false
  process.stderr.write(`${language} is not run: ${missing.join(', ')} is not installed.\n`)
  return true
}

const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: 'utf8' }).trim()

const verdicts = (of: (signature: string) => string) =>
  CASES.map(([signature]) => of(signature).toLowerCase())

const EXPECTED = CASES.map(([, isGood]) => String(isGood))

test('JavaScript', () => {
  const program = `import { readFileSync } from 'node:fs'
    import { isFromNexudus } from ${JSON.stringify(snippet('verify.mjs'))}
    console.log(isFromNexudus(readFileSync(process.argv[1]), process.argv[2], process.argv[3]))`
  const node = (signature: string) =>
    run(process.execPath, '--input-type=module', '-e', program, bodyFile, signature, SECRET)
  expect(verdicts(node)).toEqual(EXPECTED)
})

test.skipIf(isMissing('Python', ['python3']))('Python', () => {
  const program = `import sys; sys.path.insert(0, sys.argv[1])
from verify import is_from_nexudus
print(is_from_nexudus(open(sys.argv[2], 'rb').read(), sys.argv[3], sys.argv[4]))`
  const python = (signature: string) =>
    run(
      'python3',
      '-B',
      '-c',
      program,
      path.dirname(snippet('verify.py')),
      bodyFile,
      signature,
      SECRET,
    )
  expect(verdicts(python)).toEqual(EXPECTED)
})

test.skipIf(isMissing('PHP', ['php']))('PHP', () => {
  const program = `require $argv[1];
    echo var_export(isFromNexudus(file_get_contents($argv[2]), $argv[3], $argv[4]), true);`
  const php = (signature: string) =>
    run('php', '-r', program, '--', snippet('verify.php'), bodyFile, signature, SECRET)
  expect(verdicts(php)).toEqual(EXPECTED)
})

test.skipIf(isMissing('C#', ['mcs', 'mono']))('C#', () => {
  const main = path.join(folder, 'main.cs')
  const program = path.join(folder, 'main.exe')
  writeFileSync(
    main,
    `public static class Program { public static void Main(string[] given) {
       var body = System.IO.File.ReadAllBytes(given[0]);
       System.Console.WriteLine(NexudusSignature.IsFromNexudus(body, given[1], given[2]));
     } }`,
  )
  run('mcs', `-out:${program}`, main, snippet('verify.cs'))
  const mono = (signature: string) => run('mono', program, bodyFile, signature, SECRET)
  expect(verdicts(mono)).toEqual(EXPECTED)
})
