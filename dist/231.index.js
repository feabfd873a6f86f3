export const id = 231;
export const ids = [231,520,999];
export const modules = {

/***/ 4231:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   renderComment: () => (/* binding */ renderComment)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8760);
/* harmony import */ var _overview_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4707);
/* harmony import */ var _sections_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3844);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6934);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7520);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1935);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4031);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8360);









/** GitHub refuses a comment of more than 65,536 characters; bytes are never fewer than characters. */
const COMMENT_BYTES = 65_000;
const JOBS = 10;
const TESTS = 10;
const ARTIFACTS = 10;
const MESSAGE_SCANNED = 20_000;
/** Renders the pull request comment: the verdict, and the first few failed jobs, failed tests and artifacts. */
function renderComment(result) {
    const views = (0,_views_js__WEBPACK_IMPORTED_MODULE_8__/* .viewsOf */ .W6)(result);
    const [first] = views;
    const top = first !== undefined && views.length === 1 ? [head(first)] : (0,_overview_js__WEBPACK_IMPORTED_MODULE_2__/* .pipelineTable */ .N)(result, views, '###');
    return (0,_sections_js__WEBPACK_IMPORTED_MODULE_3__/* .fitSections */ .WK)([...top, jobs(views), tests(views), artifacts(views)], COMMENT_BYTES);
}
function head(result) {
    const message = result.verdict === undefined ? '' : `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .markdown */ .wD)(result.verdict.message, 2000)}\n\n`;
    const commit = (0,_summary_js__WEBPACK_IMPORTED_MODULE_5__/* .renderCommit */ .a)(result.pipeline?.revision, result.slug, result.host);
    const facts = [
        ...(result.pipeline === undefined
            ? []
            : [`Took ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_6__/* .pipelineDurationMs */ .lF)(result))}`]),
        ...(commit === '' ? [] : [commit])
    ];
    const took = facts.length === 0 ? '' : `${facts.join(' \u00b7 ')}\n\n`;
    const text = `#${(0,_summary_js__WEBPACK_IMPORTED_MODULE_5__/* .heading */ .R)(result)}\n\n${message}${took}`;
    return (0,_sections_js__WEBPACK_IMPORTED_MODULE_3__/* .wholeText */ .r0)(text);
}
function jobs(views) {
    const lines = (0,_views_js__WEBPACK_IMPORTED_MODULE_8__/* .inTurns */ .gG)(views, view => {
        const failed = (0,_timeline_js__WEBPACK_IMPORTED_MODULE_6__/* .timeJobs */ .w1)(view).filter(({ job }) => job.latest && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isFailed */ .Ix)(job.status));
        return failed.map(({ job, ranMs }) => {
            const { emoji, words } = (0,_status_js__WEBPACK_IMPORTED_MODULE_4__/* .lookOf */ .Li)(job.status);
            const after = ranMs === undefined ? '' : ` after ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(ranMs)}`;
            const of = [...labels(view), (0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .markdown */ .wD)(job.workflow)].join(' \u00b7 ');
            return `- ${emoji} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .link */ .nf)((0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(job.name), job.url)} ${words}${after} <sub>${of}</sub>\n`;
        });
    });
    return list('**Failed jobs**', lines, JOBS, 'failed job', 3);
}
function tests(views) {
    const all = views.flatMap(({ failedTests }) => failedTests);
    const allFlaky = all.length > 0 && all.every(test => test.flaky);
    const lines = (0,_views_js__WEBPACK_IMPORTED_MODULE_8__/* .inTurns */ .gG)(views, view => view.failedTests.map(test => testLine(test, view)));
    return list(`**Failed tests**${allFlaky ? ', all known to be flaky' : ''}`, lines, TESTS, 'failed test', 2);
}
function testLine({ name, file, line, message, flaky }, view) {
    const where = file === undefined ? '' : ` in ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(line === undefined ? file : `${file}:${line}`)}`;
    const first = (0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .plainLines */ .y1)(message.slice(0, MESSAGE_SCANNED)).find(text => text.trim() !== '');
    const why = first === undefined ? '' : `<br>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(first, 160)}`;
    return `- ${flaky ? '\ud83c\udfb2 flaky: ' : ''}${(0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(name)}${where}${ofPipeline(view)}${why}\n`;
}
function artifacts(views) {
    const lines = (0,_views_js__WEBPACK_IMPORTED_MODULE_8__/* .inTurns */ .gG)(views, view => view.artifacts.map(({ path, url }) => `- ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .link */ .nf)((0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .code */ .aY)(path), url)}${ofPipeline(view)}\n`));
    return list('**Artifacts**', lines, ARTIFACTS, 'artifact', 1);
}
/** The pipeline, where there are others. */
function labels({ label }) {
    return label === undefined ? [] : [(0,_escape_js__WEBPACK_IMPORTED_MODULE_7__/* .markdown */ .wD)(label, 100)];
}
function ofPipeline(view) {
    return labels(view)
        .map(label => ` <sub>${label}</sub>`)
        .join('');
}
function list(title, lines, max, noun, rank) {
    const left = lines.length - max;
    const more = left > 0 ? `\n\u2026and ${left} more.\n` : '';
    return { open: `${title}\n\n`, items: lines.slice(0, max), close: `${more}\n`, noun, rank };
}


/***/ }),

/***/ 7999:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ANNOTATION_LIMIT: () => (/* binding */ ANNOTATION_LIMIT),
/* harmony export */   commandText: () => (/* binding */ commandText),
/* harmony export */   failureGroups: () => (/* binding */ failureGroups),
/* harmony export */   parallelRun: () => (/* binding */ parallelRun),
/* harmony export */   pickAnnotations: () => (/* binding */ pickAnnotations),
/* harmony export */   renderFailure: () => (/* binding */ renderFailure)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8760);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4031);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6934);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8360);





/** More failed tests of one job than this are counted; the report file has them all. */
const LISTED_TESTS = 50;
/** More jobs, or pipelines, than this are counted, not named. */
const NAMED = 10;
/** Of a job's log, so many lines go into its annotation. */
const ANNOTATED_LINES = 12;
/**
 * GitHub keeps 10 errors a step (actions/runner, `ExecutionContext._maxCountPerIssueType`); one of them is the
 * step's own verdict.
 */
const ANNOTATION_LIMIT = 9;
/**
 * The step's error: the verdict's sentence, failed jobs with their pages, and the page of each pipeline that did not pass.
 * Raw text.
 */
