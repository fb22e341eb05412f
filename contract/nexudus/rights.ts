import * as z from 'zod/mini'

/** The roles this product asks for, spelled as Nexudus' catalogue spells them. */
export const WEBHOOK_ROLES = [
  'WebHook-List',
  'WebHook-Read',
  'WebHook-Create',
  'WebHook-Edit',
  'WebHook-Delete',
] as const

export type WebhookRole = (typeof WEBHOOK_ROLES)[number]

/** What each kind of write asks of the account. */
export const ROLE_TO = {
  create: 'WebHook-Create',
  change: 'WebHook-Edit',
  delete: 'WebHook-Delete',
} as const satisfies Record<string, WebhookRole>

/**
 * What the account may do. `unknown` when it cannot read its own role names: then
 * everything is offered, and Nexudus' refusal is what tells.
 */
export const rightsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unrestricted') }),
  z.object({ kind: z.literal('roles'), roles: z.array(z.string()) }),
  z.object({ kind: z.literal('unknown') }),
])

export type Rights = z.infer<typeof rightsSchema>

/** Whether the account is known to have the role. */
export const holds = (rights: Rights, role: string): boolean =>
  rights.kind === 'unrestricted' ||
  (rights.kind === 'roles' &&
    rights.roles.some((name) => name.toLowerCase() === role.toLowerCase()))

/** Whether the account has the role, as far as we can know. */
export function may(rights: Rights, role: WebhookRole): boolean {
  return rights.kind === 'unknown' || holds(rights, role)
}
