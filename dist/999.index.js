export const id = 999;
export const ids = [999];
export const modules = {

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


/***/ })

};
