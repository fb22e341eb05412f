import type { ChildProcess } from 'node:child_process'

// @ts-expect-error a plain script, without types: what it answers is said below
import * as scripts from '../scripts/product.mjs'

/** The built product as a person would start it, with its sandbox, on a data folder of its own. */
export type Product = {
  url: string
  sandboxUrl: string
  dataDir: string
  process: ChildProcess
  output: () => string
  kill: (signal?: NodeJS.Signals) => Promise<void>
  stop: () => Promise<void>
}

/** Of calls in a minute: all tests of a worker are the same few accounts. */
export const NO_LIMITS = {
  NEXUDUS_WRITES_PER_MINUTE: '100000',
  NEXUDUS_CALLS_PER_MINUTE: '100000',
}

export const startProduct: (env?: Record<string, string>) => Promise<Product> = scripts.startProduct

/** The stand-in by itself, for desks that are killed while it remembers what they asked. */
export const startSandboxAlone: () => Promise<Omit<Product, 'url'>> = scripts.startSandboxAlone

/** A port nobody uses at this moment. */
export const freePort: () => Promise<number> = scripts.freePort
