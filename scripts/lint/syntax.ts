import {pathToFileURL} from 'node:url'
import {validate} from '@actions/languageservice'
import {TextDocument} from 'vscode-languageserver-textdocument'
import type {Problem} from './workflow-lint.ts'

/** Checks an action.yml or a workflow with GitHub's own language service; the name tells which it is. */
export async function lintSyntax(name: string, text: string): Promise<Problem[]> {
  const uri = pathToFileURL(name).href
  const found = await validate(TextDocument.create(uri, 'yaml', 0, text))
  return found.map(({range, message}) => ({
    line: range.start.line + 1,
    column: range.start.character + 1,
    message: typeof message === 'string' ? message : message.value
  }))
}
