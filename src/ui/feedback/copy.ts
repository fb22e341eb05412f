import { useNotices } from './notices.tsx'

/** Copies a text and says so; says `blocked`, and returns false, if the browser prevents it. */
export function useCopy() {
  const { notify } = useNotices()
  return async (text: string, done: string, blocked = 'The browser blocked the copy.') => {
    try {
      await navigator.clipboard.writeText(text)
      notify({ text: done })
      return true
    } catch {
      notify({ text: blocked })
      return false
    }
  }
}
