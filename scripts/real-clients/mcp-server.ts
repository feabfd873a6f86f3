import type {Simulator} from '../../simulator/index.ts'
import type {Check, RealClient} from './client.ts'
import {type RpcProcess, startRpcProcess} from './stdio-rpc.ts'

const name = '@circleci/mcp-server-circleci@0.20.0'

/** CircleCI's own MCP server: https://github.com/CircleCI-Public/mcp-server-circleci */
export const mcpServer: RealClient = {
  name,
  use: async simulator => {
    const server = startRpcProcess(['npx', '--yes', name], {
      CIRCLECI_BASE_URL: simulator.url,
      CIRCLECI_TOKEN: simulator.token,
      DISABLE_TELEMETRY: 'true'
    })
    try {
      await server.request('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: {name: 'real-clients', version: '1.0.0'}
      })
      server.notify('notifications/initialized')
      const checks: Check[] = []
      for (const call of callsOf(simulator)) checks.push(await check(server, call))
      return checks
    } finally {
      server.stop()
    }
  }
}

interface ToolCall {
  readonly tool: string
  readonly params: object
  /** What its answer holds when the simulator was understood. */
  readonly expected: RegExp
}

/** The tools that work on pipelines and their jobs; those that change something come last. */
function callsOf({slug, pipelines}: Simulator): ToolCall[] {
  const here = {projectSlug: slug, branch: 'main'}
  const failed = pipelines()
    .flatMap(({workflows}) => workflows)
    .find(({status}) => status === 'failed')
  return [
    {
      tool: 'get_latest_pipeline_status',
      params: here,
      expected: /Workflow: build-and-test\nStatus: failed/
    },
    {tool: 'get_job_test_results', params: here, expected: /rounds totals half to even/},
    {
      tool: 'find_flaky_tests',
      params: {projectSlug: slug},
      expected: /Test name: Cart keeps its items/
    },
    {tool: 'list_artifacts', params: here, expected: /coverage\/index\.html/},
    {tool: 'get_build_failure_logs', params: here, expected: /Cart › rounds totals half to even/},
    {
      tool: 'rerun_workflow',
      params: {workflowId: failed?.id, fromFailed: true},
      expected: /New workflowId is [0-9a-f-]{36}/
    },
    {tool: 'run_pipeline', params: here, expected: /Pipeline run successfully/}
  ]
}

interface ToolResult {
  readonly isError?: boolean
  readonly content?: readonly {readonly text?: string}[]
}

async function check(server: RpcProcess, {tool, params, expected}: ToolCall): Promise<Check> {
  const answer = (await server
    .request('tools/call', {name: tool, arguments: {params}})
    .catch((error: unknown) => ({
      isError: true,
      content: [{text: String(error)}]
    }))) as ToolResult
  const said = (answer.content ?? []).map(({text = ''}) => text).join('\n')
  return {asked: tool, works: answer.isError !== true && expected.test(said), said}
}
