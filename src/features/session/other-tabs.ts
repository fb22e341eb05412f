type Message = 'signed-out'

const NAME = 'hookdesk-session'

/** Tells the other tabs of this browser; without the channel they learn by their next request. */
export function tellOtherTabs(message: Message) {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(NAME)
  channel.postMessage(message)
  channel.close()
}

/** Runs `act` when another tab signs out; answers how to stop listening. */
export function onSignedOutElsewhere(act: () => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const channel = new BroadcastChannel(NAME)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'signed-out') act()
  })
  return () => channel.close()
}
