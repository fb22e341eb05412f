// letters without an accent to remove, as people write them who cannot type them
const PLAIN: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
  ŀ: 'l',
}

const LETTERS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g')

/**
 * Removes case and accents, so that "jose" finds "José", "lodz" finds "Łódź", and é sorts beside e.
 */
export const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(LETTERS, (letter) => PLAIN[letter] ?? letter)
