import * as z from 'zod/mini'

/** A message for a chat, as its people would see it: its lines, and where its link leads. */
export type ChatMessage = { chat: string; lines: string[]; link: string | undefined }

const slackSchema = z.object({
  blocks: z.array(z.object({ text: z.object({ type: z.string(), text: z.string() }) })),
})
const discordSchema = z.object({ content: z.string(), allowed_mentions: z.object({}) })
const teamsSchema = z.object({
  attachments: z.array(
    z.object({
      content: z.object({
        body: z.array(z.object({ inlines: z.array(z.object({ text: z.string() })) })),
        actions: z.array(z.object({ url: z.string() })),
      }),
    }),
  ),
})
const googleSchema = z.object({
  cardsV2: z.array(
    z.object({
      card: z.object({
        header: z.object({ title: z.string() }),
        sections: z.array(
          z.object({
            widgets: z.array(
              z.object({
                textParagraph: z.optional(z.object({ text: z.string() })),
                buttonList: z.optional(
                  z.object({
                    buttons: z.array(
                      z.object({ onClick: z.object({ openLink: z.object({ url: z.string() }) }) }),
                    ),
                  }),
                ),
              }),
            ),
          }),
        ),
      }),
    }),
  ),
})

/** Reads what arrived as a message of one of the chats; `undefined` if it is something else. */
export function chatMessageIn(body: string): ChatMessage | undefined {
  const message = messageIn(valueOf(body))
  // anybody may send something to a receiver
  return (
    message && { ...message, link: message.link?.startsWith('http') ? message.link : undefined }
  )
}

function messageIn(value: unknown): ChatMessage | undefined {
  const slack = slackSchema.safeParse(value)
  if (slack.success) {
    const texts = slack.data.blocks.map(({ text }) => text)
    const plain = texts.flatMap(({ type, text }) => (type === 'plain_text' ? text.split('\n') : []))
    const link = texts.findLast(({ type }) => type === 'mrkdwn')?.text
    return { chat: 'Slack', lines: plain, link: /^<([^|>]+)/.exec(link ?? '')?.[1] }
  }
  const discord = discordSchema.safeParse(value)
  if (discord.success) {
    const lines = discord.data.content.split('\n')
    const link = lines.pop()
    return { chat: 'Discord', lines: lines.map(fromMarkdown), link }
  }
  const teams = teamsSchema.safeParse(value)
  if (teams.success) {
    const [card] = teams.data.attachments
    const lines = card?.content.body.map(({ inlines }) => inlines.map(({ text }) => text).join(''))
    return { chat: 'Microsoft Teams', lines: lines ?? [], link: card?.content.actions[0]?.url }
  }
  const google = googleSchema.safeParse(value)
  if (google.success) {
    const card = google.data.cardsV2[0]?.card
    const widgets = card?.sections.flatMap((section) => section.widgets) ?? []
    const texts = widgets.flatMap(({ textParagraph }) =>
      textParagraph ? [fromHtml(textParagraph.text)] : [],
    )
    const link = widgets.flatMap(({ buttonList }) => buttonList?.buttons ?? [])[0]
    return {
      chat: 'Google Chat',
      lines: [card?.header.title ?? '', ...texts],
      link: link?.onClick.openLink.url,
    }
  }
  return undefined
}

function valueOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const fromMarkdown = (text: string) =>
  text
    .replaceAll('\u200B', '')
    .replace(/^\*\*(.*)\*\*$/, '$1')
    .replaceAll(/\\(.)/g, '$1')

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

const fromHtml = (text: string) =>
  text.replaceAll(/&(lt|gt|quot|amp);/g, (_all, name: string) => ENTITIES[name] ?? '')
