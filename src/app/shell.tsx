import { UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFlask, IconSearch } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import {
  Suspense,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ComponentProps,
} from 'react'

import { AttentionLink } from '#features/attention/attention-link.tsx'
import { isOfSession } from '#features/session/session-queries.ts'
import { useDesk, useMay } from '#features/session/use-desk.ts'
import { viewQueries } from '#fleet/saved-views.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { EntryContext } from '#ui/hooks/entry-state.ts'
import { isKey, useKey, useKeyPairs } from '#ui/hooks/keys.ts'
import { useListener } from '#ui/hooks/effects.ts'
import { useNoFileDrops } from '#ui/hooks/use-no-file-drops.ts'

import { PersonMenu } from './person-menu.tsx'
import { sessionTrouble } from './session-trouble.ts'
import classes from './shell.module.css'

const CommandBox = lazyPart(() => import('#features/command/command-box.tsx'), 'CommandBox')
const DockIcon = lazyPart(() => import('./dock-icon.tsx'), 'DockIcon')
const KeysDialog = lazyPart(() => import('./keys-dialog.tsx'), 'KeysDialog')
const SessionOverDialog = lazyPart(
  () => import('#features/session/session-over-dialog.tsx'),
  'SessionOverDialog',
)
const OtherPersonDialog = lazyPart(
  () => import('#features/session/other-person-dialog.tsx'),
  'OtherPersonDialog',
)

const SCREENS = [
  ['Webhooks', paths.webhooks],
  ['Coverage', paths.coverage],
  ['Destinations', paths.destinations],
  ['Activity', paths.activity],
  ['Developers', paths.developers],
] as const

/** Screens that are reached through another one, whose link is marked while they are open. */
const BELOW: Record<string, readonly string[]> = {
  Activity: ['/runs/'],
  Developers: [paths.signature.route, paths.events.route, paths.sandbox.route],
}

/** The frame of every screen of a signed-in person. */
export function Shell() {
  const { sandbox, watches } = useDesk()
  const [areKeysShown, setAreKeysShown] = useState(false)
  const queryClient = useQueryClient()
  const trouble = useSyncExternalStore(sessionTrouble.subscribe, sessionTrouble.get)
  const goOn = () => {
    sessionTrouble.settle()
    void queryClient.invalidateQueries({ predicate: (query) => !isOfSession(query) })
  }
  const [isBoxOpen, setIsBoxOpen] = useState(false)
  useKey('?', () => setAreKeysShown(true))
  const navigate = useNavigate()
  useKeyPairs('g', {
    ...(watches && { a: () => void navigate(paths.attention()) }),
    w: () => void navigate(paths.webhooks()),
    c: () => void navigate(paths.coverage()),
    d: () => void navigate(paths.destinations()),
  })
  useListener('keydown', (event) => {
    if (event.key === 'F8') document.getElementById('notices')?.focus()
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !isKey(event, 'k')) return
    // browsers search the web with it
    event.preventDefault()
    if (!document.querySelector('[role=dialog][aria-modal]')) setIsBoxOpen(true)
  })
  useNoFileDrops()
  // known before the list is opened, so that its tabs are there from the start
  useQuery({ ...viewQueries.list(), enabled: useMay('WebHook-List'), notifyOnChangeProps: [] })

  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      {sandbox && (
        <section aria-label="Sandbox" className={classes.sandbox}>
          <IconFlask size={16} aria-hidden />
          <span>
            <Link {...paths.sandbox()}>Sandbox</Link>
            <span>: a stand-in for Nexudus</span>
            <span className={classes.more}>, with made-up data</span>
          </span>
        </section>
      )}
      <header className={classes.header}>
        <Link {...paths.attention()} className={classes.brand} aria-label="Hookdesk, start page">
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <span className={classes.name}>Hookdesk</span>
        </Link>
        <Screens />
        <UnstyledButton
          aria-label="Go to, or do (Ctrl K)"
          title="Go to, or do (Ctrl K)"
          className={classes.find}
          onClick={() => setIsBoxOpen(true)}
        >
          <IconSearch size={20} aria-hidden />
        </UnstyledButton>
        <PersonMenu onKeys={() => setAreKeysShown(true)} />
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        <EntryOutlet />
      </main>
      <Suspense>
        {isBoxOpen && <CommandBox onClose={() => setIsBoxOpen(false)} />}
        {areKeysShown && <KeysDialog onClose={() => setAreKeysShown(false)} />}
        {trouble === 'over' && <SessionOverDialog onSignedIn={goOn} />}
        {trouble === 'other-person' && <OtherPersonDialog onSettled={goOn} />}
      </Suspense>
    </div>
  )
}

/** Where the links are at the bottom of the screen, as in the styles. */
const DOCK = '(max-width: 40em) and (min-height: 25.01em)'

/** The links to all screens; that of this one is in sight, also where they do not fit. */
function Screens() {
  const { watches } = useDesk()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const nav = useRef<HTMLElement>(null)
  const router = useRouter()
  useEffect(() => {
    const show = () => {
      const own = nav.current?.querySelector<HTMLElement>('[aria-current]')
      if (!nav.current || !own) return
      // not `scrollIntoView`, which would scroll the page too where the header scrolls away with it
      nav.current.scrollLeft = own.offsetLeft - (nav.current.clientWidth - own.clientWidth) / 2
    }
    show()
    return router.subscribe('onRendered', show)
  }, [router])
  return (
    <nav ref={nav} aria-label="Main" className={classes.nav}>
      {watches && (
        <AttentionLink className={classes.link}>
          <Sign of="Attention" />
        </AttentionLink>
      )}
      {SCREENS.map(([name, to]) => (
        <Link
          key={name}
          {...to()}
          className={classes.link}
          {...(BELOW[name]?.some((start) => path.startsWith(start)) && { 'aria-current': true })}
        >
          <Sign of={name} />
          <span>{name}</span>
        </Link>
      ))}
    </nav>
  )
}

const Sign = (props: ComponentProps<typeof DockIcon>) => (
  <Suspense>{useMediaQuery(DOCK) && <DockIcon {...props} />}</Suspense>
)

/** Tells the page which history entry it belongs to, so that Back finds the state it kept. */
function EntryOutlet() {
  const entry = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? '' })
  return (
    <EntryContext value={entry}>
      <Outlet />
    </EntryContext>
  )
}
