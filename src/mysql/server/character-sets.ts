/** Character sets and collations of MySQL 8.0 by name (manual, 10.10 Supported Character Sets and Collations). Most are known by name only. */

export interface CharacterSet {
  readonly name: string
  readonly collation: string
  readonly description: string
  /** Bytes of the longest character. */
  readonly maxLength: number
}

export interface Collation {
  readonly name: string
  readonly set: string
  readonly id: number
  readonly isDefault: boolean
  readonly sortLength: number
  readonly pad: 'PAD SPACE' | 'NO PAD'
}

/** Name, its default collation without the name, bytes, description. */
const SETS = `
armscii8 general_ci 1 ARMSCII-8 Armenian
ascii general_ci 1 US ASCII
big5 chinese_ci 2 Big5 Traditional Chinese
binary - 1 Binary pseudo charset
cp1250 general_ci 1 Windows Central European
cp1251 general_ci 1 Windows Cyrillic
cp1256 general_ci 1 Windows Arabic
cp1257 general_ci 1 Windows Baltic
cp850 general_ci 1 DOS West European
cp852 general_ci 1 DOS Central European
cp866 general_ci 1 DOS Russian
cp932 japanese_ci 2 SJIS for Windows Japanese
dec8 swedish_ci 1 DEC West European
eucjpms japanese_ci 3 UJIS for Windows Japanese
euckr korean_ci 2 EUC-KR Korean
gb18030 chinese_ci 4 China National Standard GB18030
gb2312 chinese_ci 2 GB2312 Simplified Chinese
gbk chinese_ci 2 GBK Simplified Chinese
geostd8 general_ci 1 GEOSTD8 Georgian
greek general_ci 1 ISO 8859-7 Greek
hebrew general_ci 1 ISO 8859-8 Hebrew
hp8 english_ci 1 HP West European
keybcs2 general_ci 1 DOS Kamenicky Czech-Slovak
koi8r general_ci 1 KOI8-R Relcom Russian
koi8u general_ci 1 KOI8-U Ukrainian
latin1 swedish_ci 1 cp1252 West European
latin2 general_ci 1 ISO 8859-2 Central European
latin5 turkish_ci 1 ISO 8859-9 Turkish
latin7 general_ci 1 ISO 8859-13 Baltic
macce general_ci 1 Mac Central European
macroman general_ci 1 Mac West European
sjis japanese_ci 2 Shift-JIS Japanese
swe7 swedish_ci 1 7bit Swedish
tis620 thai_ci 1 TIS620 Thai
ucs2 general_ci 2 UCS-2 Unicode
ujis japanese_ci 3 EUC-JP Japanese
utf16 general_ci 4 UTF-16 Unicode
utf16le general_ci 4 UTF-16LE Unicode
utf32 general_ci 4 UTF-32 Unicode
utf8mb3 general_ci 3 UTF-8 Unicode
utf8mb4 0900_ai_ci 4 UTF-8 Unicode`

