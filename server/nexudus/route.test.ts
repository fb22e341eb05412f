import { expect, test } from 'vitest'

import { routeTo } from './route.ts'

const HTTPS_PROXY = 'http://proxy.example.com:3128'
const HTTP_PROXY = 'http://plain.example.com:8080'
const NEXUDUS = 'https://spaces.nexudus.com'

const proxyTo = (url: string, settings = {}) =>
  routeTo(url, { HTTPS_PROXY, HTTP_PROXY, ...settings }).proxy?.href

test('the scheme of the URL decides which proxy is used', () => {
  expect(proxyTo(NEXUDUS)).toBe(`${HTTPS_PROXY}/`)
  expect(proxyTo('http://nexudus.example.com')).toBe(`${HTTP_PROXY}/`)
  expect(proxyTo(NEXUDUS, { HTTPS_PROXY: undefined })).toBeUndefined()
  expect(proxyTo(NEXUDUS, { HTTPS_PROXY: 'proxy.example.com:3128' })).toBe(`${HTTPS_PROXY}/`)
})

test.each([
  '*',
  'nexudus.com',
  '.nexudus.com',
  '*.nexudus.com',
  'SPACES.nexudus.com:443',
  'a, nexudus.com',
])('NO_PROXY=%s excludes the host from the proxy', (NO_PROXY) => {
  expect(proxyTo(NEXUDUS, { NO_PROXY })).toBeUndefined()
})

test.each([
  '',
  'example.com',
  'paces.nexudus.com',
  'spaces.nexudus.com:8443',
  'spaces.nexudus.com.example',
])('NO_PROXY=%s does not exclude the host', (NO_PROXY) => {
  expect(proxyTo(NEXUDUS, { NO_PROXY })).toBe(`${HTTPS_PROXY}/`)
})

test.each(['http://localhost:4401', 'http://127.0.0.1:4401', 'https://[::1]:4401'])(
  '%s is this machine, and called directly',
  (url) => {
    expect(proxyTo(url)).toBeUndefined()
  },
)
