/**
 * The only way to find out whether a text is a URL. Never call `URL.canParse`: Node 20 and 22
 * answer wrongly for texts of Latin-1 letters, such as `https://münchen.example/`, once the calling
 * code is optimised. `URL.parse` is missing from Node 20.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
