import * as z from 'zod/mini'

/** The roles that Hookdesk asks for, spelled as in Nexudus' catalogue. */
export const WEBHOOK_ROLES = [
  'WebHook-List',
  'WebHook-Read',
  'WebHook-Create',
  'WebHook-Edit',
  'WebHook-Delete',
] as const

export type WebhookRole = (typeof WEBHOOK_ROLES)[number]

/** The role that each kind of write requires. */
export const ROLE_TO = {
  create: 'WebHook-Create',
  change: 'WebHook-Edit',
  delete: 'WebHook-Delete',
} as const satisfies Record<string, WebhookRole>

/**
 * The account's rights. `unknown` if it cannot read its own role names: Hookdesk then offers
 * everything, and Nexudus refuses what is not allowed.
 */
export const rightsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unrestricted') }),
  z.object({ kind: z.literal('roles'), roles: z.array(z.string()) }),
  z.object({ kind: z.literal('unknown') }),
])

export type Rights = z.infer<typeof rightsSchema>

/** True if the account is known to have the role. */
export const holds = (rights: Rights, role: string): boolean =>
  rights.kind === 'unrestricted' ||
  (rights.kind === 'roles' &&
    rights.roles.some((name) => name.toLowerCase() === role.toLowerCase()))

/** True if the account has the role, or its roles are unknown. */
export function may(rights: Rights, role: WebhookRole): boolean {
  return rights.kind === 'unknown' || holds(rights, role)
}
