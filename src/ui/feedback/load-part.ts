import { lazy } from 'react'

import { mendStyles } from '#ui/hooks/part-styles.ts'

import { reportLine } from './line.ts'

const AGAIN_MS = 3_000
const RELOADED = 'hookdesk.reloaded'

let isReloading = false

/** Whether the page is being loaded again by itself, and nobody need be asked about what is kept. */
export const isReloadingItself = () => isReloading

/**
 * Fetches a part of the page. Without a line, or while the server does not answer, it waits and
 * tries again by itself. A part that is gone, because the server was upgraded meanwhile, makes the
 * page load again: once for each build of it, so never in a circle.
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
      // the line may have been away for a moment; what is gone twice is gone
      if (timesGone > 1) return loadPageAgain(error)
      await mendStyles()
    }
  }
}

// by React's own bound
type AnyComponent = Awaited<ReturnType<Parameters<typeof lazy>[0]>>['default']

/** A component of a module that is fetched when it is first drawn, or by `preload` before. */
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
    // whoever draws it is told why it is not there
    await fetchPart().catch(() => {})
  }
  return Object.assign(lazy(fetchPart), { preload })
}

async function isServerThere(): Promise<boolean> {
  if (!navigator.onLine) return false
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  return answer?.ok ?? false
}

/** The line is back, or a while has passed: a browser may take itself to be offline, or not, wrongly. */
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

/** What the page is made of; the next build has other names. */
const buildOfPage = () =>
  document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src ?? ''

function loadPageAgain(error: unknown): Promise<never> {
  // another part was gone before, and the page is on its way: to fail now would take the form away
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
      // without this note it might load again for ever
      isReloading = false
      throw error
    }
    location.reload()
  }
  return new Promise(() => {})
}

/** Asks who would ask the person before leaving, and so has something that is not kept. */
function isSomethingLost(): boolean {
  isReloading = true
  const question = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(question)
  isReloading = !question.defaultPrevented
  return question.defaultPrevented
}

/** The builds that were loaded again already; nothing where this cannot be remembered. */
function reloadedBuilds(): string[] | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(RELOADED) ?? '[]')
    return Array.isArray(kept) ? kept.map(String) : []
  } catch {
    return undefined
  }
}
