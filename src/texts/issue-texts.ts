import * as z from 'zod/mini'

/** What to do about a field of the contract that is empty. */
const EMPTY = new Map<PropertyKey | undefined, string>([
  ['BusinessId', 'Choose a location'],
  ['Action', 'Choose an action'],
  ['Name', 'Enter a name'],
  ['URL', 'Enter the URL that receives the data'],
])

/** Says what is wrong with a value, by the rule of the contract that it breaks. */
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

/** Gives the rules of the contract, which have no words of their own, those of this page. */
export const installIssueTexts = () => z.config({ customError: issueText })

/** Says what is wrong with one field's value, if anything. */
export function fieldProblem(
  name: string,
  rule: z.ZodMiniType<string>,
  value: string,
): string | undefined {
  // the words depend on the field, so the rule is not asked alone
  const { error } = z.safeParse(z.object({ [name]: rule }), { [name]: value })
  return error?.issues[0]?.message
}
