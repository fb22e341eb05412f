import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'

import { NoticesProvider } from '#ui/feedback/notices.tsx'

import './styles.ts'
import { theme } from './theme.ts'

/** Shows a component in the browser, with the theme, the styles and the notices of the app. */
export async function show(children: ReactNode) {
  const screen = await render(framed(children))
  return { ...screen, rerender: (next: ReactNode) => screen.rerender(framed(next)) }
}

const framed = (children: ReactNode) => (
  <MantineProvider theme={theme}>
    <NoticesProvider>{children}</NoticesProvider>
  </MantineProvider>
)

/** The text that a screen reader was told last. */
export const announced = () => page.getByRole('status').first()
