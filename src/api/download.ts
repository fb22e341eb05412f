import { ApiError, failureOf } from './failure.ts'
import { whoAsks } from './who-asks.ts'

/** Fetches a file of the desk and saves it. A plain link could not carry the desk's header. */
export async function download(path: string): Promise<void> {
  const response = await fetch(path, { headers: whoAsks('person') }).catch(() => {
    throw unreachable()
  })
  if (!response.ok) throw failureOf(await response.json().catch(() => null), response.status)

  // one that breaks off is no file: half of it would look like all of it
  const file = await response.blob().catch(() => {
    throw unreachable()
  })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  save(file, name ?? 'hookdesk')
}

const unreachable = () =>
  navigator.onLine ? new ApiError('desk_unreachable') : new ApiError('offline')

function save(file: Blob, name: string) {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the browser has taken it over by the next turn
  setTimeout(() => URL.revokeObjectURL(url))
}
