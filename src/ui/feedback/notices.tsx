import { Button, CloseButton, Notification, Portal, VisuallyHidden } from '@mantine/core'
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react'

import { useNoticePlace } from './notice-place.ts'
import classes from './notices.module.css'

export type Notice = {
  text: string
  /** An act that is available elsewhere too, since a notice disappears. */
  action?: { label: string; run: () => void }
}

type Notices = {
  /** Announces it to screen readers, politely. */
  announce: (text: string) => void
  /** Shows it for a while, and announces it. */
  notify: (notice: Notice) => void
}

const NoticesContext = createContext<Notices | undefined>(undefined)

const SHOWN_MS = 12_000
const SHOWN_AT_MOST = 3

type Shown = Notice & { id: number }

/**
 * The one live region of the app, and the notices beside it. The notices themselves are not live:
 * Mantine's would interrupt speech for every "Saved".
 */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState('')
  const [shown, setShown] = useState<Shown[]>([])
  const nextId = useRef(1)
  const stack = useRef<HTMLElement>(null)
  const place = useNoticePlace(stack, shown.length)

  const announce = useCallback((text: string) => {
    // screen readers read the same text twice only if the region was empty in between
    setSaid('')
    setTimeout(() => setSaid(text), 50)
  }, [])

  const notify = useCallback(
    (notice: Notice) => {
      const id = nextId.current++
      announce(notice.text)
      setShown((earlier) => [...earlier, { ...notice, id }].slice(-SHOWN_AT_MOST))
    },
    [announce],
  )

  const [value] = useState(() => ({ announce, notify }))
  const close = (id: number) => setShown((all) => all.filter((notice) => notice.id !== id))

  return (
    <NoticesContext value={value}>
      {children}
      <Portal>
        <VisuallyHidden role="status" aria-live="polite">
          {said}
        </VisuallyHidden>
        {shown.length > 0 && (
          <section
            ref={stack}
            className={classes.stack}
            data-place={place}
            aria-label="Notices (F8)"
            id="notices"
            tabIndex={-1}
          >
            {shown.map((notice) => (
              <NoticeCard key={notice.id} notice={notice} onClose={() => close(notice.id)} />
            ))}
          </section>
        )}
      </Portal>
    </NoticesContext>
  )
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext)
  if (!notices) throw new Error('useNotices needs a NoticesProvider above it')
  return notices
}

/** Disappears after a while, but not while it has the pointer or the focus. */
function NoticeCard({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const [isHeld, setIsHeld] = useState(false)

  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(onClose, SHOWN_MS)
    return () => clearTimeout(timer)
  })

  return (
    <Notification
      role="group"
      withCloseButton={false}
      classNames={{ root: classes.card }}
      onMouseEnter={() => setIsHeld(true)}
      onMouseLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <span className={classes.content}>
        <span className={classes.text}>{notice.text}</span>
        {notice.action && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              notice.action?.run()
              onClose()
            }}
          >
            {notice.action.label}
          </Button>
        )}
        <CloseButton aria-label="Close notice" onClick={onClose} />
      </span>
    </Notification>
  )
}
