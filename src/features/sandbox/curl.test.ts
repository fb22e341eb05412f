import { execFileSync } from 'node:child_process'

import { expect, test } from 'vitest'

import type { Received } from '#contract/desk/sandbox.ts'

import { curlOf } from './curl.ts'

const arrival = (change: Partial<Received>): Received => ({
  id: 1,
  receiver: 'a',
  at: '',
  method: 'POST',
  target: '/receiver/a?key=1',
  headers: [],
  body: '',
  answer: '200',
  signature: 'valid',
  businessId: null,
  ...change,
})

test('a shell reads the command as the same call, byte for byte', () => {
  const body = `[{"Name":"O'Neill $HOME \`id\` \\"quoted\\" \\u00e9 !!"}]`
  const headers: Received['headers'] = [
    ['host', 'localhost:4401'],
    ['x-nexudus-hook-signature', "AB'12"],
  ]
  const command = curlOf(arrival({ body, headers }), 'http://localhost:4401')
  const args = execFileSync('sh', ['-c', command.replace(/^curl/, String.raw`printf '%s\0'`)])
  expect(args.toString('utf8').split('\0').slice(0, -1)).toEqual([
    '-X',
    'POST',
    'http://localhost:4401/receiver/a?key=1',
    '-H',
    "x-nexudus-hook-signature: AB'12",
    '--data-binary',
    body,
  ])
})
