import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { businesses, tokens, users, webhooks } from '#sandbox/db/tables.ts'
import { intents } from '#server/db/tables.ts'
import { notices, recipients } from '#server/alerts/tables.ts'
import { openTestDesk, type TestDesk } from '#server/testing/test-desk.ts'
import type { Visitor } from '#server/testing/test-visitor.ts'

import { looks, places as placesSeen, transitions, watched } from './tables.ts'

const SHOREDITCH = 1_400_000_002
const DUBLIN = 1_400_000_004

const MINUTE = 60_000

let desk: TestDesk
let admin: Visitor
beforeEach(async () => {
  desk = await openTestDesk({ watches: true })
  await desk.addRecipients()
  admin = desk.visitor()
  await admin.signIn('admin@hookdesk.test')
})
afterEach(() => desk.close())

const look = () => desk.lookAndTell()

const happenedTo = (id: number) =>
  desk.db.select().from(transitions).where(eq(transitions.webhookId, id)).orderBy(transitions.id)

const known = async (id: number) =>
  (await desk.db.select().from(watched).where(eq(watched.webhookId, id)))[0]

const lastLook = async () => (await desk.db.select().from(looks).orderBy(looks.id)).at(-1)

const atNexudus: TestDesk['store'] = (id, change) => desk.store(id, change)

const wire = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z')

describe('a look', () => {
  test('is a row, and knows every webhook without calling any of them news', async () => {
    await look()
    const all = await desk.db.select().from(webhooks)
    expect(await lastLook()).toMatchObject({ rows: all.length, unread: 0, trouble: null })
    expect(await desk.db.select().from(watched)).toHaveLength(all.length)
    expect(await desk.db.select().from(transitions)).toEqual([])
  })

  test('that finds nothing new writes a look and nothing else', async () => {
    await look()
    const before = await desk.db.select().from(watched).orderBy(watched.webhookId)
    await look()
    expect(await desk.db.select().from(watched).orderBy(watched.webhookId)).toEqual(before)
    expect(await desk.db.select().from(looks)).toHaveLength(2)
  })

  test('tells a failure with both looks that it happened between', async () => {
    const { id } = await desk.anyWorking()
    await look()
    await atNexudus(id, { errorCount: 6, lastError: 'Timeout at https://a.test/?key=secret' })
    await look()
    const [first, second] = await desk.db.select().from(looks).orderBy(looks.id)
    expect(await happenedTo(id)).toMatchObject([
      { kind: 'failing', countFrom: 0, countTo: 6, lookBefore: first?.id, look: second?.id },
    ])
    const [{ error } = { error: '' }] = await happenedTo(id)
    expect(error).toBe('Timeout at https://a.test')
  })

  test.each([
    { kind: 'html' as const, trouble: 'upstream_not_json' },
    { kind: 'unauthorized' as const, trouble: 'permission_missing' },
    { kind: 'error' as const, trouble: 'upstream_error' },
    { kind: 'broken_json' as const, trouble: 'upstream_bad_json' },
  ])('that gets $trouble changes nothing', async ({ kind, trouble }) => {
    await look()
    const before = await desk.db.select().from(watched).orderBy(watched.webhookId)
    await desk.fault({ kind, path: '/api/sys/webhooks', times: 9 })
    await look()
    expect(await lastLook()).toMatchObject({ trouble, rows: 0 })
    expect(await desk.db.select().from(watched).orderBy(watched.webhookId)).toEqual(before)
    expect(await desk.db.select().from(transitions)).toEqual([])
  })

  test('that finds an empty list where there was a fleet is incomplete', async () => {
    await look()
    await desk.db.delete(webhooks)
    await look()
    expect(await lastLook()).toMatchObject({ trouble: 'emptied' })
    expect(await desk.db.select().from(transitions)).toEqual([])
  })

  test('calls a webhook gone only after two looks and a question', async () => {
    const { id } = await desk.anyWorking()
    await look()
    await desk.db.delete(webhooks).where(eq(webhooks.id, id))
    await look()
    expect(await known(id)).toMatchObject({ missed: 1 })
    expect(await happenedTo(id)).toEqual([])
    await look()
    expect(await known(id)).toBeUndefined()
    expect(await happenedTo(id)).toMatchObject([{ kind: 'gone' }])
  })

  test('is made by one process, and another knows what it found', async () => {
    const { id } = await desk.anyWorking()
    await look()
    await atNexudus(id, { errorCount: 6 })
    const other = desk.openAnother()
    desk.clock.pass(MINUTE)
    await Promise.all([desk.look(), other.look()])
    await other.look()
    await desk.look()
    expect(await happenedTo(id)).toHaveLength(1)
  })

  test('tells a pause in Hookdesk from a stop', async () => {
    const paused = await desk.anyWorking()
    await look()
    await admin.change(paused.id, { seen: { Active: true }, change: { Active: false } })
    await look()
    expect(await known(paused.id)).toMatchObject({ health: 'paused' })
    expect(await happenedTo(paused.id)).toMatchObject([{ kind: 'off' }])
  })
})

