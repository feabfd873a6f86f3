import type {CircleCI} from '../circleci/client.ts'
import type {Workflow} from '../circleci/model.ts'
import {errorMessage} from '../base/errors.ts'
import {listedIn} from './workflows.ts'
import {isUnfinished} from '../circleci/statuses.ts'

/** A workflow to cancel, as it is called in the log. */
export type NamedWorkflow = Pick<Workflow, 'id' | 'name'>

/** What became of a pipeline's workflows. */
export interface CancelReport {
  /** Every workflow of the pipeline as listed, each once; `undefined` when they could not be listed. */
  readonly workflows: readonly Workflow[] | undefined
  /** Why they could not be. */
  readonly unlisted: string | undefined
  /** Those of which CircleCI took the cancel. */
  readonly cancelled: readonly NamedWorkflow[]
  /** Why each of the others was not. */
  readonly failed: readonly {readonly workflow: NamedWorkflow; readonly why: string}[]
}

/**
 * Asks CircleCI to cancel every unfinished workflow of a pipeline, all at once; there is no request that cancels a
 * pipeline. Those last `known` as unfinished do not wait for the listing that may add others to them. Cancelling is
 * asynchronous, and asking twice does no harm. Never rejects.
 */
export async function cancelWorkflows(
  circleci: CircleCI,
  pipelineId: string,
  known: readonly NamedWorkflow[],
  signal: AbortSignal
): Promise<CancelReport> {
  const patience = {signal, patienceMs: 2_000, urgent: true}
  const cancelled: NamedWorkflow[] = []
  const failed: {workflow: NamedWorkflow; why: string}[] = []
  const cancel = async (workflow: NamedWorkflow): Promise<void> => {
    try {
      await circleci.cancelWorkflow(workflow.id, patience)
      cancelled.push(workflow)
    } catch (error) {
      failed.push({workflow, why: errorMessage(error)})
    }
  }
  const ids = new Set(known.map(({id}) => id))
  const list = async (): Promise<Pick<CancelReport, 'workflows' | 'unlisted'>> => {
    try {
      const workflows = listedIn(await circleci.workflows(pipelineId, patience))
      const others = workflows.filter(({id, status}) => isUnfinished(status) && !ids.has(id))
      await Promise.all(others.map(cancel))
      return {workflows, unlisted: undefined}
    } catch (error) {
      return {workflows: undefined, unlisted: errorMessage(error)}
    }
  }
  const [listing] = await Promise.all([list(), ...known.map(cancel)])
  // One that had ended by itself was neither cancelled nor a trouble.
  const ended = (listing.workflows ?? []).filter(({status}) => !isUnfinished(status))
  const hadEnded = (id: string): boolean =>
    ended.some(one => one.id === id && one.status !== 'canceled')
  return {
    ...listing,
    cancelled: cancelled.filter(({id}) => !hadEnded(id)),
    failed: failed.filter(({workflow}) => !ended.some(({id}) => id === workflow.id))
  }
}
