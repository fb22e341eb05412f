type Message = 'signed-out' | 'signed-in'

const NAME = 'hookdesk-session'

let opened: BroadcastChannel | undefined

// one channel to send and to listen: a second one would hear this tab's own messages
const channel = () =>
  typeof BroadcastChannel === 'undefined' ? undefined : (opened ??= new BroadcastChannel(NAME))

/**
 * Tells the other tabs of this browser; without the channel they find out at their next request.
 */
export function tellOtherTabs(message: Message) {
  channel()?.postMessage(message)
}

/** Runs `acts` when another tab signs in or out; returns a function to stop listening. */
export function onOtherTabs(acts: Record<Message, () => void>): () => void {
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed-out' || data === 'signed-in') acts[data]()
  }
  channel()?.addEventListener('message', hear)
  return () => channel()?.removeEventListener('message', hear)
}
