// Shows notices as notifications, also while no page is open. It reads no request of the pages.

self.addEventListener('push', (event) => {
  const message = event.data?.json()
  if (!message) return
  const { title, body, path, tag } = message
  // a later message about the same incident replaces the earlier one, and is heard again
  const notification = { body, tag, renotify: true, icon: '/favicon.svg', data: { path } }
  event.waitUntil(self.registration.showNotification(title, notification))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openPage(event.notification.data.path))
})

/** Opens a page of the desk: in a tab that shows the desk already, if there is one. */
async function openPage(path) {
  const url = new URL(path, self.location.origin)
  if (url.origin !== self.location.origin) return
  const [tab] = await self.clients.matchAll({ type: 'window' })
  try {
    if (!tab) throw new Error('No tab')
    await tab.focus()
    await tab.navigate(url.href)
  } catch {
    // a tab that this worker does not control cannot be led elsewhere
    await self.clients.openWindow(url.href)
  }
}
