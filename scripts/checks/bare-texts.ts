import { parseSync, type ESTree } from 'vite'

type BareText = { line: number; text: string; why: string }

/** The possible contents of one place in a row of JSX: several, if it depends on a condition. */
type Kind = { text?: boolean; element?: boolean; nothing?: boolean; swaps?: boolean }
type Kid = Kind & { node: ESTree.Node }
type Parent = ESTree.Node | undefined

/**
 * Finds texts in JSX that break on a translated page. A browser that translates wraps every text in
 * elements of its own; React still holds the bare text, and fails when it has to remove it or to
 * insert something before it. So a text beside others needs an element of its own if it, or the
 * item before it, can come and go. `fleeting` are components that sometimes render nothing.
 */
export function findBareTexts(
  fileName: string,
  source: string,
  fleeting: ReadonlySet<string> = new Set(),
): BareText[] {
  const { program } = parseSync(fileName, source)
  const packaged = new Set(
    program.body
      .filter((statement) => statement.type === 'ImportDeclaration')
      .filter(({ source: from }) => /^[^.#]/.test(from.value))
      .flatMap(({ specifiers }) => specifiers.map(({ local }) => local.name)),
  )
  const known = new Set([...program.body].flatMap(namesOf))
  const found: (BareText & { start: number })[] = []
  walk(program, undefined)
  return found

  function walk(node: unknown, parent: Parent): void {
    if (Array.isArray(node)) return node.forEach((part) => walk(part, parent))
    if (!isNode(node)) return undefined
    const isJsx = node.type === 'JSXElement' || node.type === 'JSXFragment'
    const isInner = parent?.type === 'JSXElement' || parent?.type === 'JSXFragment'
    // a fragment within another element belongs to that element's row
    if (node.type === 'JSXElement') check(kidsOf(node), isOurs(node))
    if (node.type === 'JSXFragment' && !isInner) checkRoot(kidsOf(node))
    for (const [name, value] of Object.entries(node)) {
      if (name !== 'parent')
        walk(value, isJsx ? node : parent?.type === 'JSXExpressionContainer' ? undefined : node)
    }
    return undefined
  }

  function checkRoot(kids: Kid[]) {
    for (const kid of kids) if (kid.text) report(kid, 'may come and go with its fragment')
  }

  function check(kids: Kid[], isPassedOn: boolean) {
    if (kids.length < 2 && !isPassedOn) return
    let mover: Kid | undefined
    for (const kid of kids) {
      if (kid.text && (kid.nothing || kid.element)) report(kid, 'comes and goes beside others')
      else if (kid.text && mover) {
        report(kid, `follows what comes and goes (line ${lineOf(mover.node)})`)
      }
      if (kid.nothing || kid.swaps) mover = kid
      else if (!kid.text) mover = undefined
    }
  }

  // children of our own components are placed beside whatever the component renders itself
  function isOurs({ openingElement }: ESTree.JSXElement) {
    const name = nameOf(openingElement.name) ?? ''
    return /^[A-Z]/.test(name) && !packaged.has(name)
  }

  function report({ node }: Kid, why: string) {
    const text = source.slice(node.start, node.end).replaceAll(/\s+/g, ' ').trim()
    if (!found.some((one) => one.start === node.start)) {
      found.push({ start: node.start, line: lineOf(node), text, why })
    }
  }

  function lineOf({ start }: ESTree.Node) {
    return source.slice(0, start).split('\n').length
  }

  function kidsOf({ children }: ESTree.JSXElement | ESTree.JSXFragment): Kid[] {
    return children.flatMap((child): Kid[] => {
      switch (child.type) {
        case 'JSXText':
          return /^\s*\n\s*$/.test(child.value) ? [] : [{ node: child, text: true }]
        case 'JSXFragment':
          return kidsOf(child)
        case 'JSXElement':
          return [{ node: child, ...kindOf(child) }]
        case 'JSXExpressionContainer':
          return child.expression.type === 'JSXEmptyExpression'
            ? []
            : [{ node: child, ...kindOf(child.expression) }]
        default:
          return [{ node: child, text: true, element: true, nothing: true }]
      }
    })
  }

  function kindOf(node: ESTree.Node): Kind {
    switch (node.type) {
      case 'JSXElement': {
        const name = nameOf(node.openingElement.name)
        // e.g. an icon by state: a different component is a different element, which replaces the
        // first
        const swaps = name === undefined || (/^[A-Z]/.test(name) && !known.has(name))
        return { element: true, nothing: name !== undefined && fleeting.has(name), swaps }
      }
      case 'JSXFragment':
        return anyOf(kidsOf(node))
      case 'ParenthesizedExpression':
      case 'TSNonNullExpression':
      case 'TSAsExpression':
        return kindOf(node.expression)
      case 'Literal':
        return node.value === '' || typeof node.value === 'boolean' || node.value === null
          ? { nothing: true }
          : { text: true }
      case 'LogicalExpression':
        if (node.operator === '&&') return { ...kindOf(node.right), nothing: true }
        return anyOf([{ ...kindOf(node.left), nothing: false }, kindOf(node.right)])
      case 'ConditionalExpression': {
        const kind = anyOf([kindOf(node.consequent), kindOf(node.alternate)])
        return { ...kind, swaps: kind.swaps || kind.element }
      }
      case 'Identifier':
        if (node.name === 'undefined') return { nothing: true }
        return isOfNodes(node.name) ? { element: true, nothing: true } : { text: true }
      case 'CallExpression': {
        const callee = calledIn(node.callee)
        if (['map', 'flatMap', 'children'].includes(callee)) return { element: true, nothing: true }
        return callee.startsWith('render') ? { element: true, nothing: true } : { text: true }
      }
      default:
        return { text: true }
    }
  }
}

const isNode = (value: unknown): value is ESTree.Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Only plain names count: the real name behind `Menu.Item` is not looked up. */
const nameOf = (name: ESTree.JSXElementName) =>
  name.type === 'JSXIdentifier' ? name.name : undefined

/** The name of the called function: `map` in `rows.map()`. */
function calledIn(callee: ESTree.Expression | ESTree.Super): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type !== 'MemberExpression') return ''
  return callee.property.type === 'Identifier' ? callee.property.name : ''
}

