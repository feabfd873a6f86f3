import type {Scenario, WorkflowSpec} from './scenario.ts'

/**
 * Refuses a scenario that could not happen: two jobs of a workflow with one name, or a requirement that leads nowhere or
 * in a circle.
 * @throws Error
 */
export function checkScenario({name, pipeline, project}: Scenario): void {
  const others = (project.definitions ?? []).flatMap(({pipeline: own}) => (own ? [own] : []))
  for (const {setup, workflows} of [pipeline, ...others]) {
    for (const workflow of setup === undefined ? workflows : [setup.workflow, ...workflows]) {
      checkWorkflow(`Scenario ${name}, workflow ${workflow.name}`, workflow)
    }
  }
}

function checkWorkflow(where: string, {jobs}: WorkflowSpec): void {
  const waiting = new Map(jobs.map(job => [job.name, requirementsOf(job.requires)]))
  if (waiting.size < jobs.length) throw new Error(`${where}: two jobs have the same name.`)
  for (const [job, requires] of waiting) {
    const missing = requires.find(required => !waiting.has(required))
    if (missing !== undefined) {
      throw new Error(`${where}: job ${job} requires ${missing}, which does not exist.`)
    }
  }
  for (;;) {
    const free = [...waiting].filter(([, requires]) => !requires.some(name => waiting.has(name)))
    for (const [job] of free) waiting.delete(job)
    if (free.length === 0) break
  }
  if (waiting.size > 0) {
    throw new Error(`${where}: ${[...waiting.keys()].join(', ')} require each other.`)
  }
}

function requirementsOf(requires: WorkflowSpec['jobs'][number]['requires'] = []): string[] {
  return requires.map(entry => (typeof entry === 'string' ? entry : entry.job))
}
