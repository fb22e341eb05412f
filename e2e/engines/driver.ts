/** The place of a visible element, in pixels of the window. */
type Point = { x: number; y: number }

/** A step of one input device, as WebDriver and WebDriver BiDi both write it. */
export type InputSource = { type: 'pointer' | 'key'; id: string; actions: object[] }

/** The functions that the main job needs. Each engine provides them in its own protocol. */
export type Driver = {
  open: (url: string) => Promise<void>
  /** The value of an expression in the page, which must fit into JSON. */
  evaluate: (expression: string) => Promise<unknown>
  /** Sends real input, as from a mouse and a keyboard. */
  perform: (sources: InputSource[]) => Promise<void>
  close: () => Promise<void>
}

export type Role = 'button' | 'combobox' | 'link' | 'searchbox' | 'switch' | 'textbox'

// only an element that never appears should fail
const LIMIT_MS = 60_000
/** An element must be in the same place this many times: a click would miss a moving one. */
const STILL_LOOKS = 5

/** Acts as a person at that browser: finds elements by role and name, clicks and types. */
export function visit({ open, evaluate, perform, close }: Driver) {
  async function seen<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
    const end = Date.now() + LIMIT_MS
    while (Date.now() < end) {
      const found = await look()
      if (found !== null) return found
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${what} was not seen within ${LIMIT_MS} ms. The page says: ${await text()}`)
  }

  const text = async () => String(await evaluate('document.body.innerText'))

  function find(role: Role, name: string) {
    let [at, looks] = ['', 0]
    return seen(`The ${role} ${name}`, async () => {
      const point = await evaluate(
        `(${pointOf.toString()})(${JSON.stringify(role)}, ${JSON.stringify(name)})`,
      )
      looks = JSON.stringify(point) === at ? looks + 1 : 1
      at = JSON.stringify(point)
      return isPoint(point) && looks >= STILL_LOOKS ? point : null
    })
  }

  const keys = (values: string[]) =>
    perform([
      {
        type: 'key',
        id: 'keyboard',
        actions: values.flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      },
    ])

  async function click(role: Role, name: string) {
    const { x, y } = await find(role, name)
    const button = { button: 0 }
    await perform([
      {
        type: 'pointer',
        id: 'mouse',
        actions: [
          { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', ...button },
          { type: 'pointerUp', ...button },
        ],
      },
    ])
  }

  return {
    open,
    click,
    find,
    close,
    type: (typed: string) => keys(typed.split('')),
    press: (key: keyof typeof KEYS) => keys([KEYS[key]]),
    /** Waits until the page shows the text. */
    reads: (wanted: string) =>
      seen(`“${wanted}”`, async () => ((await text()).includes(wanted) ? true : null)),
  }
}

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = { Enter: '\uE007', Tab: '\uE004' }

const isPoint = (value: unknown): value is Point =>
  typeof value === 'object' && value !== null && 'x' in value && 'y' in value

/**
 * Runs in the page. Finds the first element with this role whose name begins so, scrolls it into
 * view, and returns its middle; `null` while it is missing or covered.
 */
function pointOf(role: string, name: string): Point | null {
  const selectors: Record<string, string> = {
    button: 'button, [role=button]',
    link: 'a[href]',
    textbox: 'input:not([role]), textarea',
    searchbox: 'input[type=search]',
    combobox: '[role=combobox]',
    switch: '[role=switch]',
  }
  const nameOf = (element: Element) => {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
    const label = element.getAttribute('aria-label') ?? labels[0]?.textContent
    return (label ?? element.textContent ?? '').trim()
  }
  for (const element of document.querySelectorAll(selectors[role] ?? role)) {
    if (!nameOf(element).startsWith(name)) continue
    element.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = element.getBoundingClientRect()
    const point = { x: left + width / 2, y: top + height / 2 }
    const above = document.elementFromPoint(point.x, point.y)
    if (above && (element.contains(above) || above.contains(element))) return point
  }
  return null
}
