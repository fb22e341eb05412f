let listen: (serverAt: number) => void = () => {}

/** Registers the listener that is told the server's time, which comes with every answer. */
export function onServerTime(listener: typeof listen) {
  listen = listener
}

export function tellServerTime({ headers }: Response) {
  const at = Date.parse(headers.get('date') ?? '')
  if (!Number.isNaN(at)) listen(at)
}
