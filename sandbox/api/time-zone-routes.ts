import { Hono } from 'hono'

import type { Database } from '#platform/db/database.ts'
import type { Admit } from '#sandbox/access/caller.ts'
import { deterministicUuid } from '#sandbox/records/deterministic-uuid.ts'
import { TIME_ZONES, timeZoneOf, type TimeZone } from '#sandbox/records/time-zones.ts'
import { listEnvelope, readPage } from '#sandbox/wire/list-query.ts'
import { idOf, methodNotAllowed, missing } from '#sandbox/wire/routing.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'
import { baseFields } from '#sandbox/wire/wire-record.ts'

/**
 * `/api/sys/simpletimezones`: the time zones that a location's `SimpleTimeZoneId` refers to.
 * Reading one by its id is documented; the list follows every other entity, without filters and
 * ordered by id only, since none are known. Their role is not documented, so any sign-in will do.
 */
export function timeZoneRoutes(db: Database, admit: Admit) {
  return new Hono()
    .get('/', async (c) => {
      await admit(c.req.raw)
      const page = readPage(c.req.url, await readSwitches(db))
      const zones = Object.values(TIME_ZONES).toSorted((a, b) => a.id - b.id)
      const rows = zones.slice(page.offset, page.offset + page.size)
      const query = { ...page, orderField: 'Id', direction: 1 } as const
      return c.json(listEnvelope(query, zones.length, rows.map(timeZoneRecord)))
    })
    .all(methodNotAllowed)
    .get('/:id', async (c) => {
      await admit(c.req.raw)
      const id = idOf(c.req.param('id'))
      const zone = id === undefined ? undefined : timeZoneOf(id)
      if (!zone) throw missing(await readSwitches(db))
      return c.json(timeZoneRecord(zone))
    })
    .all(methodNotAllowed)
}

/** Their creation time is not known; they are older than every location. */
const STAMP = {
  createdOn: '2012-01-01T00:00:00.0000000Z',
  updatedOn: '2012-01-01T00:00:00.0000000Z',
  updatedBy: 'ops@northlight.example.test',
  systemId: null,
}

/**
 * The documented properties. Their values and the unit of `TimeOffset` are not documented; here
 * they are minutes, like the opening times.
 */
const timeZoneRecord = ({ id, name, iana, winterOffset, usesSummerTime }: TimeZone) => ({
  Name: name,
  Description: iana,
  TimeOffset: winterOffset,
  UsesSummerTime: usesSummerTime,
  ...baseFields({ id, uniqueId: deterministicUuid(`time zone ${id}`), ...STAMP }, name),
})
