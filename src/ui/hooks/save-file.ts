/** Offers a file to the browser to save under its name. */
export function saveFile(file: File) {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  // a browser may begin to read it after the press
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
