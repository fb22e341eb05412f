import { expect, test } from 'vitest'

import { webhookRowSchema } from './webhook.ts'

test('numbers and flags that are written as text are read', () => {
  const row = webhookRowSchema.parse({
    ...{ Id: '7', BusinessId: ' 12 ', Action: '6', Active: 'True', ErrorCount: '10' },
    ...{ Name: 'Door', URL: 'https://hooks.example.com/' },
  })
  expect(row).toMatchObject({ Id: 7, BusinessId: 12, Action: 6, Active: true, ErrorCount: 10 })
  expect(webhookRowSchema.parse({ ...row, Active: 'false' }).Active).toBe(false)
})

test('a text that is no number is no number', () => {
  for (const Id of ['', 'seven', '7.5', '0x7', '1e3', null, true]) {
    expect(webhookRowSchema.safeParse({ Id, BusinessId: 1 }).success, String(Id)).toBe(false)
  }
})
