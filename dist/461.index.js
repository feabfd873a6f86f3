export const id = 461;
export const ids = [461];
export const modules = {

/***/ 4878:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ mapBounded)
/* harmony export */ });
/**
 * Runs `task` over all items, at most `limit` at a time, and resolves with the results in the items' order. When a
 * task rejects no further one is started, those under way are waited for, and the first rejection is passed on.
 */
async function mapBounded(items, limit, task) {
    const results = new Array(items.length);
    const failures = [];
    let next = 0;
    const work = async () => {
        while (next < items.length && failures.length === 0) {
            const index = next;
            next += 1;
            try {
                results[index] = await task(items[index], index);
            }
            catch (error) {
                failures.push(error);
            }
        }
    };
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
    if (failures.length > 0)
        throw failures[0];
    return results;
}


/***/ }),

/***/ 6461:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E_: () => (/* binding */ selectionRemarks),
/* harmony export */   artifactMatcher: () => (/* binding */ artifactMatcher),
/* harmony export */   qC: () => (/* binding */ selectArtifacts),
/* harmony export */   wn: () => (/* binding */ listArtifacts)
/* harmony export */ });
/* unused harmony export sortArtifacts */
/* harmony import */ var _base_concurrency_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4878);
/* harmony import */ var _base_matcher_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6601);
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6888);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(766);
/* harmony import */ var _side_channel_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1573);





/** Listing requests in flight at once: as many as downloads, so that most pipelines take a single round trip. */
const LISTINGS_AT_ONCE = 16;
/**
 * Lists the artifacts of all finished build jobs (failed ones too) of the deciding workflows' latest attempts: all
 * pages, a bounded number of requests in flight. A job that cannot be listed becomes an omission and one warning;
 * rejects only with an `AbortedError`.
 */
