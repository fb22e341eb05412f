import { Text } from '@mantine/core'

import { chatMessageIn } from './chat-message.ts'
import classes from './sandbox-page.module.css'

/** A message as the chat would show it, if a chat would. */
export function ChatPreview({ body }: { body: string }) {
  const message = chatMessageIn(body)
  if (!message) return null
  const [title = '', ...lines] = message.lines
  return (
    <blockquote className={classes.chat} aria-label={`As ${message.chat} shows it`}>
      <Text size="xs" c="dimmed">
        As {message.chat} shows it
      </Text>
      <strong>
        <bdi>{title}</bdi>
      </strong>
      {lines.map((line, index) => (
        <p key={index} className={classes.chatLine}>
          <bdi>{line}</bdi>
        </p>
      ))}
      {message.link !== undefined && (
        <a className={classes.link} href={message.link}>
          Look at it in Hookdesk
        </a>
      )}
    </blockquote>
  )
}
