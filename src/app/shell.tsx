import { IconFlask } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useState, useSyncExternalStore } from 'react'

import { AttentionLink } from '#features/attention/attention-link.tsx'
import { isOfSession } from '#features/session/session-queries.ts'
import { useDesk } from '#features/session/use-desk.ts'
import { paths } from '#paths'
import { lazyPart } from '#ui/feedback/load-part.ts'
import { EntryContext } from '#ui/hooks/entry-state.ts'
import { useKey } from '#ui/hooks/keys.ts'
import { useListener } from '#ui/hooks/effects.ts'
import { useNoFileDrops } from '#ui/hooks/use-no-file-drops.ts'

import { HeadMenus } from './head-menus.tsx'
import { sessionTrouble } from './session-trouble.ts'
import classes from './shell.module.css'

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
  ['Runs', paths.runs],
  ['History', paths.history],
  ['Signature', paths.signature],
] as const

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
  useKey('?', () => setAreKeysShown(true))
  useListener('keydown', ({ key }) => {
    if (key === 'F8') document.getElementById('notices')?.focus()
  })
  useNoFileDrops()

  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      {sandbox && (
        <section aria-label="Sandbox" className={classes.sandbox}>
          <IconFlask size={16} aria-hidden />
          <span>
            <strong>Sandbox.</strong> A stand-in for Nexudus, with made-up data.
          </span>
        </section>
      )}
      <header className={classes.header}>
        <Link {...paths.attention()} className={classes.brand} aria-label="Hookdesk, start page">
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <span className={classes.name}>Hookdesk</span>
        </Link>
        <nav aria-label="Main" className={classes.nav}>
          {watches && <AttentionLink className={classes.link} />}
          {SCREENS.map(([name, path]) => (
            <Link key={name} {...path()} className={classes.link}>
              {name}
            </Link>
          ))}
          {sandbox && (
            <Link {...paths.sandbox()} className={classes.link}>
              Sandbox
            </Link>
          )}
        </nav>
        <HeadMenus onKeys={() => setAreKeysShown(true)} />
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        <EntryOutlet />
      </main>
      <Suspense>
        {areKeysShown && <KeysDialog onClose={() => setAreKeysShown(false)} />}
        {trouble === 'over' && <SessionOverDialog onSignedIn={goOn} />}
        {trouble === 'other-person' && <OtherPersonDialog onSettled={goOn} />}
      </Suspense>
    </div>
  )
}

/** Tells the page which history entry it belongs to, so that Back finds the state it kept. */
function EntryOutlet() {
  const entry = useRouterState({ select: ({ location }) => location.state.__TSR_key ?? '' })
  return (
    <EntryContext value={entry}>
      <Outlet />
    </EntryContext>
  )
}
