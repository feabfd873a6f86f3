import type {Scenario} from '../scenario.ts'
import {commit} from './commit.ts'
import {dynamicConfig} from './dynamic-config.ts'
import {failing} from './failing.ts'
import {autoRerun, flaky} from './flaky.ts'
import {githubApp, githubAppDefinitions, gitlab, oauthAndApp} from './github-app.ts'
import {hostile} from './hostile.ts'
import {huge, slow} from './large.ts'
import {onHold} from './on-hold.ts'
import {passing} from './passing.ts'
import {configError, configErrors, configWarning, noWorkflows, skipCi} from './refused.ts'
import {several} from './several.ts'
import {
  canceled,
  notRun,
  serialGroup,
  superseded,
  unauthorized,
  unknownStatus,
  workflowError
} from './stopped.ts'

/** Every scenario, by name. */
export const scenarios = {
  passing,
  failing,
  'dynamic-config': dynamicConfig,
  'on-hold': onHold,
  flaky,
  'auto-rerun': autoRerun,
  'config-error': configError,
  'config-errors': configErrors,
  'config-warning': configWarning,
  'no-workflows': noWorkflows,
  slow,
  huge,
  'github-app': githubApp,
  'github-app-definitions': githubAppDefinitions,
  'oauth-and-app': oauthAndApp,
  gitlab,
  commit,
  several,
  superseded,
  canceled,
  unauthorized,
  'not-run': notRun,
  'workflow-error': workflowError,
  'serial-group': serialGroup,
  'unknown-status': unknownStatus,
  'skip-ci': skipCi,
  hostile
} satisfies Readonly<Record<string, Scenario>>

/** The name of a scenario. */
export type ScenarioName = keyof typeof scenarios

/** Returns the scenario with this name. */
export function scenarioNamed(name: ScenarioName): Scenario {
  return scenarios[name]
}

/** Says whether there is a scenario with this name. */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name)
}
