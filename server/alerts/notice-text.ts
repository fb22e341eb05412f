import { actionLabel } from '#contract/actions/actions.ts'
import { FAILURE_LIMIT, HEALTH_STATES, type HealthState } from '#contract/nexudus/health.ts'
import { startOf } from '#contract/nexudus/text.ts'
import { timeOf } from '#contract/nexudus/time.ts'
import { explainLastError } from '#contract/words/last-error.ts'
import { byCount, plural } from '#contract/words/plural.ts'
import { evidenceText } from '#contract/words/silence.ts'
import { watchTroubleText } from '#contract/words/watch-trouble.ts'

import { OF_ONE, type NoticeContent, type NoticeKind, type ToldWebhook } from './notices.ts'

/** A notice in words: whatever writes it, plain text or HTML, adds none. */
export type NoticeText = {
  subject: string
  /** The event, in one sentence. */
  lead: string
  webhooks: { where: string; what: string; why: string }[]
  /** More webhooks than are listed. */
  more: string | undefined
  paragraphs: string[]
}

type Notice = {
  kind: NoticeKind
  content: NoticeContent
  happenedAt: Date
  sentAt: Date
  /** IANA name of the reader's zone. */
  zone: string
}

const LONGEST_SUBJECT = 180
const LONGEST_NAME = 120
const LONGEST_ERROR = 200

/** In milliseconds: a notice sent later than this says when it happened. */
const LATE_MS = 2 * 60_000

/** Writes a notice out in English. Names and errors in it are other people's words. */
export function noticeTextOf({ kind, content, happenedAt, sentAt, zone }: Notice): NoticeText {
  const text = WRITERS[kind](content, (iso) => timeIn(zone, new Date(iso)))
  const isLate = sentAt.getTime() - happenedAt.getTime() > LATE_MS
  const late = `This message is late: Hookdesk saw this at ${timeIn(zone, happenedAt)}.`
  return {
    ...text,
    subject: startOf(oneLine(text.subject), LONGEST_SUBJECT),
    webhooks: OF_ONE.has(kind)
      ? []
      : content.webhooks.map((webhook) => listed(webhook, (iso) => timeIn(zone, new Date(iso)))),
    more: content.more > 0 ? `and ${content.more} more` : undefined,
    paragraphs: [...text.paragraphs, ...contactText(content), ...(isLate ? [late] : [])],
  }
}

/** The person that an administrator named for the receiver. */
function contactText({ contact }: NoticeContent): string[] {
  if (!contact) return []
  const name = startOf(oneLine(contact.name), LONGEST_NAME)
  return [`Who can mend the receiver: ${name}, ${oneLine(contact.address)}.`]
}

type Written = Pick<NoticeText, 'subject' | 'lead' | 'paragraphs'>
type Write = (content: NoticeContent, at: (iso: string) => string) => Written

const NOT_DELIVERED =
  'As far as is known, events since then are not delivered, and Nexudus does not send them again; Nexudus does not document this.'

const NOT_RESENT = 'As far as is known, Nexudus does not send missed events again.'

const NOT_RESUMED: { readonly [state: string]: string } = {
  touched: 'It was switched again since then, so Hookdesk leaves it as it is.',
  gone: 'It does not exist any more, or the watch cannot see it.',
  no_right: 'The watch’s account may not switch webhooks on, so this waits for you.',
  failed: 'Hookdesk has tried to switch it on for a day, and could not.',
}

const NOT_PAUSED: { readonly [trouble: string]: string } = {
  missed: 'No Hookdesk was running meanwhile.',
  no_right: 'The watch’s account may not switch webhooks, so nothing was paused.',
}

const STATE_WORDS: { readonly [State in HealthState]: string } = {
  stopped: 'stopped',
  paused: 'paused',
  off: 'off',
  'on-watch': 'switched on again and not known to work',
  'about-to-stop': 'about to stop',
  failing: 'failing',
  unreadable: 'unreadable',
  quiet: 'quiet',
  'not-triggered': 'not triggered yet',
  working: 'working',
}

