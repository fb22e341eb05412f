import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { LONGEST, type WebhookFields } from '#contract/nexudus/webhook.ts'
import { UNREAD_ACTION } from '#contract/nexudus/wire-values.ts'
import { installIssueTexts } from '#texts/issue-texts.ts'

import { webhookFormSchema } from './webhook-rules.ts'

beforeAll(() => void installIssueTexts())

const POLICY = { exceptions: [], allowPrivateTargets: false }
const VALUES: WebhookFields = {
  BusinessId: 1,
  Action: ACTION.BookingCreate,
  Name: 'Bookings',
  URL: 'https://hooks.example.com/in',
  Description: '',
  Active: true,
}
const LONG = {
  Name: 'n'.repeat(LONGEST.Name + 1),
  URL: `https://hooks.example.com/${'u'.repeat(LONGEST.URL)}`,
  Description: 'd'.repeat(LONGEST.Description + 1),
}
const FIELDS = ['Name', 'URL', 'Description'] as const

const problemsOf = (values: WebhookFields, saved?: WebhookFields) =>
  z
    .safeParse(webhookFormSchema(POLICY, saved), values)
    .error?.issues.map(({ path, message }) => [path[0], message]) ?? []

test.each(FIELDS)('a %s that is too long gets an error at its field', (field) => {
  const limit = LONGEST[field].toLocaleString('en')
  expect(problemsOf({ ...VALUES, [field]: LONG[field] })).toEqual([
    [field, `Use at most ${limit} characters`],
  ])
})

test.each(FIELDS)('a stored %s that is too long does not block other changes', (field) => {
  const saved = { ...VALUES, [field]: LONG[field] }
  expect(problemsOf({ ...saved, Active: false }, saved)).toEqual([])
  expect(problemsOf({ ...saved, [field]: `${LONG[field]}x` }, saved)).toHaveLength(1)
})

test('spaces around a stored value are not a change, and an empty name is always an error', () => {
  const saved = { ...VALUES, Name: ' Bookings ' }
  expect(z.parse(webhookFormSchema(POLICY, saved), saved).Name).toBe('Bookings')
  expect(problemsOf({ ...VALUES, Name: ' ' }, { ...VALUES, Name: '' })).toHaveLength(1)
})

test('an unreadable value stays, and does not block changes to other fields', () => {
  const saved = { ...VALUES, Active: null, Action: UNREAD_ACTION }
  expect(problemsOf({ ...saved, Name: 'New' }, saved)).toEqual([])
  expect(problemsOf({ ...saved, Active: false, Action: ACTION.BookingUpdate }, saved)).toEqual([])
  // a new webhook has no stored value to keep
  expect(problemsOf(saved).map(([field]) => field)).toEqual(['Action', 'Active'])
  expect(problemsOf({ ...VALUES, Action: 0 }, VALUES)).toEqual([['Action', 'Choose an action']])
})
