let listen: (serverAt: number) => void = () => {}

/** Says who is told what time it is at the server; every answer brings it along. */
export function onServerTime(listener: typeof listen) {
  listen = listener
}

export function tellServerTime({ headers }: Response) {
  const at = Date.parse(headers.get('date') ?? '')
  if (!Number.isNaN(at)) listen(at)
}
