import { createHash } from 'node:crypto'
import path from 'node:path'

import devServer from '@hono/vite-dev-server'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const SERVER_PROGRAMS = {
  main: 'server/main.ts',
  'watch-main': 'server/watch-main.ts',
  'make-template': 'server/make-template.ts',
  'sandbox-main': 'sandbox/main.ts',
  'sandbox-reset': 'sandbox/reset.ts',
}

const shortHash = (file: string) =>
  createHash('sha256')
    .update(path.relative(import.meta.dirname, file))
    .digest('base64url')
    .slice(0, 4)

export default defineConfig(({ command }) => ({
  plugins: [
    react(),
    // in development one port serves both: data through the desk, the rest through Vite
    command === 'serve' &&
      devServer({ entry: 'server/dev.ts', exclude: [/^(?!\/(api|desk|healthz|readyz)(\/|$)).*/] }),
  ],
  server: { port: Number(process.env.PORT ?? 4400), strictPort: true },
  html: { cspNonce: '%NONCE%' },
  // the numbers of lines that Vite adds to these names are a part of every page's bytes
  css: { modules: { generateScopedName: (name, file) => `_${name}_${shortHash(file)}` } },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment)
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        manifest: true,
        target: 'es2022',
        // these know light-dark(), which a translation for older ones would break under Mantine
        cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
        // every picture is a file of its own: the page's policy allows no data: fonts or scripts
        assetsInlineLimit: 0,
        rolldownOptions: {
          output: {
            // one letter less than usual: the first page names some 150 of these files
            chunkFileNames: 'assets/[name]-[hash:7].js',
            assetFileNames: 'assets/[name]-[hash:7][extname]',
            // what every screen needs is one file each, before and after signing in; left alone,
            // every part that a later screen shares would be a file of its own and compress worse
            codeSplitting: {
              groups: [
                { name: 'index', test: /\/src\/main\.tsx$/, priority: 2 },
                { name: 'signed-in', test: /\/src\/app\/signed-in\.tsx$/, priority: 1 },
              ],
            },
          },
        },
      },
    },
    server: {
      consumer: 'server',
      build: {
        outDir: 'dist/server',
        target: 'node20',
        minify: false,
        copyPublicDir: false,
        emptyOutDir: true,
        rolldownOptions: {
          input: SERVER_PROGRAMS,
          output: {
            format: 'es',
            // flat, because files of the server find their neighbours by their own address
            entryFileNames: '[name].js',
            chunkFileNames: 'chunk-[name]-[hash].js',
          },
        },
      },
    },
  },
}))
