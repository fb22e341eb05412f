import { may, type WebhookRole } from '#contract/nexudus/rights.ts'
import { useDesk } from '#features/session/use-desk.ts'

type NeedsRoleProps = {
  /** One role, or several that are needed together. */
  name: string | readonly string[]
  /** The act that needs the role; omitted if `lead` names it. */
  to?: string
  /** The sentence before it. */
  lead?: string
  /** Adds whom to ask for the role, on screens that are no use without it. */
  withWhomToAsk?: boolean
}

/** The one sentence that asks for a role: “To create webhooks you need the WebHook-Create role.” */
export function NeedsRole({ name, to, lead = '', withWhomToAsk }: NeedsRoleProps) {
  const who = to === undefined ? 'You' : `To ${to} you`
  const what = typeof name === 'string' ? `the ${name} role` : `the roles ${name.join(' and ')}`
  const whom = withWhomToAsk ? ' Ask an administrator of your network for it.' : ''
  return <span>{`${lead && `${lead} `}${who} need ${what}.${whom}`}</span>
}

/** The reason an act is barred; `undefined` if the account may do it or it needs no role. */
export function useBarred(role: WebhookRole | undefined): string | undefined {
  const [lacking] = useLacking(role ? [role] : [])
  return lacking && `You need the ${lacking} role`
}

/** The given roles that the account lacks. */
export function useLacking(roles: readonly WebhookRole[]): WebhookRole[] {
  const { session } = useDesk()
  return roles.filter((role) => !may(session.rights, role))
}
