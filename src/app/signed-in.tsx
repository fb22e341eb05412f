import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { useState } from 'react'

import { NoticesProvider } from '#ui/feedback/notices.tsx'

import { createAppRouter } from './router.tsx'
import { theme } from './theme.ts'

// the property, not the attribute: browsers hide the attribute
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
// for the style that keeps the page from scrolling under a dialog
setNonce(nonce)

/** Everything for a signed-in person. The component library comes with it, and not before. */
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