function renderFailure(result, verdict) {
    const views = (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewsOf */ .W6)(result);
    const red = views.filter(_views_js__WEBPACK_IMPORTED_MODULE_4__/* .isRed */ .iI);
    const shown = red.length === 0 ? views : red;
    const failed = (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .inTurns */ .gG)(shown, failedJobs);
    const named = new Set(failed.slice(0, NAMED));
    const jobs = shown.flatMap(view => failedJobs(view)
        .filter(job => named.has(job))
        .map(job => (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .prefixOf */ .MT)(view.label) + jobLine(job)));
    const pipelines = shown.flatMap(view => pipelineLine(view, verdict));
    return [
        verdict.message,
        ...jobs,
        ...(failed.length > NAMED ? [`and ${failed.length - NAMED} more failed jobs`] : []),
        ...pipelines.slice(0, NAMED),
        ...(pipelines.length > NAMED ? [`and ${pipelines.length - NAMED} more pipelines`] : [])
    ].join('\n');
}
function jobLine({ name, workflow, status, url }) {
    const address = url === undefined ? '' : ` ${url}`;
    return `Job "${name}" of workflow "${workflow}": ${(0,_status_js__WEBPACK_IMPORTED_MODULE_3__/* .lookOf */ .Li)(status).words}${address}`;
}
/** Where to look, or why there is nothing to look at; nothing when the step's verdict says so already. */
function pipelineLine({ label, pipeline, verdict: own }, { message }) {
    const why = (0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(own?.message ?? '');
    if (message.includes(pipeline?.url ?? why))
        return [];
    return [(0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .prefixOf */ .MT)(label) + (pipeline ? `Pipeline #${pipeline.number}: ${pipeline.url}` : why)];
}
function failedJobs({ jobs }) {
    return jobs.filter(job => job.latest && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isFailed */ .Ix)(job.status));
}
/** What failed, for the log: one group a failed job, with its failed tests and the tails of its failed steps' logs. */
function failureGroups(result) {
    return (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewsOf */ .W6)(result).flatMap(groupsOf);
}
function groupsOf(result) {
    return failedJobs(result)
        .map(job => {
        const tests = result.failedTests.filter(({ jobNumber }) => jobNumber === job.number);
        const tails = result.logTails.filter(({ jobNumber }) => jobNumber === job.number);
        return {
            title: `${(0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .prefixOf */ .MT)(result.label)}\u2717 ${job.name} (${job.workflow}): ${(0,_status_js__WEBPACK_IMPORTED_MODULE_3__/* .lookOf */ .Li)(job.status).words}`,
            lines: [
                ...(job.url === undefined ? [] : [job.url]),
                ...testLines(tests),
                ...tails.flatMap(tail => tailLines(tail, tails))
            ]
        };
    })
        .filter(({ lines }) => lines.length > 0);
}
function testLines(tests) {
    const lines = tests.slice(0, LISTED_TESTS).map(({ name, file, line, flaky }) => {
        const where = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
        return `\u2717 ${name}${where}${flaky ? ', known to be flaky' : ''}`;
    });
    const left = tests.length - lines.length;
    return left === 0 ? lines : [...lines, `\u2717 and ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .countOf */ .pq)(left, 'more failed test')}`];
}
function tailLines(tail, ofJob) {
    const exit = tail.exitCode === undefined ? '' : ` exited with code ${tail.exitCode}`;
    const command = tail.command === undefined ? [] : commandText(tail.command).split('\n');
    return [
        '',
        `\u2500\u2500 ${tail.step}${parallelRun(tail, ofJob)}${exit}`,
        ...command.map(line => `$ ${line}`),
        ...(tail.cut ? ['(earlier lines left out)'] : []),
        ...tail.lines
    ];
}
/** A step's command without the line that only names the shell CircleCI runs it in, such as `#!/bin/bash -eo pipefail`. */
function commandText(command) {
    const [first = '', ...rest] = command.split('\n');
    return first.startsWith('#!') && rest.some(line => line.trim() !== '') ? rest.join('\n') : command;
}
/** Which of a job's parallel runs it was, as ` (parallel run 0)`; empty for a job that has one run, as far as `others` show. */
function parallelRun({ jobNumber, nodeIndex }, others) {
    const isParallel = others.some(other => other.jobNumber === jobNumber && (other.nodeIndex > 0 || nodeIndex > 0));
    return isParallel ? ` (parallel run ${nodeIndex})` : '';
}
/**
 * The most useful annotations: failed tests (known flaky ones last, those with a file in the repository first), then failed
 * jobs. Several pipelines take turns, first those that do not pass. `rest` is a line that counts what was left out;
 * `undefined` when nothing was.
 */
function pickAnnotations(result, limit = ANNOTATION_LIMIT) {
    const found = (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .inTurns */ .gG)((0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewsOf */ .W6)(result), view => candidates(view, result));
    const picked = Math.max(0, limit);
    const annotations = found.slice(0, picked).map(({ annotation }) => annotation);
    const left = ['more failed test', 'more failed job'].flatMap(noun => {
        const count = found.slice(picked).filter(one => one.noun === noun).length;
        return count === 0 ? [] : [(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .countOf */ .pq)(count, noun)];
    });
    const rest = `Not annotated: ${left.join(' and ')}; GitHub shows 10 errors a step.`;
    return { annotations, rest: left.length === 0 ? undefined : rest };
}
/** All there is to annotate of a pipeline, the most useful first. */
function candidates(view, step) {
    const level = (view.verdict ?? step.verdict)?.passes === true ? 'warning' : 'error';
    const tests = [...view.failedTests].sort((a, b) => Number(a.flaky) - Number(b.flaky) || Number(b.inRepository) - Number(a.inRepository));
    const named = (annotation) => ({
        ...annotation,
        title: (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .prefixOf */ .MT)(view.label) + annotation.title
    });
    return [
        ...tests.map(test => ({
            annotation: named(testAnnotation(test, level)),
            noun: 'more failed test'
        })),
        ...failedJobs(view).map(job => ({
            annotation: named(jobAnnotation(job, view.logTails, level)),
            noun: 'more failed job'
        }))
    ];
}
function testAnnotation(test, level) {
    const name = fullName(test);
    return {
        level,
        title: `${test.flaky ? 'Flaky test' : 'Test'} failed in ${test.job}: ${name}`,
        message: test.message.trim() === '' ? `${name} failed without a message.` : test.message,
        file: test.inRepository ? test.file : undefined,
        line: test.inRepository ? test.line : undefined
    };
}
/** Test runners often repeat the class in the name. */
function fullName({ classname, name }) {
    return classname === '' || name.startsWith(classname) ? name : `${classname} \u203a ${name}`;
}
function jobAnnotation(job, tails, level) {
    const tail = tails.find(({ jobNumber }) => jobNumber === job.number);
    const step = tail === undefined ? [] : [failedStep(tail), ...tail.lines.slice(-ANNOTATED_LINES)];
    const address = job.url === undefined ? [] : [job.url];
    const { words } = (0,_status_js__WEBPACK_IMPORTED_MODULE_3__/* .lookOf */ .Li)(job.status);
    return {
        level,
        title: `Job ${job.name} of workflow ${job.workflow}: ${words}`,
        message: [...step, ...address].join('\n') || `Job "${job.name}" ended: ${words}.`,
        file: undefined,
        line: undefined
    };
}
/** `Step "npm test" failed with exit code 1.` */
function failedStep({ step, exitCode }) {
    return `Step "${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(step)}" failed${exitCode === undefined ? '' : ` with exit code ${exitCode}`}.`;
}


