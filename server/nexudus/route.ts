import { isIP } from 'node:net'

import { hostnameOf, portOf } from '#contract/address/address-class.ts'

/** The way to a Nexudus: direct, or through a proxy in this process's network. */
export type Route = { target: URL; proxy?: URL }

export type ProxySettings = {
  HTTP_PROXY?: string | undefined
  HTTPS_PROXY?: string | undefined
  NO_PROXY?: string | undefined
}

const proxyName = (url: string) => (/^https:/i.test(url) ? 'HTTPS_PROXY' : 'HTTP_PROXY')

/**
 * Uses the proxy of the target's scheme, unless `NO_PROXY` names its host. Never uses a proxy for
 * this machine: `localhost` would then mean the proxy's machine.
 */
export function routeTo(url: string, settings: ProxySettings): Route {
  const target = new URL(url)
  const given = settings[proxyName(url)]
  const isDirect = isThisMachine(target) || isLeftOut(target, settings.NO_PROXY ?? '')
  const proxy = given === undefined || isDirect ? undefined : readProxy(given)
  return proxy ? { target, proxy } : { target }
}

/** Name of the setting with the proxy for this URL, if its value is unusable. */
export function unusableProxy(url: string, settings: ProxySettings): string | undefined {
  const name = proxyName(url)
  const given = settings[name]
  return given === undefined || readProxy(given) ? undefined : name
}

/** As usual, a proxy without a scheme is called over plain http. */
function readProxy(text: string): URL | undefined {
  try {
    const url = new URL(text.includes('://') ? text : `http://${text}`)
    const isPlain = url.pathname === '/' && url.search === '' && url.hash === ''
    return /^https?:$/.test(url.protocol) && isPlain ? url : undefined
  } catch {
    return undefined
  }
}

function isThisMachine(url: URL): boolean {
  const host = hostnameOf(url)
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/**
 * As usual: `*`, a name with its subdomains, with or without a leading dot, perhaps with a port.
 */
function isLeftOut(url: URL, noProxy: string): boolean {
  const host = hostnameOf(url)
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true
      const [, name = '', port] = /^\*?\.?(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
      if (port !== undefined && Number(port) !== portOf(url)) return false
      return host === name || host.endsWith(`.${name}`)
    })
}

/** The header with a proxy's name and password, which its URL contains. */
export function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
