import { Anchor, Code } from '@mantine/core'
import { lexer, type MarkedToken, type Token } from 'marked'
import type { ReactNode } from 'react'

import classes from './markdown.module.css'
import { ScrollBox } from './scroll-box.tsx'

/**
 * A page of the documentation, without its first heading. It is drawn by React: nothing in it becomes
 * markup. Parts that the documentation does not use are shown as their source.
 */
export function Markdown({ text }: { text: string }) {
  const tokens: Token[] = lexer(text)
  if (tokens[0]?.type === 'heading') tokens.shift()
  return (
    <div className={classes.page}>
      {tokens.map((token, index) => (
        <Block key={index} token={token} number={index} />
      ))}
    </div>
  )
}

// marked's own extensions add other tokens; none is used here
const known = (token: Token) => token as MarkedToken

function Block({ token, number }: { token: Token; number: number }) {
  const block = known(token)
  switch (block.type) {
    case 'space':
      return null
    case 'heading':
      return <h2 className={classes.heading}>{inline(block.tokens)}</h2>
    case 'paragraph':
      return <p className={classes.paragraph}>{inline(block.tokens)}</p>
    case 'code':
      return (
        <ScrollBox label={`Part ${number}`} className={classes.code}>
          {block.text}
        </ScrollBox>
      )
    case 'table':
      return (
        <table className={classes.table}>
          <thead>
            <tr>
              {block.header.map(({ tokens, text }) => (
                <th key={text} scope="col">
                  {inline(tokens)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map(([name, ...cells]) => (
              <tr key={name?.text}>
                <th scope="row">{inline(name?.tokens ?? [])}</th>
                {cells.map(({ tokens, text }) => (
                  <td key={text}>{inline(tokens)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    default:
      return <p className={classes.paragraph}>{block.raw}</p>
  }
}

const inline = (tokens: readonly Token[]): ReactNode[] =>
  tokens.map((token, index) => <Inline key={index} token={token} />)

function Inline({ token }: { token: Token }) {
  const part = known(token)
  switch (part.type) {
    case 'codespan':
      return <Code>{part.text}</Code>
    case 'strong':
      return <strong>{inline(part.tokens)}</strong>
    case 'link':
      return (
        <Anchor href={part.href} c="var(--desk-link)" underline="always">
          {inline(part.tokens)}
        </Anchor>
      )
    case 'text':
    case 'escape':
      return <span>{part.text.replaceAll('\n', ' ')}</span>
    default:
      return <span>{part.raw}</span>
  }
}
