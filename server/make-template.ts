import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { dumpTemplate } from '#platform/db/pglite.ts'

// the last step of a build: an empty database that first starts copy
writeFileSync(fileURLToPath(new URL('./template.tar.gz', import.meta.url)), await dumpTemplate([]))
