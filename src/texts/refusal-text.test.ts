import { expect, test } from 'vitest'

import { reasonsText, reasonSentence } from './refusal-text.ts'

test.each([
  ['Name', 'is a required field.', 'Name is a required field.'],
  ['BusinessId', 'is not one of your locations', 'Location is not one of your locations'],
  ['Name', 'Name is too long', 'Name is too long'],
  ['URL', 'Must be unique', 'URL: Must be unique'],
  ['', 'Webhooks are closed on Sundays.', 'Webhooks are closed on Sundays.'],
  ['Action', '', 'Action was refused.'],
])('a reason about %j that reads %j becomes the sentence %j', (PropertyName, Message, sentence) => {
  expect(reasonSentence({ PropertyName, Message })).toBe(sentence)
})

test('several reasons become sentences, without repetition', () => {
  const required = { PropertyName: 'Name', Message: 'is a required field.' }
  const long = { PropertyName: 'URL', Message: 'is too long' }
  expect(reasonsText([required, long, required])).toBe('Name is a required field. URL is too long.')
})
