import fc, { type Arbitrary } from 'fast-check'
import type * as z from 'zod/mini'

// values that types allow and people forget: the ends of a range, and texts a database refuses
const ODD_TEXTS = ['', ' ', 'a\0b', '\ud800', '\u0007', '👩‍🚀', 'x'.repeat(5_000), '9'.repeat(20)]
const ODD_NUMBERS = [0, -1, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e300]

/** Values that pass the first check, for routes that look them up. */
type Likely = { texts: readonly string[]; numbers: readonly number[] }

/** Values of a schema's types, which ignore its other rules. */
export function wellTyped(schema: z.ZodMiniType, likely: Likely): Arbitrary<unknown> {
  // the type of every definition, which only this walk over all of them needs
  const def = schema._zod.def as z.core.$ZodTypes['_zod']['def']
  const inner = (of: z.core.$ZodType) => wellTyped(of as z.ZodMiniType, likely)
  switch (def.type) {
    case 'object': {
      const fields = Object.entries(def.shape).map(([name, field]) => [name, inner(field)])
      return fc.record(Object.fromEntries(fields))
    }
    case 'string':
      return fc.oneof(
        fc.constantFrom(...ODD_TEXTS, ...likely.texts),
        fc.constantFrom(...likely.texts),
        fc
          .array(fc.integer({ min: 0, max: 0xff_ff }))
          .map((units) => String.fromCharCode(...units)),
      )
    case 'number':
      return fc.oneof(
        fc.constantFrom(...ODD_NUMBERS),
        fc.constantFrom(...likely.numbers),
        fc.maxSafeInteger(),
      )
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(inner(def.element), { maxLength: 3 })
    case 'optional':
      return fc.option(inner(def.innerType), { nil: undefined })
    case 'nullable':
      return fc.option(inner(def.innerType))
    case 'union':
      return fc.oneof(...def.options.map(inner))
    case 'literal':
      return fc.constantFrom(...def.values)
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries))
    case 'pipe':
      return inner(def.in)
    default:
      throw new Error(`No values are known for ${def.type}`)
  }
}