const step: Write = (content, at) => {
  const { step: reached, since } = content
  const host = hostIn(content)
  const count = countOf(content)
  const them = byCount(count, 'It', 'They')
  if (reached === 'stopped') {
    return {
      subject: `Stopped: ${nameOf(content)}`,
      lead: `Nexudus has probably switched off ${webhooks(count)} to ${host}: it does so after ${FAILURE_LIMIT} failures in a row. Hookdesk saw it at ${at(since)}${notYet(content, at)}.`,
      paragraphs: [
        ...oftenText(content),
        NOT_DELIVERED,
        ...nextSteps(content),
        `${them} can be switched on again in Hookdesk, which checks the URL first.`,
      ],
    }
  }
  if (reached === 'quiet') {
    return {
      subject: `Quiet: ${nameOf(content)}`,
      lead: `${capital(webhooks(count))} to ${host} ${byCount(count, 'has', 'have')} not fired for longer than usual. No failure is counted. Hookdesk noticed it at ${at(since)}.`,
      paragraphs: [
        'A holiday or a quiet week looks the same. If there should have been events, look in Nexudus whether what fires the webhook still happens there.',
      ],
    }
  }
  const most = content.mostFailures ?? 0
  const left = Math.max(1, FAILURE_LIMIT - most)
  return {
    subject: `${nameOf(content)} ${byCount(count, 'will be', 'fail: the first will be')} switched off after ${plural(left, 'more failure')}`,
    lead: `${capital(webhooks(count))} to ${host} ${byCount(count, 'fails', 'fail')}: ${byCount(count, '', 'up to ')}${most} of ${FAILURE_LIMIT} failures in a row. At ${FAILURE_LIMIT} Nexudus switches a webhook off. Hookdesk saw it at ${at(since)}${notYet(content, at)}.`,
    paragraphs: nextSteps(content),
  }
}

/** The end of the span in which it happened, if a look before it is known. */
const notYet = ({ notBefore }: NoticeContent, at: (iso: string) => string) =>
  notBefore === undefined ? '' : `, and not yet at ${at(notBefore)}`

function oftenText(content: NoticeContent): string[] {
  const { timesThisWeek: times } = content
  return times === undefined
    ? []
    : [
        `${byCount(countOf(content), 'It has', 'One of them has')} stopped ${times} times this week. Switching it on does not mend it: talk to those who run the receiver.`,
      ]
}

/** Fewer failures after a repair may be chance. */
const RELAPSED_FROM = 3

const WAS = {
  stopped: { was: 'stopped', before: 'stopped' },
  failing: { was: 'failing', before: 'failed' },
  quiet: { was: 'quiet', before: 'fell quiet' },
  blind: { was: 'unseen', before: 'were unseen' },
} as const