/** The names that a top-level statement of a file imports or declares. */
function namesOf(statement: ESTree.Statement | ESTree.Directive): string[] {
  switch (statement.type) {
    case 'ImportDeclaration':
      // a type of the same name renders nothing
      return statement.specifiers
        .filter((one) => one.type !== 'ImportSpecifier' || one.importKind !== 'type')
        .map(({ local }) => local.name)
    case 'ExportNamedDeclaration':
      return statement.declaration ? namesOf(statement.declaration) : []
    case 'ExportDefaultDeclaration':
      return 'id' in statement.declaration && statement.declaration.id
        ? namesIn(statement.declaration.id)
        : []
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => namesIn(id))
    default:
      return 'id' in statement && statement.id ? namesIn(statement.id) : []
  }
}

const namesIn = (id: ESTree.Node) => (id.type === 'Identifier' ? [id.name] : [])

/** True for names of values that another component has rendered. */
const isOfNodes = (name: string) => /^(children|icon|outcome|aside|heading)$/.test(name)

const anyOf = (kinds: Kind[]): Kind => ({
  text: kinds.some((kind) => kind.text),
  element: kinds.some((kind) => kind.element),
  nothing: kinds.some((kind) => kind.nothing),
  swaps: kinds.some((kind) => kind.swaps),
})

/** The components of a file that sometimes render nothing. */
export function fleetingIn(source: string): string[] {
  const parts = source.split(/^(?:export )?function (?=[A-Z])/m).slice(1)
  return parts
    .filter((part) => /\breturn null\b|\? null\b|: null\b/.test(part))
    .map((part) => /^\w+/.exec(part)?.[0] ?? '')
}
