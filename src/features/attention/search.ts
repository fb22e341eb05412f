import * as z from 'zod/mini'

import { searchText } from '#ui/hooks/search-params.ts'

/** The incident that a notice links to. */
export const attentionSearchSchema = z.object({ incident: searchText })
