/** The prefix of the keys for typed text of every form; all are removed for another person. */
const OURS = 'hookdesk.kept.'

/** Returns `undefined` if the browser has no storage, or if it is full. */
function tryStorage<Result>(act: (storage: Storage) => Result): Result | undefined {
  try {
    return act(sessionStorage)
  } catch {
    return undefined
  }
}

export const keep = (name: string, text: string) =>
  tryStorage((storage) => storage.setItem(OURS + name, text))

export const dropKept = (name: string) => tryStorage((storage) => storage.removeItem(OURS + name))

/** Parses the text that is kept; `undefined` if there is none, or if `parse` cannot read it. */
export function readKept<Result>(
  name: string,
  parse: (kept: unknown) => Result | undefined,
): Result | undefined {
  return tryStorage((storage) => {
    const text = storage.getItem(OURS + name)
    return text === null ? undefined : parse(JSON.parse(text))
  })
}

/** Forgets everything for the next person who signs in. */
export function forgetKept() {
  tryStorage((storage) => {
    for (const name of Object.keys(storage)) if (name.startsWith(OURS)) storage.removeItem(name)
  })
}

/** Shown when a form has restored typed text. */
export const KEPT = 'The page was reloaded. What you typed is here, except a URL with a key in it.'
