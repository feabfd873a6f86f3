import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {marked, type Token, type Tokens} from 'marked'
import {ROOT} from '../../scripts/runner/action-file.ts'

/** One Markdown file of the repository, read. */
export interface Page {
  /** From the repository's root, with slashes. */
  readonly file: string
  readonly text: string
  /** What the links of its headings end in on GitHub. */
  readonly anchors: ReadonlySet<string>
  /** Targets of links and pictures. */
  readonly links: readonly string[]
  readonly fences: readonly Fence[]
  readonly tables: readonly Table[]
}

export interface Fence {
  readonly language: string
  readonly text: string
}

/** Cells as they are written. */
export interface Table {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Every page people read: those at the root, and all below `docs/`, `examples/` and `.github/`. */
export function readPages(): readonly Page[] {
  const atRoot = readdirSync(ROOT).filter(isMarkdown)
  const below = ['docs', 'examples', '.github'].flatMap(folder =>
    readdirSync(path.join(ROOT, folder), {recursive: true, encoding: 'utf8'})
      .filter(isMarkdown)
      .map(file => `${folder}/${file.replaceAll('\\', '/')}`)
  )
  return [...atRoot, ...below].sort().map(readPage)
}

export function readPage(file: string): Page {
  return parsePage(file, readFileSync(path.join(ROOT, file), 'utf8'))
}

export function parsePage(file: string, text: string): Page {
  const anchors = new Set<string>()
  const links: string[] = []
  const fences: Fence[] = []
  const tables: Table[] = []
  void marked.walkTokens(marked.lexer(text), token => {
    if (isHeading(token)) anchors.add(freeAnchor(anchorOf(plainText(token.tokens)), anchors))
    else if (isTarget(token)) links.push(token.href)
    else if (isCode(token)) fences.push({language: token.lang ?? '', text: token.text})
    else if (isTable(token)) {
      const cells = (row: Tokens.TableCell[]): string[] => row.map(cell => cell.text)
      tables.push({header: cells(token.header), rows: token.rows.map(cells)})
    }
  })
  return {file, text, anchors, links, fences, tables}
}

/** The texts of code spans in a piece of Markdown. */
export function codeSpans(markdown: string): string[] {
  return Array.from(markdown.matchAll(/`([^`]+)`/g), ([, code = '']) => code)
}

function isMarkdown(file: string): boolean {
  return file.endsWith('.md')
}

// GitHub: lower case, no punctuation but hyphens and underscores, a hyphen for each blank.
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
}

function freeAnchor(anchor: string, taken: ReadonlySet<string>): string {
  let free = anchor
  for (let count = 1; taken.has(free); count += 1) free = `${anchor}-${count}`
  return free
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map(token =>
      hasParts(token) ? plainText(token.tokens) : 'text' in token ? String(token.text) : ''
    )
    .join('')
    .replaceAll('&#39;', "'")
}

function hasParts(token: Token): token is Token & {tokens: Token[]} {
  return 'tokens' in token && Array.isArray(token.tokens)
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading'
}

function isTarget(token: Token): token is Tokens.Link | Tokens.Image {
  return token.type === 'link' || token.type === 'image'
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === 'code'
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table'
}