async function listArtifacts(run, context) {
    const deciding = new Set(run.workflows.filter(workflow => workflow.deciding && workflow.latest).map(({ id }) => id));
    const jobs = (0,_jobs_js__WEBPACK_IMPORTED_MODULE_0__/* .finishedBuildJobs */ .n1)(run.jobs).filter(job => deciding.has(job.workflowId));
    const channel = (0,_side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .sideChannel */ .ZC)('Some artifact listings', context);
    const unlisted = [];
    const found = await (0,_base_concurrency_js__WEBPACK_IMPORTED_MODULE_3__/* .mapBounded */ .y)(jobs, LISTINGS_AT_ONCE, async (job) => {
        const artifacts = [];
        const complete = await channel.attempt(`the artifact list of job "${job.name}"`, () => readArtifacts(job, artifacts, context));
        if (complete === undefined)
            unlisted.push(`job "${job.name}"`);
        return artifacts;
    });
    return {
        artifacts: sortArtifacts(found.flat()),
        jobs: jobs.map((job, index) => describeJob(job, found[index] ?? [])),
        unlisted: unlisted.sort(),
        omissions: channel.finish()
    };
}
async function readArtifacts(job, into, { circleci, slug, signal }) {
    const seen = new Set();
    const options = { signal, patienceMs: _side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .SIDE_PATIENCE_MS */ .Bc };
    for await (const page of circleci.artifacts(slug, job.number, options)) {
        for (const { path, nodeIndex, url } of page) {
            // Pages can overlap when something is uploaded in between.
            const key = JSON.stringify([nodeIndex, path, url]);
            if (seen.has(key))
                continue;
            seen.add(key);
            const { workflow, name, number } = job;
            into.push({ workflow, job: name, jobNumber: number, nodeIndex, path, url });
        }
    }
    return true;
}
function describeJob(job, artifacts) {
    return {
        workflow: job.workflow,
        job: job.name,
        jobNumber: job.number,
        parallel: artifacts.some(({ nodeIndex }) => nodeIndex > 0)
    };
}
/** Orders artifacts by workflow, job, node and path, by code units: the same on every machine and in every locale. */
function sortArtifacts(artifacts) {
    return [...artifacts].sort((a, b) => compare(a.workflow, b.workflow) ||
        compare(a.job, b.job) ||
        a.jobNumber - b.jobNumber ||
        a.nodeIndex - b.nodeIndex ||
        compare(a.path, b.path) ||
        compare(a.url, b.url));
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** So many of the paths there are stand beside a line that matches none of them. */
const EXAMPLES = 5;
/** Artifacts that are held against the lines without a pause for anything else. */
const AT_ONCE = 20;
/**
 * Matches artifacts with a list of lines: a line is a glob for the whole path (`coverage/**`) or for job and path
 * (`test-*:coverage/**`); `*` stays within a folder, `**` does not, a trailing `/` means everything below.
 */
function artifactMatcher(lines) {
    return (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .matcherOf */ .Ke)(lines, compile);
}
/**
 * The artifacts that are on the list, in the order given; no line at all selects nothing. One whose path is too long to
 * be held against the lines is left out. Rejects only with an `AbortedError`.
 */
async function selectArtifacts(artifacts, lines, signal) {
    if (lines.length === 0)
        return [];
    const { matches } = artifactMatcher(lines);
    return inTurns(artifacts, signal, some => some.filter(one => matches(one) === 'yes'));
}
/**
 * What selecting by the lines leaves to be said: one sentence for each line without `!` that matches none of the
 * artifacts, with some of the paths there are and the line that would have matched when a missing globstar explains it;
 * and how many paths were too long. Empty when there are no artifacts: then no line is to blame.
 */
async function selectionRemarks(artifacts, lines, signal) {
    if (artifacts.length === 0)
        return [];
    const unmatched = await unmatchedLines(artifacts, lines, signal);
    const failing = await unmatchedLines(artifacts, unmatched.flatMap(betterLines), signal);
    const remarks = unmatched.map(line => {
        const better = betterLines(line).find(one => !failing.includes(one));
        const meaning = better === below(line) ? ', everything below it' : '';
        const hint = better === undefined ? hintFor(line) : ` Did you mean "${better}"${meaning}?`;
        return `Line "${line}" of input "artifacts" matches none of ${describePaths(artifacts)}.${hint}`;
    });
    const { matches } = artifactMatcher(lines);
    const tooLong = await inTurns(artifacts, signal, some => some.filter(one => matches(one) === 'too-long'));
    return tooLong.length === 0 ? remarks : [...remarks, describeTooLong(tooLong.length)];
}
/** Lines that may have been meant: everything below a folder of that name, the same in any folder, or both. */
function betterLines(line) {
    const anywhere = `**/${line.replace(/^\/+/, '')}`;
    return isPlain(line) ? [below(line), anywhere, below(anywhere)] : [anywhere];
}
/** Said where nothing better is known: a comma, or a name that may be a folder's and has no ending of a file's. */
function hintFor(line) {
    const comma = (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .oneALine */ .Oq)([line]);
    if (comma !== '' || !isPlain(line) || /\.[^/]*$/.test(line))
        return comma;
    return ` For everything below a folder write "${below(line)}".`;
}
function isPlain(line) {
    return !/[*?[\]{}]|\/$/.test(line);
}
function below(folder) {
    return `${folder}/**`;
}
async function unmatchedLines(artifacts, lines, signal) {
    let left = artifactMatcher(lines).unmatched([]);
    await inTurns(artifacts, signal, some => {
        left = artifactMatcher(left).unmatched(some);
        return [];
    });
    return left;
}
/** Does some of a long list at a time, so that it can be stopped in between. */
async function inTurns(items, signal, task) {
    const results = [];
    for (let start = 0; start < items.length; start += AT_ONCE) {
        await (0,_side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .breathe */ .q7)(signal);
        results.push(task(items.slice(start, start + AT_ONCE)));
    }
    return results.flat();
}
function describeTooLong(count) {
    const were = count === 1 ? 'was' : 'were';
    return `${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)(count, 'artifact')} ${were} left out: a path or job name of more than ${_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_MATCHED */ .ul} characters is not matched against input "artifacts".`;
}
function describePaths(artifacts) {
    const paths = artifacts.slice(0, EXAMPLES).map(({ path }) => `"${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(path)}"`);
    const which = artifacts.length > EXAMPLES ? ', among them' : ':';
    return `the ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)(artifacts.length, 'artifact')}${which} ${paths.join(', ')}`;
}
function compile(line) {
    // Paths are data of CircleCI's, never this machine's.
    const whole = (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .textTest */ .yV)(cleanPattern(line), 'path');
    const pairs = [...line.matchAll(/:/g)].map(({ index }) => ({
        job: (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .textTest */ .yV)(line.slice(0, index), 'name'),
        path: (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .textTest */ .yV)(cleanPattern(line.slice(index + 1)), 'path')
    }));
    return artifact => {
        const path = cleanPath(artifact.path);
        const answers = pairs.map(pair => bothOf(pair.job(artifact.job), pair.path(path)));
        return (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .anyOf */ .EB)([whole(path), ...answers]);
    };
}
function bothOf(first, second) {
    if (first === 'no' || second === 'no')
        return 'no';
    return first === 'yes' ? second : first;
}
function cleanPattern(pattern) {
    return pattern.replace(/^(?:\.?\/+)+/, '').replace(/\/$/, '/**');
}
/** A path without empty and `.` segments; `..`, which no glob matches, becomes a name that globs can match. */
function cleanPath(path) {
    if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path))
        return path;
    return path
        .split('/')
        .filter(segment => segment !== '' && segment !== '.')
        .map(segment => (segment === '..' ? '__' : segment))
        .join('/');
}


/***/ }),

/***/ 6888:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eW: () => (/* binding */ failedBuildJobs),
/* harmony export */   n1: () => (/* binding */ finishedBuildJobs),
/* harmony export */   rd: () => (/* binding */ collectJobs)
/* harmony export */ });
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8760);
/* harmony import */ var _circleci_urls_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3540);
/* harmony import */ var _base_concurrency_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4878);
/* harmony import */ var _side_channel_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1573);




