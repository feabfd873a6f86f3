import {countOf} from '../base/text.ts'

/** A part of a document made of whole items between an opening and a closing. */
export interface Section {
  readonly open: string
  readonly items: readonly string[]
  readonly close: string
  /** What one item is, in the singular: `artifact`. */
  readonly noun: string
  /** Sections with a low rank give up items first; they give up their last items first. */
  readonly rank: number
}

/** Room for the line that says what was cut. */
const NOTE_BYTES = 2000

/**
 * Joins sections into one text of at most `limit` bytes of UTF-8. Items are left out whole, so tables, fences and `<details>` stay
 * closed, and a last line says how many of what are missing. A section left without items is left out altogether.
 */
export function fitSections(sections: readonly Section[], limit: number): string {
  const kept = sections.map(({items}) => items.length)
  let excess = byteLength(join(sections, kept)) - (limit - NOTE_BYTES)
  const order = [...sections.keys()].sort((a, b) => rankOf(sections, a) - rankOf(sections, b))
  for (const index of order) {
    const items = sections[index]?.items ?? []
    let count = items.length
    while (excess > 0 && count > 0) {
      count -= 1
      excess -= byteLength(items[count] ?? '')
    }
    kept[index] = count
  }
  const dropped = sections.map(({items, noun}, index) => ({
    noun,
    count: items.length - (kept[index] ?? 0)
  }))
  return join(sections, kept) + cutNote(dropped)
}

function rankOf(sections: readonly Section[], index: number): number {
  return sections[index]?.rank ?? 0
}

function join(sections: readonly Section[], kept: readonly number[]): string {
  return sections
    .map(({open, items, close}, index) => {
      const count = kept[index] ?? 0
      return count === 0 ? '' : open + items.slice(0, count).join('') + close
    })
    .join('')
}

function cutNote(dropped: readonly {noun: string; count: number}[]): string {
  const counts = new Map<string, number>()
  for (const {noun, count} of dropped) counts.set(noun, (counts.get(noun) ?? 0) + count)
  const parts = [...counts]
    .filter(([, count]) => count > 0)
    .map(([noun, count]) => countOf(count, noun))
  return parts.length === 0
    ? ''
    : `\n> ✂️ Cut to fit: ${parts.join(', ')}. The \`report\` output has everything.\n`
}

/** Bytes of a text in UTF-8, in which GitHub counts a summary. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
