import { useSearch } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'

import { Lead, Page, ScreenTitle, useDocumentTitle } from '#ui/page/page.tsx'

import { Foundations } from './foundations.tsx'
import { Inputs } from './inputs.tsx'
import { Messages } from './messages.tsx'
import { States } from './states.tsx'
import classes from './styles-page.module.css'

const ADDRESS = '/styles'

const LOOKS = [
  ['As chosen in the menu', ''],
  ['Light', '?look=light'],
  ['Dark', '?look=dark'],
  ['Side by side', '?look=both'],
] as const

/** Every shared piece in every state, to look at while one works on it. Only in development. */
export function StylesPage() {
  useDocumentTitle('Styles')
  const { look } = useSearch({ strict: false }) as { look?: unknown }
  useScheme(look)
  if (look === 'both') {
    return (
      <Frame>
        <div className={classes.pair}>
          {['light', 'dark'].map((scheme) => (
            // the same page, not that of a stranger
            // oxlint-disable-next-line react/iframe-missing-sandbox
            <iframe
              key={scheme}
              title={scheme}
              src={`${ADDRESS}?look=${scheme}`}
              className={classes.half}
            />
          ))}
        </div>
      </Frame>
    )
  }
  return (
    <Frame>
      <Foundations />
      <States />
      <Inputs />
      <Messages />
    </Frame>
  )
}

/** Shows the scheme of the address, and leaves the choice of the person alone. */
function useScheme(look: unknown) {
  useEffect(() => {
    if (look !== 'light' && look !== 'dark') return undefined
    const root = document.documentElement
    const before = root.dataset.mantineColorScheme
    root.dataset.mantineColorScheme = look
    return () => {
      root.dataset.mantineColorScheme = before
    }
  }, [look])
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <Page width="full">
      <ScreenTitle>Styles</ScreenTitle>
      <Lead>
        The shared pieces in their states, as screens use them. This page exists in development
        only.
      </Lead>
      <nav aria-label="Look" className={classes.row}>
        {LOOKS.map(([name, search]) => (
          <a key={name} href={ADDRESS + search} className={classes.link}>
            {name}
          </a>
        ))}
      </nav>
      {children}
    </Page>
  )
}
