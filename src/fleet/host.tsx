import { readableHost } from '#contract/address/host-name.ts'

/** A host as people read it; an international one with the form it is stored and called under. */
export function Host({ host }: { host: string }) {
  const readable = readableHost(host)
  if (readable === undefined) return <bdi>{host}</bdi>
  return (
    <span>
      <bdi>{readable}</bdi> <small>({host})</small>
    </span>
  )
}

/** The same where only text can stand. */
export function hostText(host: string): string {
  const readable = readableHost(host)
  return readable === undefined ? host : `${readable} (${host})`
}
