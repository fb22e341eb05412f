import { may, type WebhookRole } from '#contract/nexudus/rights.ts'
import { useDesk } from '#features/session/use-desk.ts'

type NeedsRoleProps = {
  /** Several are needed together. */
  name: string | readonly string[]
  /** The act it is for; none where `lead` names it. */
  to?: string
  /** The sentence before it. */
  lead?: string
  /** For what somebody came for: they have to ask, and whom. */
  withWhomToAsk?: boolean
}

/** The one sentence that asks for a role: “To create webhooks you need the WebHook-Create role.” */
export function NeedsRole({ name, to, lead = '', withWhomToAsk }: NeedsRoleProps) {
  const who = to === undefined ? 'You' : `To ${to} you`
  const what = typeof name === 'string' ? `the ${name} role` : `the roles ${name.join(' and ')}`
  const whom = withWhomToAsk ? ' Ask an administrator of your network for it.' : ''
  return <span>{`${lead && `${lead} `}${who} need ${what}.${whom}`}</span>
}

/** Says beside an act why it is barred; nothing where the account may, or the act needs no role. */
export function useBarred(role: WebhookRole | undefined): string | undefined {
  const [lacking] = useLacking(role ? [role] : [])
  return lacking && `You need the ${lacking} role`
}

/** The roles of these that the account lacks. */
export function useLacking(roles: readonly WebhookRole[]): WebhookRole[] {
  const { session } = useDesk()
  return roles.filter((role) => !may(session.rights, role))
}
