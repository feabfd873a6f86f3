import type {CircleCI} from '../circleci/client.ts'
import type {Workflow} from '../circleci/model.ts'
import {errorMessage} from '../errors.ts'
import {isUnfinished} from './rollup.ts'

/** What became of a pipeline's workflows. */
export interface CancelReport {
  /** Every workflow of the pipeline, as it was before. */
  readonly workflows: readonly Workflow[]
  /** Those that were not finished. */
  readonly open: readonly Workflow[]
  readonly cancelled: readonly Workflow[]
  /** Why each of the others was not. */
  readonly failed: readonly {readonly workflow: Workflow; readonly why: string}[]
}

/**
 * Asks CircleCI to cancel every unfinished workflow of a pipeline, all at once; there is no request that cancels a
 * pipeline. Cancelling is asynchronous, and asking twice does no harm. Rejects when the workflows cannot be listed.
 */
export async function cancelWorkflows(
  circleci: CircleCI,
  pipelineId: string,
  signal: AbortSignal
): Promise<CancelReport> {
  const patience = {signal, patienceMs: 2_000, urgent: true}
  const workflows = await circleci.workflows(pipelineId, patience)
  const unfinished = workflows.filter(({id, status}) => id !== '' && isUnfinished(status))
  const open = [...new Map(unfinished.map(workflow => [workflow.id, workflow])).values()]
  const cancelled: Workflow[] = []
  const failed: {workflow: Workflow; why: string}[] = []
  await Promise.all(
    open.map(async workflow => {
      try {
        await circleci.cancelWorkflow(workflow.id, patience)
        cancelled.push(workflow)
      } catch (error) {
        failed.push({workflow, why: errorMessage(error)})
      }
    })
  )
  return {workflows, open, cancelled, failed}
}
