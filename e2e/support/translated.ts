import type { Page } from '@playwright/test'

/**
 * Does to an open page what a translating browser does: wraps every text in
 * `<font><font>…</font></font>`, later texts too, except the contents of form fields and the
 * document's head.
 */
export async function translate(page: Page) {
  await page.evaluate(() => {
    const skipped = new Set(['SCRIPT', 'STYLE', 'TEXTAREA', 'TITLE', 'FONT', 'OPTION'])
    const wrapAll = () => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const texts: Node[] = []
      while (walker.nextNode()) texts.push(walker.currentNode)
      for (const text of texts) {
        const parent = text.parentNode
        if (!parent || skipped.has(parent.nodeName) || !text.nodeValue?.trim()) continue
        const inner = document.createElement('font')
        const outer = document.createElement('font')
        outer.append(inner)
        parent.replaceChild(outer, text)
        inner.append(text)
      }
    }
    wrapAll()
    new MutationObserver(wrapAll).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    })
  })
}
