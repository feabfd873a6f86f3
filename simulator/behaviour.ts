/** Choices CircleCI's own documents leave open, or that depend on settings of the organization. */
export interface Behaviour {
  /** Whether bad parameters give an errored pipeline, as CircleCI's documents suggest, or a 400. */
  readonly badParameters: 'errored' | 'refused'
  /** Seconds from a cancel request to the status `canceled`. */
  readonly cancelDelay: number
  /** Whether cancelling a finished workflow or job is accepted (202) or refused (400). */
  readonly cancelFinished: 'accepted' | 'refused'
  /** Which branches auto-cancel redundant workflows: https://circleci.com/docs/guides/orchestrate/skip-build/ */
  readonly autoCancel: 'never' | 'non-default' | 'always'
  /** Refuses every approval with this. */
  readonly approvalRefusal?: {readonly status: number; readonly message: string}
  /** What the classic trigger endpoint answers for a `circleci/` project. */
  readonly classicRefusal: 400 | 404
  /** How often a workflow can be rerun: https://circleci.com/docs/guides/orchestrate/workflows/ */
  readonly rerunLimit: number
  /** The message of the run endpoint's 200 when no pipeline is made. */
  readonly skipCi?: string
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
  cancelDelay: 0.4,
  cancelFinished: 'accepted',
  autoCancel: 'never',
  classicRefusal: 404,
  rerunLimit: 100,
  unmet: 'not_run',
  artifactRefusal: 404,
  artifactDelivery: 'redirect',
  artifactHost: 'own',
  ranges: true,
  presignedFor: 300
}
