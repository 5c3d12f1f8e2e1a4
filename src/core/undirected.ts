/** Text from outside as it can stand in a sentence: without the marks that turn the direction of what follows them. */
export function undirected(text: string): string {
  return text.replace(/\p{Bidi_C}/gu, '')
}
