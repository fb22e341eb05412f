import { expect, test } from 'vitest'

import { addressFindings } from './address-findings.ts'
import { hidePath, hostOf, maskAddress, maskText, parseAddress } from './address.ts'

const internet = { exceptions: [], allowPrivateTargets: false }

test.each([
  ['https://hooks.example.com/in?code=s3cr3t&x=1', 'https://hooks.example.com/in?code=••••&x=••••'],
  ['https://ana:pw@example.com/', 'https://••••@example.com/'],
  ['https://token@example.com/a', 'https://••••@example.com/a'],
  ['https://example.com/a?s3cr3t', 'https://example.com/a?••••'],
  ['https://example.com/a#s3cr3t', 'https://example.com/a#••••'],
  ['https://example.com:8443/a', 'https://example.com:8443/a'],
  ['not an address?key=s3cr3t', 'not an address?••••'],
  ['ftp://u:s3cr3t@host/x', 'ftp://••••@host/x'],
])('%s is shown as %s', (address, shown) => {
  expect(maskAddress(address)).toBe(shown)
  expect(maskAddress(address)).not.toContain('s3cr3t')
})

test.each([
  ['https://hooks.slack.com/services/T0NL/B0OLD/xoxExample9f3a', 'https://hooks.slack.com/…9f3a'],
  ['https://hooks.example.com/in?key=s3cr3t', 'https://hooks.example.com/in?••••'],
  ['https://ana:pw@hooks.example.com/a-long-path#s3cr3t', 'https://hooks.example.com/…path#••••'],
  ['https://hooks.example.com/', 'https://hooks.example.com/'],
])('to people with view-only access, %s is shown as %s', (address, shown) => {
  expect(hidePath(address)).toBe(shown)
})

test('URLs inside a text are masked too', () => {
  expect(maskText('GET https://a.example.com/x?key=s3cr3t failed')).toBe(
    'GET https://a.example.com/x?key=•••• failed',
  )
})

test.each([
  'ftp://x',
  'example.com',
  'https:example.com',
  'https://',
  'http://[',
  'javascript:1',
  '',
])('%s is not a full URL', (address) => {
  expect(parseAddress(address)).toBeUndefined()
  expect(addressFindings(address, internet)[0]?.level).toBe('block')
})

test.each([
  'http://localhost/',
  'https://LOCALHOST./',
  'https://a.localhost/',
  'https://printer.local/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0/',
  'https://10.1.2.3/',
  'https://192.168.0.1/',
  'https://172.16.0.9/',
  'https://169.254.169.254/',
  'https://100.64.0.1/',
  'https://[::1]/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://intranet/',
  'https://db.internal/',
  'https://①②⑦.0.0.1/',
])('%s cannot be reached from the internet', (address) => {
  expect(addressFindings(address, internet)).toEqual([{ level: 'block', code: 'not-public' }])
  expect(addressFindings(address, { ...internet, allowPrivateTargets: true })).not.toContainEqual(
    expect.objectContaining({ level: 'block' }),
  )
})

test("the sandbox's receiver is allowed, the next port is not", () => {
  const exceptions = [{ range: '127.0.0.1/32', port: 4401 }]
  const policy = { exceptions, allowPrivateTargets: false }
  expect(addressFindings('http://localhost:4401/receiver/a', policy)[0]?.level).toBe('warn')
  expect(addressFindings('http://localhost:4402/receiver/a', policy)[0]?.level).toBe('block')
})

test.each([
  ['http://example.com/', 'warn', 'not-encrypted'],
  ['https://a:b@example.com/', 'warn', 'password'],
  ['https://n8n.example.com/webhook-test/1', 'warn', 'test-url'],
  ['https://abc.ngrok-free.app/', 'warn', 'test-url'],
  ['https://hooks.zapier.com/hooks/catch/1/a', 'inform', 'zapier'],
  ['https://hook.eu1.make.com/abc', 'inform', 'make'],
  ['https://prod-1.westeurope.logic.azure.com/x', 'inform', 'power-automate'],
  ['https://hooks.slack.com/services/T/B/x', 'inform', 'slack'],
])('%s gets the finding: %s, %s', (address, level, code) => {
  expect(addressFindings(address, internet)).toContainEqual({ level, code })
})

test('an ordinary URL has no findings', () => {
  expect(addressFindings('https://93.184.216.34/in', internet)).toEqual([])
  expect(addressFindings('https://receiver.example.com/in?code=1', internet)).toEqual([])
  expect(hostOf('https://receiver.example.com:8443/in')).toBe('receiver.example.com:8443')
})
