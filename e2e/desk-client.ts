import { randomUUID } from 'node:crypto'

import * as z from 'zod'

import {
  runAnswerSchema,
  runItemsSchema,
  type Run,
  type RunChange,
  type RunItem,
  type RunState,
} from '#contract/desk/run.ts'

import { emailOf, PASSWORD } from './sandbox.ts'

export type DeskClient = Awaited<ReturnType<typeof signInToDesk>>

/** The desk without a browser: what its page asks, and the cookie it keeps. */
export async function signInToDesk(url: string) {
  const headers = { 'content-type': 'application/json', 'x-hookdesk': 'person', origin: url }
  const signedIn = await fetch(`${url}/desk/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: emailOf('admin'), password: PASSWORD }),
  })
  if (!signedIn.ok) throw new Error(`Not signed in: ${await signedIn.text()}`)
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  async function ask(origin: string, method: string, path: string, body?: unknown) {
    const answer = await fetch(`${origin}/desk/runs${path}`, {
      method,
      headers: { ...headers, cookie, origin, 'idempotency-key': randomUUID() },
      body: body === undefined ? null : JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }

  return {
    /** The same session at a desk that shares its database, or at one that was started again. */
    at: (origin: string) => {
      const get = async (id: number): Promise<Run> =>
        z.parse(runAnswerSchema, await ask(origin, 'GET', `/${id}`)).run

      /** Polls until it is so; a desk that is down just now is asked again. */
      async function until(id: number, isSo: (run: Run) => boolean): Promise<Run> {
        for (;;) {
          const run = await get(id).catch(() => undefined)
          if (run && isSo(run)) return run
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
      const inState = (id: number, state: RunState) => until(id, (run) => run.state === state)

      return {
        until,
        inState,
        async propose(changes: RunChange[]): Promise<Run> {
          const answer = await ask(origin, 'POST', '', {
            title: { act: 'describe', count: changes.length },
            changes,
          })
          return inState(z.parse(runAnswerSchema, answer).run.id, 'proposed')
        },
        start: (id: number) => ask(origin, 'POST', `/${id}/start`, { leftOut: [] }),
        retry: (id: number) => ask(origin, 'POST', `/${id}/retry`),
        items: async (id: number): Promise<RunItem[]> =>
          z.parse(runItemsSchema, await ask(origin, 'GET', `/${id}/items`)).items,
      }
    },
  }
}
