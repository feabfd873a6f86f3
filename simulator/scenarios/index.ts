import type {Scenario} from '../scenario.ts'
import {failing} from './failing.ts'
import {passing} from './passing.ts'

/** Every scenario, by name. */
export const scenarios = {
  passing,
  failing
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
