/** This action's version, told to CircleCI in the `User-Agent`; a test holds it to package.json. */
export const VERSION = '1.0.0'

/** Sent with every request. */
export const USER_AGENT = `circleci-pipeline-action/${VERSION}`