const WRITERS: { readonly [Kind in NoticeKind]: Write } = {
  step,
  joined: (content, at) => {
    const { earlier = 0, kind } = content
    const text = step(content, at)
    const before = `${capital(webhooks(earlier))} to ${hostIn(content)} ${WAS[kind ?? 'failing'].before} before.`
    return { ...text, paragraphs: [...(earlier > 0 ? [before] : []), ...text.paragraphs] }
  },
  relapsed: (content) => {
    const { mostFailures: most = 1 } = content
    const count = countOf(content)
    const left = plural(Math.max(1, FAILURE_LIMIT - most), 'more failure')
    const lead = `${capital(webhooks(count))} to ${hostIn(content)} ${byCount(count, 'was', 'were')} switched on again, and ${byCount(count, 'has failed', 'have failed up to')} ${byCount(most, 'once', `${most} times`)} since then.`
    return most < RELAPSED_FROM
      ? {
          subject: `Failed again: ${nameOf(content)}`,
          lead,
          paragraphs: ['Once may be chance. You are told if it goes on.', ...nextSteps(content)],
        }
      : {
          subject: `Will stop again: ${nameOf(content)}`,
          lead,
          paragraphs: [
            `After ${left} Nexudus will probably switch ${byCount(count, 'it', 'the first')} off again.`,
            ...nextSteps(content),
          ],
        }
  },
  closed: (content, at) => {
    const { since, until = since, wasFound, kind } = content
    const count = countOf(content)
    const { was } = WAS[kind ?? 'failing']
    const begin = wasFound ? 'before Hookdesk began to watch' : `about ${at(since)}`
    return {
      subject: `Working again: ${nameOf(content)}`,
      lead: `${capital(webhooks(count))} to ${hostIn(content)} ${byCount(count, 'works', 'work')} again, seen at ${at(until)}. ${byCount(count, 'It was', 'They were')} ${was} since ${begin}.`,
      paragraphs:
        kind === 'quiet'
          ? ['Whether it missed anything meanwhile is not known: no failure was counted.']
          : [
              `Between ${begin} and ${at(until)} events were probably not delivered. As far as is known, Nexudus does not send them again.`,
            ],
    }
  },
  found: (content, at) => ({
    subject: `Hookdesk now watches your webhooks: ${countOf(content)} ${byCount(countOf(content), 'needs', 'need')} attention`,
    lead: `Hookdesk began to watch your webhooks at ${at(content.since)}. ${capital(webhooks(countOf(content)))} ${byCount(countOf(content), 'was', 'were')} already failing or stopped; since when is unknown.`,
    paragraphs: ['From now on you are told only what is new.'],
  }),
  blind: (content, at) => ({
    subject: 'Hookdesk cannot see your webhooks',
    lead: `Hookdesk has not been able to read all webhooks since ${at(content.since)}. ${watchTroubleText(content.trouble ?? '')}`,
    paragraphs: [
      'Until this ends, you are not told when a webhook fails or stops. What Hookdesk last saw has not changed: nothing is known to have stopped.',
    ],
  }),
  reminder: (content) => {
    const count = countOf(content)
    return {
      subject: `Still open: ${plural(count, 'webhook')} ${byCount(count, 'needs', 'need')} attention`,
      lead: `${capital(webhooks(count))} ${byCount(count, 'is', 'are')} still failing, stopped or quiet.`,
      paragraphs: [
        `${NOT_RESENT} To hear no more of one of them for a while, mute it in Hookdesk.`,
      ],
    }
  },
  digest: (content, at) => {
    const { counts = {} } = content
    const count = countOf(content)
    const figures = HEALTH_STATES.flatMap((state) => {
      const number = counts[state] ?? 0
      return number > 0 ? `${number} ${STATE_WORDS[state]}` : []
    })
    const bad = `${plural(count, 'webhook')} ${byCount(count, 'needs', 'need')} attention`
    return {
      subject: `Your webhooks today: ${count === 0 ? 'none needs attention' : bad}`,
      lead: `At ${at(content.since)}: ${figures.length === 0 ? 'no webhooks' : figures.join(', ')}.`,
      paragraphs: count === 0 ? [] : [NOT_RESENT],
    }
  },
  'channel-fails': ({ channel, since }, at) => {
    const name = `“${startOf(oneLine(channel?.name ?? ''), LONGEST_NAME)}”`
    const problem = startOf(oneLine(channel?.problem ?? ''), LONGEST_ERROR)
    return {
      subject: `Hookdesk cannot write to the channel ${name}`,
      lead: `No message has reached the channel ${name} since ${at(since)}. The last answer: ${problem}`,
      paragraphs: [
        'What could not be sent is listed under Watch in Hookdesk, where an administrator can test the channel.',
      ],
    }
  },
  'not-resumed': (content, at) => {
    const { since, until = since, trouble = '' } = content
    const [webhook] = content.webhooks
    const name = webhook ? `“${shortName(webhook)}” (${oneLine(webhook.location)})` : 'A webhook'
    return {
      subject: `Not resumed: ${name}`,
      lead: `You paused ${name} until ${at(until)}. ${NOT_RESUMED[trouble] ?? 'Hookdesk could not resume it.'}`,
      paragraphs: ['Look at it in Hookdesk, and switch it on there if it should fire again.'],
    }
  },
  'not-paused': (content, at) => {
    const { since, until = since, trouble = '', more } = content
    const [webhook] = content.webhooks
    const name = webhook ? `“${shortName(webhook)}” (${oneLine(webhook.location)})` : 'A webhook'
    const all = more === 0 ? name : `${name} and ${plural(more, 'other webhook')}`
    return {
      subject: `Not paused: ${all}`,
      lead: `You planned to pause ${all} every week, this time from ${at(since)} until ${at(until)}. ${NOT_PAUSED[trouble] ?? 'Hookdesk could not pause all of them: Nexudus did not let it, or did not answer.'}`,
      paragraphs: ['Hookdesk tries again the next time.'],
    }
  },
  restarted: (content, at) => ({
    subject: `Switched on again by itself: ${nameOf(content)}`,
    lead: `The URL of ${nameOf(content)} has answered three times in a row, so Hookdesk switched it on at ${at(content.since)}, as ${oneLine(content.by ?? '')} asked. It waits for the next event.`,
    paragraphs: [NOT_RESENT],
  }),
  'recovery-ended': (content) => ({
    subject: `No longer switched on by itself: ${nameOf(content)}`,
    lead: `${nameOf(content)} has stopped three times within a week, so Hookdesk no longer switches it on by itself.`,
    paragraphs: ['Talk to those who run the receiver, then switch it on in Hookdesk.'],
  }),
  test: ({ by = '' }) => ({
    subject: 'A test from Hookdesk',
    lead: `This is a test that ${oneLine(by)} asked for. News about webhooks will arrive like this.`,
    paragraphs: [],
  }),
  'sees-again': (content, at) => ({
    subject: 'Hookdesk sees your webhooks again',
    lead: `Hookdesk can read all webhooks again since ${at(content.until ?? content.since)}. It could not since ${at(content.since)}.`,
    paragraphs: ['What happened meanwhile is told in messages of its own.'],
  }),
}

