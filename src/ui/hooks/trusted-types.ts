type Policy = {
  createHTML: (text: string) => string
  createScriptURL: (url: string) => string
}

/** The only script that a page starts by its address: the worker that shows notices. */
export const PUSH_WORKER = '/push-worker.js'

declare global {
  var trustedTypes: { createPolicy: (name: string, policy: Policy) => unknown } | undefined
}

/**
 * The page's policy lets no string become markup or code. Mantine writes its generated styles
 * through `innerHTML`; those contain no `<`, and every text that does is refused.
 */
export function installTrustedTypes() {
  globalThis.trustedTypes?.createPolicy('default', {
    createHTML(text) {
      if (text.includes('<')) throw new TypeError('Markup from a string is refused')
      return text
    },
    createScriptURL(url) {
      if (url !== PUSH_WORKER) throw new TypeError('A script by its address is refused')
      return url
    },
  })
}
