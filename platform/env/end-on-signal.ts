/** Ends the process in order when it is asked to. For programs that have no requests to finish. */
export function endOnSignal(close: () => Promise<unknown>) {
  const stop = () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