/** Id and name, with the sort length where it is not 1. */
const SINGLE = `1 big5_chinese_ci, 2 latin2_czech_cs 4, 3 dec8_swedish_ci, 4 cp850_general_ci, 5 latin1_german1_ci, 6 hp8_english_ci,
7 koi8r_general_ci, 8 latin1_swedish_ci, 9 latin2_general_ci, 10 swe7_swedish_ci, 11 ascii_general_ci, 12 ujis_japanese_ci,
13 sjis_japanese_ci, 14 cp1251_bulgarian_ci, 15 latin1_danish_ci, 16 hebrew_general_ci, 18 tis620_thai_ci 4, 19 euckr_korean_ci,
20 latin7_estonian_cs, 21 latin2_hungarian_ci, 22 koi8u_general_ci, 23 cp1251_ukrainian_ci, 24 gb2312_chinese_ci,
25 greek_general_ci, 26 cp1250_general_ci, 27 latin2_croatian_ci, 28 gbk_chinese_ci, 29 cp1257_lithuanian_ci,
30 latin5_turkish_ci, 31 latin1_german2_ci 2, 32 armscii8_general_ci, 33 utf8mb3_general_ci, 34 cp1250_czech_cs 2,
35 ucs2_general_ci, 36 cp866_general_ci, 37 keybcs2_general_ci, 38 macce_general_ci, 39 macroman_general_ci, 40 cp852_general_ci,
41 latin7_general_ci, 42 latin7_general_cs, 43 macce_bin, 44 cp1250_croatian_ci, 45 utf8mb4_general_ci, 46 utf8mb4_bin,
47 latin1_bin, 48 latin1_general_ci, 49 latin1_general_cs, 50 cp1251_bin, 51 cp1251_general_ci, 52 cp1251_general_cs,
53 macroman_bin, 54 utf16_general_ci, 55 utf16_bin, 56 utf16le_general_ci, 57 cp1256_general_ci, 58 cp1257_bin,
59 cp1257_general_ci, 60 utf32_general_ci, 61 utf32_bin, 62 utf16le_bin, 63 binary, 64 armscii8_bin, 65 ascii_bin, 66 cp1250_bin,
67 cp1256_bin, 68 cp866_bin, 69 dec8_bin, 70 greek_bin, 71 hebrew_bin, 72 hp8_bin, 73 keybcs2_bin, 74 koi8r_bin, 75 koi8u_bin,
76 utf8mb3_tolower_ci, 77 latin2_bin, 78 latin5_bin, 79 latin7_bin, 80 cp850_bin, 81 cp852_bin, 82 swe7_bin, 83 utf8mb3_bin,
84 big5_bin, 85 euckr_bin, 86 gb2312_bin, 87 gbk_bin, 88 sjis_bin, 89 tis620_bin, 90 ucs2_bin, 91 ujis_bin, 92 geostd8_general_ci,
93 geostd8_bin, 94 latin1_spanish_ci, 95 cp932_japanese_ci, 96 cp932_bin, 97 eucjpms_japanese_ci, 98 eucjpms_bin,
99 cp1250_polish_ci, 159 ucs2_general_mysql500_ci, 223 utf8mb3_general_mysql500_ci, 248 gb18030_chinese_ci 2, 249 gb18030_bin,
250 gb18030_unicode_520_ci 8, 255 utf8mb4_0900_ai_ci 0, 278 utf8mb4_0900_as_cs 0, 303 utf8mb4_ja_0900_as_cs 0,
304 utf8mb4_ja_0900_as_cs_ks 24, 305 utf8mb4_0900_as_ci 0, 306 utf8mb4_ru_0900_ai_ci 0, 307 utf8mb4_ru_0900_as_cs 0,
308 utf8mb4_zh_0900_as_cs 0, 309 utf8mb4_0900_bin`

/** What each Unicode character set has, one id after the other from its first. */
const OLD_LANGUAGES =
  'unicode icelandic latvian romanian slovenian polish estonian spanish swedish turkish czech danish lithuanian slovak spanish2 roman persian esperanto hungarian sinhala german2 croatian unicode_520 vietnamese'
const OLD_FIRST = { utf16: 101, ucs2: 128, utf32: 160, utf8mb3: 192, utf8mb4: 224 } as const

/** Languages of UCA 9.0.0 that have an id for `ai_ci` and one for `as_cs`. */
const NEW_LANGUAGES: readonly (readonly [languages: string, aiCi: number, asCs: number, step: number])[] = [
  ['de_pb is lv ro sl pl et es sv tr cs da lt sk es_trad la', 256, 279, 1],
  ['eo hr hu vi', 273, 296, 1],
  ['nb nn sr_latn bs bg gl mn_cyrl', 310, 311, 2],
]
/** Ids of the second list, which has gaps. */
const GAPS: Readonly<Record<string, number>> = { eo: 0, hu: 1, hr: 2, vi: 4 }

export const CHARACTER_SETS: readonly CharacterSet[] = SETS.trim()
  .split('\n')
  .map((line) => {
    const [, name = '', collation, length, description = ''] = /^(\w+) (\S+) (\d) (.*)$/.exec(line) ?? []
    return {
      name,
      collation: collation === '-' ? name : `${name}_${collation}`,
      description,
      maxLength: Number(length),
    }
  })

export const COLLATIONS: readonly Collation[] = [
  ...SINGLE.split(/,\s*/).map((each) => {
    const [id, name = '', length = 1] = each.split(' ')
    return collation(name, Number(id), Number(length))
  }),
  ...Object.entries(OLD_FIRST).flatMap(([set, first]) =>
    OLD_LANGUAGES.split(' ').map((language, i) => collation(`${set}_${language}_ci`, first + i, 8)),
  ),
  ...NEW_LANGUAGES.flatMap(([languages, aiCi, asCs, step]) =>
    languages.split(' ').flatMap((language, i) => {
      const place = GAPS[language] ?? i * step
      return [
        collation(`utf8mb4_${language}_0900_ai_ci`, aiCi + place, 0),
        collation(`utf8mb4_${language}_0900_as_cs`, asCs + place, 0),
      ]
    }),
  ),
].sort((a, b) => (a.name < b.name ? -1 : 1))

function collation(name: string, id: number, sortLength: number): Collation {
  const set = name.replace(/_.*/, '')
  const isDefault = CHARACTER_SETS.some((each) => each.collation === name)
  const noPad = name === 'binary' || /_0900_/.test(name)
  return { name, set, id, isDefault, sortLength, pad: noPad ? 'NO PAD' : 'PAD SPACE' }
}
