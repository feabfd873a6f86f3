import fc from 'fast-check'

// fast-check's own units "binary" and "grapheme" take most of a second and 100 MB in every file of tests that uses one,
// for a table of all of Unicode.

interface Length {
  readonly minLength?: number
  readonly maxLength?: number
}

const between = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({min, max}).map(code => String.fromCodePoint(code))

const ascii = between(0x20, 0x7e)

/** Any code point, control characters included, but no half of a surrogate pair. */
const codePoint = fc.oneof(
  ascii,
  between(0, 0xff),
  between(0, 0xd7ff),
  between(0xe000, 0xffff),
  between(0x1_0000, 0x10_ffff)
)

/** What is seen as one character: of one code point or of several. */
const grapheme = fc.oneof(
  {weight: 3, arbitrary: ascii},
  {
    weight: 3,
    arbitrary: codePoint.filter(text => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(text))
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('é', 'e\u0301', '😀', '👍🏽', '👨‍👩‍👧', '🇩🇪', '1️⃣', 'नि', '각', 'ก็')
  }
)

/** Names that every object has, so that a text is no safe key. */
const INHERITED = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', 'key']

const text = (unit: fc.Arbitrary<string>, length: Length): fc.Arbitrary<string> => {
  const {minLength = 0, maxLength = Infinity} = length
  const fitting = INHERITED.filter(name => name.length >= minLength && name.length <= maxLength)
  const drawn = fc.string({...length, unit})
  return fitting.length === 0
    ? drawn
    : fc.oneof({weight: 20, arbitrary: drawn}, fc.constantFrom(...fitting))
}

/** Texts of any code points, as many as `length` says. */
export const anyText = (length: Length = {}): fc.Arbitrary<string> => text(codePoint, length)

/** Texts of characters that can be seen, as many as `length` says; one may have several code points. */
export const anyGraphemes = (length: Length = {}): fc.Arbitrary<string> => text(grapheme, length)
