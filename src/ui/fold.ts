/** Without case and accents, so that "jose" finds "José" and é sorts beside e. */
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
