import { findAction, SELECTABLE_ACTIONS } from '#contract/actions/actions.ts'
import { MAX_RUN_ITEMS } from '#contract/desk/run.ts'
import type { SavedView } from '#contract/desk/views.ts'
import { HEALTH_LABELS } from '#contract/nexudus/health.ts'
import { plural } from '#contract/words/plural.ts'
import { rowSearch, type FleetRow } from '#fleet/fleet.ts'
import { hrefOf, paths } from '#paths'
import { parseSearch } from '#ui/hooks/search-params.ts'
import { fold } from '#ui/text/fold.ts'

/** Something to go to, or to do. */
export type Command = {
  id: string
  label: string
  /** More about it, like the location of a webhook. */
  hint?: string
  /** The keys that do the same. */
  keys?: string
} & ({ href: string } | { switches: { ids: number[]; isOn: boolean } })

export type CommandGroup = { label: string; commands: Command[] }

export type CommandContext = {
  rows: readonly FleetRow[]
  views: readonly SavedView[]
  watches: boolean
  hasSandbox: boolean
  mayEdit: boolean
  mayCreate: boolean
  mayImport: boolean
  isAdministrator: boolean
}

/** A longer list is better narrowed by another letter. */
const SHOWN = 6
const PER_GROUP: { readonly [label: string]: number } = { Pages: 20, Webhooks: 8 }

export type Commands = ReturnType<typeof createCommands>

/** All that can be gone to or done, ready to be searched. */
export function createCommands(context: CommandContext) {
  const { rows, views, mayEdit } = context
  const pages = pagesOf(context)
  const places = grouped(rows, (row) => [String(row.webhook.BusinessId), row.location])
  const hosts = grouped(rows, (row) => [row.host, row.host]).filter(({ key }) => key !== '')

  return {
    /** The commands that a text means, acts first; all pages without one. */
    find(text: string): CommandGroup[] {
      const words = fold(text).split(/\s+/).filter(Boolean)
      const has = (name: string) => isMeant(words, name)
      const meant = pages.filter(({ label, means }) => has(`${label} ${means}`))
      if (words.length === 0) return groups([['Pages', meant]])
      const named = (all: readonly Some[]) => all.filter(({ name }) => has(name))
      const actions = SELECTABLE_ACTIONS.filter(({ label, name }) => has(`${label} ${name}`))
      return groups([
        ['Acts', mayEdit ? actsOf(words, { places, hosts }) : []],
        ['Pages', [...meant, ...runsOf(text.trim())]],
        ['Views', views.map(viewCommand).filter(({ label }) => has(label))],
        ['Webhooks', webhooksOf(text, rows)],
        ['Locations', named(places).map(placeCommand)],
        ['Destinations', named(hosts).map(hostCommand)],
        ['Actions', actions.map(actionCommand)],
      ])
    },

    /** A page, view, webhook, location, destination or action that was used before, if it is there. */
    byId(id: string): Command | undefined {
      const [, kind, key = ''] = /^(\w+) (.*)$/s.exec(id) ?? []
      if (kind === 'page') return pages.find((page) => page.id === id)
      if (kind === 'view') {
        const view = views.find(({ id }) => id === key)
        return view && viewCommand(view)
      }
      if (kind === 'webhook') {
        const row = rows.find(({ webhook }) => String(webhook.Id) === key)
        return row && webhookCommand(row)
      }
      const some = (all: readonly Some[]) => all.find((each) => each.key === key)
      const place = kind === 'location' && some(places)
      if (place) return placeCommand(place)
      const host = kind === 'host' && some(hosts)
      if (host) return hostCommand(host)
      const action = kind === 'action' && findAction(Number(key))
      return action ? actionCommand(action) : undefined
    },
  }
}

const groups = (all: [label: string, commands: Command[]][]): CommandGroup[] =>
  all.flatMap(([label, commands]) =>
    commands.length > 0 ? [{ label, commands: commands.slice(0, PER_GROUP[label] ?? SHOWN) }] : [],
  )

const isMeant = (words: readonly string[], text: string) => {
  const folded = fold(text)
  return words.every((word) => folded.includes(word))
}

type Page = Command & { means: string }

