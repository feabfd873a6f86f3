/** This action's version; a test compares it with package.json. */
export const VERSION = '1.0.0'

/** Sent with every request. */
export const USER_AGENT = `circleci-pipeline-action/${VERSION}`
