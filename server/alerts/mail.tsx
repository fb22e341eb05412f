import { renderToStaticMarkup } from 'react-dom/server'

import type { NoticeText } from './notice-text.ts'

export type Links = {
  page: string
  settings: string
  /** The reason the person gets it. */
  why: string
}

/** The plain part. Every link stands on a line of its own. */
export function plainMail({ lead, webhooks, more, paragraphs }: NoticeText, links: Links): string {
  const list = webhooks.map(({ where, what, why }) => `- ${where}: ${what}. ${why}`)
  return [
    lead,
    [...list, ...(more ? [`  ${more}`] : [])].join('\n'),
    ...paragraphs,
    `Look at it: ${links.page}`,
    `--\n${links.why}\nChange this: ${links.settings}`,
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** The HTML part: React escapes what people and receivers wrote. Nothing is loaded from elsewhere. */
export function htmlMail(text: NoticeText, links: Links): string {
  return `<!doctype html>${renderToStaticMarkup(<Mail text={text} links={links} />)}`
}

const FONT = 'font-family: system-ui, sans-serif; font-size: 16px; line-height: 1.5'

function Mail({ text, links }: { text: NoticeText; links: Links }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{text.subject}</title>
        <style>{`body { margin: 0 auto; padding: 24px 16px; max-width: 640px; ${FONT} } li { margin: 0 0 12px } small { opacity: .75 } a { overflow-wrap: anywhere }`}</style>
      </head>
      <body>
        <p>{text.lead}</p>
        {text.webhooks.length > 0 && (
          <ul>
            {text.webhooks.map(({ where, what, why }, index) => (
              <li key={index}>
                <strong>{where}</strong>: {what}
                <br />
                <small>{why}</small>
              </li>
            ))}
            {text.more && <li>{text.more}</li>}
          </ul>
        )}
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>
          <a href={links.page}>Look at it in Hookdesk</a>
        </p>
        <hr />
        <p>
          <small>
            {links.why} <a href={links.settings}>Change this</a>
          </small>
        </p>
      </body>
    </html>
  )
}
