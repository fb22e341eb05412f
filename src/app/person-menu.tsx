import { IconChevronDown } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'

import { useSignOut } from '#features/session/session-mutations.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { hrefOf, paths } from '#paths'
import { MenuButton } from '#ui/controls/menu-button.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'

import classes from './person-menu.module.css'

const AccountMenu = lazyPart(() => import('./account-menu.tsx'), 'AccountMenu')
const loadMenu = () => [AccountMenu.preload()]

/** The end of the header: the menu of the person. */
export function PersonMenu({ onKeys }: { onKeys: () => void }) {
  useLoadAhead(loadMenu)
  const { session } = useDesk()
  const leave = useLeave()

  return (
    <MenuButton
      label={`Account: ${session.name}`}
      className={classes.account}
      renderMenu={(at) => (
        <AccountMenu
          {...at}
          email={session.email}
          isAdministrator={session.rights.kind === 'unrestricted'}
          onKeys={onKeys}
          onLeave={() => void leave()}
        />
      )}
    >
      <span className={classes.name}>{session.name}</span>
      <IconChevronDown size={16} aria-hidden />
    </MenuButton>
  )
}

function useLeave() {
  const signOut = useSignOut()
  const router = useRouter()
  const { notify } = useNotices()

  return async () => {
    // an open form may ask the person to stay; then they stay signed in
    await router.navigate({ ...paths.webhooks(), search: {}, replace: true })
    if (router.state.location.pathname !== hrefOf(paths.webhooks())) return
    signOut.mutate(undefined, {
      onError: () => notify({ text: 'Hookdesk could not sign you out: it does not answer.' }),
    })
  }
}
