import {main} from './main.ts'
import {post} from './post.ts'
import {readState} from './state.ts'

// The `await` is load-bearing: without it a promise that never settles would end the process with 0, a false green.
await (readState().isPost ? post() : main())