/***/ }),

/***/ 4707:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ pipelineTable)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4031);
/* harmony import */ var _sections_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3844);
/* harmony import */ var _status_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6934);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1935);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8360);






/**
 * What became of each pipeline of a step that has several: a table under the verdict on all of them, whose sentence follows
 * when no row says why. `mark` is the heading's.
 */
function pipelineTable({ verdict }, views, mark) {
    const red = views.filter(_views_js__WEBPACK_IMPORTED_MODULE_5__/* .isRed */ .iI).length;
    const emoji = verdict === undefined ? '\ud83d\udd35' : (0,_status_js__WEBPACK_IMPORTED_MODULE_3__/* .conclusionLook */ .pG)(verdict).emoji;
    const passed = verdict?.passes === true ? ': all passed' : '';
    const why = red > 0 || verdict?.passes !== false ? '' : `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdown */ .wD)(verdict.message, 2000)}\n\n`;
    const outcomes = red === 0 ? passed : `: ${red} did not pass`;
    const severalProjects = new Set(views.map(({ slug }) => slug)).size > 1;
    return [
        (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .table */ .tp)(`${mark} ${emoji} ${views.length} CircleCI pipelines${outcomes}`, {
            headings: ['Pipeline', ...(severalProjects ? ['Project'] : []), 'Result', 'Took'],
            rows: views.map(view => pipelineRow(view, severalProjects)),
            noun: 'pipeline',
            rank: 8
        }),
        (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .wholeText */ .r0)(why)
    ];
}
function pipelineRow(view, severalProjects) {
    const { label = '', pipeline, slug, verdict } = view;
    const number = pipeline === undefined || label.includes('#') ? '' : ` #${pipeline.number}`;
    const { emoji, words } = (0,_status_js__WEBPACK_IMPORTED_MODULE_3__/* .pipelineLook */ .cD)(view);
    const why = (0,_views_js__WEBPACK_IMPORTED_MODULE_5__/* .isRed */ .iI)(view) ? `<br><sub>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdown */ .wD)(verdict?.message ?? '', 200)}</sub>` : '';
    return (0,_sections_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)((0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)((0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdown */ .wD)(label + number, 100), pipeline?.url), ...(severalProjects ? [(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(slug)] : []), `${emoji} ${words}${why}`, pipeline === undefined ? '' : (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_4__/* .pipelineDurationMs */ .lF)(view)));
}


/***/ }),

/***/ 3844:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WK: () => (/* binding */ fitSections),
/* harmony export */   dp: () => (/* binding */ byteLength),
/* harmony export */   g8: () => (/* binding */ fitDocuments),
/* harmony export */   nM: () => (/* binding */ row),
/* harmony export */   r0: () => (/* binding */ wholeText),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   vd: () => (/* binding */ foldedTable)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);

/** Room for the line that says what was cut. */
const NOTE_BYTES = 2000;
/** A text that is kept whole. */
function wholeText(text, rank = 9) {
    return { open: '', items: text === '' ? [] : [text], close: '', noun: 'part', rank };
}
/** One row of a Markdown table, from cells of finished Markdown. */
function row(...cells) {
    return `| ${cells.join(' | ')} |\n`;
}
/** A table as a section whose items are its rows, under a title of finished Markdown. */
function table(title, { headings, rows, noun, rank }) {
    const open = `${title}\n\n${row(...headings)}${row(...headings.map(() => '---'))}`;
    return { open, items: rows, close: '\n', noun, rank };
}
/** The same, folded under a summary line. */
function foldedTable(summary, content) {
    const inner = table(`<details>\n<summary>${summary}</summary>`, content);
    return { ...inner, close: '\n</details>\n\n' };
}
/**
 * Joins sections into one text of at most `limit` bytes of UTF-8. Items are left out whole, so tables, fences and `<details>` stay
 * closed, and a last line says how many of what are missing. A section left without items is left out altogether.
 */
function fitSections(sections, limit) {
    const kept = sections.map(({ items }) => items.length);
    let excess = byteLength(join(sections)) - (limit - NOTE_BYTES);
    const order = [...sections.entries()].sort(([, a], [, b]) => a.rank - b.rank);
    for (const [index, { items }] of order) {
        let count = items.length;
        while (excess > 0 && count > 0) {
            count -= 1;
            excess -= byteLength(items[count] ?? '');
        }
        kept[index] = count;
    }
    return join(sections, kept) + cutNote(sections, kept);
}
/**
 * Fits several documents into `limit` bytes together, each by itself: what one does not need the others get, and those that
 * need more get the same.
 */
function fitDocuments(documents, limit) {
    const sizes = documents.map(sections => byteLength(join(sections)));
    const fitted = [];
    let left = limit;
    let others = documents.length;
    for (const [index, size] of [...sizes.entries()].sort(([, a], [, b]) => a - b)) {
        const share = Math.min(size, Math.floor(left / others));
        const sections = documents[index] ?? [];
        fitted[index] = size > share ? fitSections(sections, share) : join(sections);
        left -= share;
        others -= 1;
    }
    return fitted;
}
function join(sections, kept = sections.map(({ items }) => items.length)) {
    return sections
        .map(({ open, items, close }, index) => {
        const count = kept[index] ?? 0;
        return count === 0 ? '' : open + items.slice(0, count).join('') + close;
    })
        .join('');
}
function cutNote(sections, kept) {
    const counts = new Map();
    for (const [index, { noun, items }] of sections.entries()) {
        counts.set(noun, (counts.get(noun) ?? 0) + items.length - (kept[index] ?? 0));
    }
    const parts = [...counts]
        .filter(([, count]) => count > 0)
        .map(([noun, count]) => (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .countOf */ .pq)(count, noun));
    return parts.length === 0
        ? ''
        : `\n> \u2702\ufe0f Cut to fit: ${parts.join(', ')}. The \`report\` output has everything.\n`;
}
/** Bytes of a text in UTF-8, in which GitHub counts a summary. */
function byteLength(text) {
    return Buffer.byteLength(text, 'utf8');
}


