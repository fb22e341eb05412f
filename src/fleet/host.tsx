import { Fragment } from 'react'

import { readableHost } from '#contract/address/host-name.ts'

/** A host in readable form; an international one also in the form that is stored and called. */
export function Host({ host }: { host: string }) {
  const readable = readableHost(host)
  if (readable === undefined) return <Dotted host={host} />
  return (
    <span>
      <Dotted host={readable} />{' '}
      <small>
        (<Dotted host={host} />)
      </small>
    </span>
  )
}

/** In a narrow column a host breaks before a dot, not within a word. */
function Dotted({ host }: { host: string }) {
  const [first, ...rest] = host.split('.')
  return (
    <bdi>
      <span>{first}</span>
      {rest.map((part, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same words may occur twice
        <Fragment key={at}>
          <wbr />
          <span>.{part}</span>
        </Fragment>
      ))}
    </bdi>
  )
}

/** The same as plain text. */
export function hostText(host: string): string {
  const readable = readableHost(host)
  return readable === undefined ? host : `${readable} (${host})`
}
