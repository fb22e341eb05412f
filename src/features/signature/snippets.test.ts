import { createHmac } from 'node:crypto'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { deliveryBody, substituteNonAscii } from '#contract/nexudus/signature.ts'

// runs the snippets that people copy into their receivers, each in its own language

const snippet = (name: string) => fileURLToPath(new URL(`./snippets/${name}`, import.meta.url))
const SECRET = 'shoreditch-demo-secret'
const BODY = deliveryBody({ Id: 1, Name: "José 😀 'quoted' \\ $x" })
const sign = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex').toUpperCase()
// sent as it is, with accents, as the vendor's own serialiser is presumed to write it
const UNESCAPED = JSON.stringify(JSON.parse(BODY))
const good = sign(UNESCAPED)

/** Signatures, and whether each is good. */
const CASES: [signature: string, isGood: boolean][] = [
  [good, true],
  [good.toLowerCase(), true],
  [`${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`, false],
  // the documented routine's form
  [sign(substituteNonAscii(UNESCAPED)), true],
  // one of the same length, and an empty one
  ['é'.repeat(64), false],
  ['é'.repeat(32), false],
  [good.slice(0, -2), false],
  ['', false],
]

let folder: string
let bodyFile: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hookdesk-snippets-'))
  bodyFile = path.join(folder, 'body')
  writeFileSync(bodyFile, UNESCAPED)
})
afterAll(() => rmSync(folder, { recursive: true }))

const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined

/** True if a language cannot run here; prints a sentence about that. */
function isMissing(language: string, programs: string[]): boolean {
  const missing = programs.filter((program) => !isThere(program))
  if (missing.length === 0) return false
  process.stderr.write(`${language} is not run: ${missing.join(', ')} is not installed.\n`)
  return true
}

const SIGNATURES = CASES.map(([signature]) => signature)
const EXPECTED = CASES.map(([, isGood]) => String(isGood))

/** One run for all cases: starting a language is the slow part. */
const verdictsOf = (program: string, ...args: string[]) =>
  execFileSync(program, [...args, ...SIGNATURES], { encoding: 'utf8' })
    .trim()
    .toLowerCase()
    .split(/\s+/)

test('the JavaScript snippet accepts only good signatures', () => {
  const program = `import { readFileSync } from 'node:fs'
    import { isFromNexudus } from ${JSON.stringify(snippet('verify.mjs'))}
    const [body, secret, ...signatures] = process.argv.slice(1)
    for (const one of signatures) console.log(isFromNexudus(readFileSync(body), one, secret))`
  const args = ['--input-type=module', '-e', program, bodyFile, SECRET]
  expect(verdictsOf(process.execPath, ...args)).toEqual(EXPECTED)
})

test.skipIf(isMissing('Python', ['python3']))(
  'the Python snippet accepts only good signatures',
  () => {
    const program = `import sys; sys.path.insert(0, sys.argv[1])
from verify import is_from_nexudus
for one in sys.argv[4:]: print(is_from_nexudus(open(sys.argv[2], 'rb').read(), one, sys.argv[3]))`
    const args = ['-B', '-c', program, path.dirname(snippet('verify.py')), bodyFile, SECRET]
    expect(verdictsOf('python3', ...args)).toEqual(EXPECTED)
  },
)

test.skipIf(isMissing('PHP', ['php']))('the PHP snippet accepts only good signatures', () => {
  const program = `require $argv[1];
    foreach (array_slice($argv, 4) as $one) {
      echo var_export(isFromNexudus(file_get_contents($argv[2]), $one, $argv[3]), true), "\\n";
    }`
  const args = ['-r', program, '--', snippet('verify.php'), bodyFile, SECRET]
  expect(verdictsOf('php', ...args)).toEqual(EXPECTED)
})

test.skipIf(isMissing('C#', ['mcs', 'mono']))('the C# snippet accepts only good signatures', () => {
  const main = path.join(folder, 'main.cs')
  const program = path.join(folder, 'main.exe')
  writeFileSync(
    main,
    `public static class Program { public static void Main(string[] given) {
       var body = System.IO.File.ReadAllBytes(given[0]);
       for (var at = 2; at < given.Length; at++)
         System.Console.WriteLine(NexudusSignature.IsFromNexudus(body, given[at], given[1]));
     } }`,
  )
  execFileSync('mcs', [`-out:${program}`, main, snippet('verify.cs')])
  expect(verdictsOf('mono', program, bodyFile, SECRET)).toEqual(EXPECTED)
})
