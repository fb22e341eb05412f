import { SHOREDITCH, uniqueName } from '#tools/network.mjs'

/** A link that fills in the whole form, for tests of what happens after that. */
export function prefillLink(values: Record<string, string | number> = {}) {
  const name = uniqueName()
  const url = `https://receiver.example.com/${name.replace(' ', '-')}`
  // the list beside it shows only webhooks with this name
  const search = { location: SHOREDITCH.id, action: 6, url, name, q: name, ...values }
  const params = Object.entries(search).map(([key, value]): [string, string] => [key, `${value}`])
  return { name: search.name, url: search.url, search: `?${new URLSearchParams(params)}` }
}
