import { queryOptions } from '@tanstack/react-query'

import { request } from '#api/request.ts'
import { contactsSchema, type ContactChange } from '#contract/desk/contacts.ts'

const path = '/desk/contacts'

export const contactQueries = {
  list: () =>
    queryOptions({
      queryKey: ['contacts'],
      queryFn: ({ signal }) => request(contactsSchema, path, { signal }),
    }),
}

export const saveContact = (body: ContactChange) =>
  request(contactsSchema, path, { method: 'PUT', body })
