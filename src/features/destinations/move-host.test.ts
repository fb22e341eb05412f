import { expect, test } from 'vitest'

import { isAtHost, moveHost, readMoveTarget } from './move-host.ts'

const OLD = 'hooks.example.com'
const move = (address: string, to: string, from = OLD) => {
  const target = readMoveTarget(to)
  return target && moveHost(address, from, target)
}

test.each([
  ['https://hooks.example.com/in', 'new.example.com', 'https://new.example.com/in'],
  ['https://hooks.example.com', 'new.example.com', 'https://new.example.com'],
  ['https://hooks.example.com?k=1', 'new.example.com', 'https://new.example.com?k=1'],
  // everything after the host is kept as written
  [
    'https://hooks.example.com/A//%7e/ä b/..;/x?q=%2F&hooks.example.com&a=ü#frag%41',
    'new.example.com',
    'https://new.example.com/A//%7e/ä b/..;/x?q=%2F&hooks.example.com&a=ü#frag%41',
  ],
  ['https://hooks.example.com/../a/./b', 'n.example', 'https://n.example/../a/./b'],
  // everything before it
  ['https://ana:p%40w@hooks.example.com/', 'n.example', 'https://ana:p%40w@n.example/'],
  ['https://a@b@hooks.example.com/', 'n.example', 'https://a@b@n.example/'],
  ['HTTPS://HOOKS.Example.COM/In', 'n.example', 'HTTPS://n.example/In'],
  // ports belong to the host
  ['https://hooks.example.com:443/in', 'n.example', 'https://n.example/in'],
  ['http://hooks.example.com:80/in', 'n.example', 'http://n.example/in'],
  ['https://hooks.example.com/in', 'n.example:8443', 'https://n.example:8443/in'],
  ['https://hooks.example.com/in', 'n.example:443', 'https://n.example/in'],
  // the scheme changes only on request
  ['http://hooks.example.com/in', 'https://n.example', 'https://n.example/in'],
  ['http://hooks.example.com/in', 'https://n.example:80', 'https://n.example:80/in'],
  ['https://hooks.example.com/in', 'HTTP://n.example/', 'http://n.example/in'],
  // names in other scripts, and IP addresses
  ['https://hooks.example.com/in', 'bücher.example', 'https://xn--bcher-kva.example/in'],
  ['https://hooks.example.com/in', 'NEW.Example.com', 'https://new.example.com/in'],
  ['https://hooks.example.com/in', '[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443/in'],
  ['  https://hooks.example.com/in ', 'n.example', 'https://n.example/in'],
  ['https:///hooks.example.com/in', 'n.example', 'https:///n.example/in'],
  ['https://hooks.example.com\\in', 'n.example', 'https://n.example\\in'],
])('%s moved to %s is %s', (address, to, moved) => {
  expect(move(address, to)).toBe(moved)
})

test.each([
  'https://hooks.example.com.evil.test/in',
  'https://my-hooks.example.com/in',
  'https://example.com/hooks.example.com/in',
  'https://example.com/?u=https://hooks.example.com/in',
  'https://hooks.example.com@evil.test/in',
  'https://hooks.example.com:8443/in',
  'https://hooks.example.com:80/in',
  'hooks.example.com/in',
  '',
])('%s is not at the host and is not moved', (address) => {
  expect(isAtHost(address, OLD)).toBe(false)
  expect(move(address, 'new.example.com')).toBeUndefined()
})

test.each([
  ['https://BÜCHER.example/in', 'xn--bcher-kva.example', 'https://n.example/in'],
  ['https://xn--bcher-kva.example/in', 'bücher.example', 'https://n.example/in'],
  ['https://[2001:db8:0:0::1]/in', '[2001:db8::1]', 'https://n.example/in'],
  ['https://old.example:8443/in', 'old.example:8443', 'https://n.example/in'],
  ['https://127.1/in', '127.0.0.1', 'https://n.example/in'],
])('%s is at %s in any spelling', (address, from, moved) => {
  expect(move(address, 'n.example', from)).toBe(moved)
})

test.each([
  '',
  ' ',
  'new.example.com/path',
  'ana@new.example.com',
  'ftp://new.example.com',
  'new.example.com?x',
  'new example.com',
  'new.example.com:99999',
  'https://',
  '[::1',
  'a\\b',
])('“%s” is not a host to move to', (text) => {
  expect(readMoveTarget(text)).toBeUndefined()
})

test.each(['\u200b', '\ufeff', '\u00a0', ' \u200b \t'])('%j around a host is removed', (around) => {
  expect(readMoveTarget(`${around}example.com${around}`)?.host).toBe('example.com')
})
