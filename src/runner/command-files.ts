import {accessSync, constants, statSync} from 'node:fs'

import {ActionError, errorMessage} from '../base/errors.ts'
import type {Environment} from './context.ts'

/**
 * Finds out whether the files that GitHub names for a step's words to it are there and can be written, before the step
 * does anything that it could not tell of. A variable that is not set is fine: @actions/core then prints commands, as
 * old runners want it. Throws an `ActionError` that names the variable and the file.
 */
export function checkCommandFiles(env: Environment, {summary}: {readonly summary: boolean}): void {
  for (const name of [
    'GITHUB_OUTPUT',
    'GITHUB_STATE',
    ...(summary ? ['GITHUB_STEP_SUMMARY'] : [])
  ]) {
    const path = env[name] ?? ''
    const why = path === '' ? undefined : problemOf(path)
    if (why === undefined) continue
    throw new ActionError(
      'input',
      `${name} names ${path}, which this step cannot write to (${why}): nothing was triggered. GitHub's runner creates that file for every step; when the step runs in a container, it must be mounted there${name === 'GITHUB_STEP_SUMMARY' ? ', or set "summary" to "false"' : ''}.`
    )
  }
}

function problemOf(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK)
    return statSync(path).isDirectory() ? 'it is a folder' : undefined
  } catch (error) {
    return errorMessage(error)
  }
}
