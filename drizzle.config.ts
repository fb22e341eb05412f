import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./server/db/desk-schema.ts', './server/*/tables.ts'],
  out: './server/db/migrations',
})
