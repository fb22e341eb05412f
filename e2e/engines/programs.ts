import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'

/** Waits until a program writes the wanted text to this stream. */
export function said(child: ChildProcess, stream: Readable, wanted: RegExp): Promise<string[]> {
  let output = ''
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const match = wanted.exec(output)
      if (match) resolve([...match])
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended:\n${output}`)))
  })
}

/** Ends a program that was started `detached`, with everything it has started itself. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGKILL')
  await exit
}
