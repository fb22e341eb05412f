import * as z from 'zod/mini'

import { listPageSchema, readList, type ListReading } from '#contract/nexudus/page.ts'
import { tooManyIn } from '#contract/nexudus/pager.ts'
import { Failed } from '#platform/http/failure.ts'

import type { Answer } from './answer.ts'

type Asking = {
  path: string
  /** These only shorten the list: how Nexudus matches them is not documented. */
  filters?: Record<string, string>
  get: (path: string) => Promise<Answer>
}

/** Reads a whole list of Nexudus in an account's name. */
export function listOf<Schema extends z.ZodMiniType<{ Id: number }>>(
  schema: Schema,
  { path, filters = {}, get }: Asking,
): Promise<ListReading<z.output<Schema>>> {
  return readList(schema, {
    async fetchPage({ page, size }) {
      const paging = { page: String(page), size: String(size) }
      const { status, json } = await get(
        `${path}?${new URLSearchParams({ ...paging, ...filters })}`,
      )
      const parsed = z.safeParse(listPageSchema, json)
      if (status === 200 && parsed.success) return parsed.data
      throw new Failed('upstream_error', { reason: 'unknown_answer', upstreamStatus: status })
    },
    tooMany: (error) =>
      error instanceof Failed ? tooManyIn(error.code, error.details.upstreamStatus) : undefined,
  })
}
