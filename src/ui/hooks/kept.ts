/** All that a person has typed begins so, whatever form it is of: it is forgotten with them. */
const OURS = 'hookdesk.kept.'

/** Answers nothing where the browser has no storage, or a full one. */
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

/** What `parse` makes of the text that is kept; nothing where there is none, or none it can read. */
export function readKept<Result>(
  name: string,
  parse: (kept: unknown) => Result | undefined,
): Result | undefined {
  return tryStorage((storage) => {
    const text = storage.getItem(OURS + name)
    return text === null ? undefined : parse(JSON.parse(text))
  })
}

/** For whoever signs in next. */
export function forgetKept() {
  tryStorage((storage) => {
    for (const name of Object.keys(storage)) if (name.startsWith(OURS)) storage.removeItem(name)
  })
}

/** Said where a form has found what was typed into it. */
export const KEPT = 'The page was reloaded. What you typed is here, except a URL with a key in it.'
