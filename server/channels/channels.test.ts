import { eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { eventSchema } from '#contract/desk/events.ts'
import { webhooks } from '#sandbox/db/tables.ts'
import { notices } from '#server/alerts/tables.ts'
import { MID_MORNING_ZONE, openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { channels } from './tables.ts'

const MINUTE = 60_000

let desk: TestDesk
let admin: Visitor
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
afterEach(() => desk.close())

const look = () => desk.lookAndTell()

const WISHES = { name: 'Ops', locations: null, firstStep: '5', zone: MID_MORNING_ZONE }

/** Sets a channel up that leads to a receiver of the sandbox. */
async function addChannel(kind: string, name: string = kind) {
  const receiver = desk.receiver(name)
  const url = `${receiver.url}?token=K3Y`
  const body = { ...WISHES, kind, url }
  const answer = await admin.request('/desk/channels', { method: 'POST', body })
  expect(answer.status).toBe(201)
  const added: { id: string } = answer.body.channels.at(-1)
  return { receiver, id: added.id, secret: answer.body.secret as string | undefined }
}

const atNexudus: TestDesk['store'] = (id, change) => desk.store(id, change)

const HOSTILE =
  '<!channel> @everyone <users/all> [a](https://evil.test) **x** <img src=//evil.test> & \u202Etxt\nBcc: x'

describe('a channel', () => {
  test.each(['slack', 'discord', 'teams', 'google-chat'])(
    '%s is told what stopped, in a form in which nobody’s words act',
    async (kind) => {
      const { receiver } = await addChannel(kind)
      const { id } = await desk.anyWorking()
      await atNexudus(id, { url: 'https://door.example.com/a?k=s3cret', name: HOSTILE })
      await look()
      await atNexudus(id, { errorCount: 10, active: false, lastError: `Status 503 ${HOSTILE}` })
      await look()
      const [arrived] = await receiver.got()
      const body = arrived?.body ?? ''
      expect(body).toContain('Stopped')
      expect(body).not.toContain('s3cret')
      expect(body).not.toMatch(/\u202E/)
      const message = JSON.parse(body)
      if (kind === 'slack') {
        expect(message.text).not.toContain('<!channel>')
        const [subject, rest, link] = message.blocks
        expect([subject.text.type, rest.text.type]).toEqual(['plain_text', 'plain_text'])
        expect(link.text.text).toMatch(/^<http[^|>]+\/\?incident=\d+\|Look at it in Hookdesk>$/)
      }
      if (kind === 'discord') {
        expect(message.allowed_mentions).toEqual({ parse: [] })
        expect(message.content).not.toContain('https://evil')
        expect(message.content).not.toContain('](')
        expect(message.content.length).toBeLessThanOrEqual(2000)
      }
      if (kind === 'teams') {
        const { body: blocks } = message.attachments[0].content
        expect(new Set(blocks.map(({ type }: { type: string }) => type))).toEqual(
          new Set(['RichTextBlock']),
        )
      }
      if (kind === 'google-chat') {
        expect(arrived?.target).toContain('messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD')
        const { widgets } = message.cardsV2[0].card.sections[0]
        const texts = widgets.flatMap((each: { textParagraph?: { text: string } }) =>
          each.textParagraph ? [each.textParagraph.text] : [],
        )
        expect(texts.join(' ')).toContain('&lt;img')
        expect(texts.join(' ')).not.toContain('<')
      }
    },
  )

  test('of a program gets events with a signature that a standard library accepts', async () => {
    const { receiver, secret = '' } = await addChannel('webhook')
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/', name: 'Door codes' })
    await look()
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    const [arrived] = await receiver.got()
    const headers = Object.fromEntries(arrived?.headers ?? [])
    const event = eventSchema.parse(new Webhook(secret).verify(arrived?.body ?? '', headers))
    expect(event).toMatchObject({
      type: 'webhooks.stopped',
      data: { host: 'door.example.com', step: 'stopped', webhooks: [{ id, name: 'Door codes' }] },
    })
    expect(() => new Webhook(secret).verify(`${arrived?.body} `, headers)).toThrow()
  })

  test('of a program gets the same id at every try of an event, and another for each test', async () => {
    const { receiver, id: channelId } = await addChannel('webhook')
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/' })
    await look()
    const before = (await receiver.got()).length
    await receiver.answer('503')
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    await receiver.answer('200')
    await look()
    const test = () => admin.request(`/desk/channels/${channelId}/test`, { method: 'POST' })
    await test()
    await test()
    const ids = (await receiver.got())
      .slice(0, -before)
      .map(({ headers }) => headers.find(([name]) => name === 'webhook-id')?.[1])
    expect(ids).toHaveLength(4)
    expect(ids[2]).toBe(ids[3])
    expect(new Set(ids).size).toBe(3)
  })

  test('keeps its URL to itself', async () => {
    const { id } = await addChannel('slack')
    const { body } = await admin.request('/desk/channels')
    expect(body.channels).toMatchObject([
      { hint: expect.stringMatching(/^127\.0\.0\.1:\d+\/…=K3Y$/) },
    ])
    const [row] = await desk.db.select().from(channels).where(eq(channels.id, id))
    expect(JSON.stringify(row)).not.toContain('/receiver/')
    expect(desk.logged()).not.toContain('token=K3Y')
    await admin.request(`/desk/channels/${id}`, { method: 'PUT', body: { ...WISHES, name: 'New' } })
    const test = await admin.request(`/desk/channels/${id}/test`, { method: 'POST' })
    expect(test.body.channels).toMatchObject([{ name: 'New', problem: null }])
    expect(await desk.receiver('slack').got()).toHaveLength(1)
  })

  test('says at once why a test did not arrive', async () => {
    const { receiver, id } = await addChannel('teams')
    await receiver.answer('404')
    const test = await admin.request(`/desk/channels/${id}/test`, { method: 'POST' })
    expect(test).toMatchObject({ status: 422, body: { code: 'not_sent', said: 'Answered 404' } })
    const { body } = await admin.request('/desk/channels')
    expect(body.channels).toMatchObject([{ problem: 'Answered 404' }])
  })

  test('keeps it also where it redirects to', async () => {
    const { receiver, id } = await addChannel('slack')
    await receiver.answer('301')
    const test = await admin.request(`/desk/channels/${id}/test`, { method: 'POST' })
    expect(test.body.said).toBe('Answered 301')
    const { body } = await admin.request('/desk/channels')
    expect(body.channels).toMatchObject([{ problem: 'Answered 301' }])
    expect(desk.logged()).not.toContain('moved-here')
  })

  test.each([
    { kind: 'slack', url: 'https://discord.com/api/webhooks/1/x', reason: 'channel_kind' },
    { kind: 'discord', url: 'https://hooks.slack.com/services/x', reason: 'channel_kind' },
    { kind: 'teams', url: 'https://example.webhook.office.com/x', reason: 'channel_kind' },
    { kind: 'google-chat', url: 'https://example.com/', reason: 'channel_kind' },
    { kind: 'webhook', url: 'https://10.0.0.8/', reason: 'channel_private' },
    { kind: 'slack', url: 'https://localhost/', reason: 'channel_private' },
    { kind: 'webhook', url: 'http://example.com/', reason: 'channel_url' },
    { kind: 'webhook', url: 'https://ana:pw@example.com/', reason: 'channel_url' },
    { kind: 'webhook', url: 'no address', reason: 'channel_url' },
  ])('$kind refuses $url', async ({ kind, url, reason }) => {
    const body = { ...WISHES, kind, url }
    const answer = await admin.request('/desk/channels', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 400, body: { reason } })
    expect(await desk.db.select().from(channels)).toEqual([])
  })

  test.each([
    { kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x' },
    // Mattermost, Rocket.Chat and others understand what Slack understands
    { kind: 'slack', url: 'https://chat.example.com/hooks/x' },
    { kind: 'discord', url: 'https://ptb.discord.com/api/webhooks/1/x' },
    { kind: 'teams', url: 'https://prod-01.uksouth.logic.azure.com:443/workflows/x' },
    { kind: 'google-chat', url: 'https://chat.googleapis.com/v1/spaces/A/messages?key=x' },
  ])('$kind takes $url', async ({ kind, url }) => {
    const body = { ...WISHES, kind, url }
    expect((await admin.request('/desk/channels', { method: 'POST', body })).status).toBe(201)
  })

  test('is no matter of a manager', async () => {
    const { id } = await addChannel('slack')
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    const asked = [
      { path: '/desk/channels', method: 'GET' },
      { path: '/desk/channels', method: 'POST', body: { ...WISHES, kind: 'slack', url: 'x' } },
      { path: `/desk/channels/${id}`, method: 'PUT', body: WISHES },
      { path: `/desk/channels/${id}`, method: 'DELETE' },
      { path: `/desk/channels/${id}/test`, method: 'POST' },
    ]
    for (const { path, ...request } of asked) {
      expect((await manager.request(path, request)).status).toBe(403)
    }
  })

  test('is told only of its locations', async () => {
    const { id, businessId } = await desk.anyWorking()
    const { receiver, id: channelId } = await addChannel('slack')
    const body = { ...WISHES, locations: [businessId + 1] }
    await admin.request(`/desk/channels/${channelId}`, { method: 'PUT', body })
    await atNexudus(id, { url: 'https://door.example.com/' })
    await look()
    const before = (await receiver.got()).length
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    expect(await receiver.got()).toHaveLength(before)
  })
})

describe('a channel in trouble', () => {
  /** Two destinations stop at one look: two messages for each channel. */
  async function twoNotices(): Promise<void> {
    const rows = await desk.db.select().from(webhooks).where(eq(webhooks.errorCount, 0))
    const two = rows.filter(({ active, lastTrigger }) => active && lastTrigger !== null).slice(0, 2)
    for (const [index, { id }] of two.entries()) {
      await atNexudus(id, { url: `https://door-${index}.example.com/` })
    }
    await look()
    desk.clock.pass(5_000)
    await desk.sendNotices()
    for (const { id } of two) await atNexudus(id, { errorCount: 10, active: false })
  }

  const states = async () =>
    (await desk.db.select().from(notices).orderBy(notices.id)).map(({ state }) => state)

  test('gets one message a second', async () => {
    const { receiver } = await addChannel('slack')
    await twoNotices()
    const before = (await receiver.got()).length
    await look()
    expect(await receiver.got()).toHaveLength(before + 1)
    desk.clock.pass(1_000)
    await desk.sendNotices()
    expect(await receiver.got()).toHaveLength(before + 2)
  })

  test('that asks to wait is asked again when it said, and each message arrives once', async () => {
    const { receiver } = await addChannel('slack')
    await twoNotices()
    const before = (await receiver.got()).length
    await receiver.answer('429')
    await look()
    expect((await states()).slice(-2)).toEqual(['waiting', 'waiting'])
    await receiver.answer('200')
    desk.clock.pass(4_000)
    await desk.sendNotices()
    expect(await receiver.got()).toHaveLength(before + 1)
    // it said five seconds
    desk.clock.pass(1_000)
    await desk.sendNotices()
    desk.clock.pass(1_000)
    await desk.sendNotices()
    expect((await states()).slice(-2)).toEqual(['sent', 'sent'])
    const told = (await receiver.got()).filter(({ answer }) => answer === '200')
    expect(told.map(({ body }) => JSON.parse(body).text).slice(0, 2)).toEqual([
      expect.stringContaining('Stopped'),
      expect.stringContaining('Stopped'),
    ])
  })

  test('that is gone keeps its reason, and people hear of it by mail after an hour', async () => {
    await desk.addRecipients()
    const { receiver, id } = await addChannel('discord')
    await twoNotices()
    await receiver.answer('410')
    await look()
    desk.clock.pass(1_000)
    await desk.sendNotices()
    const failed = (await desk.db.select().from(notices)).filter(({ route }) => route === 'discord')
    expect(failed.map(({ state }) => state).slice(-2)).toEqual(['failed', 'failed'])
    const subjects = async () => (await desk.mails()).map(({ subject }) => subject)
    const told = 'Hookdesk cannot write to the channel “Ops”'
    expect(await subjects()).not.toContain(told)
    desk.clock.pass(61 * MINUTE)
    await desk.sendNotices()
    await desk.sendNotices()
    expect((await subjects()).filter((subject) => subject === told)).toHaveLength(1)
    const [row] = await desk.db.select().from(channels)
    expect(row).toMatchObject({ id, problem: 'Answered 410', isFailureTold: true })
  })

  test('that is removed gets nothing more', async () => {
    const { receiver, id } = await addChannel('slack')
    await twoNotices()
    await receiver.answer('503')
    await look()
    await admin.request(`/desk/channels/${id}`, { method: 'DELETE' })
    expect((await states()).slice(-2)).toEqual(['dropped', 'dropped'])
  })
})
