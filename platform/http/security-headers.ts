import { randomBytes } from 'node:crypto'

import { createMiddleware } from 'hono/factory'

import type { AppEnv } from './request-log.ts'

/** The page's policy: scripts and styles by nonce only, and no string becomes code or markup. */
export function pagePolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types default`,
  ].join('; ')
}

/** For every response but the page: data, errors and assets never run anything. */
const DATA_POLICY = `default-src 'none'; frame-ancestors 'none'; sandbox`

const POWERFUL_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'usb',
  'xr-spatial-tracking',
]

/** Sets the security headers of every answer, errors included. A page sets its own policy. */
export function securityHeaders({ overTls }: { overTls: boolean }) {
  return createMiddleware<AppEnv>(async function securityHeaders(c, next) {
    c.set('nonce', randomBytes(16).toString('base64'))
    await next()

    const headers = c.res.headers
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', DATA_POLICY)
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
    headers.set('X-Content-Type-Options', 'nosniff')
    headers.set('Referrer-Policy', 'no-referrer')
    headers.set('Cross-Origin-Opener-Policy', 'same-origin')
    headers.set('Cross-Origin-Embedder-Policy', 'require-corp')
    headers.set('Cross-Origin-Resource-Policy', 'same-origin')
    headers.set('X-Frame-Options', 'DENY')
    headers.set(
      'Permissions-Policy',
      POWERFUL_FEATURES.map((feature) => `${feature}=()`).join(', '),
    )
    headers.append('Vary', 'Sec-Fetch-Site, Origin')
    // over plain HTTP it would lock people out of a machine that serves HTTP only
    if (overTls) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  })
}
