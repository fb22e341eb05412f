/** Hands a text to the browser as a file to keep. */
export function saveFile(name: string, text: string, type: string) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // a browser may begin to read it after the press
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
