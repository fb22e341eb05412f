// the package comes without types; only this of it is used
declare module 'punycode.js' {
  const punycode: { decode(label: string): string }
  export default punycode
}
