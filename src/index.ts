import {setMaxListeners} from 'node:events'

import {main} from './main.ts'
import {post} from './post.ts'
import {readState} from './state.ts'

// One signal ends everything: however many requests listen to it is no leak, and no warning on standard error.
setMaxListeners(0)

// The `await` is load-bearing: without it a promise that never settles would end the process with 0, a false green.
await (readState().isPost ? post() : main())
