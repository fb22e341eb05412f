import { queryOptions } from '@tanstack/react-query'

import { request } from '#api/request.ts'
import { savedSchema, viewsSchema, type NewView, type ViewChange } from '#contract/desk/views.ts'

const path = '/desk/views'

export const viewQueries = {
  list: () =>
    queryOptions({
      queryKey: ['views'],
      queryFn: ({ signal }) => request(viewsSchema, path, { signal }),
    }),
}

export const addView = (body: NewView) => request(savedSchema, path, { method: 'POST', body })

export const changeView = (id: string, body: ViewChange) =>
  request(viewsSchema, `${path}/${id}`, { method: 'PATCH', body })

export const removeView = (id: string) =>
  request(viewsSchema, `${path}/${id}`, { method: 'DELETE' })
