import { useMantineColorScheme } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'

import { useSignOut } from '#features/session/session-mutations.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { hrefOf, paths } from '#paths'
import { MenuButton } from '#ui/controls/menu-button.tsx'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { useNotices } from '#ui/feedback/notices.tsx'
import { useLoadAhead } from '#ui/hooks/load-ahead.ts'

import { COLOR_SCHEMES } from './color-schemes.ts'
import classes from './head-menus.module.css'

const AccountMenu = lazyPart(() => import('./account-menu.tsx'), 'AccountMenu')
const ColorSchemeMenu = lazyPart(() => import('./color-scheme-menu.tsx'), 'ColorSchemeMenu')
const loadBoth = () => [AccountMenu.preload(), ColorSchemeMenu.preload()]

/** The end of the header: the choice of colours, and the account menu. */
export function HeadMenus({ onKeys }: { onKeys: () => void }) {
  useLoadAhead(loadBoth)
  const { session } = useDesk()
  const { colorScheme } = useMantineColorScheme()
  const scheme = COLOR_SCHEMES[colorScheme]
  const leave = useLeave()

  return (
    <>
      <MenuButton
        label={`Colours: ${scheme.label}`}
        className={classes.colors}
        renderMenu={(at) => <ColorSchemeMenu {...at} />}
      >
        <scheme.Icon size={20} aria-hidden />
      </MenuButton>
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
    </>
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
