import { expect, test } from 'vitest'

import type { ItemReason } from '#contract/desk/run-reason.ts'

import { itemReasonText } from './item-reason-text.ts'

const duplicate = (active: boolean | null, failures = 0, name = 'By hand'): ItemReason => ({
  is: 'duplicate',
  of: { id: 7, name, active, failures },
})

const failed = (failure: Extract<ItemReason, { is: 'failed' }>['failure']): ItemReason => ({
  is: 'failed',
  failure,
})

test.each<[ItemReason, string]>([
  [
    { is: 'role-missing', role: 'WebHook-Edit' },
    'Your Nexudus account lacks a right that Nexudus calls WebHook-Edit.',
  ],
  [{ is: 'location-missing' }, 'Your Nexudus account does not have this location.'],
  [{ is: 'url-blocked', code: 'not-public' }, 'Nexudus cannot reach this URL over the internet.'],
  [{ is: 'url-blocked', code: 'port-unreadable', about: '80a' }, '80a is not a port.'],
  [{ is: 'duplicate-in-run' }, 'Duplicate of another item here: same location, action and URL.'],
  [{ is: 'duplicate', of: null }, 'Another webhook already has this location, action and URL.'],
  [duplicate(true), '“By hand” already has this location, action and URL.'],
  [duplicate(true, 0, ''), '“Webhook 7” already has this location, action and URL.'],
  [
    duplicate(null),
    '“By hand” already has this location, action and URL. Hookdesk cannot read whether it is on.',
  ],
  [
    duplicate(false),
    '“By hand” already has this location, action and URL. It is switched off: switch webhook 7 on instead.',
  ],
  [
    duplicate(false, 1),
    '“By hand” already has this location, action and URL. It is switched off with 1 failure counted: switch webhook 7 on instead.',
  ],
  [
    duplicate(false, 10),
    '“By hand” already has this location, action and URL. It is switched off with 10 failures counted: switch webhook 7 on instead.',
  ],
  [
    { is: 'changed', fields: ['Name', 'URL', 'Active'], by: 'ana@example.com' },
    'Changed since (name, URL, on or off), last saved by ana@example.com. Left as it is.',
  ],
  [{ is: 'changed', by: null }, 'Changed meanwhile. Left as it is.'],
  [{ is: 'not-found' }, 'Nexudus does not have it, or does not show it to your account.'],
  [{ is: 'deleted-since' }, 'Deleted meanwhile.'],
  [{ is: 'already-done' }, 'Someone else has already done this.'],
  [
    failed({
      code: 'refused',
      Errors: [{ PropertyName: 'URL', Message: 'is not allowed.' }],
    }),
    'URL is not allowed.',
  ],
  [
    failed({ code: 'upstream_timeout', outcome: 'unknown' }),
    'Nexudus took too long to answer. Hookdesk does not know whether it was saved. Retry looks first.',
  ],
  [
    failed({ code: 'permission_missing', reason: 'to_find_out', outcome: 'unknown' }),
    'An earlier attempt may have created it. To find out you need a right that Nexudus calls WebHook-List; ask an administrator.',
  ],
  [
    failed({
      code: 'bad_request',
      reason: 'active_unread',
      Errors: [{ PropertyName: 'Active', Message: '' }],
    }),
    'Nexudus does not say whether this webhook is on. Saving without that would probably switch it off. Choose on or off as well.',
  ],
  [{ is: 'other', text: 'As an earlier version put it.' }, 'As an earlier version put it.'],
])('%o is explained in words', (reason, text) => {
  expect(itemReasonText(reason)).toBe(text)
})
