/**
 * The only way to find out whether a text is a URL. `URL.canParse` must not be asked: Node 20 and
 * 22 answer it wrongly for texts of Latin-1 letters, such as `https://münchen.example/`, once the
 * calling code is optimised, and `URL.parse` is missing from Node 20.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
