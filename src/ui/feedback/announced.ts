import { useEffect, useRef } from 'react'

import { useNotices } from './notices.tsx'

/** Says the text at the first sight of it, and again with every other `mark`. */
export function useAnnounced(text: string, mark: string | number = text) {
  const { announce } = useNotices()
  const said = useRef<string | number>(undefined)
  useEffect(() => {
    if (said.current === mark) return
    said.current = mark
    announce(text)
  }, [text, mark, announce])
}

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
