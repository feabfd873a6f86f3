import type {PipelineParameters, Ref} from '../../src/circleci/model.ts'
import {refOfRequest} from '../../src/trigger/intent.ts'
import {OTHER_DEFINITION, OUR_DEFINITION, type Plan} from './plan.ts'
import type {Random} from './random.ts'
import {DEFAULT_BRANCH, ME, type World} from './world.ts'

const KINDS = [
  'push',
  'schedule',
  'other user',
  'other parameters',
  'other definition',
  'other ref',
  'older',
  'nothing alike'
] as const

/** Puts other people's pipelines, and others of ours, among those the run will see, before and during it. */
export function addStrangers(world: World, plan: Plan, random: Random): void {
  for (let count = 0; count < plan.strangers; count += 1) addStranger(world, plan, random)
}

/**
 * Puts pipelines there that were asked for by the very same request, with the same token, at about the same time (each
 * with a request id of its own), and one of which nobody can say whether it was.
 */
export function addTwins(world: World, plan: Plan, random: Random): void {
  const {parameters} = plan.request
  const same = {
    ref: refOfRequest(plan.request),
    parameters: plan.marked ? {...parameters, id: 'ccp-1-1-abcdef-abcdef'} : parameters,
    doubtful: !plan.marked
  }
  for (let count = plan.twins ? random.whole(1, 2) : 0; count > 0; count -= 1) {
    add(world, random, random.between(-2_500, random.pick([2_000, 40_000])), same)
  }
  if (!plan.riddle) return
  add(world, random, random.between(0, 5_000), {
    ...same,
    parameters: withoutId(plan),
    triggerType: 'explicit',
    doubtful: true
  })
}

function addStranger(world: World, plan: Plan, random: Random): void {
  const ref = refOfRequest(plan.request)
  const parameters = withoutId(plan)
  const about = random.between(-90_000, 60_000)
  const tellsDefault = plan.telling.isDefault && plan.telling.values !== 'refused'
  const same = {ref, parameters}
  switch (random.pick(KINDS)) {
    case 'push':
      add(world, random, about, {...same, triggerType: 'webhook'})
      return
    case 'schedule':
      add(world, random, about, {...same, triggerType: 'scheduled_pipeline'})
      return
    case 'other user':
      // While the user's login is not seen in the project's list, anybody's pipeline may be ours.
      add(world, random, about, {...same, login: 'somebody', doubtful: true})
      return
    case 'other parameters':
      if (!plan.declares) return
      add(world, random, about, {ref, parameters: differ(parameters, random), doubtful: true})
      return
    case 'other definition':
      // A request that names none may have made one of any definition.
      if (plan.request.endpoint === 'classic' || plan.request.definitionId === undefined) return
      add(world, random, about, {
        ...same,
        definition: OTHER_DEFINITION,
        doubtful: !plan.telling.definition || plan.telling.values === 'refused'
      })
      return
    case 'other ref':
      add(world, random, about, {
        ref: otherRef(ref ?? {branch: DEFAULT_BRANCH}, random),
        parameters,
        doubtful: ref === undefined && !tellsDefault
      })
      return
    case 'older':
      // Unless it was listed before the trigger, nothing but the clocks says that it is older.
      add(world, random, -random.between(30_000, 90_000), {...same, doubtful: true})
      return
    case 'nothing alike':
      add(world, random, about, {
        ref: {branch: 'elsewhere'},
        parameters: {},
        triggerType: 'webhook',
        login: 'somebody'
      })
  }
}

/** The request's parameters as somebody sends them who uses no request id. */
function withoutId({request, marked}: Plan): PipelineParameters {
  return marked ? {...request.parameters, id: ''} : request.parameters
}

/** `offsetMs`: when it is made, from now. */
function add(
  world: World,
  random: Random,
  offsetMs: number,
  facts: {
    readonly ref: Ref | undefined
    readonly parameters: PipelineParameters
    readonly definition?: string
    readonly triggerType?: string
    readonly login?: string
    readonly doubtful?: boolean
  }
): void {
  const createdAt = world.now() + offsetMs
  const visibleAt = createdAt + random.between(0, 15_000)
  world.add({
    triggerType: 'api',
    login: ME,
    definition: OUR_DEFINITION,
    doubtful: false,
    ...facts,
    createdAt,
    visibleAt,
    ours: false,
    post: 0
  })
}

/** The request's parameters with one changed, given another type, left out or added. */
function differ(sent: PipelineParameters, random: Random): PipelineParameters {
  const name = random.pick(['suite', 'deploy', 'shards'])
  const value = sent[name]
  if (value === undefined) return {...sent, [name]: OTHERS[name] ?? 'other'}
  return random.pick<PipelineParameters>([
    {...sent, [name]: typeof value === 'boolean' ? !value : (OTHERS[name] ?? 'other')},
    {...sent, [name]: typeof value === 'string' ? `${value}!` : `${value}`},
    Object.fromEntries(Object.entries(sent).filter(([other]) => other !== name))
  ])
}

/** Values that neither the request sends nor the config has for defaults. */
const OTHERS: PipelineParameters = {suite: 'slow', deploy: true, shards: 7}

function otherRef(ref: Ref, random: Random): Ref {
  const name = 'tag' in ref ? ref.tag : ref.branch
  return random.pick<Ref>([
    'tag' in ref ? {branch: name} : {tag: name},
    {branch: `${name}-2`},
    {branch: DEFAULT_BRANCH === name ? 'feature/x' : DEFAULT_BRANCH},
    {branch: 'pull/1/head'}
  ])
}
