import {transform} from 'esbuild'

// Takes the types out of what jest loads. Nothing is checked here, as `npm run typecheck` does that: a compiler in each
// of jest's workers takes their memory and half of a short run's time.

export default {
  processAsync: (source, sourcefile) =>
    transform(source, {loader: 'ts', target: 'node20', sourcefile, sourcemap: true})
}
