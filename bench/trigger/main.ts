import {measure} from './figures.ts'

const runs = Number(process.argv[2] ?? 6000)
const first = Number(process.argv[3] ?? 1)
const started = Date.now()
const figures = await measure(runs, first)
console.log(JSON.stringify(figures, null, 2), Date.now() - started)
