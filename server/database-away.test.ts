import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import pg from 'pg'
import { expect, inject, test } from 'vitest'

import { openPostgres } from '#platform/db/postgres.ts'
import { ALL_MIGRATIONS } from '#platform/db/test-migrations.ts'
import { openDeskOver } from '#server/testing/test-desk.ts'
import { createTestUpstream } from '#server/testing/test-upstream.ts'

const DRAFT = {
  BusinessId: 1,
  Action: 7,
  Name: 'Made while it is away',
  Description: '',
  Active: true,
  URL: 'https://receiver.example.com/in',
}

test.skipIf(inject('engine') !== 'postgresql')(
  'the desk reports that PostgreSQL is away, and continues by itself once it is back',
  async () => {
    const upstream = createTestUpstream()
    const way = await wayTo(new URL(inject('postgresUrl')))
    const database = await openPostgres(way.url, ALL_MIGRATIONS)
    const ground = await openDeskOver(upstream.fetch)
    const desk = ground.openAnother({ db: database.db })
    const visitor = desk.visitor()
    await visitor.signIn('admin@hookdesk.test')
    const list = () => visitor.request('/api/sys/webhooks')
    const readiness = async () => (await visitor.request('/readyz')).status
    expect([(await list()).status, await readiness()]).toEqual([200, 200])

    way.cut()
    const { status, headers, body } = await list()
    expect([status, body.code]).toEqual([503, 'database_unavailable'])
    expect(headers.get('retry-after')).toBe('5')
    expect(await readiness()).toBe(503)
    // still alive: nothing should restart the desk because of this
    expect((await visitor.request('/healthz')).status).toBe(200)
    expect((await visitor.create(DRAFT)).body).toMatchObject({
      code: 'database_unavailable',
      outcome: 'unknown',
    })

    way.mend()
    expect([(await list()).status, await readiness()]).toEqual([200, 200])
    await database.close()
    await ground.close()
    way.close()
  },
)

/** A relay to a fresh database on the server; the test can cut it. */
async function wayTo(server: URL) {
  const name = `away_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: server.href })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()

  const sockets = new Set<Socket>()
  let isCut = false
  const relay = createServer((socket) => {
    if (isCut) return socket.destroy()
    const onward = connect(Number(server.port), server.hostname)
    for (const end of [socket, onward]) {
      sockets.add(end)
      end.on('error', () => {})
    }
    return socket.pipe(onward).pipe(socket)
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const url = new URL(server.href)
  // a server that listens on a port has an address of this type
  url.host = `127.0.0.1:${(relay.address() as AddressInfo).port}`
  url.pathname = name
  return {
    url: url.href,
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
    },
    close: () => relay.close(),
  }
}
