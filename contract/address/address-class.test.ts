import { expect, test } from 'vitest'

import { isException, isPublicAddress } from './address-class.ts'

// first and last address of each refused range
test.each([
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '239.255.255.255'],
  ['240.0.0.0', '255.255.255.255'],
  ['::', '::ffff'],
  ['::ffff:8.8.8.8', '::ffff:127.0.0.1'],
  ['::8.8.8.8', '::127.0.0.1'],
  ['64:ff9b::8.8.8.8', '64:ff9b:1::1'],
  ['100::1', '100::ffff'],
  ['1fff:ffff::1', '4000::1'],
  ['2001::1', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['5f00::1', '5f00:ffff::1'],
  ['fc00::1', 'fdff:ffff::1'],
  ['fe80::1', 'febf::1'],
  ['ff00::1', 'ff02::1'],
])('%s and %s are not public', (first, last) => {
  expect(isPublicAddress(first)).toBe(false)
  expect(isPublicAddress(last)).toBe(false)
})

// the nearest addresses outside those ranges, and well-known public ones
test.each([
  '1.0.0.0',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '169.253.255.255',
  '169.255.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '191.255.255.255',
  '192.0.1.0',
  '192.0.3.0',
  '192.88.98.255',
  '192.88.100.0',
  '192.167.255.255',
  '192.169.0.0',
  '198.17.255.255',
  '198.20.0.0',
  '198.51.99.255',
  '198.51.101.0',
  '203.0.112.255',
  '203.0.114.0',
  '223.255.255.255',
  '8.8.8.8',
  '1.1.1.1',
  '2000::1',
  '2001:200::1',
  '2001:db7:ffff::1',
  '2001:db9::1',
  '2001:4860:4860::8888',
  '2003::1',
  '2606:4700::1111',
  '3ffe::1',
  '3fff:1000::1',
  '2a00:1450:4009::200e',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each(['', 'localhost', '1.2.3', '1.2.3.4.5', 'fe80::1%eth0', '2001:4860::8888%lo', '[::1]'])(
  '%j is not an address to call',
  (text) => {
    expect(isPublicAddress(text)).toBe(false)
  },
)

test('an exception covers an address range and one port', () => {
  const exceptions = [{ range: '127.0.0.0/30', port: 4401 }]
  expect(isException('127.0.0.1', 4401, exceptions)).toBe(true)
  expect(isException('127.0.0.1', 4400, exceptions)).toBe(false)
  expect(isException('127.0.0.4', 4401, exceptions)).toBe(false)
  expect(isException('::1', 4401, exceptions)).toBe(false)
})
