import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerEnvelope } from 'smtp-server'

import type { Database } from '#platform/db/database.ts'
import { readSwitches } from '#sandbox/wire/switches.ts'

import { keepMail } from './mail-store.ts'

type MailBoxOptions = {
  db: Database
  now: () => Date
  host: string
  /** 0 picks any free port. */
  port: number
  onError: (error: unknown) => void
}

/** Bytes of a mail that are kept; a larger one is refused. */
const LARGEST_MAIL = 1024 * 1024

/** A real SMTP server that keeps every mail, or does with it what the switch says. */
export async function startMailBox({ db, now, host, port, onError }: MailBoxOptions) {
  const server = new SMTPServer({
    name: 'sandbox.hookdesk.test',
    banner: 'Hookdesk sandbox: takes mail and delivers none of it',
    size: LARGEST_MAIL,
    // anybody on this machine may send; there is nothing to protect
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) => void answerWith(done, () => checkRecipient()),
    onData: (stream, { envelope }, done) => void answerWith(done, () => receive(stream, envelope)),
  })

  async function checkRecipient() {
    const { mail } = await readSwitches(db)
    if (mail === 'refused') throw answer(550, 'Mailbox unavailable')
    if (mail === 'later') throw answer(451, 'Greylisted, try again later')
  }

  async function receive(stream: SMTPServerDataStream, { mailFrom, rcptTo }: SMTPServerEnvelope) {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(Buffer.from(chunk))
    if (stream.sizeExceeded) throw answer(552, 'Message too large')
    const { mail } = await readSwitches(db)
    if (mail === 'hangs') await new Promise(() => {})
    if (mail === 'breaks') {
      for (const connection of server.connections) connection.close()
      return
    }
    await keepMail(db, {
      sender: mailFrom ? mailFrom.address : '',
      recipients: rcptTo.map(({ address }) => address),
      at: now(),
      raw: Buffer.concat(chunks).toString('utf8'),
    })
  }

  server.on('error', onError)
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      // a server that listens on a port has an address of this form
      resolve(server.server.address() as AddressInfo)
    })
  })
  return {
    url: `smtp://${host}:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.connections.forEach((each) => each.close())
      }),
  }
}

const answer = (responseCode: number, message: string) =>
  Object.assign(new Error(message), { responseCode })

/** Answers a command once the work for it is done, or failed. */
async function answerWith(done: (error?: Error | null) => void, work: () => Promise<void>) {
  let refusal: Error | null = null
  try {
    await work()
  } catch (error) {
    refusal = error instanceof Error ? error : new Error(String(error))
  }
  done(refusal)
}
