import { useEffect, useRef } from 'react'

import { useNotices } from './notices.tsx'

const AFTER_TYPING_MS = 700

/** Says the text when it has changed and typing has stopped; not at the first sight of it. */
export function useAnnounceChange(text: string) {
  const { announce } = useNotices()
  const said = useRef(text)
  useEffect(() => {
    if (said.current === text) return undefined
    const timer = setTimeout(() => {
      said.current = text
      announce(text)
    }, AFTER_TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, announce])
}
