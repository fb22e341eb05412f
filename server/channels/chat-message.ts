import type { ChannelKind } from '#contract/desk/channels.ts'

import type { NoticeText } from '#server/alerts/notice-text.ts'

type Chat = Exclude<ChannelKind, 'webhook'>

/** `short`: the subject and the link alone, for a chat that found the message too long. */
export type Length = 'whole' | 'short'

type Message = { text: NoticeText; page: string; incidentId: number | null; length: Length }

/**
 * A notice as a chat takes it. Names, hosts and errors in it are other people's words: each chat is
 * given them as plain text, or escaped, so that nothing in them mentions, links or pings anybody.
 */
export const chatMessage = (chat: Chat, message: Message): object => WRITERS[chat](message)

const LINK_LABEL = 'Look at it in Hookdesk'

/** In UTF-16 units, a little below what each chat documents. */
const SLACK_SECTION = 2900
const DISCORD_IN_ALL = 1900
const CARD_TEXT = 20_000

const WRITERS: { readonly [Kind in Chat]: (message: Message) => object } = {
  slack: ({ text, page, length }) => ({
    // for notifications; the blocks say the same
    text: slackEscaped(text.subject),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      slackPlain(text.subject),
      ...(length === 'whole' ? [slackPlain(cutTo(SLACK_SECTION, linesOf(text)))] : []),
      { type: 'section', text: { type: 'mrkdwn', text: `<${page}|${LINK_LABEL}>` } },
    ],
  }),
  discord: ({ text, page, length }) => {
    const end = `\n${page}`
    const lines = [`**${discordEscaped(text.subject)}**`]
    if (length === 'whole') lines.push(...linesOf(text).map(discordEscaped))
    return {
      content: cutTo(DISCORD_IN_ALL - end.length, lines) + end,
      allowed_mentions: { parse: [] },
      // no previews of links
      flags: 4,
    }
  },
  teams: ({ text, page, length }) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            teamsPlain(text.subject, { weight: 'Bolder', size: 'Medium' }),
            ...(length === 'whole'
              ? within(CARD_TEXT, linesOf(text)).map((line) => teamsPlain(line))
              : []),
          ],
          actions: [{ type: 'Action.OpenUrl', title: LINK_LABEL, url: page }],
        },
      },
    ],
  }),
  'google-chat': ({ text, page, incidentId, length }) => ({
    fallbackText: text.subject,
    cardsV2: [
      {
        cardId: 'hookdesk',
        card: {
          header: { title: text.subject },
          sections: [
            {
              widgets: [
                ...(length === 'whole'
                  ? within(CARD_TEXT, linesOf(text)).map((line) => ({
                      textParagraph: { text: htmlEscaped(line) },
                    }))
                  : []),
                {
                  buttonList: {
                    buttons: [{ text: LINK_LABEL, onClick: { openLink: { url: page } } }],
                  },
                },
              ],
            },
          ],
        },
      },
    ],
    ...(incidentId !== null && { thread: { threadKey: `hookdesk-${incidentId}` } }),
  }),
}

function linesOf({ lead, webhooks, more, paragraphs }: NoticeText): string[] {
  const list = webhooks.map(({ where, what, why }) => `• ${where}: ${what}. ${why}`)
  return [lead, ...list, ...(more ? [more] : []), ...paragraphs]
}

/** The first lines that fit, and a mark if others do not. */
function within(most: number, lines: readonly string[]): string[] {
  const kept: string[] = []
  let length = 0
  for (const line of lines) {
    length += line.length + 1
    if (length > most) return [...kept, '…']
    kept.push(line)
  }
  return kept
}

const cutTo = (most: number, lines: readonly string[]) => within(most - 2, lines).join('\n')

const slackPlain = (text: string) => ({
  type: 'section',
  text: { type: 'plain_text', text, emoji: false },
})

const slackEscaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const htmlEscaped = (text: string) => slackEscaped(text).replaceAll('"', '&quot;')

/** Discord makes a link of every text with a scheme, unless something stands in it. */
const discordEscaped = (text: string) =>
  text.replaceAll(/[\\*_~`|<>#[\]()@:-]/g, (sign) => `\\${sign}`).replaceAll('://', ':/\u200B/')

const teamsPlain = (text: string, style: object = {}) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...style }],
})