/** Listing requests in flight at once. */
const REQUESTS_AT_ONCE = 4;
/** Attempts beyond this many are told without their jobs. */
const MAX_ATTEMPTS = 200;
/**
 * The jobs of every attempt of every workflow, latest attempts first in line. One request an attempt (more for many
 * jobs). An attempt whose jobs cannot be read becomes an omission and one warning; rejects only with an
 * `AbortedError`.
 */
async function collectJobs({ workflows, host, decides }, context) {
    const { circleci, slug, signal } = context;
    const links = (0,_circleci_urls_js__WEBPACK_IMPORTED_MODULE_1__/* .linksFor */ .h)(host);
    const channel = (0,_side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .sideChannel */ .ZC)('Some jobs', context);
    const read = workflows.toSorted((a, b) => Number(b.latest) - Number(a.latest));
    const unread = [];
    const unknown = new _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .UnknownStatuses */ .hh(context.log);
    const lists = await (0,_base_concurrency_js__WEBPACK_IMPORTED_MODULE_3__/* .mapBounded */ .y)(read.slice(0, MAX_ATTEMPTS), REQUESTS_AT_ONCE, async (attempt) => {
        const what = `the jobs of workflow "${attempt.name}"`;
        const jobs = await channel.attempt(what, () => circleci.jobs(attempt.id, { signal, patienceMs: _side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .SIDE_PATIENCE_MS */ .Bc }));
        if (jobs === undefined && attempt.latest)
            unread.push(attempt.name);
        unknown.note('job', jobs ?? []);
        const unique = new Map(jobs?.map(job => [job.id, job])).values();
        return [...unique].map((job) => {
            const { number } = job;
            return {
                ...job,
                workflow: attempt.name,
                workflowId: attempt.id,
                attempt: attempt.attempt,
                latest: attempt.latest,
                deciding: attempt.deciding && decides?.(job) !== false,
                // An approval may have a number too, but no page.
                url: number === undefined || job.type === 'approval'
                    ? undefined
                    : links.job(slug, attempt.pipelineNumber, attempt.id, number)
            };
        });
    });
    const omissions = [...channel.finish()];
    if (read.length > MAX_ATTEMPTS) {
        omissions.push(`The jobs of ${read.length - MAX_ATTEMPTS} earlier attempts were left out.`);
    }
    return { jobs: lists.flat(), unread, omissions };
}
/** The failed build jobs of the latest attempts, in the order given. */
function failedBuildJobs(jobs) {
    return finishedBuildJobs(jobs).filter(({ status }) => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isFailed */ .Ix)(status));
}
/** The build jobs of the latest attempts that ran and came to an end, in the order given. */
function finishedBuildJobs(jobs) {
    return jobs.filter(isBuildJob).filter(({ latest, status }) => {
        const { started, ended } = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(status);
        return latest && started && ended;
    });
}
function isBuildJob(job) {
    return job.type === 'build' && job.number !== undefined;
}


/***/ }),

/***/ 1573:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ SIDE_PATIENCE_MS),
/* harmony export */   ZC: () => (/* binding */ sideChannel),
/* harmony export */   q7: () => (/* binding */ breathe)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4758);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(766);



/** How long the faults of one side-channel request are retried, in milliseconds: a report is not worth a long wait. */
const SIDE_PATIENCE_MS = 15_000;
/** So many requests in a row without an answer, and the rest is not even tried. */
const GIVE_UP_AFTER = 3;
/** Makes a `SideChannel` whose warning begins with `subject`, e.g. `Some logs`. */
function sideChannel(subject, context) {
    const failures = [];
    let unanswered = 0;
    return {
        attempt: async (what, read) => {
            if (unanswered >= GIVE_UP_AFTER) {
                failures.push((0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .asSentence */ .KG)(`${what} was not requested: CircleCI did not answer`));
                return undefined;
            }
            try {
                const value = await read();
                unanswered = 0;
                return value;
            }
            catch (error) {
                if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM || context.signal?.aborted === true)
                    throw error;
                unanswered = error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG ? unanswered + 1 : 0;
                failures.push((0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .asSentence */ .KG)(`${what} could not be read: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorMessage */ .gJ)(error)}`));
                return undefined;
            }
        },
        finish: () => {
            if (failures.length > 0) {
                const more = failures.length > 1 ? ` (and ${failures.length - 1} more like it)` : '';
                context.log.warning(`${subject} could not be read; this does not change the verdict. ${String(failures[0])}${more}`);
            }
            return failures;
        }
    };
}
/**
 * Lets signals, timers and answers through between two rows of a list that CircleCI may have made as long as it likes;
 * rejects with an `AbortedError` once the signal is aborted.
 */
async function breathe(signal) {
    await new Promise(resolve => {
        setImmediate(resolve);
    });
    if (signal?.aborted === true)
        throw new _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM('Reading the report');
}


/***/ })

};
