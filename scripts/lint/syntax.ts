import {pathToFileURL} from 'node:url'
import {FeatureFlags} from '@actions/expressions/features'
import {validate} from '@actions/languageservice'
import {TextDocument} from 'vscode-languageserver-textdocument'
import type {Problem} from './workflow-lint.ts'

/** GitHub has background steps since June 2026, and its language service knows them only when asked to. */
const featureFlags = new FeatureFlags({allowBackgroundSteps: true})

/** Checks an action.yml or a workflow with GitHub's own language service; the name tells which it is. */
export async function lintSyntax(name: string, text: string): Promise<Problem[]> {
  const uri = pathToFileURL(name).href
  const found = await validate(TextDocument.create(uri, 'yaml', 0, text), {featureFlags})
  return found.map(({range, message}) => ({
    line: range.start.line + 1,
    column: range.start.character + 1,
    message: typeof message === 'string' ? message : message.value
  }))
}
