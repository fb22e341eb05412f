import { CloseButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { paths } from '#paths'
import { focusSoon } from '#ui/hooks/focus.ts'
import { ScreenTitle } from '#ui/page/page.tsx'

import classes from './panel.module.css'

type PanelProps = { title: string; id?: number; children: ReactNode }

/** One webhook, beside the list or in its place. Closing it leads back to where it was opened. */
export function Panel({ title, id, children }: PanelProps) {
  const navigate = useNavigate()

  async function close() {
    await navigate({
      ...paths.webhooks(),
      search: ({ location: _l, action: _a, url: _u, name: _n, copy: _c, tab: _t, ...list }) => list,
      resetScroll: false,
    })
    const findRow = () => document.querySelector<HTMLElement>(`tr[data-id="${id}"] a`)
    focusSoon(() => findRow() ?? document.getElementById('webhooks-title'), `.${classes.panel}`)
  }

  return (
    // Escape closes the panel from anywhere inside it
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      className={classes.panel}
      aria-labelledby="panel-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) void close()
      }}
    >
      <div className={classes.head}>
        <ScreenTitle id="panel-title" className={classes.title}>
          <bdi>{title}</bdi>
        </ScreenTitle>
        <CloseButton size="lg" aria-label="Close" onClick={() => void close()} />
      </div>
      {children}
    </section>
  )
}
