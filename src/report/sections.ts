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

/** A text that is kept whole. */
export function wholeText(text: string, rank = 9): Section {
  return {open: '', items: text === '' ? [] : [text], close: '', noun: 'part', rank}
}

/** One row of a Markdown table, from cells of finished Markdown. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

/** A Markdown table: its rows, and what stands around and above them. */
export interface Table extends Pick<Section, 'noun' | 'rank'> {
  readonly headings: readonly string[]
  readonly rows: readonly string[]
}

/** A table as a section whose items are its rows, under a title of finished Markdown. */
export function table(title: string, {headings, rows, noun, rank}: Table): Section {
  const open = `${title}\n\n${row(...headings)}${row(...headings.map(() => '---'))}`
  return {open, items: rows, close: '\n', noun, rank}
}

/** The same, folded under a summary line. */
export function foldedTable(summary: string, content: Table): Section {
  const inner = table(`<details>\n<summary>${summary}</summary>`, content)
  return {...inner, close: '\n</details>\n\n'}
}

/**
 * Joins sections into one text of at most `limit` bytes of UTF-8. Items are left out whole, so tables, fences and `<details>` stay
 * closed, and a last line says how many of what are missing. A section left without items is left out altogether.
 */
export function fitSections(sections: readonly Section[], limit: number): string {
  const kept = sections.map(({items}) => items.length)
  let excess = byteLength(join(sections)) - (limit - NOTE_BYTES)
  const order = [...sections.entries()].sort(([, a], [, b]) => a.rank - b.rank)
  for (const [index, {items}] of order) {
    let count = items.length
    while (excess > 0 && count > 0) {
      count -= 1
      excess -= byteLength(items[count] ?? '')
    }
    kept[index] = count
  }
  return join(sections, kept) + cutNote(sections, kept)
}

/** Fits several documents into `limit` bytes together: what one does not need the others get, in equal parts. */
export function fitDocuments(documents: readonly (readonly Section[])[], limit: number): string[] {
  const sizes = documents.map(sections => byteLength(join(sections)))
  const fitted: string[] = []
  let left = limit
  let others = documents.length
  for (const [index, size] of [...sizes.entries()].sort(([, a], [, b]) => a - b)) {
    const share = Math.min(size, Math.floor(left / others))
    const sections = documents[index] ?? []
    fitted[index] = size > share ? fitSections(sections, share) : join(sections)
    left -= share
    others -= 1
  }
  return fitted
}

function join(
  sections: readonly Section[],
  kept: readonly number[] = sections.map(({items}) => items.length)
): string {
  return sections
    .map(({open, items, close}, index) => {
      const count = kept[index] ?? 0
      return count === 0 ? '' : open + items.slice(0, count).join('') + close
    })
    .join('')
}

function cutNote(sections: readonly Section[], kept: readonly number[]): string {
  const counts = new Map<string, number>()
  for (const [index, {noun, items}] of sections.entries()) {
    counts.set(noun, (counts.get(noun) ?? 0) + items.length - (kept[index] ?? 0))
  }
  const parts = [...counts]
    .filter(([, count]) => count > 0)
    .map(([noun, count]) => countOf(count, noun))
  return parts.length === 0
    ? ''
    : `\n> \u2702\ufe0f Cut to fit: ${parts.join(', ')}. The \`report\` output has everything.\n`
}

/** Bytes of a text in UTF-8, in which GitHub counts a summary. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
