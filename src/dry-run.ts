import {triggerBody} from './circleci/client.ts'
import type {User} from './circleci/model.ts'
import {formatSlug} from './circleci/slug.ts'
import {linksFor} from './circleci/urls.ts'
import type {RunContext} from './run-context.ts'
import {describeTarget} from './trigger/description.ts'
import type {Target} from './trigger/target.ts'

/** A dry run's last part: looks the project up and shows the request that would be sent. Rejects like the client. */
export async function showRequest(target: Target, user: User, context: RunContext): Promise<void> {
  const {circleci, signal, inputs, log} = context
  const {request} = target
  const project = await circleci.project(request.slug, {signal})
  const path = request.endpoint === 'run' ? 'pipeline/run' : 'pipeline'
  log.info(
    `Dry run: the token belongs to "${user.login}", and the project is "${project.name}" (${linksFor(inputs.host).project(request.slug)}).`
  )
  log.info(`Dry run: would trigger a pipeline of ${describeTarget(target)}.`)
  log.group('The request that would be sent', [
    `POST ${inputs.host}/api/v2/project/${formatSlug(request.slug)}/${path}`,
    ...JSON.stringify(triggerBody(request), null, 2).split('\n')
  ])
  log.info('Dry run: nothing was triggered.')
}
