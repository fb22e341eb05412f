import { spawn } from 'node:child_process'

import * as z from 'zod'

import { freePort } from '#tools/ports.mjs'
import { programOnPath } from '#tools/programs.mjs'

import type { Driver } from './driver.ts'
import { ended, said } from './programs.ts'

/** The driver, and the display that WebKit needs; both or nothing. */
export function findWebKit() {
  const [driver, display] = [programOnPath('WebKitWebDriver'), programOnPath('Xvfb')]
  return driver && display ? { driver, display } : undefined
}

const answerSchema = z.object({ value: z.unknown() })
const sessionSchema = z.object({ value: z.object({ sessionId: z.string() }) })

/** Starts WebKitGTK on a display of its own, over WebDriver: https://www.w3.org/TR/webdriver2/ */
export async function startWebKit(programs: { driver: string; display: string }): Promise<Driver> {
  const screen = spawn(programs.display, ['-displayfd', '1', '-screen', '0', '1280x1000x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const [number] = await said(screen, screen.stdout, /\d+/)
  const port = await freePort()
  const driver = spawn(programs.driver, [`--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' },
  })
  const origin = `http://127.0.0.1:${port}`

  async function send(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${origin}/session${path}`, {
      method,
      body: body ? JSON.stringify(body) : null,
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`WebDriver ${path}: ${text}`)
    return JSON.parse(text)
  }

  const { sessionId } = sessionSchema.parse(await started()).value

  /** The driver does not say when it is ready; a refused call shows that it is not. */
  async function started(): Promise<unknown> {
    const end = Date.now() + 30_000
    for (;;) {
      const capabilities = { alwaysMatch: {} }
      const answer = await send('POST', '', { capabilities }).catch((error: unknown) => {
        if (Date.now() > end || driver.exitCode !== null) throw error
      })
      if (answer) return answer
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  return {
    async open(url) {
      await send('POST', `/${sessionId}/url`, { url })
    },
    async evaluate(expression) {
      const script = `return JSON.stringify(${expression}) ?? 'null'`
      const answer = await send('POST', `/${sessionId}/execute/sync`, { script, args: [] })
      return JSON.parse(String(answerSchema.parse(answer).value))
    },
    async perform(actions) {
      await send('POST', `/${sessionId}/actions`, { actions })
    },
    async close() {
      await Promise.all([ended(driver), ended(screen)])
    },
  }
}
