import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { actionLabel, findAction } from '#contract/actions/actions.ts'

import { knownIn, webhookRowSchema } from './webhook.ts'
import { UNREAD_ACTION } from './wire-values.ts'

test('numbers and flags written as text are read', () => {
  const row = webhookRowSchema.parse({
    Id: '7',
    BusinessId: ' 12 ',
    Action: '6',
    Active: 'True',
    ErrorCount: '10',
    Name: 'Door',
    URL: 'https://hooks.example.com/',
  })
  expect(row).toMatchObject({
    Id: 7,
    BusinessId: 12,
    Action: ACTION.BookingCreate,
    Active: true,
    ErrorCount: 10,
  })
  expect(webhookRowSchema.parse({ ...row, Active: 'false' }).Active).toBe(false)
})

test('a text that is not a number is not read as one', () => {
  for (const Id of ['', 'seven', '7.5', '0x7', '1e3', null, true]) {
    expect(webhookRowSchema.safeParse({ Id, BusinessId: 1 }).success, String(Id)).toBe(false)
  }
})

const row = (values: Record<string, unknown>) =>
  webhookRowSchema.parse({ Id: 7, BusinessId: 1, Name: 'Door', ...values })

test('an unreadable Active flag is neither on nor off', () => {
  for (const Active of ['maybe', {}, [], 1, '', null, undefined]) {
    expect(row({ Active }).Active, JSON.stringify(Active)).toBeNull()
  }
  // a missing flag tells nothing either: only a record that Hookdesk writes without it is off
  expect(row({}).Active).toBeNull()
})

test('an unreadable error count is not zero', () => {
  for (const ErrorCount of ['lots', {}, '1.5', -1, '-3', true, null, undefined]) {
    expect(row({ ErrorCount }).ErrorCount, JSON.stringify(ErrorCount)).toBeNull()
  }
  expect(row({ ErrorCount: '0' }).ErrorCount).toBe(0)
})

test('an unreadable action is not one of the catalogue', () => {
  for (const Action of ['abc', {}, '', null, undefined]) {
    expect(row({ Action }).Action, JSON.stringify(Action)).toBe(UNREAD_ACTION)
  }
  expect(actionLabel(UNREAD_ACTION)).toBe('Action that cannot be read')
  expect(findAction(UNREAD_ACTION)).toBeUndefined()
})

test('a record with unknown values is not writable', () => {
  const known = {
    BusinessId: 1,
    Action: ACTION.BookingCreate,
    Name: 'Door',
    URL: '',
    Description: '',
    Active: true,
  }
  expect(knownIn(known)).toEqual(known)
  expect(knownIn({ Name: 'Door' })).toEqual({ Name: 'Door' })
  expect(knownIn({ ...known, Active: null })).toBeUndefined()
  expect(knownIn({ ...known, Action: UNREAD_ACTION })).toBeUndefined()
})
