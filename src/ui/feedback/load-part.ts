import { lazy } from 'react'

import { mendStyles } from '#ui/hooks/part-styles.ts'

import { reportLine } from './line.ts'

const AGAIN_MS = 3_000
const RELOADED = 'hookdesk.reloaded'

let isReloading = false

/** True while the page reloads itself; then leave guards need not ask about text that is kept. */
export const isReloadingItself = () => isReloading

/**
 * Fetches a part of the page. While offline or while the server does not answer, it waits and tries
 * again by itself. If the part is gone, because the server was upgraded meanwhile, the page
 * reloads: once for each build, so never in a circle.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  let timesGone = 0
  for (;;) {
    try {
      const part = await load()
      reportLine('fine')
      return part
    } catch (error) {
      if (await isServerThere()) timesGone += 1
      else {
        reportLine('unreachable')
        await untilWorthTrying()
      }
      // the connection may have been lost for a moment; a part missing twice is gone
      if (timesGone > 1) return loadPageAgain(error)
      await mendStyles()
    }
  }
}

// the same bound as React's
type AnyComponent = Awaited<ReturnType<Parameters<typeof lazy>[0]>>['default']

/** A component of a module that is fetched when it is first drawn, or earlier by `preload`. */
export function lazyPart<Name extends string, Component extends AnyComponent>(
  load: () => Promise<Record<Name, Component>>,
  name: Name,
) {
  let loading: Promise<{ default: Component }> | undefined
  const fetchPart = () => {
    loading ??= loadPart(load).then((module) => ({ default: module[name] }))
    return loading
  }
  async function preload(): Promise<void> {
    // drawing the component reports why it is missing
    await fetchPart().catch(() => {})
  }
  return Object.assign(lazy(fetchPart), { preload })
}

async function isServerThere(): Promise<boolean> {
  if (!navigator.onLine) return false
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return answer?.ok ?? false
}

/**
 * Resolves when the connection is back or a while has passed: a browser may be wrong about being
 * offline.
 */
function untilWorthTrying(): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer)
      window.removeEventListener('online', go)
      resolve()
    }
    const timer = setTimeout(go, AGAIN_MS)
    window.addEventListener('online', go)
  })
}

/** Identifies the build of the page; the next build has other file names. */
const buildOfPage = () =>
  document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src ?? ''

function loadPageAgain(error: unknown): Promise<never> {
  // an earlier part was gone too, and the page is reloading: to fail now would remove the form
  if (isReloading) return new Promise(() => {})
  const builds = reloadedBuilds()
  const build = buildOfPage()
  if (!builds || builds.includes(build)) throw error
  if (isSomethingLost()) {
    reportLine('updated')
  } else {
    try {
      sessionStorage.setItem(RELOADED, JSON.stringify([...builds, build]))
    } catch {
      // without this note it might reload for ever
      isReloading = false
      throw error
    }
    location.reload()
  }
  return new Promise(() => {})
}

/** Runs the leave guards: true if one would ask the person, because something would be lost. */
function isSomethingLost(): boolean {
  isReloading = true
  const question = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(question)
  isReloading = !question.defaultPrevented
  return question.defaultPrevented
}

/** The builds that were reloaded already; `undefined` if this browser cannot remember them. */
function reloadedBuilds(): string[] | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(RELOADED) ?? '[]')
    return Array.isArray(kept) ? kept.map(String) : []
  } catch {
    return undefined
  }
}