/***/ }),

/***/ 7520:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ heading),
  a: () => (/* binding */ renderCommit),
  renderSummary: () => (/* binding */ renderSummary)
});

// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __webpack_require__(766);
// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __webpack_require__(1525);
// EXTERNAL MODULE: ./src/record/result.ts
var record_result = __webpack_require__(9496);
// EXTERNAL MODULE: ./src/circleci/statuses.ts
var statuses = __webpack_require__(8760);
// EXTERNAL MODULE: ./src/report/status.ts
var report_status = __webpack_require__(6934);
// EXTERNAL MODULE: ./src/report/timeline.ts
var timeline = __webpack_require__(1935);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(4031);
// EXTERNAL MODULE: ./src/report/views.ts
var report_views = __webpack_require__(8360);
;// CONCATENATED MODULE: ./src/report/chart.ts






/** Marks what is on the critical path, also for those who do not see red. */
const CRITICAL = '\u25c6';
const BARS = 50;
/** So many jobs in the lanes of several pipelines: mermaid takes 50,000 characters at most (`maxTextSize`). */
const LANE_BARS = 200;
const TEXT_BARS = 10;
/** Estimated pixels of GitHub's column for a chart and of a letter in it. */
const WIDTH = 900;
const LETTER = 7;
/**
 * Renders when the jobs were queued, ran and were on hold as a mermaid `gantt` (https://mermaid.js.org/syntax/gantt.html), with a
 * legend and, for jobs beyond the 50 most telling ones, a line of text. Empty when no job has started.
 */
function renderChart(result, limit = BARS) {
    const timed = timedJobs(result);
    if (timed.length === 0)
        return '';
    const shown = [...timed].sort(byWeight).slice(0, limit).sort(byStart);
    const others = timed.filter(timing => !shown.includes(timing));
    const lanes = shown.map(timing => ({ name: sectionName(timing, shown), spans: [spanOf(timing)] }));
    return [
        ...drawn(lanes),
        legend(shown),
        ...(others.length === 0 ? [] : ['', remainder(others)]),
        ''
    ].join('\n');
}
/**
 * Renders several pipelines as one such chart: a lane for each, with the jobs of its critical path one after the other.
 * Empty when no job of any has started.
 */
function renderLanes(views) {
    const timed = views.map(view => ({ view, jobs: timedJobs(view).filter(({ critical }) => critical) }));
    const started = timed.filter(({ jobs }) => jobs.length > 0);
    const shown = started.slice(0, BARS);
    if (shown.length === 0)
        return '';
    const most = Math.max(1, Math.floor(LANE_BARS / shown.length));
    const lanes = shown.map(({ view, jobs }) => ({
        name: `${verdictIcon(view)} ${(0,report_escape/* chartLabel */.tb)(view.label ?? '')}`,
        spans: [...jobs].sort(byWeight).slice(0, most).sort(byStart).map(laneSpan)
    }));
    const missing = views.length - shown.length;
    return [
        ...drawn(lanes),
        `<sub>A lane for each pipeline, with the jobs on its critical path, which decided when it ended \u00b7 grey: queued \u00b7 light: ran \u00b7 dark: on hold \u00b7 red outline: failed</sub>`,
        ...(missing === 0 ? [] : ['', `Not in the chart: ${(0,base_text/* countOf */.pq)(missing, 'other pipeline')}.`]),
        ''
    ].join('\n');
}
function timedJobs(result) {
    return (0,timeline/* timeJobs */.w1)(result).filter(({ startedAt, carriedOver }) => startedAt !== undefined && !carriedOver);
}
function verdictIcon(view) {
    if (view.verdict === undefined)
        return '\u25cf';
    return (0,report_views/* isRed */.iI)(view) ? '\u2717' : '\u2713';
}
/** Most telling first: the critical path, failures, then the longest. */
function byWeight(a, b) {
    return weight(b) - weight(a) || (b.ranMs ?? 0) - (a.ranMs ?? 0);
}
function weight({ critical, job }) {
    return (critical ? 2 : 0) + ((0,statuses/* isFailed */.Ix)(job.status) ? 1 : 0);
}
function byStart(a, b) {
    return barStart(a) - barStart(b) || (a.endedAt ?? 0) - (b.endedAt ?? 0);
}
function drawn(lanes) {
    const timings = lanes.flatMap(({ spans }) => spans.map(({ timing }) => timing));
    const from = timings.reduce((least, timing) => Math.min(least, barStart(timing)), Infinity);
    const to = timings.reduce((most, { endedAt = 0 }) => Math.max(most, endedAt), 0);
    const padding = 24 + LETTER * Math.max(...lanes.map(({ name }) => name.length));
    const pixels = (WIDTH - padding) / Math.max(1, to - from);
    return [
        '```mermaid',
        '---',
        'displayMode: compact',
        'config:',
        '  gantt:',
        `    leftPadding: ${padding}`,
        '    numberSectionStyles: 2',
        '---',
        'gantt',
        '  dateFormat x',
        `  axisFormat ${axisFormat(to - from)}`,
        ...lanes.flatMap(({ name, spans }) => [
            `  section ${name}`,
            ...spans.flatMap(span => bars(span, pixels)).map(one => `  ${one}`)
        ]),
        '```',
        ''
    ];
}
/** Of a job that has its row for itself: there is room beside the bar. */
function spanOf(timing) {
    return { timing, crit: timing.critical, labels: [ranLabel(timing)] };
}
/** Of a job among others on one row. The mark comes first so that a job called `click` is no keyword. */
function laneSpan(timing) {
    const { icon } = (0,report_status/* lookOf */.Li)(timing.job.status);
    const named = `${icon} ${(0,report_escape/* chartLabel */.tb)(timing.job.name, 26)} ${ranTime(timing)}`;
    return { timing, crit: (0,statuses/* isFailed */.Ix)(timing.job.status), labels: [named, ranLabel(timing), '\u00b7'] };
}
function ranLabel(timing) {
    return ((0,statuses/* isFailed */.Ix)(timing.job.status) ? '\u2717 ' : '') + ranTime(timing);
}
function ranTime({ startedAt = 0, endedAt = 0 }) {
    return (0,base_text/* formatDuration */.a3)(endedAt - startedAt);
}
function barStart({ queuedMs, startedAt }) {
    return (startedAt ?? 0) - (queuedMs ?? 0);
}
/** The mark comes first so that a job called `click` or `section` is no keyword. */
function sectionName({ job, critical }, shown) {
    const several = new Set(shown.map(timing => timing.job.workflow)).size > 1;
    const attempt = job.attempt > 1 ? ` (${job.attempt})` : '';
    const name = several
        ? `${(0,report_escape/* chartLabel */.tb)(job.workflow, 16)} / ${(0,report_escape/* chartLabel */.tb)(job.name, 26)}`
        : (0,report_escape/* chartLabel */.tb)(job.name);
    return `${(0,report_status/* lookOf */.Li)(job.status).icon} ${name}${attempt}${critical ? ` ${CRITICAL}` : ''}`;
}
/**
 * `done` (grey) is queued, `active` is run, untagged is on hold; `crit` outlines in red, but would paint a hold red as if it
 * had failed.
 */
