import {
  either,
  logNormal,
  normal,
  scaled,
  summarized,
  uniform,
  type Distribution,
  type Random
} from './distribution.ts'

/** One workflow of a pipeline: how long it takes, and how long it took when its history was made. */
export interface WorkflowKind {
  readonly durations: Distribution
  readonly history: Distribution
  /** How many runs the history tells of. */
  readonly runs: number
  /** Whether what is waited for is only a part of such a run. */
  readonly partial?: boolean
}

/** A kind of pipeline that is replayed many times. */
export interface Scenario {
  readonly name: string
  /** The workflows of one project of that kind; each project draws its own. */
  readonly project: (random: Random) => readonly WorkflowKind[]
}

/** Runs in a full history. */
const FULL = 30
/** Runs in a thin one. */
const THIN = 5

/** The Insights figures of CircleCI's developer guide: the mean comes out within 1 %, the standard deviation within 7 %. */
const build = summarized({min: 8796, median: 11_656, p95: 18_856, max: 20_707, crowding: 1})
const ecrGc = summarized({min: 31, median: 46, p95: 72, max: 96, crowding: 2.5})
/** There every figure is 1570: runs that hardly differ. */
const dockerBuild = uniform(1562, 1578)
const erratic = uniform(360, 840)
const bimodal = either(0.4, normal(60, 2.5), normal(720, 7))
/**
 * All workflows there are: CircleCI's reports on software delivery give a median of 3.3 minutes (2023) and a mean of 12
 * to 13 (2022).
 */
const any = logNormal(200, 1.63)

/** A project's own ten minutes (nine to eleven), with a standard deviation of one percent unless told otherwise. */
function steady(random: Random, percent = 1): Distribution {
  const mean = uniform(540, 660)(random)
  return normal(mean, (mean * percent) / 100)
}

/** Runs of which a quarter fails at some moment before their end. */
function fragile(random: Random): Distribution {
  const whole = steady(random)
  return either(0.25, r => r() * whole(r), whole)
}

/** The scenarios the aims are about. */
export const MAIN: readonly Scenario[] = [
  same('`build` of the guide', () => build, FULL),
  same('`ecr_gc` of the guide', () => ecrGc, FULL),
  same('`docker_build` of the guide', () => dockerBuild, FULL),
  same('steady ten minutes', random => steady(random), FULL),
  same('erratic ten minutes', () => erratic, FULL),
  same('fails at 1 min or ends at 12', () => bimodal, FULL),
  same('no history', () => any, 0),
  wrong('history 3x too long', 3, 1),
  wrong('history 3x too short', 1 / 3, 1)
]

/** What else is worth knowing: thin histories, failures at any time, several workflows. */
export const MORE: readonly Scenario[] = [
  same('`build`, 5 runs known', () => build, THIN),
  same('`ecr_gc`, 5 runs known', () => ecrGc, THIN),
  same('`docker_build`, 5 runs known', () => dockerBuild, THIN),
  same('steady, 5 runs known', steady, THIN),
  same('steady, 1 run known', steady, 1),
  same('erratic, 5 runs known', () => erratic, THIN),
  same('1 min or 12, 5 runs known', () => bimodal, THIN),
  same('a quarter fails at any time', fragile, FULL),
  {
    name: 'a rerun from failed',
    project: random => {
      const history = steady(random)
      return [{durations: r => r() * history(r), history, runs: FULL, partial: true}]
    }
  },
  {
    name: 'three workflows at once',
    project: random => [
      workflow(normal(200, 2), FULL),
      workflow(steady(random), FULL),
      workflow(erratic, FULL)
    ]
  }
]

/** Ten minutes that are less and less steady, with a right history and wrong ones: where the limits are. */
export const LIMITS: readonly Scenario[] = [2, 5, 10].flatMap(percent => [
  same(`ten minutes ± ${percent} %`, random => steady(random, percent), FULL),
  wrong(`± ${percent} %, history 3x too long`, 3, percent),
  wrong(`± ${percent} %, history 3x too short`, 1 / 3, percent)
])

/** A scenario whose history is drawn from the same distribution as the runs that are waited for. */
function same(name: string, of: (random: Random) => Distribution, runs: number): Scenario {
  return {name, project: random => [workflow(of(random), runs)]}
}

function workflow(durations: Distribution, runs: number): WorkflowKind {
  return {durations, history: durations, runs}
}

function wrong(name: string, factor: number, percent: number): Scenario {
  return {
    name,
    project: random => {
      const durations = steady(random, percent)
      return [{durations, history: scaled(durations, factor), runs: FULL}]
    }
  }
}
