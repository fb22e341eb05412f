import { useEffect, useRef } from 'react'

import { useNotices } from './notices.tsx'

/** Announces the text when it first appears, and again with every new `mark`. */
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

/** Announces the text when it has changed and typing has stopped; not when it first appears. */
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
