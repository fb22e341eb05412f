import { expect, test } from 'vitest'

import { readableHost } from './host-name.ts'
import { parseUrl } from './parse-url.ts'

test.each([
  ['münchen.example', 'münchen.example'],
  ['MÜNCHEN.example:8443', 'münchen.example:8443'],
  ['東京.example', '東京.example'],
  ['россия.example', 'россия.example'],
  ['www.łódź.example', 'www.łódź.example'],
  ['ото.рф', 'ото.рф'],
  ['hooks.example.com', undefined],
  ['[2606:4700::1111]:8443', undefined],
  // these could be taken for another name
  ['\u0430pple.com', undefined],
  ['\u0430\u0440\u0440\u04cf\u0435.com', undefined],
  ['münchen.\u0430pple.com', undefined],
])('%s is read as %s', (host, readable) => {
  expect(readableHost(parseUrl(`https://${host}/`)?.host ?? '')).toBe(readable)
})

test.each(['xn--', 'xn--a', 'xn--zzzzzz99999.example', 'xn--mnchen-3ya', 'xn--abc-.example'])(
  '%s is decoded only if it is the encoded form of that name',
  (host) => {
    const readable = readableHost(host)
    expect([undefined, host]).toContain(readable && parseUrl(`https://${readable}/`)?.host)
  },
)
