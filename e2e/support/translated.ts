import type { Page } from '@playwright/test'

/**
 * Does to a page what a browser does that translates it, for as long as it is open: every text is
 * wrapped in `<font><font>…</font></font>`, the texts that come later, too. Not what the form
 * fields and the head hold.
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
