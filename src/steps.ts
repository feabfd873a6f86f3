// What both steps run, bundled once. The entries load it when they know that they need it.
export {main} from './main.ts'
export {post} from './post.ts'