function bars({ timing, crit, labels }, pixels) {
    const { job, startedAt = 0, endedAt = 0, queuedMs = 0 } = timing;
    const outline = crit ? ['crit'] : [];
    // A label that does not fit into its bar would be drawn over the next one.
    const fits = (label, ms) => ms * pixels > label.length * LETTER;
    const waited = (0,base_text/* formatDuration */.a3)(queuedMs);
    const label = fits(waited, queuedMs) ? waited : '\u00b7';
    const queued = bar(label, ['done', ...outline], startedAt - queuedMs, startedAt);
    const tags = job.type === 'approval' ? [] : ['active', ...outline];
    const best = labels.find(one => fits(one, endedAt - startedAt)) ?? labels.at(-1) ?? '';
    const ran = bar(best, tags, startedAt, endedAt);
    return queuedMs * pixels < 2 ? [ran] : [queued, ran];
}
function bar(label, tags, from, to) {
    return `${label} :${[...tags, from, Math.max(to, from + 1)].join(', ')}`;
}
function axisFormat(spanMs) {
    if (spanMs < 10_000)
        return '%H:%M:%S.%L';
    if (spanMs < 600_000)
        return '%H:%M:%S';
    return spanMs < 86_400_000 ? '%H:%M' : '%b %d %H:%M';
}
function legend(shown) {
    const parts = [
        ...(shown.some(({ queuedMs = 0 }) => queuedMs > 0) ? ['grey: queued'] : []),
        'light: ran',
        ...(shown.some(({ job }) => job.type === 'approval') ? ['dark: on hold'] : []),
        `red outline and ${CRITICAL}: the critical path, which decided when the pipeline ended`
    ];
    return `<sub>${parts.join(' \u00b7 ')}</sub>`;
}
function remainder(others) {
    const longest = [...others].sort((a, b) => (b.ranMs ?? 0) - (a.ranMs ?? 0)).slice(0, TEXT_BARS);
    const listed = longest.map(({ job, ranMs = 0 }) => `${(0,report_escape/* code */.aY)(job.name, 60)} ${(0,base_text/* formatDuration */.a3)(ranMs)}`);
    const more = others.length - longest.length;
    return `Not in the chart: ${listed.join(', ')}${more > 0 ? ` and ${more} shorter ones` : ''}.`;
}

// EXTERNAL MODULE: ./src/report/overview.ts
var report_overview = __webpack_require__(4707);
// EXTERNAL MODULE: ./src/report/sections.ts
var sections = __webpack_require__(3844);
// EXTERNAL MODULE: ./src/report/failures.ts
var failures = __webpack_require__(7999);
;// CONCATENATED MODULE: ./src/report/summary-parts.ts







