import { expect, test } from 'vitest'

import { addressFindings } from './address-findings.ts'
import { maskAddress, parseAddress } from './address.ts'
import { isAtHost, moveHost, readMoveTarget } from './move-host.ts'
import { parseUrl } from './parse-url.ts'

// `URL.canParse` begins to answer wrongly once the code that asks it is optimised
const WARM = 100_000
const TIMEOUT_MS = 120_000

// as they come out of JSON: a text that was just put together takes another way through Node
const hosts: string[] = JSON.parse('["münchen.example", "café.example", "españa.example"]')
const addresses: string[] = JSON.parse(JSON.stringify(hosts.map((host) => `https://${host}/in`)))
const ascii = hosts.map((host) => new URL(`https://${host}/`).host)
/** UTF-8 read as Latin-1: a control character in the middle of a name. */
const broken = 'a\u00e2\u0080\u008bb.example'
const brokenAddress = 'https://a\u00e2\u0080\u008bb.example/in'

const policy = { exceptions: [], allowPrivateTargets: false }
const moveTo = (host: string) =>
  moveHost('https://old.example/in', 'old.example', { host, scheme: null })
const levelOf = (address: string) => addressFindings(address, policy)[0]?.level

type Parser = {
  name: string
  ask: (text: string) => unknown
  texts: string[]
  answers: unknown[]
  broken: string
  /** What it answers of what is no host. */
  refusal: unknown
}

const ofAddress = { texts: addresses, broken: brokenAddress }
const ofHost = { texts: hosts, broken }
const PARSERS: Parser[] = [
  {
    ...ofAddress,
    name: 'parseUrl',
    ask: (text) => parseUrl(text)?.host,
    answers: ascii,
    refusal: undefined,
  },
  {
    ...ofAddress,
    name: 'parseAddress',
    ask: (text) => parseAddress(text)?.host,
    answers: ascii,
    refusal: undefined,
  },
  {
    ...ofAddress,
    name: 'maskAddress',
    ask: maskAddress,
    answers: ascii.map((host) => `https://${host}/in`),
    refusal: brokenAddress,
  },
  {
    ...ofAddress,
    name: 'addressFindings',
    ask: levelOf,
    answers: hosts.map(() => undefined),
    refusal: 'block',
  },
  {
    ...ofAddress,
    name: 'isAtHost',
    ask: (text) => ascii.some((host) => isAtHost(text, host)),
    answers: hosts.map(() => true),
    refusal: false,
  },
  {
    ...ofHost,
    name: 'readMoveTarget',
    ask: (text) => readMoveTarget(text)?.host,
    answers: hosts,
    refusal: undefined,
  },
  {
    ...ofHost,
    name: 'moveHost',
    ask: moveTo,
    answers: ascii.map((host) => `https://${host}/in`),
    refusal: undefined,
  },
]

test.each(PARSERS)(
  '$name reads ü, é and ñ, and refuses what is no host, however warm',
  ({ ask, texts, answers, broken, refusal }) => {
    const wrong: unknown[] = []
    for (let call = 0; call < WARM; call += 1) {
      const at = call % texts.length
      const answer = ask(texts[at] ?? '')
      if (answer !== answers[at]) wrong.push(answer)
      const ofBroken = call % 10 === 0 ? ask(broken) : refusal
      if (ofBroken !== refusal) wrong.push(ofBroken)
    }
    expect(wrong).toEqual([])
  },
  TIMEOUT_MS,
)