describe('an administrator of another network', () => {
  test('is shown nothing of what Hookdesk knows of this one, and cannot touch its watch', async () => {
    await look()
    const places = [{ businessId: 77, name: 'Elsewhere' }]
    const stranger = desk.visitor()
    await stranger.signIn('admin@hookdesk.test')
    // seen from this watch, the sandbox's network is another one
    await desk.db.delete(placesSeen)
    await desk.db.insert(placesSeen).values(places)
    const { id } = await desk.anyWorking()
    const asked = [
      '/desk/attention',
      '/desk/watch',
      '/desk/notifications',
      '/desk/history',
      '/desk/facts',
      `/desk/timeline/${id}`,
    ]
    for (const path of asked) {
      const { status, body } = await stranger.request(path)
      expect([path, status, body.reason]).toEqual([path, 403, 'other_network'])
    }
    const refused = await stranger.request('/desk/watch/account', { method: 'DELETE' })
    expect(refused.body.reason).toBe('other_network')
    // an account with a list of locations reaches no others anyway
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    expect((await manager.request('/desk/attention')).status).toBe(200)
  })
})

describe('a webhook that the desk is writing', () => {
  test('is judged at the next look, when the history knows why it changed', async () => {
    const { id } = await desk.anyWorking()
    await atNexudus(id, { errorCount: 10, url: 'https://door.example.com/' })
    await look()
    const mails = (await desk.mails()).length
    // between the desk's PUT and its history entry
    await atNexudus(id, { active: false })
    const claimedUntil = new Date(desk.clock.now().getTime() + MINUTE + 20_000)
    const intent = { key: 'k', fingerprint: 'f', claim: 'c', claimedUntil, updatedAt: claimedUntil }
    await desk.db
      .insert(intents)
      .values({ ...intent, state: 'started', webhookId: id, before: { Id: id } })
    await look()
    expect(await known(id)).toMatchObject({ health: 'about-to-stop' })
    await desk.db.delete(intents).where(eq(intents.key, 'k'))
    await look()
    expect(await known(id)).toMatchObject({ health: 'stopped' })
    expect(await desk.mails()).toHaveLength(mails + 1)
  })
})

