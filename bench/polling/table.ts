import {formatDuration} from '../../src/base/text.ts'
import {INTERVALS, meanGain, type Figures, type Outcome} from './figures.ts'

const HEAD = ['Scenario', 'Run', 'Schedule', ...INTERVALS.map(s => `Fixed ${s} s`), 'Gain']

/** Renders outcomes as a Markdown table: in each cell requests, mean lag / p95 lag. */
export function renderTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({name, seconds, schedule, fixed, gain}) => [
    name,
    formatDuration(seconds * 1000),
    cell(schedule),
    ...fixed.map(cell),
    `${gain.toFixed(2)}x`
  ])
  const mean = ['**geometric mean**', ...HEAD.slice(2).map(() => ''), `**${gainOf(outcomes)}**`]
  const align = ['---', ...HEAD.slice(1).map(() => '---:')]
  return [HEAD, align, ...rows, mean].map(cells => `| ${cells.join(' | ')} |\n`).join('')
}

function gainOf(outcomes: readonly Outcome[]): string {
  return `${meanGain(outcomes).toFixed(2)}x`
}

function cell({requests, lag, p95Lag}: Figures): string {
  return `${number(requests)}, ${seconds(lag)} / ${seconds(p95Lag)}`
}

function seconds(value: number): string {
  return `${number(value)} s`
}

function number(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0)
}