function pagesOf(context: CommandContext): Page[] {
  const { watches, hasSandbox, mayCreate, mayImport, isAdministrator } = context
  const page = (label: string, href: string, means = '', keys?: string): Page => ({
    id: `page ${href}`,
    label,
    href,
    means,
    ...(keys !== undefined && { keys }),
  })
  return [
    ...(watches ? [page('Attention', hrefOf(paths.attention()), 'start incidents', 'g a')] : []),
    page('Webhooks', hrefOf(paths.webhooks()), 'list', 'g w'),
    page('Coverage', hrefOf(paths.coverage()), 'grid gaps', 'g c'),
    page('Destinations', hrefOf(paths.destinations()), 'hosts receivers', 'g d'),
    page('Activity', hrefOf(paths.activity()), 'runs bulk changes history log who changed'),
    ...(mayCreate
      ? [
          page('New webhook', hrefOf(paths.newWebhook()), 'create add', 'n'),
          page('Create several webhooks', hrefOf(paths.fanOut()), 'new fan-out add'),
        ]
      : []),
    ...(mayImport
      ? [page('Import a plan', hrefOf(paths.importPlan()), 'file csv json upload')]
      : []),
    page('Notifications', hrefOf(paths.notifications()), 'settings mail browser feed'),
    ...(isAdministrator
      ? [page('Watch', hrefOf(paths.watch()), 'settings channels slack teams')]
      : []),
    page('Help', hrefOf(paths.help()), 'guide what is how'),
    page('Developers', hrefOf(paths.developers()), 'signature events sandbox'),
    page('Signature', hrefOf(paths.signature()), 'developers verify secret'),
    page('Events', hrefOf(paths.events()), 'developers documentation schema'),
    ...(hasSandbox ? [page('Sandbox', hrefOf(paths.sandbox()), 'receivers mail box')] : []),
  ]
}

const viewCommand = ({ id, name, search, isShared }: SavedView): Command => ({
  id: `view ${id}`,
  label: `View: ${name}`,
  ...(isShared && { hint: 'shared' }),
  href: hrefOf(paths.webhooks(), parseSearch(search)),
})

const webhookCommand = ({ webhook, location, health }: FleetRow): Command => ({
  id: `webhook ${webhook.Id}`,
  label: webhook.Name || `Webhook ${webhook.Id}`,
  hint: `${location} · ${HEALTH_LABELS[health]}`,
  href: hrefOf(paths.webhook(webhook.Id)),
})

/** As many as are shown: of ten thousand, most need not be looked at. */
function webhooksOf(text: string, rows: readonly FleetRow[]): Command[] {
  const isFound = rowSearch(rows, text)
  const found: Command[] = []
  for (const row of rows) {
    if (found.length === PER_GROUP.Webhooks) break
    if (isFound(row)) found.push(webhookCommand(row))
  }
  return found
}

const runsOf = (text: string): Command[] =>
  /^\d{1,9}$/.test(text)
    ? [{ id: `run ${text}`, label: `Run ${text}`, href: hrefOf(paths.run(Number(text))) }]
    : []

type Some = { name: string; key: string; rows: FleetRow[] }

function grouped(rows: readonly FleetRow[], of: (row: FleetRow) => [string, string]): Some[] {
  const found = new Map<string, Some>()
  for (const row of rows) {
    const [key, name] = of(row)
    const known = found.get(key)
    if (known) known.rows.push(row)
    else found.set(key, { key, name, rows: [row] })
  }
  return [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name))
}

const placeCommand = ({ name, key, rows }: Some): Command => ({
  id: `location ${key}`,
  label: name,
  hint: plural(rows.length, 'webhook'),
  href: hrefOf(paths.webhooks(), { locations: key }),
})

const hostCommand = ({ name, rows }: Some): Command => ({
  id: `host ${name}`,
  label: name,
  hint: plural(rows.length, 'webhook'),
  href: hrefOf(paths.webhooks(), { q: name }),
})

const actionCommand = ({ number, label }: { number: number; label: string }): Command => ({
  id: `action ${number}`,
  label,
  hint: 'its webhooks',
  href: hrefOf(paths.webhooks(), { actions: String(number) }),
})

type Places = { places: readonly Some[]; hosts: readonly Some[] }

/** “pause all at shoreditch”: a verb, little words, and what it is done to. */
function actsOf([verb = '', ...rest]: readonly string[], { places, hosts }: Places): Command[] {
  const isPause = verb.length > 2 && 'pause'.startsWith(verb)
  const isResume = verb.length > 2 && 'resume'.startsWith(verb)
  const meant = rest.filter((word) => !LITTLE.has(word))
  if (!(isPause || isResume) || meant.length === 0) return []
  const of = (all: readonly Some[], at: string) =>
    all.flatMap(({ name, key, rows }): Command[] => {
      if (!isMeant(meant, name)) return []
      const ids = rows.flatMap(({ webhook }) => (webhook.Active === isPause ? webhook.Id : []))
      if (ids.length === 0 || ids.length > MAX_RUN_ITEMS) return []
      return [
        {
          id: `act ${at} ${key}`,
          label: `${isPause ? 'Pause' : 'Resume'} all ${at} ${name}`,
          hint: `${plural(ids.length, 'webhook')}, a dry run first`,
          switches: { ids, isOn: isResume },
        },
      ]
    })
  return [...of(places, 'at'), ...of(hosts, 'to')]
}

const LITTLE: ReadonlySet<string> = new Set(['all', 'at', 'to', 'of', 'in', 'the', 'webhooks'])
