import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./server/db/desk-schema.ts', './{server,sandbox}/*/tables.ts'],
  out: './platform/db/migrations',
})
