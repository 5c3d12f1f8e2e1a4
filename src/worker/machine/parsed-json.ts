/** Text as JSON; undefined for what is none: whoever reads it says so. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
