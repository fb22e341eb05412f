import { expect, test } from 'vitest'

import { chatMessageIn } from './chat-message.ts'

const LINK = 'http://localhost:4400/?incident=7'

test.each([
  {
    chat: 'Slack',
    body: {
      text: 'Stopped: &lt;a&gt;',
      blocks: [
        { type: 'section', text: { type: 'plain_text', text: 'Stopped: <a>' } },
        { type: 'section', text: { type: 'plain_text', text: 'One\nTwo' } },
        { type: 'section', text: { type: 'mrkdwn', text: `<${LINK}|Look>` } },
      ],
    },
  },
  {
    chat: 'Discord',
    body: { content: `**Stopped\\: \\<a\\>**\nOne\nTwo\n${LINK}`, allowed_mentions: { parse: [] } },
  },
  {
    chat: 'Microsoft Teams',
    body: {
      attachments: [
        {
          content: {
            body: ['Stopped: <a>', 'One', 'Two'].map((text) => ({ inlines: [{ text }] })),
            actions: [{ url: LINK }],
          },
        },
      ],
    },
  },
  {
    chat: 'Google Chat',
    body: {
      cardsV2: [
        {
          card: {
            header: { title: 'Stopped: <a>' },
            sections: [
              {
                widgets: [
                  { textParagraph: { text: 'One' } },
                  { textParagraph: { text: 'Two' } },
                  { buttonList: { buttons: [{ onClick: { openLink: { url: LINK } } }] } },
                ],
              },
            ],
          },
        },
      ],
    },
  },
])('a message for $chat is read as its people see it', ({ chat, body }) => {
  const lines = ['Stopped: <a>', 'One', 'Two']
  expect(chatMessageIn(JSON.stringify(body))).toEqual({ chat, lines, link: LINK })
})

test.each(['', 'no JSON', '{}', '[]', '{"Webhook":{"Id":1}}', 'null'])(
  '%j is no message',
  (body) => {
    expect(chatMessageIn(body)).toBeUndefined()
  },
)

test('a link that is no page is not followed', () => {
  const body = { content: 'Hello\njavascript:alert(1)', allowed_mentions: {} }
  expect(chatMessageIn(JSON.stringify(body))?.link).toBeUndefined()
})