describe('the timeline of a webhook', () => {
  const timelineOf = async (id: number, by = admin, hours = 24) =>
    by.request(`/desk/timeline/${id}?hours=${hours}`)

  test('has one state after the other, and unknown before the first look', async () => {
    const { id } = await desk.anyWorking()
    await look()
    await atNexudus(id, { errorCount: 6, lastError: 'Status 503' })
    await look()
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    const { body } = await timelineOf(id)
    expect(body.states.map(({ health }: { health: string | null }) => health)).toEqual([
      null,
      'working',
      'failing',
      'stopped',
    ])
    expect(body.transitions.map(({ kind }: { kind: string }) => kind)).toEqual([
      'stopped',
      'failing',
    ])
    const ends = body.states.map(({ from, to }: { from: string; to: string }) => [from, to])
    expect(ends.flat().slice(1, -1)).toEqual(
      ends.slice(1).flatMap(([from]: string[]) => [from, from]),
    )
  })

  test('shows looks that failed as one gap', async () => {
    const { id } = await desk.anyWorking()
    await look()
    await desk.fault({ kind: 'html', path: '/api/sys/webhooks', times: 99 })
    await look()
    await look()
    await desk.startCounting()
    await look()
    const { body } = await timelineOf(id)
    expect(body.blind).toHaveLength(1)
    expect(body.states.at(-1)).toMatchObject({ health: 'working' })
  })

  test('shows a span in which nobody looked as a gap, and what changed in it with its span', async () => {
    const { id } = await desk.anyWorking()
    await look()
    const since = desk.clock.now().toISOString()
    desk.clock.pass(25 * MINUTE)
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    const { body } = await timelineOf(id)
    expect(body.blind).toEqual([{ from: since, to: desk.clock.now().toISOString() }])
    expect(body.transitions).toMatchObject([{ kind: 'stopped', afterLookAt: since }])
    await look()
    expect((await timelineOf(id)).body.blind).toHaveLength(1)
  })

  test('is hidden from those who may not see the location, and of no webhook that is unknown', async () => {
    await look()
    const all = await desk.db.select().from(webhooks)
    const elsewhere = all.find(({ businessId }) => businessId === DUBLIN)
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    expect((await timelineOf(elsewhere?.id ?? 0, manager)).status).toBe(404)
    expect((await timelineOf(elsewhere?.id ?? 0)).status).toBe(200)
    expect((await timelineOf(7)).status).toBe(404)
    expect((await timelineOf(7, admin, 5)).status).toBe(400)
  })
})

describe('the states of several webhooks', () => {
  const strips = (ids: number[], by = admin) =>
    by.request(`/desk/timeline/strips?ids=${ids.join(',')}&hours=24`)

  test('are those of their timelines, as far as the person may see', async () => {
    const all = await desk.db.select().from(webhooks)
    const at = (place: number) => {
      const found = all.find(({ businessId, active, errorCount }) => {
        return businessId === place && active && errorCount === 0
      })
      return found?.id ?? 0
    }
    const [here, elsewhere] = [at(SHOREDITCH), at(DUBLIN)]
    await look()
    await atNexudus(here, { errorCount: 10, active: false })
    await look()
    await atNexudus(here, { errorCount: 0, active: true })
    await look()
    const { body } = await strips([here, elsewhere, 7])
    const told: { webhookId: number; states: unknown }[] = body.strips
    expect(told.map(({ webhookId }) => webhookId).toSorted()).toEqual([here, elsewhere].toSorted())
    for (const { webhookId, states } of told) {
      const alone = await admin.request(`/desk/timeline/${webhookId}?hours=24`)
      expect(states).toEqual(alone.body.states)
    }
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    expect((await strips([here, elsewhere], manager)).body.strips).toMatchObject([
      { webhookId: here },
    ])
  })

  test('are asked for by a hundred ids at most', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => index + 1)
    expect((await strips(ids)).status).toBe(400)
    expect((await strips(ids.slice(1))).status).toBe(200)
    const { status } = await admin.request('/desk/timeline/strips?ids=1;2&hours=24')
    expect(status).toBe(400)
  })
})

