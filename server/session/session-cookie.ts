import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

import { portOf } from '#contract/address/address-class.ts'

/**
 * The cookie that holds the session's id, for a desk at `origin`. Cookies ignore ports, so the port
 * is in the name: two desks on one host do not end each other's sessions. Over https the name is
 * `__Host-…` and the cookie `Secure`. Over plain http, for a desk on this machine, it is neither:
 * Safari keeps no `Secure` cookie that came over http, even from localhost.
 */
export function createSessionCookie(origin: string) {
  const url = new URL(origin)
  const secure = url.protocol === 'https:'
  const name = `${secure ? '__Host-' : ''}hookdesk-${portOf(url)}`

  return {
    read: (c: Context) => getCookie(c, name),
    write(c: Context, id: string, expires: Date) {
      setCookie(c, name, id, { path: '/', secure, httpOnly: true, sameSite: 'Strict', expires })
    },
    remove(c: Context) {
      deleteCookie(c, name, { path: '/', secure })
    },
  }
}
