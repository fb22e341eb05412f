import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * Finds the programs of these names on the PATH, by name and then by folder.
 *
 * @param {string[]} names
 */
export function programsOnPath(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .filter((program) => existsSync(program))
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
export const programOnPath = (name) => programsOnPath(name)[0]
