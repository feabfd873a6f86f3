/** Choices CircleCI's own documents leave open, or that depend on settings of the organization. */
export interface Behaviour {
  /** Whether bad parameters give an errored pipeline, as CircleCI's documents suggest, or a 400. */
  readonly badParameters: 'errored' | 'refused'
  /**
   * What `GET /pipeline/{id}/values` tells: built-in values only, as CircleCI's own code says, the parameters as well,
   * or 403.
   */
  readonly values: 'built-in' | 'with-parameters' | 'refused'
  /** Values it leaves out, such as `pipeline.definition.id`. */
  readonly valuesWithout: readonly string[]
  /** How `GET /pipeline/{id}/config` spells its keys: as observed, or as documented and only those that are there. */
  readonly configKeys: 'underscore' | 'hyphen'
  /** Seconds for which it answers with empty strings. */
  readonly configDelay: number
  /** Seconds the `Date` header is ahead of CircleCI's clock; `none` sends no `Date` at all. */
  readonly dateSkew: number | 'none'
  /** Seconds the times of pipelines are ahead of CircleCI's clock, but not those of workflows and jobs. */
  readonly createdAtSkew: number
  /** How pipelines spell a login that `/me` spells otherwise. */
  readonly actorLogins: Readonly<Record<string, string>>
  /** Seconds from a cancel request to the status `canceled`. */
  readonly cancelDelay: number
  /** Whether cancelling a finished workflow or job is accepted (202) or refused (400). */
  readonly cancelFinished: 'accepted' | 'refused'
  /**
   * On which branches a newer pipeline cancels redundant workflows; CircleCI spares the default branch, and everywhere
   * reruns and what was scheduled: https://circleci.com/docs/guides/orchestrate/skip-build/
   */
  readonly autoCancel: 'never' | 'non-default' | 'always'
  /** What a workflow says while only approval jobs are left to happen. */
  readonly holdStatus: 'on_hold' | 'running'
  /** Refuses every approval with this. */
  readonly approvalRefusal?: {readonly status: number; readonly message: string}
  /** What the classic trigger endpoint answers for a `circleci/` project. */
  readonly classicRefusal: 400 | 404
  /** How often a workflow can be rerun: https://circleci.com/docs/guides/orchestrate/workflows/ */
  readonly rerunLimit: number
  /** The message of the run endpoint's 200 when no pipeline is made. */
  readonly skipCi?: string
  /**
   * What the classic endpoint makes of that: the same answer, an id under which nothing is ever found, or a pipeline
   * without workflows. The documents say only that no pipeline is returned.
   */
  readonly skipCiClassic: 'message' | 'ghost' | 'empty'
  /** Whether approving what is approved already is accepted. Not documented. */
  readonly approveAgain: 'accepted' | 'refused'
  /** Whether the build page shows each try of a step as an action of its own, or only the last. Not documented. */
  readonly tries: 'each' | 'last'
  /** What the run endpoint does for an opaque project when no definition is named. CircleCI requires none. */
  readonly noDefinition: 'first' | 'refused'
  /** What a job is called whose requirements can no longer be met. */
  readonly unmet: 'not_run' | 'blocked'
  /** What the artifact host answers to a request without a good token. */
  readonly artifactRefusal: 401 | 404
  /** Whether the artifact host redirects to storage or answers itself. */
  readonly artifactDelivery: 'redirect' | 'direct'
  /** Whether artifact URLs are on their own host, as on Cloud, or on the API's, as on Server. */
  readonly artifactHost: 'own' | 'api'
  /** Whether storage answers ranges (206) or ignores them (200). */
  readonly ranges: boolean
  /** Whether presigned URLs stop working, and after how many seconds. */
  readonly presignedFor: number
}

/** What a scenario does unless it says otherwise. */
export const defaultBehaviour: Behaviour = {
  badParameters: 'errored',
  values: 'built-in',
  valuesWithout: [],
  configKeys: 'underscore',
  configDelay: 0,
  dateSkew: 0,
  createdAtSkew: 0,
  actorLogins: {},
  cancelDelay: 0.4,
  cancelFinished: 'accepted',
  autoCancel: 'never',
  classicRefusal: 404,
  rerunLimit: 100,
  noDefinition: 'first',
  skipCiClassic: 'message',
  approveAgain: 'accepted',
  holdStatus: 'on_hold',
  tries: 'each',
  unmet: 'not_run',
  artifactRefusal: 404,
  artifactDelivery: 'redirect',
  artifactHost: 'own',
  ranges: true,
  presignedFor: 300
}
