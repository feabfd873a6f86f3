import type {JobSpec, PipelineSpec, WorkflowSpec} from '../scenario.ts'

/** Returns a pipeline's configuration, written back from the scenario; hyphens in the keys are CircleCI's own. */
export function configOf({setup, workflows}: PipelineSpec): Record<string, string> {
  const compiled = render(workflows)
  if (setup === undefined) return {source: compiled, compiled}
  const setupConfig = `setup: true\n${render([setup.workflow])}`
  return {
    source: compiled,
    compiled,
    'setup-config': setupConfig,
    'compiled-setup-config': setupConfig
  }
}

function render(workflows: readonly WorkflowSpec[]): string {
  const jobs = workflows
    .flatMap(workflow => workflow.jobs)
    .filter(({type = 'build'}) => type === 'build')
  const lines = [
    'version: 2.1',
    'jobs:',
    ...jobs.flatMap(renderJob),
    'workflows:',
    ...workflows.flatMap(renderWorkflow)
  ]
  return `${lines.join('\n')}\n`
}

function renderJob({name, steps = []}: JobSpec): string[] {
  return [
    `  ${JSON.stringify(name)}:`,
    '    docker: [{image: "cimg/node:24.11"}]',
    '    steps:',
    '      - checkout',
    ...steps.map(
      step => `      - run: ${JSON.stringify({name: step.name, command: step.command ?? 'true'})}`
    )
  ]
}

function renderWorkflow({name, jobs}: WorkflowSpec): string[] {
  return [
    `  ${JSON.stringify(name)}:`,
    '    jobs:',
    ...jobs.map(({name: job, requires = [], type}) => {
      const names = requires.map(entry => (typeof entry === 'string' ? entry : entry.job))
      const settings = {...(type === 'approval' ? {type} : {}), requires: names}
      return `      - ${JSON.stringify({[job]: settings})}`
    })
  ]
}
