// What both steps run, bundled once. The entries load it when they know that they need it.
export {main} from './main.ts'
export {post} from './post.ts'

/** The step as a command; a step of GitHub's never loads it. */
export const command: typeof import('./command.ts').command = async (...args) =>
  (await import(/* webpackChunkName: "command" */ './command.ts')).command(...args)
