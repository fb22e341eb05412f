import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod/mini'
import { afterEach, expect, test } from 'vitest'

import { createLog } from '#platform/http/log.ts'

import { LIMITS } from './call.ts'
import { createFetch } from './fetch.ts'
import { listOf } from './list.ts'
import { routeTo } from './route.ts'
import { createUpstream } from './upstream.ts'

const KB = 1024
const MB = 1024 * KB
const PATH = '/api/sys/webhooks'

const rowSchema = z.object({ Id: z.int() })

type Says = (all: { total: number; page: number; held: number }) => Record<string, unknown>

type Nexudus = {
  /** Size of each row in bytes, in the list's order. */
  rows: number[]
  maxBytes: number
  /** Paging fields of a page, besides its rows. */
  says?: Says
  /** Most rows of a page, whatever is requested, and the size above which a request gets a 400. */
  cap?: number
  refusedAbove?: number
}

const saysAll: Says = ({ total, page, held }) => ({
  CurrentPage: page,
  CurrentPageSize: held,
  TotalItems: total,
  TotalPages: Math.ceil(total / held),
  HasNextPage: page * held < total,
})

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

/** Starts a Nexudus on a port, and reads its list over the wire. */
async function read(nexudus: Nexudus) {
  const { rows, maxBytes, says = saysAll, cap = 1000, refusedAbove = 1000 } = nexudus
  const asked: string[] = []
  const server = createServer((request, response) => {
    const search = new URL(`http://nexudus.test${request.url}`).searchParams
    const [page, size] = [Number(search.get('page')), Number(search.get('size'))]
    asked.push(`${page} of ${size}`)
    response.setHeader('content-type', 'application/json')
    if (size > refusedAbove) {
      response.writeHead(400).end('{"Message":"size"}')
      return
    }
    const held = Math.min(size, cap)
    const first = (page - 1) * held
    const Records = rows
      .slice(first, first + held)
      .map((bytes, index) => ({ Id: first + index + 1, Name: 'x'.repeat(bytes) }))
    response.end(JSON.stringify({ Records, ...says({ total: rows.length, page, held }) }))
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // a server that listens on a port has an address of this type
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const upstream = createUpstream({
    url,
    fetch: createFetch(routeTo(url, {})),
    log: createLog('silent'),
    limits: { ...LIMITS, maxBytes },
  })
  const list = await listOf(rowSchema, {
    path: PATH,
    get: (path) => upstream({ method: 'GET', path, account: 'admin@hookdesk.test' }),
  })
  return { ids: list.rows.map(({ Id }) => Id), list, asked }
}

const short = (count: number) => Array.from({ length: count }, () => 10)

/** This many short rows, with long ones at the given places, counted from 1. */
const rowsWith = (count: number, long: Record<number, number>) =>
  short(count).map((bytes, index) => long[index + 1] ?? bytes)

const idsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_none, index) => first + index)

test('three rows of 3.9 MB among 250 are read in tenths of their page', async () => {
  const rows = rowsWith(250, { 117: 3.9 * MB, 118: 3.9 * MB, 119: 3.9 * MB })
  const { ids, list, asked } = await read({ rows, maxBytes: LIMITS.maxBytes })
  expect(ids).toEqual(idsFrom(1, 250))
  expect([list.unreadable, list.total]).toEqual([0, 250])
  expect(asked).toEqual([
    '1 of 1000',
    '1 of 100',
    '2 of 100',
    '11 of 10',
    '12 of 10',
    ...idsFrom(111, 120).map((page) => `${page} of 1`),
    ...idsFrom(13, 20).map((page) => `${page} of 10`),
    '3 of 100',
  ])
})

test('a row larger than any allowed answer is left out, and only that row', async () => {
  const { ids, list } = await read({
    rows: rowsWith(30, { 14: LIMITS.maxBytes }),
    maxBytes: LIMITS.maxBytes,
  })
  expect(ids).toEqual(idsFrom(1, 30).filter((id) => id !== 14))
  expect([list.unreadable, list.total]).toEqual([1, 30])
})

const MAX = 64 * KB
// two of them are too large for an answer, and one is not
const LONG = 40 * KB
const TOO_LONG = 70 * KB

test.each([
  ['a thousand is refused', { refusedAbove: 100 }],
  ['pages have a hundred rows at most', { cap: 100 }],
  ['pages have sixty rows at most', { cap: 60 }],
  ['pages have 25 rows at most, and nothing is said', { cap: 25, says: () => ({}) }],
])('if %s, long rows are still found', async (_what, odd) => {
  const long = { 1: LONG, 2: LONG, 59: TOO_LONG, 61: TOO_LONG, 199: LONG, 200: LONG, 250: TOO_LONG }
  const { ids, list } = await read({ rows: rowsWith(250, long), maxBytes: MAX, ...odd })
  expect(ids).toEqual(idsFrom(1, 250).filter((id) => ![59, 61, 250].includes(id)))
  expect([list.unreadable, list.total]).toEqual([3, 250])
})

test('a list whose answer is too large even with one row fails in the end', async () => {
  const says = () => ({ Padding: 'x'.repeat(TOO_LONG) })
  await expect(read({ rows: short(10), maxBytes: MAX, says })).rejects.toMatchObject({
    code: 'upstream_too_large',
  })
})
