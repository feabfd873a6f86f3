import {InputError} from '../base/errors.ts'
import {editDistance} from '../base/text.ts'
import {DEFAULTS} from './action-defaults.ts'

/** In a name that many letters may be wrong for it to be a mistake, and no name of somebody else's. */
const MAX_DISTANCE = 2

/** The inputs of a step that this action does not have. */
export interface UnknownInputs {
  /** Those that one of its inputs was meant by. */
  readonly mistakes: readonly InputError[]
  /** The names of the others. */
  readonly ignored: readonly string[]
}

/**
 * Looks through the variables of a step for inputs that do not exist. GitHub's runner hands on all that stands under
 * `with:` (`AddInputsToEnvironment` in `Handler.cs` of actions/runner), for that step alone. In a composite action other
 * runners leave there what that one was given: of those what an input of a like name says as well is passed over.
 */
export function unknownInputs(env: Readonly<Record<string, string | undefined>>): UnknownInputs {
  const isInComposite = (env['GITHUB_ACTION_PATH'] ?? '') !== ''
  const mistakes: InputError[] = []
  const ignored: string[] = []
  for (const [variable, value = ''] of Object.entries(env)) {
    const name = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase()
    if (name === undefined || DEFAULTS.has(name)) continue
    const meant = meantBy(name)
    if (meant === undefined) ignored.push(name)
    else if (!isInComposite || value.trim() !== env[`INPUT_${meant.toUpperCase()}`]?.trim()) {
      mistakes.push(new InputError(name, `does not exist: write "${meant}" instead.`))
    }
  }
  return {mistakes, ignored}
}

function meantBy(name: string): string | undefined {
  const [best] = [...DEFAULTS.keys()]
    .map(input => ({
      input,
      distance: bare(input) === bare(name) ? 0 : editDistance(name, input)
    }))
    .toSorted((a, b) => a.distance - b.distance)
  return best !== undefined && best.distance <= MAX_DISTANCE ? best.input : undefined
}

function bare(name: string): string {
  return name.replaceAll(/[-_ ]/g, '')
}
