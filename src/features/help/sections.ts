import { fold } from '#ui/text/fold.ts'

export type Section = { slug: string; title: string; text: string }

/** The parts of a page of the documentation, each under a heading of the second level. */
export const sectionsOf = (page: string): Section[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n')
      return { slug: slugOf(title), title, text: lines.join('\n') }
    })

/** “What a pause loses” is `what-a-pause-loses`. */
const slugOf = (title: string) =>
  fold(title)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** The sections that have every word, those with a word in their title first. */
export function findSections(sections: readonly Section[], text: string): readonly Section[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return sections
  const isTitled = ({ title }: Section) => words.some((word) => fold(title).includes(word))
  const found = sections.filter((section) => {
    const all = fold(`${section.title} ${section.text}`)
    return words.every((word) => all.includes(word))
  })
  return [...found.filter(isTitled), ...found.filter((section) => !isTitled(section))]
}
