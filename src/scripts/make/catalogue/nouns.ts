/**
 * The nouns of our own titles. We place every word, so we know its part of speech: whatever is not listed here as
 * something else is a noun or a name, which is how taggers read title case.
 */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  `a an and by for from in of on or the to with without
  anti free friendly proof resistant based certified organic natural non slip
  cruelty paraben sulfate dairy gluten sugar-free easy long lasting dry damaged sensitive fine dark
  soft synthetic human stainless double sided high low heavy duty deep quick fast wide loose slim regular short
  super solid engineered contemporary mid lined mounted ready light blocking efficient saving washable tufted
  required assemble clean carry use install hang eat prepare cancelling charging drying wicking whitening looking aging
  wireless portable smart true mini compact over scented gourmet extra virgin ground mixed roasted dried frozen freeze
  individually wrapped resealable simple artificial no zero fat grass fed perfect new best great updated limited
  every standard classic designed deluxe premium plated braided tempered hands plug play touch genuine faux
  decorative standing round open front casual manual natural volumizing protective facial moisture
  ultra toxic usda gmo bpa soy-free kosher stable plant-based vintage
  black white brown red blue green grey pink yellow royal off polished brushed rubbed antique satin rustic dusty misty
  large medium full mild hot fixed tilting smoked peppered spicy sweet fresh warm cool daylight unscented fl oz x w l`
    .trim()
    .split(/\s+/),
)

/** Lower-cased, in order, duplicates kept. */
export function nounsOf(title: string): readonly string[] {
  return title
    .replaceAll(/['’]s\b/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 1 && !/\d/.test(word) && !OTHER_WORDS.has(word))
}
