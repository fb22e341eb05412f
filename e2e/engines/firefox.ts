import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import * as z from 'zod'
import { WebSocket } from 'ws'

import { programOnPath } from '#tools/programs.mjs'

import type { Driver } from './driver.ts'
import { ended, said } from './programs.ts'

export const findFirefox = () => programOnPath('firefox-esr') ?? programOnPath('firefox')

const answerSchema = z.object({
  id: z.number().nullish(),
  type: z.string().optional(),
  result: z.looseObject({}).optional(),
  message: z.string().optional(),
})

const treeSchema = z.object({ contexts: z.array(z.object({ context: z.string() })) })
const valueSchema = z.object({ result: z.object({ value: z.string().optional() }) })

/** Starts Firefox without a window, over WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/ */
export async function startFirefox(program: string): Promise<Driver> {
  const profile = mkdtempSync(path.join(tmpdir(), 'hookdesk-firefox-'))
  const child = spawn(
    program,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: profile },
      detached: true,
    },
  )
  const [, address] = await said(child, child.stderr, /WebDriver BiDi listening on (ws:\S+)/)
  const send = await connect(`${address}/session`)

  await send('session.new', { capabilities: {} })
  const tree = treeSchema.parse(await send('browsingContext.getTree', {}))
  const context = tree.contexts[0]?.context
  await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 900 } })

  return {
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    async evaluate(expression) {
      const { result } = valueSchema.parse(
        await send('script.evaluate', {
          expression: `JSON.stringify(${expression}) ?? 'null'`,
          target: { context },
          awaitPromise: false,
        }),
      )
      return JSON.parse(result.value ?? 'null')
    },
    async perform(actions) {
      await send('input.performActions', { context, actions })
    },
    async close() {
      await ended(child)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function connect(address: string) {
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const waiting = new Map<number, PromiseWithResolvers>()
  let lastId = 0

  socket.on('message', (data: Buffer) => {
    const { id, type, result, message } = answerSchema.parse(JSON.parse(data.toString()))
    const asked = waiting.get(id ?? 0)
    if (type === 'error') asked?.reject(new Error(message))
    else asked?.resolve(result)
  })
  return function send(method: string, params: object): Promise<unknown> {
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      socket.send(JSON.stringify({ id, method, params }))
    })
  }
}

type PromiseWithResolvers = {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}
