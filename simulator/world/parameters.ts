import type {ParameterSpec} from '../scenario.ts'
import type {ParameterValue} from './records.ts'
import type {World} from './world.ts'

/** Returns every declared parameter with the value sent, or its default. */
export function parameterValues(
  world: World,
  sent: Readonly<Record<string, ParameterValue>>
): Record<string, ParameterValue> {
  const declared = Object.entries(world.scenario.project.parameters ?? {})
  return {...Object.fromEntries(declared.map(([name, spec]) => [name, spec.default])), ...sent}
}

/** Returns what CircleCI says of parameters the config does not declare or declares with another type, one a fault. */
export function parameterErrors(
  world: World,
  sent: Readonly<Record<string, ParameterValue>>
): string[] {
  const declared = world.scenario.project.parameters ?? {}
  const unexpected = Object.keys(sent).filter(name => !Object.hasOwn(declared, name))
  const mistyped = Object.entries(sent).flatMap(([name, value]) => {
    const spec = Object.hasOwn(declared, name) ? declared[name] : undefined
    return spec === undefined || accepts(spec, value) ? [] : [typeError(name, spec, value)]
  })
  if (unexpected.length === 0) return mistyped
  return [`Unexpected argument(s): ${unexpected.join(', ')}`, ...mistyped]
}

function accepts(spec: ParameterSpec, value: ParameterValue): boolean {
  if (spec.type === 'enum') return typeof value === 'string' && (spec.enum ?? []).includes(value)
  if (spec.type === 'integer') return Number.isInteger(value)
  return typeof value === spec.type
}

function typeError(name: string, spec: ParameterSpec, value: ParameterValue): string {
  const expected = spec.type === 'enum' ? `enum (${(spec.enum ?? []).join(', ')})` : spec.type
  return `Type error for argument ${name}: expected type: ${expected}, actual value: ${JSON.stringify(value)} (type ${typeof value})`
}
