import * as z from 'zod/mini'

/** Instructions for a required field that is empty. */
const EMPTY = new Map<PropertyKey | undefined, string>([
  ['BusinessId', 'Choose a location'],
  ['Action', 'Choose an action'],
  ['Name', 'Enter a name'],
  ['URL', 'Enter the URL that receives the data'],
])

/** Says which rule of the contract a value breaks. */
const issueText: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
    case 'too_small':
      return EMPTY.get(issue.path?.at(-1))
    case 'too_big':
      return issue.origin === 'string'
        ? `Use at most ${issue.maximum.toLocaleString('en')} characters`
        : undefined
    case 'custom':
      return issue.params?.is === 'unstorable'
        ? 'Remove the character that cannot be stored'
        : undefined
    default:
      return undefined
  }
}

/** Gives the rules of the contract, which have no texts, those of this page. */
export const installIssueTexts = () => z.config({ customError: issueText })

/** Says what is wrong with one field's value, if anything. */
export function fieldProblem(
  name: string,
  rule: z.ZodMiniType<string>,
  value: string,
): string | undefined {
  // the text depends on the field's name, so the rule is wrapped in an object
  const { error } = z.safeParse(z.object({ [name]: rule }), { [name]: value })
  return error?.issues[0]?.message
}