const UNFOLDED_TESTS = 10;
/** More failed tests or artifacts than these are listed only where nothing else needs the room. */
const MANY_TESTS = 300;
const MANY_ARTIFACTS = 500;
/** A few tests may say more each than many. */
const FEW_TESTS = 5;
const LINES_OF_FEW = 12;
const LINES_OF_MANY = 4;
const MESSAGE_SCANNED = 20_000;
/** A line of a JavaScript, Java or .NET stack trace: of no use in a table. */
const STACK_FRAME = /^\s+at /;
/** Up to so many jobs, none is folded. */
const UNFOLDED_JOBS = 20;
/** What needs a look comes first and is never folded: the first four. */
const JOB_ORDER = [
    'failed',
    'held',
    'running',
    'unknown',
    'waiting',
    'stopped',
    'passed'
];
const NEVER_FOLDED = JOB_ORDER.slice(0, 4);
/** No log tail takes more than this of the summary's bytes; several pipelines share it, but for what forty lines take. */
const TAIL_BYTES = 64_000;
const LEAST_TAIL_BYTES = 4_000;
/** The tables of failed tests, the first ten unfolded, with a line when all of them are known to be flaky. */
function testTables(result) {
    const { failedTests } = result;
    const count = failedTests.length;
    const lines = count > FEW_TESTS ? LINES_OF_MANY : LINES_OF_FEW;
    const rows = failedTests.map(test => testRow(test, lines));
    const part = (from, to, rank) => ({
        headings: ['Test', 'Job', 'Failure'],
        rows: rows.slice(from, to),
        noun: 'failed test',
        rank
    });
    const title = [`### ${(0,base_text/* countOf */.pq)(count, 'failed test')}`, ...testNotes(result)].join('\n\n');
    const others = Math.min(count, MANY_TESTS) - UNFOLDED_TESTS;
    return [
        (0,sections/* table */.tp)(title, part(0, UNFOLDED_TESTS, 5)),
        (0,sections/* foldedTable */.vd)((0,base_text/* countOf */.pq)(others, 'other failed test'), part(UNFOLDED_TESTS, MANY_TESTS, 4)),
        (0,sections/* foldedTable */.vd)((0,base_text/* countOf */.pq)(count - MANY_TESTS, 'more failed test'), part(MANY_TESTS, undefined, 0.5))
    ];
}
function testNotes({ failedTests, verdict }) {
    const all = failedTests.length;
    const flaky = failedTests.filter(test => test.flaky).length;
    const known = flaky < all
        ? `\ud83c\udfb2 ${flaky} of them ${flaky === 1 ? 'is' : 'are'} known to be flaky.`
        : all === 1
            ? '\ud83c\udfb2 **The only failed test is known to be flaky.**'
            : `\ud83c\udfb2 **All ${all} failed tests are known to be flaky.**`;
    return [
        ...(verdict?.passes === true
            ? ['They failed in an earlier attempt, or in a job that does not decide the verdict.']
            : []),
        ...(flaky === 0 ? [] : [known])
    ];
}
function testRow(test, maxLines) {
    const { name, classname, job, file, line, message, flaky } = test;
    const suite = classname === '' || name.startsWith(classname) ? '' : `<br><sub>${(0,report_escape/* markdown */.wD)(classname)}</sub>`;
    const where = file === undefined ? [] : [(0,report_escape/* code */.aY)(line === undefined ? file : `${file}:${line}`)];
    const lines = (0,report_escape/* plainLines */.y1)(message.slice(0, MESSAGE_SCANNED)).filter(text => !STACK_FRAME.test(text));
    const why = (0,report_escape/* preformatted */.EC)(lines.join('\n'), maxLines);
    return (0,sections/* row */.nM)(`${flaky ? '\ud83c\udfb2 ' : ''}${(0,report_escape/* code */.aY)(name)}${suite}`, (0,report_escape/* code */.aY)(job, 80), [...where, why].join(why.startsWith('<pre>') ? '' : '<br>'));
}
/** The table of workflows: every attempt a row. */
function workflowTable({ workflows, history, finishedAt }) {
    const past = history.filter(({ runs }) => runs > 0);
    const rows = workflows.map(workflow => (0,sections/* row */.nM)(workflowCell(workflow), statusCell(workflow.status), durationCell((0,timeline/* workflowDurationMs */.cV)(workflow, finishedAt)), ...(past.length === 0 ? [] : usualCells(past, workflow.name))));
    const usual = past.length === 0 ? [] : ['Usually', 'Succeeded'];
    const headings = ['Workflow', 'Status', 'Took', ...usual];
    return (0,sections/* table */.tp)('### Workflows', { headings, rows, noun: 'workflow', rank: 6 });
}
function workflowCell({ name, url, attempt, latest, setup, deciding }) {
    const notes = [
        ...(attempt > 1 || !latest ? [`attempt ${attempt}`] : []),
        ...(latest ? [] : ['rerun since']),
        ...(setup ? ['setup'] : []),
        ...(deciding || setup ? [] : ['does not decide'])
    ];
    return (0,report_escape/* link */.nf)((0,report_escape/* code */.aY)(name, 80), url) + (notes.length === 0 ? '' : ` (${notes.join(', ')})`);
}
/** How long a workflow usually takes, and how often it succeeds. */
function usualCells(past, name) {
    const history = past.find(({ workflow }) => workflow === name);
    if (history === undefined)
        return ['', ''];
    const { branch, runs, medianSeconds, p95Seconds, successRate } = history;
    const on = branch === undefined ? '' : ` on ${(0,report_escape/* code */.aY)(branch, 60)}`;
    return [
        `${(0,base_text/* formatDuration */.a3)(medianSeconds * 1000)} (p95 ${(0,base_text/* formatDuration */.a3)(p95Seconds * 1000)})`,
        `${Math.round(successRate * 100)}% of ${(0,base_text/* countOf */.pq)(runs, 'run')}${on}`
    ];
}
/** The tables of the latest attempts' jobs, failed first; beyond some twenty, those that need no look are folded. */
function jobTables(result) {
    const timings = (0,timeline/* timeJobs */.w1)(result)
        .filter(({ job }) => job.latest)
        .sort((a, b) => place(a) - place(b));
    const isOpen = ({ job }) => timings.length <= UNFOLDED_JOBS || NEVER_FOLDED.includes((0,report_status/* lookOf */.Li)(job.status).kind);
    const several = new Set(timings.map(({ job }) => job.workflowId)).size > 1;
    const headings = [...(several ? ['Workflow'] : []), 'Job', 'Status', 'Queued', 'Ran'];
    const part = (wanted, rank) => ({
        headings,
        rows: timings.filter(one => isOpen(one) === wanted).map(one => jobRow(one, several)),
        noun: 'job',
        rank
    });
    const folded = part(false, 2);
    const isAll = folded.rows.length === timings.length;
    const title = timings.some(({ critical }) => critical)
        ? `### Jobs\n\n<sub>${CRITICAL} marks the critical path: the jobs that decided when the pipeline ended.</sub>`
        : '### Jobs';
    return [
        (0,sections/* table */.tp)(title, part(true, 3)),
        (0,sections/* foldedTable */.vd)((0,base_text/* countOf */.pq)(folded.rows.length, isAll ? 'job' : 'other job'), folded)
    ];
}
function place({ job }) {
    return JOB_ORDER.indexOf((0,report_status/* lookOf */.Li)(job.status).kind);
}
function jobRow(timing, several) {
    const { job, queuedMs } = timing;
    const approval = job.type === 'approval' ? ' (approval)' : '';
    return (0,sections/* row */.nM)(...(several ? [(0,report_escape/* code */.aY)(job.workflow, 80)] : []), (0,report_escape/* link */.nf)((0,report_escape/* code */.aY)(job.name, 80), job.url) + approval, statusCell(job.status), durationCell(queuedMs), ranCell(timing));
}
function ranCell({ job, ranMs, carriedOver, critical }) {
    if (carriedOver)
        return 'in an earlier attempt';
    if (ranMs === undefined)
        return '';
    const held = job.type === 'approval' ? 'on hold ' : '';
    return `${held}${(0,base_text/* formatDuration */.a3)(ranMs)}${critical ? ` ${CRITICAL}` : ''}`;
}
function statusCell(status) {
    const { emoji, words } = (0,report_status/* lookOf */.Li)(status);
    return `${emoji} ${(0,report_escape/* markdown */.wD)(words, 60)}`;
}
function durationCell(ms) {
    return ms === undefined ? '' : (0,base_text/* formatDuration */.a3)(ms);
}
/** The tails of failed steps' logs, each folded but the first. */
function logDetails({ logTails, pipelines }) {
    const bytes = Math.max(LEAST_TAIL_BYTES, TAIL_BYTES / Math.max(1, pipelines.length));
    const items = logTails.map((tail, index) => renderTail(tail, lastBytes(tail.lines, bytes), { all: logTails, open: index === 0 }));
    return { open: '### Logs of failed steps\n\n', items, close: '', noun: 'log tail', rank: 2.5 };
}
function renderTail(tail, lines, { all, open }) {
    const exit = tail.exitCode === undefined ? '' : `, exit code ${tail.exitCode}`;
    const isCut = tail.cut || lines.length < tail.lines.length;
    return [
        `<details${open ? ' open' : ''}>`,
        `<summary><b>${(0,report_escape/* markdown */.wD)(tail.job)}</b>${(0,failures.parallelRun)(tail, all)}: ${(0,report_escape/* markdown */.wD)(tail.step)}${exit}</summary>`,
        '',
        ...(tail.command === undefined ? [] : [(0,report_escape/* code */.aY)((0,failures.commandText)(tail.command), 500), '']),
        (0,report_escape/* fence */.EU)(isCut ? ['(earlier lines left out)', ...lines] : lines),
        '',
        '</details>',
        '',
        ''
    ].join('\n');
}
function lastBytes(lines, max) {
    let bytes = 0;
    const first = lines.findLastIndex(line => (bytes += (0,sections/* byteLength */.dp)(line) + 1) > max);
    return lines.slice(first + 1);
}
/** The artifacts, as links with their jobs. */
function artifactLists({ artifacts, artifactsPath }) {
    const where = artifactsPath === undefined ? '' : `Downloaded to ${(0,report_escape/* code */.aY)(artifactsPath)}.\n\n`;
    const parallel = new Set(artifacts.filter(({ nodeIndex }) => nodeIndex > 0).map(({ jobNumber }) => jobNumber));
    const items = artifacts.map(one => renderArtifact(one, parallel.has(one.jobNumber)));
    const details = items.length <= 5 ? '<details open>' : '<details>';
    const list = (summary, listed, rank) => ({
        open: `${details}<summary>${summary}</summary>\n\n`,
        items: listed,
        close: '\n</details>\n\n',
        noun: 'artifact',
        rank
    });
    const first = list((0,base_text/* countOf */.pq)(items.length, 'artifact'), items.slice(0, MANY_ARTIFACTS), 1);
    const more = (0,base_text/* countOf */.pq)(items.length - MANY_ARTIFACTS, 'more artifact');
    return [{ ...first, open: first.open + where }, list(more, items.slice(MANY_ARTIFACTS), 0)];
}
function renderArtifact({ job, nodeIndex, path, url }, isParallel) {
    const node = isParallel ? `, parallel run ${nodeIndex}` : '';
    return `- ${(0,report_escape/* link */.nf)((0,report_escape/* code */.aY)(path), url)} (${(0,report_escape/* markdown */.wD)(job)}${node})\n`;
}
/** What was left out or could not be read. */
function omissionList({ omissions }) {
    const items = omissions.map(omission => `- ${(0,report_escape/* markdown */.wD)(omission, 1000)}\n`);
    return { open: '### Left out\n\n', items, close: '\n', noun: 'note', rank: 7 };
}

