import {mkdirSync, rmSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {styleText} from 'node:util'
import {
  scenarios,
  startSimulator,
  type Scenario,
  type ScenarioName,
  type Simulator
} from '../../simulator/index.ts'
import {ROOT} from '../runner/action-file.ts'
import {COMMIT, createFolders} from '../runner/environment.ts'
import {runAction, type ActionResult} from '../runner/run-action.ts'
import {logTerminal} from '../runner/terminal.ts'
import {renderPage} from '../summary-page.ts'
import {outputsTable} from './outputs-table.ts'
import {showcaseOf, type Showcase} from './showcase.ts'

/** How to show a scenario. */
export interface ShowOptions {
  readonly scenario: ScenarioName
  readonly debug: boolean
  /** Whether groups keep all their lines. */
  readonly unfold: boolean
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  readonly write: (text: string) => void
  /** Cancels the step when it aborts, as GitHub's "Cancel workflow" does. */
  readonly cancel: AbortSignal
}

/** How many lines of a group stay visible when it is folded. */
const FOLDED_LINES = 12

/** Runs a scenario as a step of a workflow and shows all of it; resolves to the step's exit code. */
export async function showScenario(options: ShowOptions): Promise<number> {
  const {scenario, write} = options
  const showcase = showcaseOf(scenario)
  const title = (text: string): string =>
    options.colour ? styleText('bold', text, {validateStream: false}) : text
  write(`${title(`Scenario ${scenario}`)}: ${scenarios[scenario].description}\n`)
  if (showcase.why !== '') write(`${showcase.why}\n`)
  const folder = freshFolder(scenario)
  const simulator = await startSimulator({scenario: asServer(scenarios[scenario])})
  if (showcase.push === true) {
    simulator.push({revision: COMMIT})
    simulator.startPipeline({revision: COMMIT, ref: {tag: 'v1.8.0'}})
  }
  try {
    const step = await runStep(options, showcase, simulator, folder)
    const paths = await keep(step, folder, scenario)
    const table = outputsTable(step.outputs, options.width)
    write(`\n${title('Outputs')}\n${table.text}`)
    if (table.shortened)
      write(`  Long values are shortened here; ${paths.outputs} has them whole.\n`)
    write(`\n${title('Job summary')}\n`)
    write(
      step.summary === '' ? '  The step wrote none.\n' : `  ${paths.markdown}\n  ${paths.page}\n`
    )
    const seconds = (step.durationMs / 1000).toFixed(1)
    write(`\n${title(verdict(step))} after ${seconds} s, with exit code ${step.exitCode ?? 1}.\n`)
    return step.exitCode ?? 1
  } finally {
    await simulator.stop()
  }
}

/**
 * The simulator is not circleci.com, so to the step it is a CircleCI Server, and a Server has its artifacts on its own
 * host: the token would not be sent to any other. Its main stands at the commit that the harness's push is about.
 */
function asServer(scenario: Scenario): Scenario {
  return {
    ...scenario,
    project: {...scenario.project, revisions: {main: COMMIT}},
    behaviour: {...scenario.behaviour, artifactHost: 'api'}
  }
}

async function runStep(
  options: ShowOptions,
  showcase: Showcase,
  simulator: Simulator,
  folder: string
): Promise<ActionResult> {
  const terminal = logTerminal({
    write: options.write,
    colour: options.colour,
    debug: options.debug,
    ...(options.unfold ? {} : {groupLines: FOLDED_LINES})
  })
  const inputs = {
    token: simulator.token,
    host: simulator.url,
    ...(simulator.slug === 'gh/acme/shop' ? {} : {'project-slug': simulator.slug}),
    ...showcase.inputs
  }
  terminal.show({type: 'text', line: ''})
  terminal.show({type: 'group', title: 'Run OWNER/circleci-pipeline-action@v1'})
  for (const line of withBlock(inputs)) terminal.show({type: 'text', line})
  terminal.show({type: 'endgroup'})
  const control = {
    onLine: terminal.show,
    signalPlan: {when: options.cancel},
    detached: true,
    timeoutMs: 600_000
  }
  const step = await runAction({
    ...control,
    inputs,
    debug: options.debug,
    folders: createFolders(folder)
  })
  terminal.show({type: 'group', title: 'Post Run OWNER/circleci-pipeline-action@v1'})
  await step.post({onLine: control.onLine, detached: true})
  terminal.end()
  return step
}

/** The inputs as a workflow's `with:` has them, the token masked. */
function withBlock(inputs: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(inputs).flatMap(([name, value]) => {
    if (name === 'token') return ['  token: ***']
    if (!value.includes('\n')) return [`  ${name}: ${value}`]
    return [`  ${name}: |`, ...value.split('\n').map(line => `    ${line}`)]
  })
  return ['with:', ...lines]
}

function verdict(step: ActionResult): string {
  if (step.conclusion === 'cancelled') return 'The step was cancelled'
  return step.conclusion === 'success' ? 'The step passed' : 'The step failed'
}

interface KeptPaths {
  readonly outputs: string
  readonly markdown: string
  readonly page: string
}

/** Writes down what GitHub would keep of a step, and says where, relative to the repository. */
async function keep(step: ActionResult, folder: string, scenario: string): Promise<KeptPaths> {
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text)
    return path.posix.join('.demo', scenario, name)
  }
  const page = step.summary === '' ? '' : await renderPage(step.summary, `Job summary: ${scenario}`)
  return {
    outputs: file('outputs.json', `${JSON.stringify(step.outputs, null, 2)}\n`),
    markdown: step.summary === '' ? '' : file('summary.md', step.summary),
    page: page === '' ? '' : file('summary.html', page)
  }
}

function freshFolder(scenario: string): string {
  const folder = path.join(ROOT, '.demo', scenario)
  rmSync(folder, {recursive: true, force: true})
  mkdirSync(folder, {recursive: true})
  return folder
}
