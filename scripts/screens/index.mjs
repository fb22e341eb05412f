import { fileOf, SCHEMES_SHOWN } from './kit.mjs'

/** @typedef {{ name: string, caption: string }} Shown */

const STYLE = `
  body { margin: 2rem; font: 16px/1.5 system-ui, sans-serif; background: #ddd; color: #111 }
  section { margin-block-end: 3rem }
  h2 { margin: 0 0 0.5rem; font-size: 1.1rem }
  .pictures { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start }
  figure { margin: 0 }
  img { display: block; max-block-size: 40rem; object-fit: cover; object-position: top;
    border: 1px solid #888 }
  img.wide { inline-size: 40rem }
  img.narrow { inline-size: 16rem }
  figcaption { font-size: 0.8rem }
`

/**
 * One page with all pictures, with the widths and colours of a state side by side.
 *
 * @param {Shown[]} states
 * @param {number[]} widths
 */
export function indexPage(states, widths) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Hookdesk: every screen in every state</title>
<style>${STYLE}</style>
<h1>Hookdesk: every screen in every state</h1>
${states.map((state) => section(state, widths)).join('\n')}
</html>
`
}

/**
 * @param {Shown} state
 * @param {number[]} widths
 */
function section({ name, caption }, widths) {
  const figures = widths.flatMap((width) =>
    SCHEMES_SHOWN.map((scheme) => figure(name, width, scheme)),
  )
  return `<section id="${name}"><h2>${escape(caption)} <small>${name}</small></h2>
<div class="pictures">${figures.join('')}</div></section>`
}

/**
 * @param {string} name
 * @param {number} width
 * @param {string} scheme
 */
function figure(name, width, scheme) {
  const file = fileOf(name, width, scheme)
  const kind = width < 600 ? 'narrow' : 'wide'
  return `<figure><a href="${file}"><img class="${kind}" src="${file}" alt="" loading="lazy"></a>
<figcaption>${width} px, ${scheme}</figcaption></figure>`
}

/** @param {string} text */
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
