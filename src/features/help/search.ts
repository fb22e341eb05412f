import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

export const helpSearchSchema = z.object({ q: searchText })
