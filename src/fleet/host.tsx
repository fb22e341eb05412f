import { readableHost } from '#contract/address/host-name.ts'

/** A host in readable form; an international one also in the form that is stored and called. */
export function Host({ host }: { host: string }) {
  const readable = readableHost(host)
  if (readable === undefined) return <bdi>{host}</bdi>
  return (
    <span>
      <bdi>{readable}</bdi> <small>({host})</small>
    </span>
  )
}

/** The same as plain text. */
export function hostText(host: string): string {
  const readable = readableHost(host)
  return readable === undefined ? host : `${readable} (${host})`
}
