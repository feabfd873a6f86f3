import {Lexer, Parser, type CST, type LineCounter} from 'yaml'

/**
 * The tokens of a YAML text, as the library's own parsers make them first, but bounded: nesting without end overflows
 * the stack, or makes V8 abort the process. `undefined` when it is nested more than `maxDepth` deep.
 */
export function parseTokens(
  text: string,
  maxDepth: number,
  lines?: LineCounter
): readonly CST.Token[] | undefined {
  const parser = new Parser(lines?.addNewLine)
  lines?.addNewLine(0)
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    if (parser.stack.length > maxDepth) return undefined
  }
  return [...tokens, ...parser.end()]
}
