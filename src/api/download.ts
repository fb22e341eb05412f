import { ApiError, failureOf } from './failure.ts'
import { whoAsks } from './who-asks.ts'

/** Fetches a file from the desk; a plain link cannot send the header that the desk requires. */
export async function download(path: string): Promise<File> {
  const response = await fetch(path, { headers: whoAsks('person') }).catch(() => {
    throw unreachable()
  })
  if (!response.ok) throw failureOf(await response.json().catch(() => null), response.status)

  // an interrupted download fails: half a file would pass for the whole
  const file = await response.blob().catch(() => {
    throw unreachable()
  })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return new File([file], name ?? 'hookdesk', { type: file.type })
}

const unreachable = () =>
  navigator.onLine ? new ApiError('desk_unreachable') : new ApiError('offline')
