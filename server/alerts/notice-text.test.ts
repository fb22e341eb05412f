import { describe, expect, test } from 'vitest'

import { noticeTextOf } from './notice-text.ts'
import { htmlMail, plainMail } from './mail.tsx'
import type { NoticeContent, NoticeKind } from './notices.ts'

const AT = new Date('2026-03-29T00:30:00Z')
const LINKS = {
  page: 'https://desk.test/?incident=1',
  settings: 'https://desk.test/settings/notifications',
  why: 'You get this because ana@hookdesk.test wants it.',
}

const webhook = (name: string, error: string | null = null) => ({
  id: 7,
  businessId: 1,
  name,
  location: name,
  action: 6,
  failures: 10,
  error,
  isStopped: true,
})

function mailOf(kind: NoticeKind, content: Partial<NoticeContent>, sentAt = AT) {
  const full: NoticeContent = {
    host: 'hooks.example.com',
    kind: 'stopped',
    step: 'stopped',
    webhooks: [webhook('Door codes')],
    more: 0,
    since: AT.toISOString(),
    ...content,
  }
  const text = noticeTextOf({
    kind,
    content: full,
    happenedAt: AT,
    sentAt,
    zone: 'Europe/London',
  })
  return { subject: text.subject, text: plainMail(text, LINKS), html: htmlMail(text, LINKS) }
}

const HOSTILE = [
  'a\r\nBcc: everyone@example.com',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '\u202Egnp.exe\u202C and \u2066isolated',
  '\u0000\u0007\u001B[31m bell',
  '<!channel> @everyone <@U123>',
  '"><a href="https://evil.example">click</a>',
  'x'.repeat(5_000),
  '😀'.repeat(400),
]

const UNSEEN = ['\u202E', '\u2066', '\u2069', '\0', '\u0007', '\u001B']

describe.each(HOSTILE)('a webhook and an error called %j', (words) => {
  const mail = mailOf('step', { webhooks: [webhook(words, words)] })

  test('stay on one subject line of bounded length', () => {
    expect(mail.subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    expect(mail.subject.length).toBeLessThanOrEqual(180)
    expect(mail.subject).toMatch(/^Stopped: /)
  })

  test('are escaped in the HTML part, and turn nothing in either part', () => {
    const body = mail.html.slice(mail.html.indexOf('<body>'))
    expect(body).not.toMatch(/<(?:script|img|a href="https:\/\/evil)/)
    for (const mark of UNSEEN) expect(`${mail.text}${body}`).not.toContain(mark)
    // every link is ours
    const links = [...body.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(links).toEqual([LINKS.page, LINKS.settings])
  })
})

test('times are in the reader’s zone, with its name', () => {
  expect(mailOf('step', {}).text).toContain('29 Mar 2026, 00:30 (Europe/London)')
  const inSummer = { since: '2026-03-29T01:30:00Z' }
  expect(mailOf('step', inSummer).text).toContain('29 Mar 2026, 02:30 (Europe/London)')
})

test('a late message says when it was seen', () => {
  const late = mailOf('step', {}, new Date(AT.getTime() + 10 * 60_000))
  expect(late.text).toContain('This message is late: Hookdesk saw this at 29 Mar 2026, 00:30')
  expect(mailOf('step', {}).text).not.toContain('late')
})

describe('a quiet webhook', () => {
  const silence = {
    lastTrigger: '2026-03-28T23:10:00Z',
    by: 'usual' as const,
    hours: 9,
    locations: 0,
  }
  const quiet = { ...webhook('Soho'), failures: 0, isStopped: false, silence }

  test('says since when, and what is the evidence', () => {
    const mail = mailOf('step', { kind: 'quiet', step: 'quiet', webhooks: [quiet] })
    expect(mail.subject).toBe('Quiet: “Soho” (Soho)')
    expect(mail.text).toContain(
      'Last fired 28 Mar 2026, 23:10 (Europe/London), though it usually fires in about 9 of the hours since then',
    )
    const beside = { ...silence, by: 'siblings' as const, locations: 11 }
    const webhooks = [{ ...quiet, silence: beside }]
    expect(mailOf('step', { kind: 'quiet', step: 'quiet', webhooks }).text).toContain(
      'while “Booking – created” has fired at 11 other locations since then',
    )
  })

  test('that fires again is not said to have missed anything', () => {
    const mail = mailOf('closed', { kind: 'quiet', webhooks: [quiet], until: AT.toISOString() })
    expect(mail.text).toContain('Whether it missed anything meanwhile is not known')
    expect(mail.text).not.toContain('not delivered')
  })
})

test('one webhook is named with its location, several are counted', () => {
  expect(mailOf('step', {}).subject).toBe('Stopped: “Door codes” (Door codes)')
  const many = mailOf('step', { webhooks: [webhook('Soho'), webhook('Leeds')], more: 41 })
  expect(many.subject).toBe('Stopped: 43 webhooks to hooks.example.com (2 locations)')
  expect(many.text).toContain('and 41 more')
})

test('of several webhooks that fail, the worst is counted, and said to be the first', () => {
  const failing = (name: string, failures: number) => ({
    ...webhook(name),
    failures,
    isStopped: false,
  })
  const mail = mailOf('step', {
    kind: 'failing',
    step: '9',
    webhooks: [failing('Soho', 9), failing('Leeds', 5)],
    mostFailures: 9,
  })
  expect(mail.subject).toBe(
    '2 webhooks to hooks.example.com (2 locations) fail: the first will be switched off after 1 more failure',
  )
  expect(mail.text).toContain('2 webhooks to hooks.example.com fail: up to 9 of 10 failures')
})

test.each([
  [{ step: '8', failures: 8 }, 'will be switched off after 2 more failures'],
  [{ step: '9', failures: 9 }, 'will be switched off after 1 more failure'],
] as const)('a failing webhook says how much is left: %j', ({ step, failures }, expected) => {
  const failing = { ...webhook('Soho'), failures, isStopped: false }
  const mail = mailOf('step', {
    kind: 'failing',
    step,
    webhooks: [failing],
    mostFailures: failures,
  })
  expect(mail.subject).toBe(`“Soho” (Soho) ${expected}`)
})
