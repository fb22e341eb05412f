import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { EVENT_TYPES, eventSchema } from '#contract/desk/events.ts'
import { noticeTextOf } from '#server/alerts/notice-text.ts'
import type { NoticeContent } from '#server/alerts/notices.ts'

import { eventOf } from './event.ts'

const PAGE = readFileSync('docs/events.md', 'utf8')
const SAMPLES = [...PAGE.matchAll(/```json\n(.*?)\n```/gs)].map(([, text = '']) =>
  eventSchema.parse(JSON.parse(text)),
)

test('the published types are those that are sent', () => {
  const rows = [...PAGE.matchAll(/^\| `([a-z_.]+)` +\| .* \|$/gm)].map(([, name]) => name)
  expect(rows.filter((name) => EVENT_TYPES.some((type) => type === name))).toHaveLength(
    EVENT_TYPES.length,
  )
})

const happenedAt = new Date('2026-11-30T10:03:00Z')
const stopped: NoticeContent = {
  host: 'door.example.com',
  kind: 'stopped',
  step: 'stopped',
  webhooks: [
    {
      id: 1_400_000_123,
      businessId: 1_400_000_002,
      name: 'Door codes',
      location: 'Northlight Shoreditch',
      action: 7,
      failures: 10,
      error: 'Status 503',
      isStopped: true,
    },
  ],
  more: 0,
  since: happenedAt.toISOString(),
}
const blind: NoticeContent = {
  kind: 'blind',
  webhooks: [],
  more: 0,
  since: '2026-11-30T10:01:00.000Z',
  trouble: 'upstream_unreachable',
}

test.each([
  { kind: 'step' as const, content: stopped, incidentId: 7, index: 0 },
  { kind: 'blind' as const, content: blind, incidentId: 8, index: 1 },
])('the published sample of a notice of kind $kind is what is sent', ({ index, ...notice }) => {
  const text = noticeTextOf({ ...notice, happenedAt, sentAt: happenedAt, zone: 'UTC' })
  const url = `https://desk.example.com/?incident=${notice.incidentId}`
  expect(eventOf({ ...notice, happenedAt }, text, url)).toEqual(SAMPLES[index])
})
