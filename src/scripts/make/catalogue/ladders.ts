/**
 * Values that options take, in shelf order. A product offers a stretch or a sample of a ladder; neighbours on a ladder are
 * the near-misses that a shopper has to tell apart.
 */
import type { RandomStream } from '../../../core/random.ts'

const LADDERS = {
  cloth:
    'Black|White|Navy|Dark Blue|Royal Blue|Heather Grey|Charcoal|Wine Red|Burgundy|Olive Green|Army Green|Khaki|Dusty Pink|Light Blue|Coffee Brown|Mustard Yellow|Off White|Teal|Black/White|Navy/Grey',
  leather: 'Black|Brown|Dark Brown|Tan|Cognac|Oxblood|Taupe Suede|Black Patent|Navy Suede|Stone',
  gadget:
    'Black|Matte Black|White|Pearl White|Space Grey|Silver|Midnight Blue|Sky Blue|Rose Gold|Coral|Forest Green|Lilac',
  room: 'Ivory|Cream|Beige|Light Grey|Dark Grey|Charcoal|Sage Green|Emerald|Teal|Navy Blue|Dusty Rose|Rust|Terracotta|Black',
  wood: 'Natural Oak|Light Oak|Walnut|Dark Walnut|Espresso|Rustic Brown|White|Antique White|Black|Grey Wash',
  metal: 'Brushed Nickel|Polished Chrome|Oil Rubbed Bronze|Matte Black|Antique Brass|Satin Gold|Gunmetal',
  lip: 'Nude Rose|Dusty Mauve|Berry Wine|Coral Kiss|Classic Red|Ruby|Plum|Soft Peach|Clear|Bare Beige',
  hair: 'Jet Black|Natural Black|Darkest Brown|Chocolate Brown|Chestnut|Ash Blonde|Honey Blonde|Platinum Blonde|Copper Red|Dark Auburn',
  shade: 'Black|Soft Black|Brown Black|Deep Brown|Navy Ink|Clear',
  letter: 'X-Small|Small|Medium|Large|X-Large|XX-Large|3X-Large',
  plus: 'Small|Medium|Large|X-Large|1X Plus|2X Plus|3X Plus',
  waist:
    '29W x 30L|30W x 30L|30W x 32L|32W x 30L|32W x 32L|34W x 30L|34W x 32L|36W x 32L|36W x 34L|38W x 32L|40W x 34L',
  shirtNeck:
    '14.5" Neck 32"-33" Sleeve|15" Neck 32"-33" Sleeve|15.5" Neck 34"-35" Sleeve|16" Neck 34"-35" Sleeve|17" Neck 36"-37" Sleeve',
  womenShoe: '5.5|6|6.5|7|7.5|8|8.5|9|9.5|10|7 Wide|8 Wide|8.5 Wide|9 Wide',
  menShoe: '7|8|8.5|9|9.5|10|10.5|11|12|13|9 Wide|10 Wide|11 Wide',
  width: 'Narrow|Medium Width|Wide|Extra Wide',
  fit: 'Petite|Regular|Tall|Long',
  sock: 'Shoe Size 4-7|Shoe Size 6-9|Shoe Size 9-12|Shoe Size 12-15',
  bed: 'Twin|Twin XL|Full|Queen|King|California King',
  rug: `2' x 3'|2'6" x 8'|3' x 5'|4' x 6'|5'3" x 7'6"|6' x 9'|8' x 10'|9' x 12'`,
  panel: '42"W x 63"L|52"W x 63"L|52"W x 84"L|52"W x 95"L|52"W x 108"L|70"W x 84"L',
  cushion: '12" x 20"|16" x 16"|18" x 18"|20" x 20"|24" x 24"|26" x 26"',
  bath: '36" x 72"|54" x 78"|70" x 70"|72" x 72"|72" x 78"|78" x 84"',
  inches: '18 Inch|20 Inch|24 Inch|28 Inch|30 Inch|36 Inch|42 Inch|48 Inch',
  frame: '8" x 10"|11" x 14"|12" x 18"|16" x 24"|20" x 30"|24" x 36"',
  pot: '4 Inch|6 Inch|8 Inch|10 Inch|12 Inch|14 Inch',
  depth: '1.5 Inch|2 Inch|3 Inch|4 Inch',
  feet: '1.5 Feet|3 Feet|6 Feet|6.6 Feet|10 Feet|15 Feet|25 Feet',
  screen: '13 Inch|13.3 Inch|14 Inch|15 Inch|15.6 Inch|17.3 Inch',
  phone: '5.4 Inch Phone|6.1 Inch Phone|6.5 Inch Phone|6.7 Inch Phone|6.8 Inch Phone',
  strap: '38mm|40mm|41mm|42mm|44mm|45mm',
  capacity: '5000mAh|10000mAh|20000mAh|26800mAh',
  television: '23"-43"|26"-55"|32"-65"|37"-75"|42"-90"',
  projection: '84 Inch|92 Inch|100 Inch|110 Inch|120 Inch|135 Inch',
  ounces: '4 Ounce|6 Ounce|8 Ounce|10 Ounce|12 Ounce|16 Ounce|32 Ounce',
  fluid: '1.7 Fl Oz|3.4 Fl Oz|6.8 Fl Oz|8 Fl Oz|10.1 Fl Oz|13.5 Fl Oz|16.9 Fl Oz|33.8 Fl Oz',
  drops: '0.5 Fl Oz|1 Fl Oz|1.7 Fl Oz|2 Fl Oz|3.4 Fl Oz',
  ouncePacks:
    '3 Ounce (Pack of 1)|3 Ounce (Pack of 4)|6 Ounce (Pack of 1)|6 Ounce (Pack of 3)|12 Ounce (Pack of 1)|12 Ounce (Pack of 3)|12 Ounce (Pack of 6)|16 Ounce (Pack of 1)|16 Ounce (Pack of 2)',
  poundPacks:
    '1 Pound (Pack of 1)|1 Pound (Pack of 4)|2 Pound (Pack of 1)|2 Pound (Pack of 3)|5 Pound (Pack of 1)|10 Pound (Pack of 1)',
  bottlePacks:
    '5 Fl Oz (Pack of 1)|5 Fl Oz (Pack of 3)|8.5 Fl Oz (Pack of 1)|8.5 Fl Oz (Pack of 2)|16.9 Fl Oz (Pack of 1)|16.9 Fl Oz (Pack of 6)',
  bags: '18 Count (Pack of 1)|20 Count (Pack of 1)|20 Count (Pack of 6)|40 Count (Pack of 1)|100 Count (Pack of 1)',
  counts: '6 Count|12 Count|24 Count|30 Count|50 Count|100 Count',
  pieces: '3 Piece Set|5 Piece Set|8 Piece Set|12 Piece Set|16 Piece Set',
  packs: '1 Pack|2 Pack|3 Pack|4 Pack|6 Pack',
  extension: '12 Inch|14 Inch|16 Inch|18 Inch|20 Inch|22 Inch|24 Inch',
  scent:
    'Lavender|Fresh Linen|Sandalwood|Vanilla Bean|Eucalyptus Mint|Cedar & Sage|Citrus Grove|Unscented|Rose Water|Ocean Mist',
  parfum: 'White Musk|Night Jasmine|Amber Oud|Fig Leaf|Bergamot Tea|Black Orchid',
  tea: 'Jasmine|Classic Green|Mint|Lemon Ginger|Peach|Honey Ginseng|Genmaicha|Pomegranate',
  roast: 'Light Roast|Medium Roast|Medium Dark Roast|Dark Roast|French Vanilla|Hazelnut|Decaf Medium Roast',
  chocolate: 'Sea Salt|Sea Salt Caramel|Almond|Almond Sea Salt|Raspberry|Orange Peel|Mint Crunch|70% Cacao|85% Cacao',
  sweet:
    'Vanilla|Vanilla Almond|Maple Pecan|Cinnamon Raisin|Peanut Butter|Peanut Butter Chocolate|Blueberry|Coconut|Apple Cinnamon',
  savory: 'Original|Sea Salt|Rosemary & Olive Oil|Cracked Pepper|White Cheddar|Jalapeno|Sour Cream & Onion|Everything',
  smoky: 'Original|Teriyaki|Peppered|Sweet & Spicy|Hickory Smoked|Habanero|Black Pepper',
  fruit: 'Mango|Pineapple|Strawberry|Strawberry Banana|Mixed Berry|Tart Cherry|Apple|Peach Mango',
  heat: 'Mild|Medium Heat|Hot|Extra Hot|Garlic|Smoked Chipotle|Pineapple Habanero',
  drink: 'Lemon Lime|Orange|Watermelon|Grape|Fruit Punch|Strawberry Lemonade|Raspberry Lemonade|Variety Pack',
  grind: 'Whole Bean|Ground|Coarse Ground|Espresso Ground',
  pasta: 'Penne|Rotini|Spaghetti|Angel Hair|Fusilli|Elbows',
  soup: 'Tomato Basil|Minestrone|Lentil|Butternut Squash|Black Bean|Spicy Lentil|Potato Leek',
  bulb: 'Warm White|Soft White|Daylight|Cool White',
  bristle: 'Extra Soft|Soft|Medium|Firm',
  plug: 'US Plug|With Adapter|Without Adapter|With Carrying Case',
  mount: 'Fixed|Tilting|Full Motion|Ceiling',
  motif:
    'Autumn Forest|Misty Mountains|Blue Waves|Abstract Lines|Botanical Leaves|City Skyline|Sunflower Field|Marble Swirl',
  height: 'Counter Height 24"|Counter Height 26"|Bar Height 29"|Bar Height 30"',
} as const

export type LadderName = keyof typeof LADDERS

/** Ladders whose neighbours belong together; the others are sampled. */
const STRETCHES: ReadonlySet<LadderName> = new Set([
  'letter',
  'plus',
  'bed',
  'feet',
  'womenShoe',
  'menShoe',
  'waist',
  'rug',
])

/** 2 to 4 values of a ladder, in shelf order; `except` stays out. */
export function drawValues(
  random: RandomStream,
  ladder: LadderName,
  except: readonly string[] = [],
): readonly string[] {
  const all = LADDERS[ladder].split('|').filter((value) => !except.includes(value))
  const wanted = Math.min(all.length, 2 + random.below(3))
  if (STRETCHES.has(ladder)) {
    const from = random.below(all.length - wanted + 1)
    return all.slice(from, from + wanted)
  }
  const chosen = new Set(random.shuffled(all).slice(0, wanted))
  return all.filter((value) => chosen.has(value))
}
