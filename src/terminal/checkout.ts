import {execFile} from 'node:child_process'
import {promisify} from 'node:util'

import {ActionError, errorMessage} from '../base/errors.ts'
import {placeOf, type Surroundings} from './surroundings.ts'

const run = promisify(execFile)

/**
 * What the Git checkout in a folder tells: its branch, its commit, and the repository it was cloned from. Throws an
 * `ActionError` when there is none, when no branch is checked out, and when its commits were not pushed: CircleCI would
 * build something else than what is here.
 */
export async function checkoutOf(folder: string): Promise<Surroundings> {
  const git = async (...args: string[]): Promise<string> => {
    const {stdout} = await run('git', args, {cwd: folder, timeout: 30_000})
    return stdout.trim()
  }
  const ask = async (problem: string, ...args: string[]): Promise<string> => {
    try {
      return await git(...args)
    } catch (error) {
      throw new ActionError(
        'input',
        `--here ${problem} (${errorMessage(error).split('\n')[0] ?? ''}).`
      )
    }
  }
  const commit = await ask('finds no commit of a Git checkout', 'rev-parse', 'HEAD')
  const branch = await ask('finds no branch checked out', 'symbolic-ref', '--short', 'HEAD')
  const upstream = await ask(
    `cannot tell whether "${branch}" was pushed, as it follows no remote branch: push it with "git push -u"`,
    ...['rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}']
  )
  const ahead = await ask('cannot compare with it', 'rev-list', '--count', `${upstream}..HEAD`)
  if (ahead !== '0') {
    throw new ActionError(
      'input',
      `--here is refused: "${branch}" has ${ahead === '1' ? 'a commit that was' : `${ahead} commits that were`} not pushed to ${upstream}. Push first.`
    )
  }
  const remote = await git('config', '--get', `branch.${branch}.remote`)
  const merge = await git('config', '--get', `branch.${branch}.merge`)
  const place = placeOf(await git('config', '--get', `remote.${remote}.url`).catch(() => undefined))
  return {
    name: undefined,
    repository: place?.repository,
    provider: place?.provider,
    ref: {branch: merge.replace(/^refs\/heads\//, '')},
    commit,
    pullRequest: undefined
  }
}
