import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { useState } from 'react'

import { NoticesProvider } from '#ui/feedback/notices.tsx'

import { createAppRouter } from './router.tsx'
import { theme } from './theme.ts'

// reads the property, because browsers hide the attribute
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
// for the style that keeps the page from scrolling behind a dialog
setNonce(nonce)

/** Everything for a signed-in person. Loads the component library, which nothing loads earlier. */
export function SignedIn() {
  const [router] = useState(createAppRouter)
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <NoticesProvider>
        <RouterProvider router={router} />
      </NoticesProvider>
    </MantineProvider>
  )
}