;// CONCATENATED MODULE: ./src/report/summary.ts











/** GitHub drops a step's whole summary above 1,048,576 bytes (actions/runner, `FileCommandManager`). */
const SUMMARY_BYTES = 999_999;
/** Of these, a table of several pipelines may take so many. */
const OVERVIEW_BYTES = 200_000;
/** How much of the rest what did not pass may take, when others did. */
const RED_SHARE = 3 / 4;
const PARAMETERS = 30;
const WARNINGS = 5;
/** What there is to say where there is no pipeline to speak of: a step's own errors, by their reason. */
const WITHOUT_PIPELINE = {
    input: 'Wrong input, no CircleCI pipeline was triggered',
    auth: 'CircleCI does not accept the token',
    'not-found': 'Not found on CircleCI',
    'api-unavailable': 'CircleCI could not be reached',
    rejected: 'CircleCI rejected the request for a pipeline',
    'trigger-ambiguous': 'CircleCI did not answer the trigger, a pipeline may be running',
    'no-pipeline': 'CircleCI triggered no pipeline',
    timeout: 'No CircleCI pipeline was found in time',
    'github-cancelled': 'Cancelled before a CircleCI pipeline was known'
};
/**
 * Renders the job summary: Markdown of less than 1,000,000 bytes. When it would be more, the last of very many artifacts
 * and failed tests go first, then other artifacts, jobs that need no look, log tails, the other jobs and tests, whole items
 * each, and a line says so. Several pipelines share the room, those that did not pass before the others.
 */
