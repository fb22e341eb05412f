import { expect, test } from 'vitest'

import { addressFindings } from './address-findings.ts'
import { maskAddress, parseAddress } from './address.ts'
import { parseUrl } from './parse-url.ts'
import {
  ascii,
  brokenAddress,
  hosts,
  ofAddress,
  wrongWhenWarm,
  WARM_TIMEOUT_MS,
  type Parser,
} from './test-warm.ts'

const policy = { exceptions: [], allowPrivateTargets: false }
const levelOf = (address: string) => addressFindings(address, policy)[0]?.level

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
]

test.each(PARSERS)(
  '$name reads ü, é and ñ and refuses broken hosts, even after optimisation',
  (parser) => expect(wrongWhenWarm(parser)).toEqual([]),
  WARM_TIMEOUT_MS,
)
