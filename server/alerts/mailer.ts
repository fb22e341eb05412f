import { createTransport } from 'nodemailer'

import { NoticeRefused } from './delivery.ts'

/** An SMTP server, and the sender of every mail. */
export type MailSettings = { smtpUrl: string; from: string }

export type OutgoingMail = {
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  /** The first mail of the same story; absent if this is it. */
  references?: string
  /** Unsubscribes by one POST (RFC 8058). */
  unsubscribeUrl?: string
}

/** Sends one mail; rejects with a `NoticeRefused` if it will never be taken. */
export type SendMail = (mail: OutgoingMail) => Promise<void>

/** In milliseconds. */
const TIME_LIMITS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  // a server may scan a mail before it takes it; to give up sooner would send it twice
  socketTimeout: 180_000,
}

const THIS_MACHINE = /^(localhost|127\.[\d.]+|\[?::1\]?)$/

/**
 * In milliseconds. Mails that follow each other share a connection, because servers let a new one
 * wait; one that was idle is not used again, because the server may be closing it.
 */
const IDLE_MS = 1_000

/** Mail through any SMTP server, with TLS wherever a password would be sent over a network. */
export function createMailer({ smtpUrl, from }: MailSettings): SendMail {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl)
  const isTls = protocol === 'smtps:'
  const options = {
    pool: true,
    // the outbox decides what is tried again
    maxRequeues: 0,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isTls ? 465 : 587),
    secure: isTls,
    requireTLS: !isTls && username !== '' && !THIS_MACHINE.test(hostname),
    ...(username && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    // a mail is text: nothing in it may name a file or a URL to be read
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIME_LIMITS,
  } as const
  let transport: ReturnType<typeof createTransport> | undefined
  let sending = 0
  let idle: NodeJS.Timeout | undefined

  function closeIdle() {
    transport?.close()
    transport = undefined
  }

  return async ({ to, subject, text, html, messageId, references, unsubscribeUrl }) => {
    clearTimeout(idle)
    sending += 1
    transport ??= createTransport(options)
    try {
      await transport.sendMail({
        from: { name: 'Hookdesk', address: from },
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId,
        ...(references !== undefined && { references, inReplyTo: references }),
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(unsubscribeUrl !== undefined && {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      })
    } catch (error) {
      if (isFinal(error)) throw new NoticeRefused(problemOf(error), { cause: error })
      throw new Error(problemOf(error), { cause: error })
    } finally {
      sending -= 1
      if (sending === 0) idle = setTimeout(closeIdle, IDLE_MS).unref()
    }
  }
}

/** Enhanced codes about an address or the text (RFC 3463), not about the sender or a quota. */
const OF_THE_MAIL = /\b5\.[16]\.\d+\b/
const OF_THE_SENDER = /\b5\.[23457]\.\d+\b/

/**
 * A refusal of this recipient or this text. One of the sign-in, the sender or a quota is a matter
 * that somebody may mend.
 */
function isFinal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  // of a caught value only its type tells what it has
  const { responseCode, command, response } = error as Record<string, unknown>
  const text = String(response)
  if (command !== 'RCPT TO' && command !== 'DATA') return false
  if (OF_THE_SENDER.test(text)) return false
  return OF_THE_MAIL.test(text) || responseCode === 550 || responseCode === 553
}

const LONGEST_PROBLEM = 300

/** The server's words, for the outbox; sign-in data is not among them. */
function problemOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s+/g, ' ').slice(0, LONGEST_PROBLEM)
}
