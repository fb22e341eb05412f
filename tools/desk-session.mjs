import { randomUUID } from 'node:crypto'

import { emailOf, PASSWORD } from '#tools/network.mjs'

/**
 * @import { BrowserContext } from '@playwright/test'
 * @import { Credentials } from '#contract/desk/desk.ts'
 * @import { Account } from '#tools/network.mjs'
 * @import { Sandbox } from '#tools/sandbox-controls.mjs'
 *
 * @typedef {{ name: string, value: string }} Session the cookie that the desk gave
 */

const ADMIN = { email: emailOf('admin'), password: PASSWORD }

/**
 * The headers of a request from a page of the desk at this address.
 *
 * @param {string} origin
 */
const headersAt = (origin) => ({
  'content-type': 'application/json',
  'x-hookdesk': 'person',
  origin,
})

/** @param {Session} session */
export const cookieOf = ({ name, value }) => `${name}=${value}`

/**
 * The credentials of an account, with a current second factor if the account needs one.
 *
 * @param {Account} account
 * @param {Sandbox} sandbox
 * @returns {Promise<Credentials>}
 */
export async function credentialsOf(account, sandbox) {
  const credentials = { email: emailOf(account), password: PASSWORD }
  return account === 'totp' ? { ...credentials, totp: await sandbox.totp() } : credentials
}

/**
 * Opens a session at a desk without its page.
 *
 * @param {string} url
 * @param {Credentials} credentials
 * @returns {Promise<Session>}
 */
export async function signInToDesk(url, credentials = ADMIN) {
  const answer = await fetch(`${url}/desk/session`, {
    method: 'POST',
    headers: headersAt(url),
    body: JSON.stringify(credentials),
  })
  if (!answer.ok) throw new Error(`Not signed in: ${answer.status} ${await answer.text()}`)
  const [name = '', value = ''] = answer.headers.getSetCookie()[0]?.split(/[=;]/) ?? []
  return { name, value }
}

/**
 * Opens a session at the desk, and gives its cookie to the browser.
 *
 * @param {BrowserContext} context
 * @param {string} url
 * @param {Credentials} [credentials]
 */
export async function addSession(context, url, credentials) {
  const session = await signInToDesk(url, credentials)
  await context.addCookies([{ ...session, url, httpOnly: true, sameSite: 'Strict' }])
}

/**
 * Ends the session of this browser on the server, as a sign-out elsewhere would.
 *
 * @param {BrowserContext} context
 * @param {string} url
 */
export async function endSession(context, url) {
  // the desk names cookies by port, because browsers share them between ports
  const cookieName = `hookdesk-${new URL(url).port}`
  const session = (await context.cookies()).find(({ name }) => name === cookieName)
  const answer = await fetch(`${url}/desk/session`, {
    method: 'DELETE',
    headers: { ...headersAt(url), cookie: `${cookieName}=${session?.value}` },
  })
  if (!answer.ok) throw new Error(`Not signed out: ${answer.status} ${await answer.text()}`)
}

/**
 * Makes a page's calls to a desk, in a session of this desk or of one that shares its database.
 *
 * @param {string} url
 * @param {Session} session
 * @returns {(method: string, path: string, body?: unknown) => Promise<unknown>}
 */
export function deskClient(url, session) {
  return async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...headersAt(url),
        cookie: cookieOf(session),
        'idempotency-key': randomUUID(),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
}
