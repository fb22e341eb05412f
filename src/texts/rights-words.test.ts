import { expect, test } from 'vitest'

import type { Rights } from '#contract/nexudus/rights.ts'

import { actsOf, canText, limitText, needText, partlyText, requestText } from './rights-words.ts'

const holding = (...roles: string[]): Rights => ({
  kind: 'roles',
  roles: roles.map((role) => `WebHook-${role}`),
})

test.each([
  [['WebHook-Edit'], 'edit webhooks'],
  [['WebHook-Create', 'WebHook-Edit'], 'create and edit webhooks'],
  [['WebHook-Create', 'WebHook-Edit', 'WebHook-Delete'], 'create, edit, and delete webhooks'],
  [['Business-List'], 'see locations'],
  [['WebHook-List', 'Business-List'], undefined],
  [['Tariff-Edit'], undefined],
])('the acts of %j are named as people name them', (rights, acts) => {
  expect(actsOf(rights)).toBe(acts)
})

test('a need is told in people’s words, with the name that an administrator looks for', () => {
  expect(needText(['WebHook-Edit'])).toBe(
    'To edit webhooks you need a right that Nexudus calls WebHook-Edit; ask an administrator.',
  )
  expect(needText(['WebHook-Create', 'WebHook-Edit'], 'import a plan')).toBe(
    'To import a plan you need rights that Nexudus calls WebHook-Create and WebHook-Edit; ask an administrator.',
  )
  expect(needText(['Tariff-Edit'])).toBe(
    'You need a right that Nexudus calls Tariff-Edit; ask an administrator.',
  )
  expect(partlyText(['WebHook-Delete'])).toBe(
    'Your Nexudus account cannot do all of this: it lacks a right that Nexudus calls WebHook-Delete.',
  )
})

test.each<[Rights, string]>([
  [holding('List', 'Read'), 'View only.'],
  [holding('List', 'Read', 'Edit'), 'You can view, pause and edit webhooks.'],
  [holding('List', 'Read', 'Create'), 'You can view and create webhooks.'],
  [holding('List', 'Read', 'Create', 'Edit'), 'You can view, pause, edit and create webhooks.'],
  [holding('Read'), 'You cannot see webhooks.'],
  [holding(), 'You cannot see webhooks.'],
  [{ kind: 'unrestricted' }, 'You can view, pause, edit and create webhooks.'],
])('%j is told first what it can do', (rights, text) => {
  expect(canText(rights)).toBe(text)
})

test.each<[Rights, string]>([
  [holding('List', 'Read'), 'View only'],
  [holding('List', 'Read', 'Edit'), 'View and edit only'],
  [holding('List', 'Read', 'Create'), 'View and create only'],
])('%j is told in few words', (rights, text) => {
  expect(limitText(rights)).toBe(text)
})

const PERSON = { name: 'Vera Viewer', email: 'vera@example.com' }

test('the letter says who asks, for which rights, where and for what', () => {
  const desk = 'https://desk.example.com'
  expect(
    requestText({ rights: ['WebHook-Edit'], person: PERSON, nexudus: 'spaces.nexudus.com', desk }),
  ).toBe(`Hello,

Please give my Nexudus account a right that Nexudus calls WebHook-Edit. I need it to edit webhooks in Hookdesk.

Name: Vera Viewer
Account: vera@example.com
Nexudus: spaces.nexudus.com
Hookdesk: https://desk.example.com

Thank you`)
  const sandbox = requestText({
    rights: ['WebHook-List', 'WebHook-Read'],
    to: 'see webhooks',
    person: PERSON,
    nexudus: null,
    desk,
  })
  expect(sandbox).toContain('rights that Nexudus calls WebHook-List and WebHook-Read.')
  expect(sandbox).toContain('I need them to see webhooks in Hookdesk.')
  expect(sandbox).toContain('Nexudus: the sandbox of Hookdesk')
})

test('a right without words is asked for by its name alone', () => {
  const text = requestText({ rights: ['Tariff-Edit'], person: PERSON, nexudus: null, desk: 'x' })
  expect(text).toContain('calls Tariff-Edit.\n\n')
  expect(text).not.toContain('I need')
})
