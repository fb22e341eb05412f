import { expect, test } from 'vitest'

import {
  ascii,
  hosts,
  ofAddress,
  ofHost,
  wrongWhenWarm,
  WARM_TIMEOUT_MS,
  type Parser,
} from '#contract/address/test-warm.ts'

import { isAtHost, moveHost, readMoveTarget } from './move-host.ts'

const moveTo = (host: string) =>
  moveHost('https://old.example/in', 'old.example', { host, scheme: null })

const PARSERS: Parser[] = [
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
  '$name reads ü, é and ñ and refuses broken hosts, even after optimisation',
  (parser) => expect(wrongWhenWarm(parser)).toEqual([]),
  WARM_TIMEOUT_MS,
)
