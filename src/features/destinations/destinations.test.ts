import { expect, test } from 'vitest'

import { ACTION } from '#contract/actions/action-numbers.ts'
import { webhookRowSchema } from '#contract/nexudus/webhook.ts'
import { createFleetReader } from '#fleet/fleet.ts'

import { destinationsOf, searchDestinations } from './destinations.ts'

const { rows } = createFleetReader({ hidesPaths: false })(
  [
    'https://bücher.example/in',
    'https://hooks.example.com/in',
    'https://xn--bcher-kva.example/b',
  ].map((URL, at) =>
    webhookRowSchema.parse({
      Id: at + 1,
      BusinessId: 1,
      Name: 'A',
      Action: ACTION.BookingCreate,
      URL,
    }),
  ),
  [],
)

test.each(['bucher', 'BÜCHER', 'xn--bcher', 'buhcer'])(
  'an international destination appears once, and %s finds it',
  (text) => {
    const destinations = destinationsOf(rows)
    expect(searchDestinations(destinations, text)).toMatchObject([
      { host: 'xn--bcher-kva.example', rows: { length: 2 } },
    ])
  },
)
