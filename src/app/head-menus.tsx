import { useMantineColorScheme } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { lazy } from 'react'

import { useSignOut } from '#features/session/session-mutations.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { paths } from '#paths'
import { useLoadAhead } from '#ui/load-ahead.ts'
import { MenuButton } from '#ui/menu-button.tsx'
import { useNotices } from '#ui/notices.tsx'

import { COLOR_SCHEMES } from './color-schemes.ts'
import classes from './head-menus.module.css'

const loadAccount = () => import('./account-menu.tsx')
const loadColors = () => import('./color-scheme-menu.tsx')
const loadBoth = () => [loadAccount(), loadColors()]

const AccountMenu = lazy(() => loadAccount().then((room) => ({ default: room.AccountMenu })))
const ColorSchemeMenu = lazy(() => loadColors().then((room) => ({ default: room.ColorSchemeMenu })))

/** At the end of the head: the choice of colours, and who is signed in. */
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
          <AccountMenu {...at} email={session.email} onKeys={onKeys} onLeave={() => void leave()} />
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
    // an open form may ask to stay, and then nobody is signed out
    await router.navigate({ to: paths.webhooks, search: {}, replace: true })
    if (router.state.location.pathname !== paths.webhooks) return
    signOut.mutate(undefined, {
      onError: () => notify({ text: 'We could not sign you out: Hookdesk does not answer.' }),
    })
  }
}
