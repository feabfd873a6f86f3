import {harmless} from '../runner/harmless.ts'

/** A table for the terminal and whether any value in it is shortened. */
export interface OutputsTable {
  readonly text: string
  readonly shortened: boolean
}

/** Renders outputs as a table of names and values, each on one line of at most `width` columns. */
export function outputsTable(
  outputs: Readonly<Record<string, string>>,
  width: number
): OutputsTable {
  const names = Object.keys(outputs)
  const nameWidth = Math.max(0, ...names.map(name => name.length))
  const room = Math.max(20, width - nameWidth - 4)
  const rows = Object.entries(outputs).map(([name, value]) => {
    const cell = shorten(value, room)
    return {line: `  ${name.padEnd(nameWidth)}  ${cell.text}`.trimEnd(), shortened: cell.shortened}
  })
  return {
    text: rows.map(({line}) => `${line}\n`).join(''),
    shortened: rows.some(({shortened}) => shortened)
  }
}

function shorten(value: string, room: number): OutputsTable {
  const lines = value.split('\n')
  const only = harmless(lines.join(' · '))
  if (only.length <= room) return {text: only, shortened: false}
  const size = sizeOf(value, lines)
  return {text: `${only.slice(0, room - size.length - 2)}… ${size}`, shortened: true}
}

function sizeOf(value: string, lines: readonly string[]): string {
  const items = jsonItems(value)
  if (items !== undefined) return `(${items} ${items === 1 ? 'item' : 'items'})`
  if (lines.length > 1) return `(${lines.length} lines)`
  return `(${value.length} characters)`
}

function jsonItems(value: string): number | undefined {
  if (!value.startsWith('[')) return undefined
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed.length : undefined
  } catch {
    return undefined
  }
}
