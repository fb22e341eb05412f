import type { Locator, Page } from '@playwright/test'

const NAMED = {
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
  ' ': { code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  ArrowDown: { code: 'ArrowDown', windowsVirtualKeyCode: 40 },
  Escape: { code: 'Escape', windowsVirtualKeyCode: 27 },
} as const

type NamedKey = keyof typeof NAMED

export type Keyboard = Awaited<ReturnType<typeof openKeyboard>>

/**
 * A keyboard with its own clock: it presses a key even if the page has not handled the one before,
 * as with fast hands on a slow computer. Playwright's keyboard waits for each key.
 */
export async function openKeyboard(page: Page) {
  const client = await page.context().newCDPSession(page)

  const send = (type: string, key: object) =>
    client.send('Input.dispatchKeyEvent', {
      type: type === 'down' ? 'keyDown' : 'keyUp',
      ...key,
    })

  function press(key: object): Promise<unknown> {
    return Promise.all([send('down', key), send('up', key)])
  }

  /** Types the text, one key every so many milliseconds, then the named keys without a pause. */
  async function type(text: string, everyMs: number, ...then: NamedKey[]) {
    const keys: object[] = Array.from(text, (letter) => ({ key: letter, text: letter }))
    const pressed: Promise<unknown>[] = []
    for (const key of keys) {
      pressed.push(press(key))
      // the speed of the hands is what is tested; this does not wait for anything
      if (everyMs > 0) await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
    pressed.push(...then.map((key) => press({ key, ...NAMED[key] })))
    await Promise.all(pressed)
  }

  /** Enters the text at once, as a paste does, then the named keys without a pause. */
  async function paste(text: string, ...then: NamedKey[]) {
    const pasted = client.send('Input.insertText', { text })
    await Promise.all([pasted, ...then.map((key) => press({ key, ...NAMED[key] }))])
  }

  /** Presses named keys one after another, without a pause. */
  const tap = (...keys: NamedKey[]) => Promise.all(keys.map((key) => press({ key, ...NAMED[key] })))

  /** Clicks on each without a pause: finds all positions before the first click. */
  async function click(...targets: Locator[]) {
    const places: { x: number; y: number }[] = []
    for (const target of targets) {
      const box = await target.boundingBox()
      if (box) places.push({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
    }
    const button = { button: 'left' as const, clickCount: 1 }
    await Promise.all(
      places.flatMap((at) => [
        client.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at, ...button }),
        client.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at, ...button }),
      ]),
    )
  }

  /** Makes the computer so many times slower. */
  const slowDown = (rate: number) => client.send('Emulation.setCPUThrottlingRate', { rate })

  return { type, paste, tap, click, slowDown }
}
