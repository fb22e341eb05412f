import { may, type Rights } from '#contract/nexudus/rights.ts'
import { listed } from '#contract/words/listed.ts'

/** The act that each right allows, in people's words; the keys are Nexudus' own names. */
const ACTS: { readonly [right: string]: readonly [verb: string, object: string] } = {
  'WebHook-List': ['see', 'webhooks'],
  'WebHook-Read': ['open', 'webhooks'],
  'WebHook-Create': ['create', 'webhooks'],
  'WebHook-Edit': ['edit', 'webhooks'],
  'WebHook-Delete': ['delete', 'webhooks'],
  'Business-List': ['see', 'locations'],
  'Business-Read': ['open', 'locations'],
}

/** “create and edit webhooks”; `undefined` for a right that Hookdesk has no words for. */
export function actsOf(rights: readonly string[]): string | undefined {
  const acts = rights.map((right) => ACTS[right])
  const [first] = acts
  if (!first || acts.some((act) => act?.[1] !== first[1])) return undefined
  return `${listed(acts.flatMap((act) => act?.[0] ?? []))} ${first[1]}`
}

/** “a right that Nexudus calls WebHook-Edit”: the name is for the administrator. */
export const rightsNamed = (rights: readonly string[]): string =>
  `${rights.length === 1 ? 'a right' : 'rights'} that Nexudus calls ${listed(rights)}`

/** “To edit webhooks you need a right that Nexudus calls WebHook-Edit; ask an administrator.” */
export function needText(rights: readonly string[], to = actsOf(rights)): string {
  const you = to === undefined ? 'You' : `To ${to} you`
  return `${you} need ${rightsNamed(rights)}; ask an administrator.`
}

/** The same in a few words, for a button or a line of a menu. */
export const barredText = (right: string): string => `You need the right ${right}`

/** Says of an account that it lacks a right: a person’s own, or the watch’s. */
export const lackText = (right: string, account = 'Your Nexudus account'): string =>
  `${account} lacks ${rightsNamed([right])}.`

/** Explains why some of many acts are barred. */
export const partlyText = (rights: readonly string[]): string =>
  `Your Nexudus account cannot do all of this: it lacks ${rightsNamed(rights)}.`

/** Says in few words that the account cannot do everything here. */
export function limitText(rights: Rights): string {
  if (may(rights, 'WebHook-Edit')) return 'View and edit only'
  return may(rights, 'WebHook-Create') ? 'View and create only' : 'View only'
}

/** Says first what the account can do. */
export function canText(rights: Rights): string {
  const mayEdit = may(rights, 'WebHook-Edit')
  const mayCreate = may(rights, 'WebHook-Create')
  if (!may(rights, 'WebHook-List')) return 'You cannot see webhooks.'
  if (mayEdit)
    return `You can view, pause${mayCreate ? ', edit and create' : ' and edit'} webhooks.`
  return mayCreate ? 'You can view and create webhooks.' : 'View only.'
}

type Request = {
  /** The Nexudus names of the rights. */
  rights: readonly string[]
  /** The act they are needed for; the rights’ own acts if it is not given. */
  to?: string | undefined
  person: { name: string; email: string }
  /** The host of Nexudus; `null` for the sandbox. */
  nexudus: string | null
  /** The origin of this Hookdesk. */
  desk: string
}

/** A short letter to an administrator, to send by any means. */
export function requestText({ rights, to, person, nexudus, desk }: Request): string {
  const act = to ?? actsOf(rights)
  return [
    'Hello,',
    '',
    `Please give my Nexudus account ${rightsNamed(rights)}.${act === undefined ? '' : ` I need ${rights.length === 1 ? 'it' : 'them'} to ${act} in Hookdesk.`}`,
    '',
    `Name: ${person.name}`,
    `Account: ${person.email}`,
    `Nexudus: ${nexudus ?? 'the sandbox of Hookdesk'}`,
    `Hookdesk: ${desk}`,
    '',
    'Thank you',
  ].join('\n')
}
