import { expect, test } from 'vitest'

import { createBackOff, waitOf } from './back-off.ts'

const NOW = new Date('2026-05-04T10:00:00Z')

test.each<[string, string | null, string, number]>([
  ['seconds', '7', '', 7_000],
  ['decimal seconds', '2.5', '', 2_500],
  ['a date', 'Mon, 04 May 2026 10:00:20 GMT', '', 20_000],
  ['a date that is over', 'Mon, 04 May 2026 09:00:00 GMT', '', 1_000],
  ['a date next year', 'Tue, 04 May 2027 10:00:00 GMT', '', 60_000],
  ['nothing', null, '', 15_000],
  ['an empty header', ' ', '', 15_000],
  ['a text', null, 'Wait 12 seconds', 12_000],
  ['a text with a decimal', null, '"Too fast. Please wait 3.5 seconds."', 3_500],
  ['a text that says nothing', null, 'Slow down!', 15_000],
  ['a header and another text', '4', 'Wait 50 seconds', 4_000],
  ['a header nobody understands and a text', 'soon', 'Wait 6 seconds', 6_000],
  ['a header with words', '5 seconds', '', 15_000],
  ['zero', '0', '', 1_000],
  ['a negative number', '-5', '', 1_000],
  ['NaN', 'NaN', '', 15_000],
  ['infinity', 'Infinity', '', 15_000],
  ['more than a timer can hold', '999999999999', '', 60_000],
  ['more than a number can hold', '1e999', '', 15_000],
  ['a text that is too long a wait', null, 'Wait 99999999999 seconds', 60_000],
  ['a text with a number that is none', null, 'Wait 1.2.3 seconds', 15_000],
])('a wait given as %s is understood', (_how, header, text, ms) => {
  expect(waitOf(header, text, NOW)).toBe(ms)
})

test('an account that was told to wait is held back, others are not', async () => {
  const backOff = createBackOff()
  backOff.start('ana', 60_000)

  await expect(backOff.wait('ana', 5_000)).rejects.toMatchObject({
    code: 'throttled',
    details: { retryAfterMs: expect.closeTo(60_000, -3) },
  })
  await expect(backOff.wait('ben', 5_000)).resolves.toBeUndefined()
})

test('a short wait is sat out', async () => {
  const backOff = createBackOff()
  backOff.start('ana', 30)
  await expect(backOff.wait('ana', 5_000)).resolves.toBeUndefined()
  await expect(backOff.wait('ana', 0)).resolves.toBeUndefined()
})
