import {transform} from 'esbuild'

// Takes the types out of what jest loads. Nothing is checked here, as `npm run typecheck` does that: a compiler in each
// of jest's workers takes their memory and half of a short run's time.

// To look a global up costs dearly in the contexts that jest runs files in; names of a module's own do not.
const banner = 'const {Array, JSON, Math, Number, Object, String} = globalThis;'

export default {
  processAsync: (source, sourcefile) =>
    transform(source, {loader: 'ts', target: 'node20', sourcefile, sourcemap: true, banner})
}
