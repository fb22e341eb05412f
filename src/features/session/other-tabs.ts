type Message = 'signed-out' | 'signed-in'

const NAME = 'hookdesk-session'

let opened: BroadcastChannel | undefined

// one for telling and hearing, since a second one would hear what this very tab tells
const channel = () =>
  typeof BroadcastChannel === 'undefined' ? undefined : (opened ??= new BroadcastChannel(NAME))

/** Tells the other tabs of this browser; without the channel they learn by their next request. */
export function tellOtherTabs(message: Message) {
  channel()?.postMessage(message)
}

/** Runs `acts` as another tab signs in or out; answers how to stop listening. */
export function onOtherTabs(acts: Record<Message, () => void>): () => void {
  const hear = ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed-out' || data === 'signed-in') acts[data]()
  }
  channel()?.addEventListener('message', hear)
  return () => channel()?.removeEventListener('message', hear)
}
