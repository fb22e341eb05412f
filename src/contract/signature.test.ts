import { createHmac } from 'node:crypto'

import { expect, test } from 'vitest'

import {
  deliveryBody,
  escapeNonAscii,
  examineSignature,
  signatureOf,
  substituteNonAscii,
  type SignatureVerdict,
} from './signature.ts'

const SECRET = 'a shared secret'
const RECORD = { Id: 1, Name: 'José – Zoë', Note: '😀 \u2028 "x" \\u00e9' }
const BODY = deliveryBody(RECORD)
const PLAIN = JSON.stringify([RECORD])

/** By another implementation than the one under test. */
const sign = (body: string | Buffer, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('hex').toUpperCase()

test('a body is ASCII, and says the same', () => {
  expect(BODY).toMatch(/^[ -~]+$/)
  expect(JSON.parse(BODY)).toEqual([RECORD])
  expect(escapeNonAscii(BODY)).toBe(BODY)
})

test('of a body that is ASCII the documented routine and a plain HMAC come to the same', async () => {
  expect(await signatureOf(SECRET, BODY)).toBe(sign(BODY))
  expect(await signatureOf(SECRET, BODY)).toBe(sign(Buffer.from(BODY, 'ascii')))
  expect(await signatureOf(SECRET, new TextEncoder().encode(BODY))).toBe(sign(BODY))
})

test('an astral character is two code units to .NET, and so two question marks', () => {
  expect(substituteNonAscii('é😀a')).toBe('???a')
})

test.each<[SignatureVerdict, string, string, string]>([
  ['valid', BODY, SECRET, sign(BODY)],
  ['valid', BODY, SECRET, ` ${sign(BODY)}\n`],
  ['valid', PLAIN, SECRET, sign(PLAIN)],
  ['ascii', PLAIN, SECRET, sign(substituteNonAscii(PLAIN))],
  ['letter_case', BODY, SECRET, sign(BODY).toLowerCase()],
  ['without_array', BODY, SECRET, sign(BODY.slice(1, -1))],
  ['without_array', BODY, SECRET, sign(JSON.stringify(RECORD))],
  ['around_again', BODY, SECRET, sign(`[${BODY}]`)],
  ['escaped', PLAIN, SECRET, sign(BODY)],
  ['unescaped', BODY, SECRET, sign(PLAIN)],
  ['reserialised', BODY, SECRET, sign(JSON.stringify([RECORD], null, 2))],
  ['reserialised', BODY, SECRET, sign(JSON.stringify([RECORD], null, 4))],
  ['trailing_space', BODY, SECRET, sign(`${BODY}\n`)],
  ['trailing_space', `${BODY}\n`, SECRET, sign(BODY)],
  ['byte_order_mark', `\ufeff${BODY}`, SECRET, sign(BODY)],
  ['letter_case', PLAIN, SECRET, sign(substituteNonAscii(PLAIN)).toLowerCase()],
  ['valid', BODY, SECRET, `X-Nexudus-Hook-Signature: ${sign(BODY)}`],
  ['valid', BODY, SECRET, `"${sign(BODY)}"`],
  ['malformed', BODY, SECRET, 'sha256=zzz'],
  ['missing', BODY, SECRET, 'sha256='],
  ['other', BODY, SECRET, `sha256=${sign('another body')}`],
  ['secret_space', BODY, `${SECRET} `, sign(BODY)],
  ['base64', BODY, SECRET, Buffer.from(sign(BODY), 'hex').toString('base64')],
  ['prefixed', BODY, SECRET, `sha256=${sign(BODY).toLowerCase()}`],
  ['prefixed', BODY, SECRET, `v1,${Buffer.from(sign(BODY), 'hex').toString('base64')}`],
  ['malformed', BODY, SECRET, sign(BODY).slice(0, 40)],
  ['malformed', BODY, SECRET, 'hello'],
  ['missing', BODY, SECRET, ' '],
  ['other', BODY, 'another secret', sign(BODY)],
  ['other', BODY.replace('1', '2'), SECRET, sign(BODY)],
  ['other', 'not JSON', SECRET, sign(BODY)],
])('%s', async (verdict, body, secret, signature) => {
  expect(await examineSignature({ body, secret, signature })).toBe(verdict)
})

test('a flipped bit anywhere is not valid', async () => {
  const signature = sign(BODY)
  for (let at = 0; at < BODY.length; at += 7) {
    const body =
      BODY.slice(0, at) + String.fromCharCode(BODY.charCodeAt(at) ^ 1) + BODY.slice(at + 1)
    expect(await examineSignature({ body, secret: SECRET, signature })).toBe('other')
  }
})
