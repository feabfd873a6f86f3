import {getArtifacts} from './artifacts.ts'
import {getBuild} from './build-page.ts'
import {getPipelineConfig} from './config.ts'
import {continueSetup} from './continue.ts'
import {getDefinition, listDefinitions} from './definitions.ts'
import {getBranches, getFlakyTests, getJobMetrics} from './insights.ts'
import {getTestMetrics} from './insights-tests.ts'
import {getWorkflowMetrics, getWorkflowRuns, getWorkflowSummary} from './insights-workflows.ts'
import {cancelById, cancelByNumber, getJob} from './jobs.ts'
import {listMyPipelines, listPipelines, listProjectPipelines} from './pipeline-lists.ts'
import {getPipeline, getPipelineByNumber, getPipelineWorkflows} from './pipelines.ts'
import {getProject} from './project.ts'
import {getRawError, getRawOutput} from './raw-output.ts'
import {rerun} from './rerun.ts'
import type {Route} from './router.ts'
import {getTests} from './tests.ts'
import {runPipeline, triggerPipeline} from './trigger.ts'
import {getCollaborations, getMe} from './user.ts'
import {getPipelineValues} from './values.ts'
import * as v3jobs from './v3/jobs.ts'
import * as v3runs from './v3/runs.ts'
import * as v3workflows from './v3/workflows.ts'
import {approve, cancel, getWorkflow, getWorkflowJobs} from './workflows.ts'

const output = '/api/private/output/raw/:slug/:number'
const insights = '/api/v2/insights/:slug'

/** Every operation the simulator has. Where two patterns fit a path, the first counts. */
export const routes: readonly Route[] = [
  {method: 'GET', pattern: '/api/v2/me', handler: getMe},
  {method: 'GET', pattern: '/api/v2/me/collaborations', handler: getCollaborations},
  {method: 'GET', pattern: '/api/v2/pipeline', handler: listPipelines},
  {method: 'POST', pattern: '/api/v2/pipeline/continue', handler: continueSetup},
  {method: 'GET', pattern: '/api/v2/pipeline/:id', handler: getPipeline},
  {method: 'GET', pattern: '/api/v2/pipeline/:id/workflow', handler: getPipelineWorkflows},
  {method: 'GET', pattern: '/api/v2/pipeline/:id/config', handler: getPipelineConfig},
  {method: 'GET', pattern: '/api/v2/pipeline/:id/values', handler: getPipelineValues},
  {method: 'GET', pattern: '/api/v2/workflow/:id', handler: getWorkflow},
  {method: 'GET', pattern: '/api/v2/workflow/:id/job', handler: getWorkflowJobs},
  {method: 'POST', pattern: '/api/v2/workflow/:id/approve/:request', handler: approve},
  {method: 'POST', pattern: '/api/v2/workflow/:id/cancel', handler: cancel},
  {method: 'POST', pattern: '/api/v2/workflow/:id/rerun', handler: rerun},
  {method: 'POST', pattern: '/api/v2/jobs/:id/cancel', handler: cancelById},
  {
    method: 'POST',
    pattern: '/api/v2/project/:provider/:organization/:project/pipeline/run',
    handler: runPipeline
  },
  {method: 'GET', pattern: '/api/v2/project/:slug', handler: getProject},
  {method: 'POST', pattern: '/api/v2/project/:slug/pipeline', handler: triggerPipeline},
  {method: 'GET', pattern: '/api/v2/project/:slug/pipeline', handler: listProjectPipelines},
  {method: 'GET', pattern: '/api/v2/project/:slug/pipeline/mine', handler: listMyPipelines},
  {method: 'GET', pattern: '/api/v2/project/:slug/pipeline/:number', handler: getPipelineByNumber},
  {method: 'GET', pattern: '/api/v2/project/:slug/job/:number', handler: getJob},
  {method: 'POST', pattern: '/api/v2/project/:slug/job/:number/cancel', handler: cancelByNumber},
  {method: 'GET', pattern: '/api/v2/project/:slug/:number/artifacts', handler: getArtifacts},
  {method: 'GET', pattern: '/api/v2/project/:slug/:number/tests', handler: getTests},
  {
    method: 'GET',
    pattern: '/api/v2/projects/:project/pipeline-definitions',
    handler: listDefinitions
  },
  {
    method: 'GET',
    pattern: '/api/v2/projects/:project/pipeline-definitions/:definition',
    handler: getDefinition
  },
  {method: 'GET', pattern: `${insights}/branches`, handler: getBranches},
  {method: 'GET', pattern: `${insights}/flaky-tests`, handler: getFlakyTests},
  {method: 'GET', pattern: `${insights}/workflows`, handler: getWorkflowMetrics},
  {method: 'GET', pattern: `${insights}/workflows/:workflow`, handler: getWorkflowRuns},
  {method: 'GET', pattern: `${insights}/workflows/:workflow/jobs`, handler: getJobMetrics},
  {method: 'GET', pattern: `${insights}/workflows/:workflow/summary`, handler: getWorkflowSummary},
  {method: 'GET', pattern: `${insights}/workflows/:workflow/test-metrics`, handler: getTestMetrics},
  {method: 'GET', pattern: '/api/v1.1/project/:slug/:number', handler: getBuild},
  {method: 'GET', pattern: `${output}/output/:node/:step`, handler: getRawOutput},
  {method: 'GET', pattern: `${output}/error/:node/:step`, handler: getRawError},
  {method: 'GET', pattern: '/api/v3/projects', handler: v3runs.listProjects},
  {method: 'GET', pattern: '/api/v3/projects/:id', handler: v3runs.getProject},
  {method: 'GET', pattern: '/api/v3/runs', handler: v3runs.listRuns},
  {method: 'POST', pattern: '/api/v3/runs/search', handler: v3runs.searchRuns},
  {method: 'GET', pattern: '/api/v3/runs/:id', handler: v3runs.getRun},
  {method: 'GET', pattern: '/api/v3/workflows', handler: v3workflows.listWorkflows},
  {method: 'GET', pattern: '/api/v3/workflows/:id', handler: v3workflows.getWorkflow},
  {method: 'POST', pattern: '/api/v3/workflows/:id/rerun', handler: v3workflows.rerun},
  {method: 'POST', pattern: '/api/v3/workflows/:id/cancel', handler: v3workflows.cancel},
  {method: 'GET', pattern: '/api/v3/jobs', handler: v3workflows.listJobs},
  {method: 'GET', pattern: '/api/v3/jobs/:id', handler: v3jobs.getJob},
  {method: 'GET', pattern: '/api/v3/jobs/:id/artifacts', handler: v3jobs.getArtifacts},
  {method: 'GET', pattern: '/api/v3/jobs/:id/tests', handler: v3jobs.getTests},
  {method: 'GET', pattern: '/api/v3/jobs/:id/stdout', handler: v3jobs.getStdout},
  {method: 'GET', pattern: '/api/v3/jobs/:id/stdout/condensed', handler: v3jobs.getCondensed},
  {method: 'GET', pattern: '/api/v3/jobs/:id/stderr', handler: v3jobs.getStderr}
]
