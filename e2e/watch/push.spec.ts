import { expectAccessible } from '#e2e/support/accessible.ts'
import { expect, testWith } from '#e2e/support/fixtures.ts'
import { NO_LIMITS } from '#tools/product.mjs'

const test = testWith({ ...NO_LIMITS, WATCH: '1' })

test.beforeEach(async ({ signIn, context }) => {
  await context.grantPermissions(['notifications'])
  // the headless shell grants it and goes on to say “denied”
  await context.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
  })
  await signIn('admin')
})

test('notices are turned on in a browser, tested, and turned off', async ({ page, product }) => {
  // nobody can reach a real push service from here: a receiver of the sandbox stands for it
  await page.addInitScript((endpoint) => {
    let subscription: PushSubscription | null = null
    const encoded = (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>) =>
      btoa(String.fromCodePoint(...new Uint8Array(bytes)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '')
    PushManager.prototype.getSubscription = () => Promise.resolve(subscription)
    PushManager.prototype.subscribe = async () => {
      const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
        'deriveBits',
      ])
      const p256dh = encoded(await crypto.subtle.exportKey('raw', pair.publicKey))
      const auth = encoded(crypto.getRandomValues(new Uint8Array(16)))
      const keys = { p256dh, auth }
      const made = {
        endpoint,
        toJSON: () => ({ endpoint, keys }),
        unsubscribe: () => {
          subscription = null
          return Promise.resolve(true)
        },
      }
      // the page uses no more of it
      subscription = made as unknown as PushSubscription
      return subscription
    }
  }, `${product.sandboxUrl}/receiver/push-service`)

  await page.goto('/settings/notifications')
  const card = page.getByRole('region', { name: 'In your browser' })
  await card.getByRole('button', { name: 'Turn on in this browser' }).click()
  const own = card.getByRole('listitem').filter({ hasText: '(this one)' })
  await expect(own).toContainText('Chrome on Linux')
  await expect(card.getByRole('button', { name: 'Turn on in this browser' })).toHaveCount(0)
  await own.getByRole('button', { name: /^Test / }).click()
  await expect(own).toContainText('last told')
  await expectAccessible(page)
  await page.setViewportSize({ width: 1280, height: 900 })
  await own.getByRole('button', { name: /^Remove / }).click()
  await expect(card.getByRole('listitem')).toHaveCount(0)
  await expect(card.getByRole('button', { name: 'Turn on in this browser' })).toBeVisible()
})

test('a browser without a push service says so, and nothing is stored', async ({ page }) => {
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = () =>
      Promise.reject(new DOMException('Registration failed', 'AbortError'))
  })
  await page.goto('/settings/notifications')
  const card = page.getByRole('region', { name: 'In your browser' })
  await card.getByRole('button', { name: 'Turn on in this browser' }).click()
  await expect(card.getByRole('alert')).toContainText('could not reach its push service')
  await expect(card.getByRole('listitem')).toHaveCount(0)
})

test('the worker shows a message that was pushed', async ({ page, context }) => {
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = () => Promise.reject(new DOMException('x', 'AbortError'))
  })
  await page.goto('/settings/notifications')
  const devTools = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    })
  })
  await devTools.send('ServiceWorker.enable')
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await expect(page.getByText('could not reach its push service')).toBeVisible()
  const [worker] = context.serviceWorkers()
  if (!worker) throw new Error('No worker runs')
  // the headless shell shows no notifications, and opens no windows for them
  await worker.evaluate(() => {
    const noted: unknown[] = []
    Object.assign(globalThis, { noted })
    const { registration, clients } = globalThis as unknown as {
      registration: ServiceWorkerRegistration
      clients: { matchAll: () => Promise<unknown[]>; openWindow: (url: string) => Promise<null> }
    }
    registration.showNotification = (title, options) => {
      noted.push({ title, ...options })
      return Promise.resolve()
    }
    clients.matchAll = () => Promise.resolve([])
    clients.openWindow = (url) => {
      noted.push(url)
      return Promise.resolve(null)
    }
  })
  const noted = () => worker.evaluate(() => (globalThis as unknown as { noted: unknown[] }).noted)
  const message = {
    title: 'Stopped: “Door codes” (Shoreditch)',
    body: 'It stopped.',
    path: '/?incident=1',
    tag: 'incident-1',
  }
  const { origin } = new URL(page.url())
  await devTools.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await registered,
    data: JSON.stringify(message),
  })
  const { path, ...rest } = message
  const shown = { ...rest, renotify: true, icon: '/favicon.svg', data: { path } }
  await expect.poll(noted).toEqual([shown])

  const press = (target: string) =>
    worker.evaluate((data) => {
      const event = new Event('notificationclick')
      Object.assign(event, {
        notification: { data: { path: data }, close: () => {} },
        waitUntil: () => {},
      })
      globalThis.dispatchEvent(event)
    }, target)
  await press(path)
  await expect.poll(noted).toEqual([shown, `${origin}/?incident=1`])
  // a page of another origin is not opened
  await press('https://evil.test/')
  await press('/settings/watch')
  await expect.poll(noted).toEqual([shown, `${origin}/?incident=1`, `${origin}/settings/watch`])
})