const countOf = ({ webhooks: all, more }: NoticeContent) => all.length + more
const webhooks = (count: number) => byCount(count, 'a webhook', plural(count, 'webhook'))
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const hostIn = ({ host }: NoticeContent) =>
  host === undefined ? 'several receivers' : oneLine(host)

/** Names one webhook, or counts several; the location first. */
function nameOf(content: NoticeContent): string {
  const [first] = content.webhooks
  const count = countOf(content)
  if (count === 1 && first) return `“${shortName(first)}” (${oneLine(first.location)})`
  const locations = new Set(content.webhooks.map(({ location }) => location))
  const [only] = locations
  const known = content.locations ?? locations.size
  const where = known === 1 && only ? oneLine(only) : plural(known, 'location')
  return `${plural(count, 'webhook')} to ${hostIn(content)} (${where})`
}

const shortName = ({ name, id }: ToldWebhook) =>
  startOf(oneLine(name), LONGEST_NAME) || `Webhook ${id}`

function listed(webhook: ToldWebhook, at: (iso: string) => string): NoticeText['webhooks'][number] {
  const { location, action, error, host } = webhook
  const cause = error === null ? undefined : explainLastError(error)?.cause
  const raw = error === null ? '' : `Error: ${startOf(oneLine(error), LONGEST_ERROR)}`
  const state = stateOf(webhook, at)
  return {
    where: oneLine(location),
    what: `${shortName(webhook)} (${actionLabel(action)})${host === undefined ? '' : `, to ${oneLine(host)}`}`,
    why: [capital(state), cause ?? raw].filter(Boolean).join('. '),
  }
}

function stateOf(webhook: ToldWebhook, at: (iso: string) => string): string {
  const { silence, action, failures, isStopped } = webhook
  if (isStopped) return 'stopped'
  const firedAt = timeOf(silence?.lastTrigger)
  if (!silence || firedAt === null) return `${failures} of ${FAILURE_LIMIT} failures`
  return `last fired ${at(new Date(firedAt).toISOString())}, ${evidenceText(silence, actionLabel(action))}`
}

/** The next steps for the errors in a notice, each once. */
function nextSteps({ webhooks: all }: NoticeContent): string[] {
  const steps = all.flatMap(({ error }) =>
    error === null ? [] : (explainLastError(error)?.next ?? []),
  )
  return [...new Set(steps)].slice(0, 3)
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu

/** Other people's words on one line, without characters that turn or hide what follows. */
const oneLine = (text: string) => text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim()

function timeIn(timeZone: string, at: Date): string {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
  return `${new Intl.DateTimeFormat('en-GB', format).format(at)} (${timeZone})`
}
