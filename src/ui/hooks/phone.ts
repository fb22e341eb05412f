import { useEffect, useEffectEvent } from 'react'

/** Where the navigation is at the bottom, and a choice fills the screen. */
export const PHONE = '(max-width: 40em)'

// a phone's own Back closes what is open instead of leaving the page; not in every browser yet
declare const CloseWatcher: (new () => EventTarget & { destroy: () => void }) | undefined

/** Lets the phone's own Back close what is open, while `isOn`. */
export function useBackCloses(isOn: boolean, close: () => void) {
  const closeNow = useEffectEvent(close)
  useEffect(() => {
    if (!isOn || typeof CloseWatcher === 'undefined') return undefined
    const watcher = new CloseWatcher()
    watcher.addEventListener('close', closeNow)
    return () => watcher.destroy()
  }, [isOn])
}

/**
 * Tells the styles, while `isOn`, which part of the screen the keyboard on it leaves in sight: no
 * unit of CSS knows.
 */
export function useSeenPart(isOn: boolean) {
  useEffect(() => {
    const seen = window.visualViewport
    if (!isOn || !seen) return undefined
    const { style } = document.documentElement
    const forget = () => {
      style.removeProperty('--seen-height')
      style.removeProperty('--seen-top')
    }
    const tell = () => {
      // a person who magnifies the page sees less of it, and must not get a smaller one for that
      if (seen.scale > 1) return forget()
      style.setProperty('--seen-height', `${seen.height}px`)
      style.setProperty('--seen-top', `${seen.offsetTop}px`)
    }
    tell()
    seen.addEventListener('resize', tell)
    seen.addEventListener('scroll', tell)
    return () => {
      seen.removeEventListener('resize', tell)
      seen.removeEventListener('scroll', tell)
      forget()
    }
  }, [isOn])
}
