// the package comes without types; Hookdesk uses only this part
declare module 'punycode.js' {
  const punycode: { decode(label: string): string }
  export default punycode
}
