import { defineConfig } from 'drizzle-kit'

// `npm run migrate`: of the desk, or with HOOKDESK_PROGRAM=sandbox of the sandbox
const program = process.env.HOOKDESK_PROGRAM === 'sandbox' ? 'sandbox' : 'desk'
const PROGRAMS = {
  desk: {
    schema: ['./server/db/desk-schema.ts', './server/*/tables.ts'],
    out: './server/db/desk-migrations',
  },
  sandbox: { schema: './sandbox/db/tables.ts', out: './sandbox/db/sandbox-migrations' },
}

export default defineConfig({ dialect: 'postgresql', ...PROGRAMS[program] })