describe('what people are told', () => {
  const subjects = async () => (await desk.mails()).map(({ subject }) => subject).toReversed()

  test('begins with one summary of what was bad already', async () => {
    await look()
    const [mail, ...others] = await desk.mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ to: ['admin@hookdesk.test'] })
    expect(mail?.subject).toMatch(/^Hookdesk now watches your webhooks: \d+ need attention$/)
    await look()
    expect(await subjects()).toHaveLength(1)
  })

  test('is one story for a destination: stopped, and working again after two good looks', async () => {
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/a?token=s3cret', name: 'Door codes' })
    await look()
    await atNexudus(id, { errorCount: 10, active: false, lastError: 'Status 503' })
    await look()
    const [stopped] = await desk.mails()
    expect(stopped?.subject).toMatch(/^Stopped: “Door codes” \(Northlight .+\)$/)
    expect(stopped?.text).toContain('probably switched off a webhook to door.example.com')
    expect(`${stopped?.text}${stopped?.html}`).not.toContain('s3cret')

    await admin.change(id, { seen: { Active: false }, change: { Active: true } })
    await look()
    await atNexudus(id, { errorCount: 0, lastTrigger: wire(desk.clock.now()) })
    await look()
    expect(await subjects()).toHaveLength(2)
    await look()
    const [again] = await desk.mails()
    expect(again?.subject).toMatch(/^Working again: “Door codes”/)
    const header = (name: string) => again?.headers.find(([key]) => key === name)?.[1]
    const first = stopped?.headers.find(([key]) => key === 'message-id')?.[1]
    expect(header('references')).toBe(first)
    await look()
    expect(await subjects()).toHaveLength(3)
  })

  test('names a location without a name as every screen does', async () => {
    const { id, businessId } = await desk.anyWorking()
    await desk.db
      .update(businesses)
      .set({ name: '', toStringText: ' (The network) ' })
      .where(eq(businesses.id, businessId))
    await atNexudus(id, { name: 'Door codes' })
    await look()
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    expect((await subjects()).at(-1)).toBe('Stopped: “Door codes” ((The network))')
  })

  test('goes on if a repair does not hold: at the first and the third failure, and at the next stop', async () => {
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/', name: 'Door codes' })
    await look()
    const stop = async () => {
      await atNexudus(id, { errorCount: 10, active: false, lastError: 'Status 503' })
      await look()
    }
    const switchOn = async () => {
      await admin.change(id, { seen: { Active: false }, change: { Active: true } })
      await look()
    }
    await stop()
    await switchOn()
    for (const errorCount of [1, 2, 3]) {
      await atNexudus(id, { errorCount })
      await look()
    }
    expect((await subjects()).slice(2)).toEqual([
      expect.stringMatching(/^Failed again: “Door codes”/),
      expect.stringMatching(/^Will stop again: “Door codes”/),
    ])
    const [{ text } = { text: '' }] = await desk.mails()
    expect(text).toContain('has failed 3 times since then')
    expect(text).toContain('After 7 more failures Nexudus will probably switch it off again')

    desk.clock.pass(20 * MINUTE)
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    expect((await subjects()).slice(4)).toEqual([expect.stringMatching(/^Stopped: “Door codes”/)])
    await switchOn()
    desk.clock.pass(20 * MINUTE)
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    expect((await desk.mails())[0]?.text).toContain('It has stopped 3 times this week')
  })

  test('waits for a second look at five failures, and comes at once at eight', async () => {
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/' })
    await look()
    await atNexudus(id, { errorCount: 5 })
    await look()
    expect(await subjects()).toHaveLength(1)
    await look()
    expect(await subjects()).toHaveLength(2)
    await atNexudus(id, { errorCount: 8 })
    await look()
    await look()
    expect((await subjects()).slice(2)).toEqual([
      expect.stringContaining('will be switched off after 2 more failures'),
    ])
  })

  test('is one notice for many webhooks of one receiver', async () => {
    const all = await desk.db.select().from(webhooks)
    const working = all.filter(({ active, errorCount }) => active && errorCount === 0).slice(0, 9)
    for (const { id } of working) await atNexudus(id, { url: `https://door.example.com/${id}` })
    await look()
    for (const { id } of working) await atNexudus(id, { errorCount: 10, active: false })
    await look()
    expect((await subjects()).slice(1)).toEqual([
      expect.stringMatching(/^Stopped: 9 webhooks to door\.example\.com \(\d+ locations\)$/),
    ])
  })

  test('waits in the outbox while the mail server refuses, and arrives once, in order', async () => {
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/' })
    await look()
    await desk.switches({ mail: 'later' })
    await atNexudus(id, { errorCount: 8 })
    await look()
    await atNexudus(id, { errorCount: 10, active: false })
    await look()
    expect(await subjects()).toHaveLength(1)
    await desk.switches({ mail: 'kept' })
    desk.clock.pass(10 * MINUTE)
    await desk.sendNotices()
    await desk.sendNotices()
    expect((await subjects()).slice(1)).toEqual([
      expect.stringContaining('2 more failures'),
      expect.stringMatching(/^Stopped/),
    ])
    const [last] = await desk.mails()
    expect(last?.text).toContain('This message is late: Hookdesk saw this at')
  })

  test('is sent once by two processes, and again by another if one dies at it', async () => {
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/' })
    await look()
    await atNexudus(id, { errorCount: 10, active: false })
    desk.clock.pass(MINUTE)
    await desk.look()
    // another process claimed it and died
    const dead = { claim: 'dead', claimedUntil: new Date(desk.clock.now().getTime() + MINUTE / 2) }
    await desk.db.update(notices).set(dead).where(eq(notices.state, 'waiting'))
    await desk.sendNotices()
    expect(await subjects()).toHaveLength(1)
    desk.clock.pass(MINUTE)
    const other = desk.openAnother()
    await Promise.all([desk.sendNotices(), other.sendNotices()])
    expect(await subjects()).toHaveLength(2)
  })

  test('is kept with its reason when the server refuses it for good, or breaks off', async () => {
    const { id } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/' })
    await look()
    await desk.switches({ mail: 'breaks' })
    await atNexudus(id, { errorCount: 8 })
    await look()
    const states = async () =>
      (await desk.db.select().from(notices).orderBy(notices.id)).map(({ state }) => state)
    expect(await states()).toEqual(['sent', 'waiting'])
    await desk.switches({ mail: 'refused' })
    desk.clock.pass(2 * MINUTE)
    await desk.sendNotices()
    expect(await states()).toEqual(['sent', 'failed'])
    const { body } = await admin.request('/desk/watch')
    expect(body.outbox).toMatchObject([{ state: 'failed', problem: expect.stringMatching(/550/) }])
  })

  test('goes only to those who may see it, and no longer to those who unsubscribed', async () => {
    const manager = desk.visitor()
    await manager.signIn('manager@hookdesk.test')
    const wishes = {
      isOn: true,
      address: 'malik@hookdesk.test',
      firstStep: 'stopped',
      locations: null,
      zone: 'Europe/London',
      quietFrom: null,
      quietUntil: null,
      digestAt: null,
    }
    await manager.request('/desk/notifications', { method: 'PUT', body: wishes })
    const [mail] = await desk.mails()
    const code = mail?.subject.slice(0, 6)
    await manager.request('/desk/notifications/code', { method: 'POST', body: { code } })
    await look()
    await desk.mails()

    const all = await desk.db.select().from(webhooks)
    const working = all.filter(({ active, errorCount }) => active && errorCount === 0)
    const of = (businessId: number) => working.find((each) => each.businessId === businessId)
    const [seen, unseen] = [of(SHOREDITCH), of(DUBLIN)]
    if (!seen || !unseen) throw new Error('The network has no such webhooks')
    for (const { id } of [seen, unseen]) {
      await atNexudus(id, { url: 'https://door.example.com/' })
    }
    await look()
    for (const { id } of [seen, unseen]) await atNexudus(id, { errorCount: 10, active: false })
    await look()
    const toManager = (await desk.mails()).filter(({ to }) => to.includes('malik@hookdesk.test'))
    expect(toManager[0]?.text).toContain(seen.name)
    expect(toManager[0]?.text).not.toContain('Dublin')

    const header = toManager[0]?.headers.find(([name]) => name === 'list-unsubscribe')?.[1] ?? ''
    const { pathname } = new URL(header.slice(1, -1))
    const before = toManager.length
    expect((await desk.visitor().request(pathname, { method: 'GET' })).status).toBe(404)
    expect((await desk.visitor().request(pathname, { method: 'POST' })).status).toBe(200)
    await atNexudus(seen.id, { errorCount: 10, active: false, url: 'https://other.example.com/' })
    await look()
    await look()
    const after = (await desk.mails()).filter(({ to }) => to.includes('malik@hookdesk.test'))
    expect(after).toHaveLength(before)
  })

  test('is given up after a day, also where no process has a mail server', async () => {
    const { id } = await desk.anyWorking()
    await look()
    await desk.switches({ mail: 'later' })
    await atNexudus(id, { errorCount: 9 })
    await look()
    const withoutServer = desk.openAnother({ sendMail: undefined })
    desk.clock.pass(23 * 60 * MINUTE)
    await withoutServer.sendNotices()
    const states = async () =>
      (await desk.db.select().from(notices).orderBy(notices.id)).map(({ state }) => state)
    expect(await states()).toEqual(['sent', 'waiting'])
    desk.clock.pass(2 * 60 * MINUTE)
    await withoutServer.sendNotices()
    expect(await states()).toEqual(['sent', 'failed'])
    const person = desk.visitor()
    await person.signIn('admin@hookdesk.test')
    const { body } = await person.request('/desk/notifications')
    expect(body).toMatchObject({ waiting: 0, failed: 1, problem: expect.stringContaining('451') })
  })

  test('says that the watch has to be signed in again once Nexudus has ended its sign-in', async () => {
    const signedIn = desk.openAnother({ watch: { credentials: undefined, intervalMs: MINUTE } })
    const person = signedIn.visitor()
    await person.signIn('admin@hookdesk.test')
    const lookThere = async () => {
      desk.clock.pass(MINUTE)
      await signedIn.look()
      await signedIn.sendNotices()
    }
    await lookThere()
    expect(await lastLook()).toMatchObject({ trouble: 'no_account' })
    const body = { email: 'watch@hookdesk.test', password: 'sandbox' }
    const answer = await person.request('/desk/watch/account', { method: 'PUT', body })
    expect(answer.body.account).toMatchObject({ signedInBy: 'admin@hookdesk.test' })
    await lookThere()
    expect(await lastLook()).toMatchObject({ trouble: null })

    const watcher = await desk.db.select().from(users).where(eq(users.email, body.email))
    await desk.db.delete(tokens).where(eq(tokens.userId, watcher[0]?.id ?? 0))
    for (let looked = 0; looked < 4; looked += 1) await lookThere()
    const [mail] = await desk.mails()
    expect(mail?.subject).toBe('Hookdesk cannot see your webhooks')
    expect(mail?.text).toContain('Sign')
    // a new sign-in is not touched by what the old one left
    await person.request('/desk/watch/account', { method: 'PUT', body })
    await lookThere()
    expect(await lastLook()).toMatchObject({ trouble: null })
    expect((await desk.mails())[0]?.subject).toBe('Hookdesk sees your webhooks again')
  })

  test('holds no path of a URL, whatever the receiver or the URL says', async () => {
    const { id } = await desk.anyWorking()
    const url = 'hooks.slack.com/services/T0/B0/K3Y'
    await look()
    const lastError = `Odd failure of POST https://${url} and of https://ana:K3Y@x.test/K3Y?k=K3Y`
    await atNexudus(id, { url, errorCount: 10, active: false, lastError })
    await look()
    const [mail] = await desk.mails()
    expect(mail?.subject).toContain('Stopped')
    expect(JSON.stringify(mail)).not.toContain('K3Y')
    const { body } = await admin.request('/desk/attention')
    expect(JSON.stringify(body)).not.toContain('K3Y')
    expect(JSON.stringify(body)).toContain('hooks.slack.com')
    const timeline = await admin.request(`/desk/timeline/${id}`)
    expect(timeline.body.transitions).toMatchObject([{ kind: 'stopped' }])
    expect(JSON.stringify(timeline.body)).not.toContain('K3Y')
  })

  test('tells nothing more to those who may no longer see a location', async () => {
    const { id, businessId } = await desk.anyWorking()
    await atNexudus(id, { url: 'https://door.example.com/' })
    await look()
    await desk.switches({ mail: 'later' })
    await atNexudus(id, { errorCount: 8 })
    await look()
    const [, before] = await desk.db.select().from(notices).orderBy(notices.id)
    expect(before).toMatchObject({ state: 'waiting' })
    await desk.db.update(recipients).set({ reach: [businessId + 1] })
    await desk.switches({ mail: 'kept' })
    await atNexudus(id, { errorCount: 9 })
    desk.clock.pass(10 * MINUTE)
    await look()
    expect(await subjects()).toHaveLength(1)
    const [, after] = await desk.db.select().from(notices).orderBy(notices.id)
    expect(after).toMatchObject({ state: 'dropped' })
  })

  test('says once that the watch is blind, and once that it sees again', async () => {
    await look()
    await desk.fault({ kind: 'html', path: '/api/sys/webhooks', times: 99 })
    for (let looked = 0; looked < 5; looked += 1) await look()
    await desk.startCounting()
    await look()
    await look()
    expect((await subjects()).slice(1)).toEqual([
      'Hookdesk cannot see your webhooks',
      'Hookdesk sees your webhooks again',
    ])
  })
})