function renderSummary(result) {
    const views = (0,report_views/* viewsOf */.W6)(result);
    const [first] = views;
    if (first !== undefined && views.length === 1) {
        return (0,sections/* fitSections */.WK)(pipelineSections(first), SUMMARY_BYTES);
    }
    const red = views.filter(report_views/* isRed */.iI);
    const others = views.filter(view => !(0,report_views/* isRed */.iI)(view));
    const overview = (0,sections/* fitSections */.WK)((0,report_overview/* pipelineTable */.N)(result, views, '##'), OVERVIEW_BYTES);
    const chart = summary_timeline(renderLanes(views));
    const room = SUMMARY_BYTES - (0,sections/* byteLength */.dp)(overview + chart);
    const failed = (0,sections/* fitDocuments */.g8)(red.map(pipelineSections), others.length === 0 ? room : RED_SHARE * room);
    const left = room - (0,sections/* byteLength */.dp)(failed.join(''));
    const passed = (0,sections/* fitDocuments */.g8)(others.map(foldedPipeline), left);
    return [overview, ...failed, chart, ...passed].join('');
}
/** Of a pipeline that needs no look, all there is to show, folded. */
function foldedPipeline(view) {
    const { emoji, words } = (0,report_status/* pipelineLook */.cD)(view);
    const summary = `${emoji} ${(0,report_escape/* markdown */.wD)(view.label ?? '', 100)} ${words}`;
    return [
        (0,sections/* wholeText */.r0)(`<details>\n<summary>${summary}</summary>\n\n`, 10),
        ...pipelineSections(view),
        (0,sections/* wholeText */.r0)('\n</details>\n\n', 10)
    ];
}
/** All there is to show of one pipeline; of several, one chart shows all. */
function pipelineSections(result) {
    return [
        (0,sections/* wholeText */.r0)(`${renderHead(result)}\n`),
        ...testTables(result),
        workflowTable(result),
        ...jobTables(result),
        (0,sections/* wholeText */.r0)(result.label === undefined ? summary_timeline(renderChart(result)) : ''),
        logDetails(result),
        ...artifactLists(result),
        omissionList(result)
    ];
}
function summary_timeline(chart) {
    return chart === '' ? '' : `### Timeline\n\n${chart}\n`;
}
/** Verdict with link, then who, what and how long. */
function renderHead(result) {
    const facts = [...built(result), ...triggeredBy(result), ...took(result)];
    return [
        heading(result),
        '',
        ...verdict(result),
        ...(facts.length === 0 ? [] : [facts.join(' \u00b7 '), '']),
        ...parameters(result),
        ...aboutCommit(result),
        ...warnings(result)
    ].join('\n');
}
/** `## \u274c CircleCI pipeline #42 failed: gh/acme/shop`, with the pipeline's address. Also right where there is no pipeline or no verdict. */
function heading(result) {
    const { label, name, pipeline, slug } = result;
    const { emoji, words } = (0,report_status/* pipelineLook */.cD)(result);
    const called = label === undefined || name === undefined ? '' : `${(0,report_escape/* code */.aY)(name)}: `;
    const text = pipeline === undefined
        ? withoutPipeline(result)
        : `${(0,report_escape/* link */.nf)((0,report_escape/* markdown */.wD)(`CircleCI pipeline #${pipeline.number}`), pipeline.url)} ${words}`;
    return `## ${emoji} ${called}${text}${slug === '' ? '' : `: ${(0,report_escape/* code */.aY)(slug)}`}`;
}
function withoutPipeline({ verdict }) {
    if (verdict === undefined)
        return 'No CircleCI pipeline triggered';
    const text = verdict.reason === undefined ? undefined : WITHOUT_PIPELINE[verdict.reason];
    return text ?? `The CircleCI step ${(0,report_status/* conclusionLook */.pG)(verdict).words}`;
}
function verdict(result) {
    const message = result.verdict?.message ?? (0,record_result/* notWaitedFor */.xK)({ ...result, pipelines: [result] }) ?? '';
    return message === '' ? [] : [(0,report_escape/* markdown */.wD)(message, 2000), ''];
}
function built({ ref, pipeline, slug, host }) {
    const tag = pipeline?.tag ?? (ref !== undefined && 'tag' in ref ? ref.tag : undefined);
    const branch = pipeline?.branch ?? (ref !== undefined && 'branch' in ref ? ref.branch : undefined);
    const commit = renderCommit(pipeline?.revision, slug, host);
    const at = commit === '' ? '' : ` at ${commit}`;
    if (tag !== undefined)
        return [`**Tag** ${(0,report_escape/* code */.aY)(tag)}${at}`];
    if (branch !== undefined)
        return [`**Branch** ${(0,report_escape/* code */.aY)(branch)}${at}`];
    return commit === '' ? [] : [`**Commit** ${commit}`];
}
/** The short commit, linked where its address is certain: `gh` and `bb` on CircleCI Cloud are github.com and bitbucket.org. */
function renderCommit(revision, slug, host) {
    const short = (0,report_escape/* code */.aY)(revision?.slice(0, 7) ?? '');
    const parsed = host === 'https://circleci.com' ? (0,circleci_slug/* parseSlug */.dF)(slug) : undefined;
    if (parsed === undefined || revision === undefined || !/^[\da-f]{7,64}$/.test(revision))
        return short;
    const repository = [parsed.organization, parsed.project].map(encodeURIComponent).join('/');
    const pages = {
        gh: `https://github.com/${repository}/commit/${revision}`,
        bb: `https://bitbucket.org/${repository}/commits/${revision}`,
        circleci: undefined
    };
    return (0,report_escape/* link */.nf)(short, pages[parsed.provider]);
}
function triggeredBy({ pipeline, triggered, attached }) {
    if (pipeline === undefined)
        return [];
    const actor = pipeline.actorLogin === undefined ? '' : ` as ${(0,report_escape/* markdown */.wD)(pipeline.actorLogin, 60)}`;
    if (triggered)
        return [`**Triggered by** this step${actor}`];
    const by = pipeline.triggerType === undefined
        ? ''
        : ` (${(0,report_escape/* markdown */.wD)(pipeline.triggerType.replaceAll('_', ' '), 60)}${actor})`;
    return [
        attached
            ? `**Attached** to a pipeline this step did not trigger${by}`
            : `**Triggered by** another${by}`
    ];
}
function took(result) {
    if (result.pipeline === undefined)
        return [];
    return [`**Took** ${(0,base_text/* formatDuration */.a3)((0,timeline/* pipelineDurationMs */.lF)(result))}${usual(result)}`];
}
/** Beside the duration, how long it usually takes; with several workflows or attempts their table shows it. */
function usual({ history, workflows }) {
    const past = history.find(({ workflow }) => workflow === workflows[0]?.name);
    return past === undefined || past.runs === 0 || workflows.length > 1
        ? ''
        : `, usually ${(0,base_text/* formatDuration */.a3)(past.medianSeconds * 1000)}`;
}
function parameters({ parameters: given }) {
    const entries = Object.entries(given);
    if (entries.length === 0)
        return [];
    const shown = entries
        .slice(0, PARAMETERS)
        .map(([name, value]) => (0,report_escape/* code */.aY)(`${name}: ${JSON.stringify(value)}`));
    const more = entries.length - shown.length;
    return [`**Parameters** ${shown.join(' ')}${more > 0 ? ` and ${more} more` : ''}`, ''];
}
function aboutCommit(result) {
    const other = (0,record_result/* otherCommit */.e4)(result);
    return other === undefined ? [] : [`> [!WARNING]\n> ${(0,report_escape/* markdown */.wD)(other, 500)}`, ''];
}
/** What CircleCI says of a config that it took all the same. */
function warnings({ pipeline }) {
    const given = pipeline?.warnings ?? [];
    if (given.length === 0)
        return [];
    const shown = given
        .slice(0, WARNINGS)
        .map(({ type, message }) => `- ${(0,report_escape/* markdown */.wD)(message, 500)} (${(0,report_escape/* code */.aY)(type)})`);
    const more = given.length - shown.length;
    return [
        '**CircleCI warns about the config**',
        '',
        ...shown,
        ...(more > 0 ? [`- and ${more} more`] : []),
        ''
    ];
}


/***/ })

};
