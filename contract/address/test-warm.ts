// calls after which Node optimises the caller, and `URL.canParse` begins to answer wrongly
const WARM = 100_000

export const WARM_TIMEOUT_MS = 120_000

// JSON.parse makes strings as they arrive in life; Node treats concatenated ones differently
export const hosts: string[] = JSON.parse('["münchen.example", "café.example", "españa.example"]')
export const addresses: string[] = JSON.parse(
  JSON.stringify(hosts.map((host) => `https://${host}/in`)),
)
export const ascii = hosts.map((host) => new URL(`https://${host}/`).host)

/** UTF-8 read as Latin-1: a control character in the middle of a name. */
const broken = 'a\u00e2\u0080\u008bb.example'
export const brokenAddress = 'https://a\u00e2\u0080\u008bb.example/in'

export const ofAddress = { texts: addresses, broken: brokenAddress }
export const ofHost = { texts: hosts, broken }

export type Parser = {
  name: string
  ask: (text: string) => unknown
  texts: string[]
  answers: unknown[]
  broken: string
  /** Expected answer for the broken host. */
  refusal: unknown
}

/** Calls a parser until Node has optimised it; returns every wrong answer. */
export function wrongWhenWarm({ ask, texts, answers, broken, refusal }: Parser): unknown[] {
  const wrong: unknown[] = []
  for (let call = 0; call < WARM; call += 1) {
    const at = call % texts.length
    const answer = ask(texts[at] ?? '')
    if (answer !== answers[at]) wrong.push(answer)
    const ofBroken = call % 10 === 0 ? ask(broken) : refusal
    if (ofBroken !== refusal) wrong.push(ofBroken)
  }
  return wrong
}
