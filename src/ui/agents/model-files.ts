/** Which files are language models. */

/** What lies in a folder beside the weights, as Hugging Face calls it. */
const BESIDE = /^(?:README\.md|(?:generation_)?config\.json|tokenizer(?:_config)?\.json|special_tokens_map\.json)$/i

/** A zip is one; and so are weights, with the files that make a folder of them. */
export function languageModels(files: readonly File[]): readonly (readonly File[])[] {
  const zips = files.filter(({ name }) => /\.zip$/i.test(name))
  const weights = files.filter(({ name }) => /\.safetensors$/i.test(name))
  const folder = weights.length === 0 ? [] : [...weights, ...files.filter(({ name }) => BESIDE.test(name))]
  return [...zips.map((zip) => [zip]), ...(folder.length === 0 ? [] : [folder])]
}
