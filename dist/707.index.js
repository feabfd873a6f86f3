export const id = 707;
export const ids = [707];
export const modules = {

/***/ 4878:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ mapBounded)
/* harmony export */ });
/**
 * Runs `task` over all items, `limit` at a time; the results come in the items' order. After a rejection no other is
 * started, those under way are waited for, and the first rejection is passed on.
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
    const channel = new _side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .SideChannel */ .$('Some artifact listings', context);
    const unlisted = [];
    const found = await (0,_base_concurrency_js__WEBPACK_IMPORTED_MODULE_3__/* .mapBounded */ .y)(jobs, LISTINGS_AT_ONCE, async (job) => {
        const artifacts = [];
        const complete = await channel.attempt(`the artifact list of job "${job.name}"`, options => readArtifacts(job, artifacts, context, options));
        if (complete === undefined)
            unlisted.push(`job "${job.name}"`);
        return artifacts;
    });
    return {
        artifacts: sortArtifacts(found.flat()),
        jobs: jobs.map(({ workflow, name, number }, index) => {
            const parallel = found[index]?.some(({ nodeIndex }) => nodeIndex > 0) === true;
            return { workflow, job: name, jobNumber: number, parallel };
        }),
        unlisted: unlisted.sort(),
        omissions: channel.finish()
    };
}
async function readArtifacts(job, into, { circleci, slug }, options) {
    const seen = new Set();
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
/** Artifacts that are matched without a pause for anything else. */
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
 * be matched is left out. Rejects only with an `AbortedError`.
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
        await (0,_side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .breathe */ .q)(signal);
        results.push(task(items.slice(start, start + AT_ONCE)));
    }
    return results.flat();
}
function describeTooLong(count) {
    return `${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)(count, 'artifact was', 'artifacts were')} left out: a path or job name of more than ${_base_matcher_js__WEBPACK_IMPORTED_MODULE_4__/* .MAX_MATCHED */ .ul} characters is not matched against input "artifacts".`;
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
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1525);
/* harmony import */ var _base_concurrency_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4878);
/* harmony import */ var _side_channel_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1573);




/** Listing requests in flight at once. */
const REQUESTS_AT_ONCE = 4;
/** Attempts beyond this many are reported without their jobs. */
const MAX_ATTEMPTS = 200;
/**
 * The jobs of every attempt of every workflow, latest attempts first in line. One request an attempt (more for many
 * jobs). An attempt whose jobs cannot be read becomes an omission and one warning; rejects only with an
 * `AbortedError`.
 */
async function collectJobs({ workflows, host, decides }, context) {
    const { circleci, slug } = context;
    const links = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .linksFor */ .h8)(host);
    const channel = new _side_channel_js__WEBPACK_IMPORTED_MODULE_2__/* .SideChannel */ .$('Some jobs', context);
    const read = workflows.toSorted((a, b) => Number(b.latest) - Number(a.latest));
    const unread = [];
    const lists = await (0,_base_concurrency_js__WEBPACK_IMPORTED_MODULE_3__/* .mapBounded */ .y)(read.slice(0, MAX_ATTEMPTS), REQUESTS_AT_ONCE, async (workflow) => {
        const { id, name, attempt, latest, deciding, pipelineNumber } = workflow;
        const jobs = await channel.attempt(`the jobs of workflow "${name}"`, options => circleci.jobs(id, options));
        if (jobs === undefined && latest)
            unread.push(name);
        return [...(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .distinct */ .dM)('job', jobs ?? []).values()].map((job) => {
            // An approval may have a number too, but no page.
            const number = job.type === 'approval' ? undefined : job.number;
            return {
                ...job,
                workflow: name,
                workflowId: id,
                attempt,
                latest,
                deciding: deciding && decides?.(job) !== false,
                url: number === undefined ? undefined : links.job(slug, pipelineNumber, id, number)
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
    return jobs.filter((job) => {
        const { started, ended } = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status);
        return job.type === 'build' && job.number !== undefined && job.latest && started && ended;
    });
}


/***/ }),

/***/ 1573:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ SideChannel),
/* harmony export */   q: () => (/* binding */ breathe)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4758);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(766);



/** How long the faults of one side-channel request are retried, in milliseconds: a report is not worth a long wait. */
const PATIENCE_MS = 15_000;
/** So many requests in a row without an answer, and the rest is not even tried. */
const GIVE_UP_AFTER = 3;
/** Reads that may fail without changing the verdict: a failed one becomes `undefined` and a sentence. */
class SideChannel {
    /** How its requests are to be made. */
    options;
    subject;
    context;
    failures = [];
    unanswered = 0;
    /** `subject` begins the warning: `Some logs`. */
    constructor(subject, context) {
        this.subject = subject;
        this.context = context;
        this.options = { signal: context.signal, patienceMs: PATIENCE_MS };
    }
    /**
     * Resolves with what `read` does, or with `undefined` when it failed; `what` names it: `the log of job "test"`. Rejects
     * only with an `AbortedError`.
     */
    async attempt(what, read) {
        if (this.unanswered >= GIVE_UP_AFTER) {
            this.failures.push((0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .asSentence */ .KG)(`${what} was not requested: CircleCI did not answer`));
            return undefined;
        }
        try {
            const value = await read(this.options);
            this.unanswered = 0;
            return value;
        }
        catch (error) {
            if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM || this.context.signal?.aborted === true)
                throw error;
            this.unanswered = error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG ? this.unanswered + 1 : 0;
            this.failures.push((0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .asSentence */ .KG)(`${what} could not be read: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorMessage */ .gJ)(error)}`));
            return undefined;
        }
    }
    /** One sentence for each read that failed, after one warning with the first of them. */
    finish() {
        const { failures, subject, context } = this;
        const [first] = failures;
        if (first !== undefined) {
            const more = failures.length > 1 ? ` (and ${failures.length - 1} more like it)` : '';
            context.log.warning(`${subject} could not be read; this does not change the verdict. ${first}${more}`);
        }
        return failures;
    }
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


/***/ }),

/***/ 4082:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D4: () => (/* binding */ repositoryPaths),
/* harmony export */   SH: () => (/* binding */ repositoryPath),
/* harmony export */   TH: () => (/* binding */ toSlashes),
/* harmony export */   filesOfCheckout: () => (/* binding */ filesOfCheckout),
/* harmony export */   lm: () => (/* binding */ MAX_PATH)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);


/** Longest path that is taken apart, in UTF-16 units; a test report may hold anything. */
const MAX_PATH = 1000;
/** With more folders than this, the shorter ends of a path are not guessed. */
const MAX_FOLDERS = 40;
/**
 * Homes of CircleCI's users, by executor: convenience images, images that run as root, macOS, Windows (whose paths may
 * differ in case), and `~` as the configuration writes it. A project is checked out into `project` below, or into the
 * folder that the configuration names, mostly below it as well.
 * https://circleci.com/docs/configuration-reference/#jobs (`working_directory`)
 */
const HOME = /^(?:\/home\/circleci|\/root|\/users\/(?:distiller|circleci)|[a-z]:\/users\/circleci(?:\.[^/]*)?|~)\//i;
/** What is checked out below a home; hidden folders and Go's hold other people's code. */
const CHECKOUT = /^(?!\.|go\/)[^/]+\//i;
/**
 * The path inside the repository that a path of a test report means, with `/`, without leaving the repository:
 * relative paths, and absolute ones below a folder named like the repository or a folder of a CircleCI user's home.
 * `undefined` when that is not certain, or the path is longer than `MAX_PATH`. Understands `file://` addresses and Windows'
 * back-slashes.
 */
function repositoryPath(file, repository) {
    if (file.length > MAX_PATH)
        return undefined;
    const relative = stripCheckout(toSlashes(file), repository);
    return relative === undefined ? undefined : normalize(relative);
}
/**
 * All that a path may mean inside the repository, likeliest first: `repositoryPath`, then, of an absolute path, every
 * shorter end that still has a folder. The latter are guesses, worth something only where such a file exists.
 */
function repositoryPaths(file, repository) {
    if (file.length > MAX_PATH)
        return [];
    const path = toSlashes(file);
    const guesses = isAbsolute(path) ? shorterEnds(path) : [];
    const paths = [repositoryPath(file, repository), ...guesses.map(normalize)];
    return [...new Set(paths.filter(candidate => candidate !== undefined))];
}
/** The same path with `/` only, and without `file://`. */
function toSlashes(file) {
    let path = file.trim();
    if (/^file:\/\//i.test(path))
        path = decoded(path.replace(/^file:\/\/(?:localhost)?/i, ''));
    if (/^\/[a-z]:[\\/]/i.test(path))
        path = path.slice(1);
    // A back-slash is a legal character of a Unix name, so it only counts where nothing else separates folders.
    return /^[a-z]:\\/i.test(path) || !path.includes('/') ? path.replaceAll('\\', '/') : path;
}
function decoded(path) {
    try {
        return decodeURIComponent(path);
    }
    catch {
        return path;
    }
}
function stripCheckout(path, repository) {
    if (!isAbsolute(path))
        return path;
    const belowHome = HOME.test(path) ? path.replace(HOME, '') : '';
    const segments = path.split('/');
    const index = repository === '' ? -1 : segments.indexOf(repository);
    if (index >= 0 && !/^project\//i.test(belowHome))
        return segments.slice(index + 1).join('/');
    return CHECKOUT.test(belowHome) ? belowHome.replace(CHECKOUT, '') : undefined;
}
function shorterEnds(path) {
    const segments = path
        .replace(HOME, '')
        .split('/')
        .filter(segment => segment !== '');
    if (segments.length > MAX_FOLDERS)
        return [];
    const ends = [];
    // A bare file name says too little to guess by.
    for (let start = 1; start <= segments.length - 2; start += 1) {
        ends.push(segments.slice(start).join('/'));
    }
    return ends;
}
function isAbsolute(path) {
    return /^(?:\/|[a-z]:\/|~\/)/i.test(path);
}
/** A relative path without `.` and `..`; `undefined` when it leaves the repository, is absolute or a folder, or is none. */
function normalize(path) {
    if (isAbsolute(path) || path.endsWith('/') || path.includes('\0'))
        return undefined;
    const kept = [];
    for (const segment of path.split('/')) {
        if (segment === '' || segment === '.')
            continue;
        if (segment !== '..')
            kept.push(segment);
        else if (kept.pop() === undefined)
            return undefined;
    }
    const inside = kept.join('/');
    return inside === '' || isAbsolute(inside) ? undefined : inside;
}
/**
 * A way to ask for files of the checkout; `undefined` when the workspace holds none. There is one when it has a `.git`:
 * files that something else has put there say nothing about those of the repository. A checkout in a folder of its own,
 * or without git, counts as none.
 */
async function filesOfCheckout(workspace) {
    if (workspace === undefined)
        return undefined;
    const isThere = (path, is) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, path)).then(is, () => false);
    const hasGit = await isThere('.git', () => true);
    return hasGit ? path => isThere(path, found => found.isFile()) : undefined;
}


/***/ }),

/***/ 7054:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BC: () => (/* binding */ shortHash),
/* harmony export */   Kb: () => (/* binding */ safeSegments),
/* harmony export */   M$: () => (/* binding */ isGitName),
/* harmony export */   QE: () => (/* binding */ markedName),
/* harmony export */   mw: () => (/* binding */ foldedName)
/* harmony export */ });
/* unused harmony export safeName */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

/** Longest name of a file or folder that every file system of the runners takes, in UTF-8 bytes. */
const MAX_NAME_BYTES = 255;
/** Longest path below the download folder, in UTF-8 bytes; macOS takes 1,024 for a whole path. */
const MAX_PATH_BYTES = 700;
const MAX_EXTENSION_BYTES = 24;
/** Nearly all names: there can be 100,000 of them. */
const PLAIN = /^[\w.-]{0,99}[\w-]$/;
/** Control characters, what Windows forbids in names (and `:`, which opens a data stream there), lone surrogates. */
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*]|\p{Surrogate}/gu;
/**
 * Windows drops these silently, so that two names become one, and `..` would be a way out. The look behind keeps the
 * search from starting anew inside a run that is not at the end.
 */
const TRAILING = /(?<![. ])[. ]+$/;
/** Devices on Windows, with any extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]) *(?:\.|$)/i;
/**
 * A name for one file or folder that is usable on Linux, macOS and Windows alike, so that a folder of artifacts means
 * the same wherever it is carried: unusable characters become `_`, reserved names get one in front, long names are
 * cut around a hash of the whole. A usable name comes back as it is; doing it twice changes nothing.
 */
function safeName(name) {
    if (PLAIN.test(name) && !RESERVED.test(name))
        return name;
    const plain = name
        .replace(FORBIDDEN, '_')
        .replace(TRAILING, tail => '_'.repeat(tail.length))
        .replace(RESERVED, '_$&');
    if (plain === '')
        return '_';
    return byteLength(plain) <= MAX_NAME_BYTES ? plain : shortened(plain, shortHash(name));
}
/**
 * The folders and the name under which a path of CircleCI's may be written below a folder of ours: split at `/` and `\`, each
 * part made safe, empty and `.` parts dropped, `..` and `.git` turned into other names. Too long a path keeps its first
 * folder and its name and gets a hash in between. Never empty.
 */
function safeSegments(path) {
    const parts = path.split(/[/\\]/).filter(part => part !== '' && part !== '.');
    const safe = (part = '') => (isGitName(part) ? '_git' : safeName(part));
    // Each part takes two bytes at least.
    if (parts.length <= MAX_PATH_BYTES / 2) {
        const segments = parts.map(part => safe(part));
        if (segments.length === 0)
            return ['_'];
        if (segments.length < 3 || byteLength(segments.join('/')) <= MAX_PATH_BYTES)
            return segments;
    }
    return [safe(parts[0]), shortHash(path), safe(parts.at(-1))];
}
/** The same name with a mark between stem and extension that sets it apart from its namesakes. */
function markedName(name, mark) {
    const { stem, extension } = splitExtension(name);
    const marked = `${stem}-${mark}${extension}`;
    return byteLength(marked) <= MAX_NAME_BYTES ? safeName(marked) : shortened(name, mark);
}
/**
 * What two names have in common when a file system that ignores case takes them for one: APFS and NTFS fold case, and
 * APFS also the ways to compose a character. Folds rather too much than too little.
 */
function foldedName(name) {
    return name.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC');
}
/**
 * Whether a file system may take a name for `.git`: APFS and HFS+ ignore case and characters that are not seen, NTFS dots
 * and spaces at the end and whatever follows a `:`, and it knows `.git` as `GIT~1` too. Git guards itself against the same
 * (its `is_hfs_dotgit` and `is_ntfs_dotgit`).
 */
function isGitName(name) {
    if (PLAIN.test(name))
        return name.toLowerCase() === '.git';
    const [seen = ''] = name.replace(/\p{Default_Ignorable_Code_Point}/gu, '').split(':');
    return /^(?:\.GIT|GIT~\d+)$/.test(foldedName(seen.replace(TRAILING, '')));
}
/** Eight hexadecimal digits that depend on all of the text. */
function shortHash(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 8);
}
function shortened(name, mark) {
    const { stem, extension } = splitExtension(name);
    const room = MAX_NAME_BYTES - byteLength(extension) - mark.length - 1;
    let kept = '';
    let bytes = 0;
    for (const character of stem) {
        bytes += byteLength(character);
        if (bytes > room)
            break;
        kept += character;
    }
    return `${kept}-${mark}${extension}`;
}
function splitExtension(name) {
    const dot = name.lastIndexOf('.');
    const extension = dot > 0 ? name.slice(dot) : '';
    if (extension.length < 2 || byteLength(extension) > MAX_EXTENSION_BYTES) {
        return { stem: name, extension: '' };
    }
    return { stem: name.slice(0, dot), extension };
}
function byteLength(text) {
    return Buffer.byteLength(text, 'utf8');
}


/***/ }),

/***/ 4730:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FC: () => (/* binding */ onDisk),
/* harmony export */   Lm: () => (/* binding */ folderMaker),
/* harmony export */   aK: () => (/* binding */ claimFolders),
/* harmony export */   cJ: () => (/* binding */ ignoresCase),
/* harmony export */   checkDownloadFolder: () => (/* binding */ checkDownloadFolder),
/* harmony export */   tz: () => (/* binding */ makeRoot)
/* harmony export */ });
/* unused harmony exports isInside, DiskError */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4758);
/* harmony import */ var _file_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7054);




/**
 * Where `artifacts-path` leads. Throws an `InputError` unless that is inside the workspace or strictly below the
 * runner's temporary folder, and neither Git's nor the runner's own; nothing is written.
 */
async function checkDownloadFolder(path, roots) {
    if (path.includes('\0'))
        throw refusal('must not contain a NUL character.');
    const folder = await physicalPath((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(roots.workspace, path), path);
    const physicalRoot = (root) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(root).catch(() => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(root));
    const workspace = await physicalRoot(roots.workspace);
    const temp = roots.temp ? await physicalRoot(roots.temp) : undefined;
    if (temp !== undefined && isInside(folder, temp)) {
        // The runner keeps the event, the scripts of steps and the files of their outputs there (`_github_workflow`, ...).
        if (/^(?:_|$)/.test((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(temp, folder))) {
            throw refusal(`must not be the runner's own folder, "${path}": name a folder of your own in the runner's temporary folder.`);
        }
    }
    else if (!isInside(folder, workspace)) {
        const where = path === folder ? '' : ` (${folder})`;
        throw refusal(`must be a folder inside the workspace (${roots.workspace}) or the runner's temporary folder, got "${path}"${where}. Use a relative path such as "artifacts".`);
    }
    if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(workspace, folder).split(/[\\/]/).some(_file_name_js__WEBPACK_IMPORTED_MODULE_3__/* .isGitName */ .M$)) {
        throw refusal(`leads into a Git repository's own folder: "${path}".`);
    }
    return { folder, isWorkspace: folder === workspace };
}
function refusal(problem, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('artifacts-path', problem, { cause });
}
/** Whether `path` is `folder` or below it; both absolute. */
function isInside(path, folder) {
    const way = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(folder, path);
    return way === '' || (way.split(/[\\/]/)[0] !== '..' && !(0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(way));
}
/** Resolves the links of that part of a path which exists. A link to nowhere is refused: it may lead anywhere later. */
async function physicalPath(path, input) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path);
    }
    catch (error) {
        const code = codeOf(error);
        if (code !== 'ENOENT') {
            throw refusal(`is "${input}", which cannot be used as a folder (${code}).`, error);
        }
    }
    if (await exists(path))
        throw refusal(`leads through ${path}, a broken symbolic link.`);
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    return parent === path ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await physicalPath(parent, input), path.slice(parent.length));
}
async function exists(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).then(() => true, () => false);
}
/** Makes the folder; it must still be the one that was checked, not reached through a link made meanwhile. */
async function makeRoot(folder) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
        if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(folder)) === folder)
            return;
    }
    catch (error) {
        throw new DiskError(`The folder ${folder} could not be made: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .gJ)(error)}.`, error);
    }
    throw new DiskError(`The folder ${folder} is reached through a symbolic link.`);
}
/** Whether the file system takes two names that differ in case for one; found out by trying `name`, which must be free. */
async function ignoresCase(folder, name) {
    const probe = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
    await onDisk(probe, async () => (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(probe, 'wx')).close());
    try {
        return await exists((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name.toUpperCase()));
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.unlink)(probe).catch(() => undefined);
    }
}
/** So many folders are named in an error. */
const MAX_NAMED = 5;
/**
 * Makes folders below `root`, one by one, and refuses to pass through anything but a real folder: a symbolic link
 * that lies in the download folder (from a checkout, a cache, an earlier step) would lead out of it.
 */
function folderMaker(root) {
    const made = new Map();
    return async (segments) => {
        let path = root;
        for (const segment of segments) {
            path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, segment);
            const making = made.get(path) ?? makeFolder(path);
            made.set(path, making);
            await making;
        }
    };
}
/**
 * Makes new folders in a place where other things lie, all or none. Refuses with a `DiskError` names that are taken, which
 * a job could be called to overwrite them, and those that begin with `.` or `_`, which mean something to tools.
 */
async function claimFolders(root, names) {
    const refused = [];
    for (const name of names) {
        if ((await exists((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, name))) || /^[._]/.test(name))
            refused.push(`"${name}"`);
    }
    if (refused.length > 0) {
        const more = refused.length > MAX_NAMED ? ', \u2026' : '';
        throw new DiskError(`Artifacts are downloaded into a folder for each job, and in the workspace itself (${root}) some of these must not be created: ${refused.slice(0, MAX_NAMED).join(', ')}${more}. Such a folder must not exist already, and its name must not begin with "." or "_". Nothing was downloaded; set "artifacts-path" to a folder of its own, such as "artifacts".`);
    }
    for (const name of names)
        await onDisk((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, name), () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, name)));
}
async function makeFolder(path) {
    const found = await onDisk(path, async () => {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path).catch((error) => {
            if (codeOf(error) !== 'EEXIST')
                throw error;
        });
        return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path);
    });
    if (found.isDirectory())
        return;
    const what = found.isSymbolicLink() ? 'a symbolic link' : 'a file';
    throw new DiskError(`${path} is ${what} where a folder is needed. Remove it, or choose another folder with "artifacts-path".`);
}
/** The disk refused, or something is in the way there: trying again does not help. */
class DiskError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionError */ .lZ {
    constructor(problem, cause) {
        super('download', problem, { cause });
    }
}
const HINTS = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    EISDIR: 'a folder of that name is in the way',
    ENOTEMPTY: 'a folder of that name is in the way',
    ENAMETOOLONG: 'the path is too long'
};
/** Does something on disk; what it rejects with becomes a `DiskError` that names the path and says why. */
async function onDisk(path, action) {
    try {
        return await action();
    }
    catch (error) {
        if (error instanceof DiskError)
            throw error;
        const code = codeOf(error);
        const hint = HINTS[code] ?? (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .gJ)(error);
        const suffix = code === '' ? '' : ` (${code})`;
        throw new DiskError(`${path} could not be written: ${hint}${suffix}.`, error);
    }
}
/** The code of a system error, `ENOENT` for one, or ''. */
function codeOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}


/***/ }),

/***/ 4853:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCommit: () => (/* binding */ runCommit)
});

// EXTERNAL MODULE: ./src/circleci/faults.ts
var faults = __webpack_require__(6899);
// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __webpack_require__(1525);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __webpack_require__(4758);
// EXTERNAL MODULE: ./src/pipeline/ending.ts
var ending = __webpack_require__(2523);
// EXTERNAL MODULE: ./src/pipeline/follow.ts + 9 modules
var follow = __webpack_require__(3904);
// EXTERNAL MODULE: ./src/record/record.ts
var record_record = __webpack_require__(5380);
// EXTERNAL MODULE: ./src/pipeline/obtain.ts + 1 modules
var obtain = __webpack_require__(4092);
// EXTERNAL MODULE: ./src/base/clock.ts
var base_clock = __webpack_require__(6412);
// EXTERNAL MODULE: ./src/base/concurrency.ts
var concurrency = __webpack_require__(4878);
// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __webpack_require__(766);
// EXTERNAL MODULE: ./src/trigger/first-read.ts
var first_read = __webpack_require__(6891);
// EXTERNAL MODULE: ./src/trigger/match.ts
var match = __webpack_require__(1249);
// EXTERNAL MODULE: ./src/trigger/ref.ts
var ref = __webpack_require__(5577);
;// CONCATENATED MODULE: ./src/trigger/commit-match.ts





/**
 * Compares a pipeline with what is looked for. Only what contradicts rules one out: a pipeline that shows no ref, or not
 * how it was started, is taken. `values` are `undefined` where they were not read.
 */
function standingOf(pipeline, values, choice) {
    if (pipeline.revision?.toLowerCase() !== choice.revision.toLowerCase())
        return UNRELATED;
    const why = (pipeline.id === choice.ownPipeline ? 'this step runs in it' : undefined) ??
        otherOrigin(pipeline, values) ??
        otherRef(pipeline, values, choice.refs);
    if (why !== undefined)
        return { kind: 'other', why };
    return choice.definition === undefined ? TAKEN : byDefinition(values, choice.definition);
}
const TAKEN = { kind: 'taken' };
const UNSURE = { kind: 'unsure' };
const UNRELATED = { kind: 'unrelated' };
/**
 * How a pipeline was started that CircleCI did not start by itself. The list of types is open, so what is none of these
 * is CircleCI's own; a custom webhook has the type of a push, and only the values show it.
 * https://circleci.com/docs/guides/orchestrate/pipeline-variables/ (`pipeline.event.name`, `pipeline.trigger.type`)
 */
function otherOrigin({ triggerType }, values) {
    const types = [
        triggerType,
        (0,match/* valueOf */.RP)(values, 'pipeline.event.name') ?? '',
        (0,match/* valueOf */.RP)(values, 'pipeline.trigger.type') ?? ''
    ];
    return types.find(type => /^(?:api|explicit|custom_webhook)$|^schedule/.test(type));
}
function otherRef(pipeline, values, refs) {
    const ref = refOf(pipeline, values);
    if (ref === undefined || refs === undefined || refs.includes(ref))
        return undefined;
    return ref.startsWith('tag ') ? ref : `branch ${ref}`;
}
/** Its ref's name, as `nameOf` writes it; of a tag where a branch is known besides. `undefined`: none is. */
function refOf(pipeline, values) {
    const tag = pipeline.tag ?? (0,match/* valueOf */.RP)(values, 'pipeline.git.tag');
    if (tag !== undefined)
        return (0,ref/* nameOf */.Vb)({ tag });
    const branch = pipeline.branch ?? (0,match/* valueOf */.RP)(values, 'pipeline.git.branch');
    return branch === undefined ? undefined : (0,ref/* nameOf */.Vb)({ branch });
}
/** `wanted` is an id or a name, and nothing says which. */
function byDefinition(values, wanted) {
    const id = (0,match/* definitionOf */.Fg)(values);
    const name = (0,match/* valueOf */.RP)(values, 'pipeline.name');
    if (id === wanted.toLowerCase() || name === wanted)
        return TAKEN;
    if ((UUID.test(wanted) ? id : name) === undefined)
        return UNSURE;
    return { kind: 'other', why: `definition "${name ?? id ?? ''}"` };
}
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How much older than one pipeline of the commit another may be, in milliseconds of CircleCI's own times. */
const OLDER_BY_MS = 24 * 3600_000;
/** Whether all of a page is too old to be of the commit, going by what was seen of that. */
function areTooOld(page, seen) {
    const times = [...seen]
        .filter(({ standing }) => standing.kind !== 'unrelated')
        .map(({ pipeline }) => Date.parse(pipeline.createdAt));
    const oldest = Math.min(...times.filter(time => !Number.isNaN(time)));
    return (times.length > 0 &&
        page.every(({ createdAt }) => !(Date.parse(createdAt) >= oldest - OLDER_BY_MS)));
}
/** The error of a search that found none; `instead` are the pipelines of the commit that are not taken. */
function notStarted({ slug, revision, refs, definition }, instead, host, { withinMs, isTimeout }) {
    const others = instead.slice(-5).map(({ pipeline: { number }, standing }) => {
        const why = standing.kind === 'other' ? standing.why : 'CircleCI does not say of which definition';
        return `#${number} (${why}) ${(0,circleci_slug/* linksFor */.h8)(host).pipeline(slug, number)}`;
    });
    const seen = others.length === 0
        ? 'That commit has no pipelines at all'
        : `That commit only has pipelines that were started in other ways or for other refs: ${others.join(', ')}`;
    const ref = refs?.[0] === undefined ? '' : ` on ${refs[0]}`;
    const through = definition === undefined ? '' : ` through definition "${definition}"`;
    const within = `${(0,base_text/* formatDuration */.a3)(withinMs)}${isTimeout ? ', all that was left of "timeout"' : ''}`;
    return new errors/* ActionError */.lZ(isTimeout ? 'timeout' : 'not-found', `CircleCI started no pipeline for commit ${revision} in ${(0,circleci_slug/* formatSlug */.Hr)(slug)}${ref}${through} within ${within}. ${seen}. Check that the project builds on pushes (and pull requests from forks, if this is one), that the commit does not say to skip CI, and "project-slug".`, isTimeout ? { conclusion: 'timed_out' } : {});
}
/** The error of a search that timed out before it was certain that there is no other pipeline; that takes `afterMs`. */
function notSettled({ revision }, taken, afterMs) {
    const names = taken.map(({ number }) => `#${number}`).join(', ');
    return new errors/* ActionError */.lZ('timeout', `"timeout" was over before it was certain that CircleCI started no pipeline for commit ${revision} but ${names}: that takes ${(0,base_text/* formatDuration */.a3)(afterMs)} and more.`, { conclusion: 'timed_out' });
}
/** The error of pipelines that can be neither taken nor ruled out. */
function definitionUnknown(unsure) {
    const names = unsure.map(({ pipeline }) => `#${pipeline.number}`).join(', ');
    return new errors/* ActionError */.lZ('not-found', `CircleCI does not say which definition made ${names}: leave "definition" out, or name the pipeline, by its number in "pipeline".`);
}

;// CONCATENATED MODULE: ./src/trigger/commit-search.ts









/** How long a commit's pipelines may take to appear, and one to show its definition, in milliseconds. */
const APPEARS_WITHIN_MS = 2 * 60_000;
/**
 * One push may start several pipelines, some seconds apart. They count as complete this long after the search began, and
 * this long after the newest was first seen here, in milliseconds.
 */
const SETTLED_AFTER_MS = 15_000;
const SETTLED_AFTER_NEWEST_MS = 10_000;
const LOOK_AGAIN_MS = 5_000;
/** Pages read in one look: at 20 pipelines a page, the newest thousand. */
const MAX_PAGES = 50;
/** Requests beside the list are sent once each: how many at once, and in how many milliseconds all of them. */
const AT_ONCE = 4;
const BESIDE_MS = 5_000;
/** How many pipelines that show no commit are asked for by id in one look. */
const MOST_ASKED = 5;
/**
 * The pipelines that CircleCI itself started for a commit, found by what they show and not by their place in a list. Each
 * look lists again: they come one after another, and what one does not show at first it may show later.
 */
class CommitSearch {
    #choice;
    #context;
    #seen = new Map();
    #startedAt;
    #settled = false;
    constructor(choice, context) {
        this.#choice = choice;
        this.#context = context;
        this.#startedAt = context.clock.now();
    }
    /** Those that are taken, in the order of their numbers. */
    get taken() {
        return this.#all('taken').map(({ pipeline }) => pipeline);
    }
    /** Whether no further one is to be expected, and the last listing found none. */
    get isSettled() {
        return this.#settled;
    }
    /** Milliseconds until a look may show more; `Infinity` once settled. */
    get nextLookInMs() {
        const left = this.#settlesAt() - this.#context.clock.now();
        return this.#settled ? Infinity : Math.min(LOOK_AGAIN_MS, left > 0 ? left : LOOK_AGAIN_MS);
    }
    /** The id of the definition that made a pipeline; `undefined`: it is not known. */
    definitionOf(id) {
        return (0,match/* definitionOf */.Fg)(this.#seen.get(id)?.values);
    }
    /** Those CircleCI started for the commit on branches, when a tag's are looked for. */
    get ofBranches() {
        const anyRef = { ...this.#choice, refs: undefined };
        return this.#all('other').flatMap(({ pipeline, values }) => {
            const isBranch = refOf(pipeline, values)?.startsWith('tag ') === false;
            return isBranch && standingOf(pipeline, values, anyRef).kind !== 'other' ? [pipeline] : [];
        });
    }
    /**
     * Looks until there is one (`settled`: until no further one is to be expected). Throws `not-found` (`timeout` when the
     * step has less time left) when none appears within two minutes, naming what there was instead. So it does when the
     * signal ends the search after a first look; the caller knows whether that was a timeout or a cancel.
     */
    async find(until) {
        const { clock, log, host, signal, deadline } = this.#context;
        const leftMs = deadline - clock.now();
        const withinMs = Math.min(APPEARS_WITHIN_MS, leftMs);
        const isTimeout = leftMs <= APPEARS_WITHIN_MS;
        const { revision, slug } = this.#choice;
        log.info(`Looking for the pipelines that CircleCI started for commit ${revision.slice(0, 7)} in ${(0,circleci_slug/* formatSlug */.Hr)(slug)}, for up to ${(0,base_text/* formatDuration */.a3)(withinMs)}.`);
        const what = `Listing the pipelines of ${(0,circleci_slug/* formatSlug */.Hr)(slug)}`;
        let began;
        for (;;) {
            try {
                await (0,first_read/* patiently */.d_)(what, () => this.look({ signal, patienceMs: 0 }), this.#context);
            }
            catch (error) {
                // The timeout may come during a look: what the looks before it saw says more than a timeout.
                if (began === undefined || !(error instanceof faults/* AbortedError */.oM))
                    throw error;
            }
            // Nothing could appear while the list could not be read.
            began ??= clock.now();
            const isFound = this.#all('taken').length > 0;
            if (isFound && (until === 'found' || this.#settled))
                return;
            const left = began + withinMs - clock.now();
            const isOver = left <= 0 && this.#all('unsure').length === 0;
            if (!isFound && (isOver || signal.aborted)) {
                const instead = [...this.#all('unsure'), ...this.#all('other')];
                throw notStarted(this.#choice, instead, host, { withinMs, isTimeout });
            }
            if (signal.aborted)
                throw notSettled(this.#choice, this.taken, SETTLED_AFTER_MS);
            const pauseMs = isFound || left <= 0 ? this.nextLookInMs : Math.min(LOOK_AGAIN_MS, left);
            await clock.sleep(pauseMs, signal);
        }
    }
    /**
     * Lists once. Rejects like the client does when the list cannot be read, and with `not-found` when CircleCI does not say
     * for two minutes which definition made a pipeline.
     */
    async look(options) {
        const { clock } = this.#context;
        const began = clock.now();
        const before = this.#takenIds();
        const listed = await this.#list(options);
        const { signal, end } = (0,base_clock/* timeLimit */.zc)(clock, BESIDE_MS, options.signal);
        await this.#askForCommits(listed, { signal, patienceMs: 0 });
        await this.#readValues({ signal, patienceMs: 0 });
        end();
        if (options.signal?.aborted === true)
            throw new faults/* AbortedError */.oM('The search for pipelines');
        const unsure = this.#all('unsure');
        if (unsure.some(({ since }) => clock.now() - since >= APPEARS_WITHIN_MS)) {
            throw definitionUnknown(unsure);
        }
        this.#settled =
            this.taken.length > 0 &&
                unsure.length === 0 &&
                before === this.#takenIds() &&
                began >= this.#settlesAt();
    }
    #takenIds() {
        return this.taken.map(({ id }) => id).join(' ');
    }
    #settlesAt() {
        const newest = this.#all('taken').map(({ since }) => since + SETTLED_AFTER_NEWEST_MS);
        return Math.max(this.#startedAt + SETTLED_AFTER_MS, ...newest);
    }
    /** Reads pages until one has nothing that can still count. Returns the ids that were listed. */
    async #list(options) {
        const { circleci } = this.#context;
        const earlier = new Set(this.#seen.keys());
        const listed = new Set();
        let pages = 0;
        // Not the list of one branch: whether it has the pipelines that have no `vcs` is not known.
        for await (const page of circleci.pipelines(this.#choice.slug, {}, options)) {
            for (const pipeline of page) {
                listed.add(pipeline.id);
                this.#learn(pipeline);
            }
            pages += 1;
            const isKnown = page.every(({ id }) => earlier.has(id));
            if (isKnown || pages === MAX_PAGES || areTooOld(page, this.#seen.values()))
                break;
        }
        return listed;
    }
    /** What an answer leaves out is not taken back. */
    #learn(read, values = this.#seen.get(read.id)?.values) {
        const { log, clock } = this.#context;
        const before = this.#seen.get(read.id);
        const { branch, tag, revision } = before?.pipeline ?? read;
        const pipeline = {
            ...read,
            branch: read.branch ?? branch,
            tag: read.tag ?? tag,
            revision: read.revision ?? revision
        };
        const standing = standingOf(pipeline, values, this.#choice);
        const isSame = before?.standing.kind === standing.kind;
        const since = isSame ? before.since : clock.now();
        this.#seen.set(read.id, { pipeline, since, values, standing });
        if (standing.kind !== 'other' || isSame)
            return;
        const level = before?.standing.kind === 'taken' ? 'info' : 'debug';
        const commit = this.#choice.revision.slice(0, 7);
        log[level](`Pipeline #${read.number} (${read.id}) of commit ${commit} is not taken (${standing.why}).`);
    }
    /** One that does not show its commit yet may have left the list before it does. */
    async #askForCommits(listed, options) {
        const { circleci, clock } = this.#context;
        const after = clock.now() - APPEARS_WITHIN_MS;
        const unknown = [...this.#seen.values()].filter(({ pipeline, since }) => pipeline.revision === undefined && !listed.has(pipeline.id) && since >= after);
        await this.#beside(unknown.slice(0, MOST_ASKED), async ({ id }) => {
            this.#learn(await circleci.pipeline(id, options));
        });
    }
    /** Values never change once a pipeline is made; while it is being made they may show more later. */
    async #readValues(options) {
        const { circleci } = this.#context;
        const open = [...this.#all('taken'), ...this.#all('unsure')].filter(({ pipeline, values }) => values === undefined || !(0,match/* isMade */.sX)(pipeline));
        await this.#beside(open, async (pipeline) => {
            this.#learn(pipeline, await circleci.pipelineValues(pipeline.id, options));
        });
    }
    /** A side channel: what could not be read is read again in the next look. */
    async #beside(seen, read) {
        await (0,concurrency/* mapBounded */.y)(seen, AT_ONCE, async ({ pipeline }) => {
            try {
                await read(pipeline);
            }
            catch (error) {
                const problem = (0,errors/* errorMessage */.gJ)(error);
                this.#context.log.debug(`Pipeline #${pipeline.number} could not be read: ${problem}`);
            }
        });
    }
    #all(kind) {
        return [...this.#seen.values()]
            .filter(({ standing }) => standing.kind === kind)
            .sort((a, b) => a.pipeline.number - b.pipeline.number);
    }
}

// EXTERNAL MODULE: ./src/wait/schedule.ts
var schedule = __webpack_require__(620);
;// CONCATENATED MODULE: ./src/wait/together.ts

/**
 * Reads pipelines of one commit as one: a pure function of what each says for itself. Worse beats better, whichever
 * pipeline has it. One that ran nothing does not count beside one that ran something, nor an older canceled one beside a
 * newer one of the same definition.
 */
function decideTogether(members, failFast) {
    const ends = members.flatMap(member => member.decision.kind === 'verdict' ? [{ ...member, verdict: member.decision.verdict }] : []);
    const early = ends.filter(({ verdict }) => endsAll(verdict, failFast));
    const open = members.filter(({ decision }) => decision.kind === 'wait');
    if (open.length > 0 || ends.length === 0) {
        return early.length > 0 ? verdictOf(early, members, open) : waitFor(open);
    }
    return verdictOf(countedOf(ends), members, []);
}
/** What cannot become green any more, and needs nothing else to be known. */
function endsAll({ reason, conclusion }, failFast) {
    if (reason === 'config-error')
        return true;
    return failFast && conclusion === 'failure' && reason !== 'input';
}
function waitFor(open) {
    const waits = open.flatMap(({ decision }) => (decision.kind === 'wait' ? [decision] : []));
    const withinMs = Math.min(...waits.map(wait => wait.withinMs ?? Infinity));
    return {
        kind: 'wait',
        ...(withinMs === Infinity ? {} : { withinMs }),
        onHold: waits.length > 0 && waits.every(({ onHold }) => onHold === true),
        unconfirmed: waits.length > 0 && waits.every(({ unconfirmed }) => unconfirmed === true)
    };
}
/** Those that decide. What is canceled is passed over for a newer one only if that one counts. */
function countedOf(ends) {
    const ran = ends.filter(({ verdict }) => verdict.conclusion !== 'skipped');
    const counted = ran.length > 0 ? ran : ends;
    return counted.filter(one => newerOf(one, counted) === undefined);
}
function newerOf(one, counted) {
    if (one.verdict.conclusion !== 'cancelled')
        return undefined;
    return counted.find(other => other.number > one.number && other.definition === one.definition);
}
const WORST = [
    ({ reason }) => reason === 'config-error',
    ({ conclusion, reason }) => conclusion === 'failure' && reason !== 'unauthorized' && reason !== 'input',
    ({ reason }) => reason === 'unauthorized',
    ({ conclusion }) => conclusion === 'failure',
    ({ conclusion }) => conclusion === 'cancelled',
    ({ conclusion }) => conclusion === 'action_required',
    ({ conclusion }) => conclusion !== 'success'
];
function verdictOf(counted, members, open) {
    const rank = ({ verdict }) => {
        const found = WORST.findIndex(is => is(verdict));
        return found === -1 ? WORST.length : found;
    };
    const [worst, ...others] = [...counted].sort((a, b) => rank(a) - rank(b) || a.number - b.number);
    if (worst === undefined)
        return { kind: 'wait' };
    const { verdict, number: decidedBy } = worst;
    if (members.length === 1)
        return { kind: 'verdict', verdict, decidedBy };
    const message = [
        ...sayVerdicts(worst, others),
        ...members.flatMap(member => sayPassedOver(member, counted)),
        ...open.map(({ number, url }) => `Pipeline #${number} is left running: ${url}`)
    ].join(' ');
    return { kind: 'verdict', verdict: { ...verdict, message }, decidedBy };
}
/** At most so many are named one by one. */
const MOST_NAMED = 5;
function sayVerdicts(worst, others) {
    if (worst.verdict.conclusion === 'success') {
        const names = [worst, ...others].map(({ number }) => `#${number}`);
        return [`Pipeline${names.length === 1 ? '' : 's'} ${(0,base_text/* listOf */.c3)(names)} succeeded.`];
    }
    const bad = others.filter(({ verdict }) => verdict.conclusion !== 'success').slice(0, MOST_NAMED);
    return [worst, ...bad].map(({ number, verdict }) => `Pipeline #${number}: ${verdict.message}`);
}
function sayPassedOver(member, counted) {
    const { number, decision } = member;
    if (decision.kind === 'wait' || counted.some(one => one.number === number))
        return [];
    if (decision.verdict.conclusion === 'skipped') {
        return [`Pipeline #${number} ran nothing that decides.`];
    }
    const newer = newerOf({ ...member, verdict: decision.verdict }, counted);
    if (newer === undefined)
        return [];
    return [`Pipeline #${number} was canceled and does not count beside the newer #${newer.number}.`];
}

// EXTERNAL MODULE: ./src/wait/watch.ts + 3 modules
var watch = __webpack_require__(7115);
;// CONCATENATED MODULE: ./src/wait/commit-watch.ts



/** What is due so soon, in milliseconds, is looked at with the others. */
const TOGETHER_MS = 1_000;
/**
 * Watches the pipelines of a commit as if they were one, while they still appear. No verdict before no further one is to
 * be expected; each rests on one more listing of the commit's pipelines, and of what each of them runs.
 */
class CommitWatch {
    #context;
    #entries = new Map();
    #listAt = -Infinity;
    #confirming = false;
    #decidedBy;
    constructor(context) {
        this.#context = context;
        this.#follow();
    }
    /** Id of the pipeline that decided the last verdict. */
    get decidedBy() {
        return this.#decidedBy;
    }
    /** The watch of a pipeline that is taken. */
    watchOf(id) {
        return this.#entries.get(id)?.watch;
    }
    get name() {
        return this.#entries.size === 1 ? 'The pipeline' : 'The pipelines of the commit';
    }
    rest() {
        const rests = this.#watches.map(watch => watch.rest());
        const open = this.#watches.filter(watch => watch.decide(true).kind === 'wait');
        return {
            unfinished: rests.flatMap(({ unfinished }) => unfinished),
            workflows: inAll(rests.map(({ workflows }) => workflows)),
            jobs: inAll(rests.map(({ jobs }) => jobs)),
            approvals: {
                lines: inAll(rests.map(({ approvals }) => approvals.lines)),
                names: rests.flatMap(({ approvals }) => approvals.names)
            },
            waitsForPerson: open.length > 0 && open.every(watch => watch.rest().waitsForPerson)
        };
    }
    async look(signal, retry, act = true) {
        const { clock, pipelines } = this.#context;
        const before = this.#facts();
        const all = this.#confirming || !act;
        if (all || clock.now() >= this.#listAt) {
            await pipelines.look({ signal, ...retry });
            this.#listAt = clock.now() + pipelines.nextLookInMs;
            this.#follow();
        }
        const entries = [...this.#entries.values()];
        const due = entries.filter(entry => all || dueAt(entry) - clock.now() <= TOGETHER_MS);
        const looked = await Promise.allSettled(due.map(entry => this.#lookAt(entry, signal, retry, act)));
        for (const one of looked)
            if (one.status === 'rejected')
                throw one.reason;
        const decision = this.#decide(all && before === this.#facts());
        this.#confirming = decision.kind === 'wait' && decision.unconfirmed === true;
        return decision;
    }
    async #lookAt(entry, signal, retry, act) {
        const { watch } = entry;
        const decision = await watch.look(signal, retry, act);
        const now = this.#context.clock.now();
        // What has ended is looked at again when everything else has.
        const over = watch.decide(true).kind === 'verdict';
        entry.dueAt = over ? Infinity : now + watch.nextLookInMs(decision);
    }
    #decide(confirmed) {
        const { pipelines, failFast } = this.#context;
        const decision = decideTogether(this.#members(), failFast);
        if (decision.kind === 'wait')
            return decision;
        if (!pipelines.isSettled)
            return { kind: 'wait', withinMs: pipelines.nextLookInMs };
        if (!confirmed)
            return { kind: 'wait', unconfirmed: true };
        this.#decidedBy = pipelines.taken.find(({ number }) => number === decision.decidedBy)?.id;
        return decision;
    }
    #members() {
        const { pipelines } = this.#context;
        return [...this.#entries].map(([id, { watch, context }]) => ({
            number: context.pipeline.number,
            url: context.pipeline.url,
            definition: pipelines.definitionOf(id),
            decision: watch.decide(true)
        }));
    }
    nextLookInMs(decision) {
        const { clock } = this.#context;
        const times = [...this.#entries.values()].map(dueAt);
        const dueInMs = Math.min(this.#listAt, ...times) - clock.now();
        const withinMs = decision.kind === 'wait' ? (decision.withinMs ?? Infinity) : 0;
        return Math.max(schedule/* SHORTEST_MS */.I$, this.#confirming ? 0 : Math.min(dueInMs, withinMs));
    }
    showProgress() {
        for (const watch of this.#watches)
            watch.showProgress();
    }
    async lookForHolds(signal) {
        await Promise.all(this.#watches.map(watch => watch.lookForHolds(signal)));
    }
    get #watches() {
        return [...this.#entries.values()].map(({ watch }) => watch);
    }
    /** Watches what is taken, and nothing else. */
    #follow() {
        const { pipelines, contextOf, onChange } = this.#context;
        const { taken } = pipelines;
        const ids = taken.map(({ id }) => id);
        const known = [...this.#entries.keys()];
        if (ids.length === known.length && ids.every(id => this.#entries.has(id)))
            return;
        onChange(taken);
        for (const id of known)
            if (!ids.includes(id))
                this.#entries.delete(id);
        for (const pipeline of taken) {
            if (this.#entries.has(pipeline.id))
                continue;
            const matchedElsewhere = (input, line) => [...this.#entries].some(([id, { watch }]) => id !== pipeline.id && watch.matches(input, line));
            const context = { ...contextOf(pipeline), matchedElsewhere };
            this.#entries.set(pipeline.id, { watch: new watch/* Watch */.o(context), context, dueAt: -Infinity });
        }
    }
    #facts() {
        return JSON.stringify([...this.#entries].map(([id, { watch }]) => [id, watch.facts]));
    }
}
/** As `Entry.dueAt`; at once for what had ended until another pipeline no longer had what a line of an input names. */
function dueAt({ watch, dueAt: at }) {
    return at === Infinity && watch.decide(true).kind === 'wait' ? -Infinity : at;
}
function inAll([first = [], ...others]) {
    return first.filter(line => others.every(lines => lines.includes(line)));
}

// EXTERNAL MODULE: ./src/wait/wait.ts
var wait = __webpack_require__(3680);
;// CONCATENATED MODULE: ./src/pipeline/commit.ts











/** Commits are 40 hex digits, 64 in repositories that use SHA-256. */
const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/i;
/**
 * The story of the pipelines that CircleCI itself started for a commit: find them, wait for the one verdict of all of them,
 * collect what a developer needs. The first one found gets the entry's record, each other one a record beside it. Rejects
 * like the search and the wait; what is known by then is in the records.
 */
async function runCommit(first, context) {
    const choice = choiceOf(first, context);
    context.turn.done();
    return new CommitRun(first, choice, context).run();
}
function choiceOf(record, { inputs, event }) {
    const { pipeline, branch, tag, definition } = inputs;
    const named = pipeline.kind === 'commit' ? pipeline.revision : undefined;
    const isNamed = named !== undefined && named !== event.headSha?.toLowerCase();
    const revision = named ?? commitOf(event, inputs);
    const { slug } = record;
    const options = { branch, tag, slug, isNamed };
    record.subject = (0,ref/* subjectOf */.et)(event, options);
    const refs = (0,ref/* refsOfCommit */.pp)(event, options);
    return { slug, revision, refs, definition, ownPipeline: event.ownPipeline };
}
/** The commit that `pipeline: commit` means. What is approved after a review is what was reviewed. */
function commitOf({ payload, headSha, eventName }, { approve }) {
    const isApproval = approve.length > 0 && eventName === 'pull_request_review';
    const sha = isApproval ? payload.reviewedSha : headSha;
    if (sha !== undefined && SHA.test(sha))
        return sha;
    throw new errors/* InputError */.dz('pipeline', `is "commit", but the event that started this workflow does not say which commit${isApproval ? ' was reviewed' : ''}: give the commit's full SHA, or the pipeline's id or number.`);
}
class CommitRun {
    #first;
    #choice;
    #context;
    #search;
    /** By the ids of the pipelines, in the order of their numbers. */
    #records = new Map();
    constructor(first, choice, context) {
        const { inputs, limit } = context;
        this.#first = first;
        this.#choice = choice;
        this.#context = context;
        this.#search = new CommitSearch(choice, { ...context, host: inputs.host, signal: limit });
    }
    async run() {
        const { inputs, limit, signal } = this.#context;
        const approves = !inputs.wait && inputs.approve.length > 0;
        const waits = (inputs.wait || approves) && !inputs.dryRun;
        try {
            await this.#search.find(waits ? 'found' : 'settled');
            if (signal.aborted)
                throw new faults/* AbortedError */.oM('The step');
            if (waits)
                return await this.#await();
            this.#take(this.#search.taken);
            const bounded = { ...this.#context, signal: limit };
            await Promise.all(this.#known().map(([record, info]) => (0,follow.look)(bounded, record, info)));
            return { verdict: undefined, decidedBy: this.#first };
        }
        catch (error) {
            const others = this.#known().filter(([record]) => record !== this.#first);
            if (signal.aborted) {
                for (const [record] of others)
                    await (0,ending/* endOwned */.JH)(this.#context, record, 'onCancel');
            }
            throw error;
        }
    }
    #known() {
        return [...this.#records.values()].flatMap(record => record.pipeline === undefined ? [] : [[record, record.pipeline]]);
    }
    #recordOf({ id }) {
        return this.#records.get(id) ?? this.#first;
    }
    /** From now on these are the commit's pipelines, in the step's record too. */
    #take(taken) {
        const { step, log, listener } = this.#context;
        for (const pipeline of taken)
            (0,obtain/* refuseDouble */.O)(pipeline, this.#first, this.#context);
        const before = this.#records;
        const fresh = taken.filter(({ id }) => !before.has(id));
        const isFree = !taken.some(({ id }) => before.get(id) === this.#first);
        const recordOf = (id) => before.get(id) ?? (isFree && id === fresh[0]?.id ? this.#blank() : this.#another());
        this.#records = new Map(taken.map(({ id }) => [id, recordOf(id)]));
        const own = new Set([this.#first, ...before.values()]);
        const index = step.pipelines.findIndex(record => own.has(record));
        const all = step.pipelines.filter(record => !own.has(record));
        all.splice(index, 0, ...(taken.length > 0 ? this.#records.values() : [this.#blank()]));
        step.pipelines.splice(0, Infinity, ...all);
        for (const pipeline of fresh) {
            const record = this.#recordOf(pipeline);
            record.attached = true;
            const { number, url } = (0,record_record/* takePipeline */.m2)(record, pipeline);
            log.info(`Attached to pipeline #${number}: ${url}`);
            listener.known(record);
        }
    }
    #another() {
        const { slug, host, name, subject } = this.#first;
        return { ...(0,record_record/* pipelineRecord */.Kt)(slug, host, name), subject };
    }
    /** The entry's own record, as it was before there was a pipeline. */
    #blank() {
        return Object.assign(this.#first, this.#another());
    }
    /** Waits for the verdict of all of them and collects their results. Rejects like the wait. */
    async #await() {
        const { inputs, clock } = this.#context;
        const approves = !inputs.wait;
        const contextOf = (pipeline) => {
            const record = this.#recordOf(pipeline);
            const waiting = (0,follow.waitContext)(this.#context, record, (0,record_record/* takePipeline */.m2)(record, pipeline));
            return approves ? (0,follow.approvalContext)(waiting) : waiting;
        };
        const watch = new CommitWatch({
            clock,
            // An approval that can no longer come ends the step at once.
            failFast: approves || inputs.failFast,
            pipelines: this.#search,
            contextOf,
            onChange: taken => {
                this.#take(taken);
            }
        });
        const takeAll = () => {
            for (const [record, { id }] of this.#known()) {
                const one = watch.watchOf(id);
                if (one !== undefined)
                    (0,follow.takeWatched)(record, one);
            }
        };
        try {
            const newest = this.#search.taken.at(-1);
            if (newest === undefined)
                throw new Error('There is a pipeline to wait for.');
            const verdict = await (0,wait/* waitForVerdict */.m)(contextOf(newest), watch);
            takeAll();
            const ended = await this.#settle(verdict, watch);
            return await (approves ? this.#endApproval(ended) : this.#collect(this.#nameBranch(ended)));
        }
        finally {
            takeAll();
        }
    }
    /** What was approved goes on without a verdict. */
    async #endApproval(ended) {
        const isDone = ended.verdict?.passes === true;
        if (isDone)
            this.#context.log.info('Everything that "approve" lists is approved.');
        for (const [record] of this.#known()) {
            if (isDone || record.verdict?.passes === true)
                record.verdict = undefined;
            await (0,follow.collectApproved)(this.#context, record);
        }
        return isDone ? { ...ended, verdict: undefined } : ended;
    }
    /** Gives each pipeline what became of it. */
    async #settle(verdict, watch) {
        const known = this.#known();
        for (const [record, { id }] of known) {
            const decision = watch.watchOf(id)?.decide(true);
            if (decision?.kind === 'verdict')
                record.verdict = decision.verdict;
            else if (verdict.reason === 'timeout') {
                record.verdict = verdict;
                await (0,ending/* endOwned */.JH)(this.#context, record, 'onTimeout');
            }
        }
        const decides = ([record, { id }]) => record.verdict === verdict || id === watch.decidedBy;
        const [decidedBy, pipeline] = known.find(decides) ?? [];
        if (decidedBy === undefined)
            throw new Error('A verdict is that of a pipeline.');
        const own = watch.watchOf(pipeline?.id ?? '');
        if (verdict.reason !== 'canceled' || own === undefined)
            return { verdict, decidedBy };
        decidedBy.verdict = await (0,ending/* explainCancel */.Ot)(verdict, this.#context, decidedBy, own.rollup);
        return { verdict: decidedBy.verdict, decidedBy };
    }
    /** A tag often runs nothing where the branch has run everything. */
    #nameBranch(ended) {
        const { verdict, decidedBy } = ended;
        const ofBranch = this.#search.ofBranches.at(-1);
        const isTag = this.#choice.refs?.[0]?.startsWith('tag ') === true;
        if (verdict?.conclusion !== 'skipped' || ofBranch === undefined || !isTag)
            return ended;
        const { branch = '', number } = ofBranch;
        const url = (0,circleci_slug/* linksFor */.h8)(decidedBy.host).pipeline(decidedBy.slug, number);
        const message = `${verdict.message} Branch "${branch}" has pipeline #${number} of this commit: ${url}. Set "branch", or "pipeline: ${number}", to wait for that one.`;
        decidedBy.verdict = { ...verdict, message };
        return { verdict: decidedBy.verdict, decidedBy };
    }
    /** One after another where files are written: of two jobs of one name, the later pipeline's gets a folder of its own. */
    async #collect(ended) {
        const { signal, downloadFolder } = this.#context;
        const collect = async (record) => {
            try {
                await (0,follow.collectFor)(this.#context, record);
            }
            catch (error) {
                record.verdict = await (0,ending.conclude)(error, this.#context, record);
            }
        };
        const all = this.#known().map(([record]) => record);
        const before = new Map(all.map(record => [record, record.verdict]));
        if (downloadFolder === undefined)
            await Promise.all(all.map(collect));
        else
            for (const record of all)
                await collect(record);
        const worse = all.find(record => record.verdict !== before.get(record) && record.verdict?.passes === false);
        const isWorse = worse !== undefined && (ended.verdict?.passes === true || signal.aborted);
        return isWorse ? { verdict: worse.verdict, decidedBy: worse } : ended;
    }
}


/***/ }),

/***/ 2523:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JH: () => (/* binding */ endOwned),
/* harmony export */   Ot: () => (/* binding */ explainCancel),
/* harmony export */   conclude: () => (/* binding */ conclude)
/* harmony export */ });
/* unused harmony export findSuperseding */
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1525);
/* harmony import */ var _base_clock_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6412);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(766);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4758);
/* harmony import */ var _record_result_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9496);
/* harmony import */ var _trigger_failure_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(982);
/* harmony import */ var _wait_cancel_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5739);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8760);









/**
 * How long the cancel requests may take together, in milliseconds: the runner kills a cancelled step after 10 s, and a
 * timeout is a promise. What is not cancelled by then the post step cancels.
 */
const CANCEL_BUDGET_MS = { onCancel: 3_000, onTimeout: 2_000 };
/** Turns whatever ended a pipeline's story early into a verdict; never rejects. */
async function conclude(error, context, record) {
    const { signal, limit, inputs, circleci, log } = context;
    if (signal.aborted)
        return cancelled(context, record);
    if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM && limit.aborted)
        return timedOut(context, record);
    if (error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ)
        return (0,_record_result_js__WEBPACK_IMPORTED_MODULE_5__/* .failed */ .gz)(error);
    if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk) {
        return (0,_record_result_js__WEBPACK_IMPORTED_MODULE_5__/* .failed */ .gz)(await (0,_trigger_failure_js__WEBPACK_IMPORTED_MODULE_6__/* .explainRefusal */ .G)(error, factsOf(context, record), circleci));
    }
    if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG) {
        return (0,_record_result_js__WEBPACK_IMPORTED_MODULE_5__/* .failed */ .gz)(new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('api-unavailable', `CircleCI could not be reached: ${error.message}. ${(0,_trigger_failure_js__WEBPACK_IMPORTED_MODULE_6__/* .howToReach */ .r)(inputs.host, error)}`, { cause: error }));
    }
    log.debug(error instanceof Error ? (error.stack ?? '') : String(error));
    return { conclusion: 'failure', reason: undefined, passes: false, message: (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .unexpected */ .os)(error) };
}
function factsOf({ inputs, limit }, record) {
    const { slug, pipeline } = record;
    const project = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug);
    const isTrigger = pipeline === undefined && inputs.pipeline.kind === 'new' && !inputs.dryRun;
    return {
        slug,
        host: inputs.host,
        purpose: pipeline !== undefined
            ? `look up pipeline #${pipeline.number} of ${project}`
            : `${isTrigger ? 'start a pipeline of' : 'look up'} ${project}`,
        signal: limit,
        isTrigger,
        ref: record.ref,
        classic: inputs.definition === undefined,
        wasReadable: pipeline !== undefined
    };
}
/** The timeout came before there was a pipeline to wait for, or while one was read. */
async function timedOut(context, record) {
    const { inputs } = context;
    const { pipeline, slug, intent } = record;
    const within = `within ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(inputs.timeoutSeconds * 1000)}`;
    const what = pipeline === undefined
        ? `There was no pipeline of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} ${within}`
        : `Pipeline #${pipeline.number} could not be read ${within}`;
    if (record.owned)
        await endOwned(context, record, 'onTimeout');
    else if (intent !== undefined && inputs.onTimeout === 'cancel')
        beginCancel([record], context);
    const flight = intent !== undefined
        ? ` One may be running all the same, because CircleCI has not answered yet: look at ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .linksFor */ .h8)(inputs.host).project(slug)}.`
        : '';
    return {
        conclusion: 'timed_out',
        reason: 'timeout',
        passes: false,
        message: `${what}.${flight} Increase "timeout" if it needs longer.`
    };
}
async function cancelled(context, record) {
    const { pipeline, intent, verdict } = record;
    const { inputs, signal } = context;
    const who = whoCancelled(signal);
    if (pipeline !== undefined)
        await endOwned(context, record, 'onCancel');
    else if (intent !== undefined) {
        context.log.notice(`${who} before CircleCI had answered: the pipeline that may be running is looked for when the step has ended.`);
    }
    else
        context.log.info(`${who} before there was a pipeline.`);
    return {
        conclusion: 'cancelled',
        reason: 'github-cancelled',
        passes: false,
        message: `${who}${pipeline === undefined ? '' : whileIn(pipeline.number, verdict, inputs.wait)}.`
    };
}
/** "GitHub cancelled the step", or as whoever listens for signals puts it. */
function whoCancelled({ reason }) {
    const isNamed = reason instanceof Error && reason.name !== 'AbortError';
    return isNamed ? reason.message : 'GitHub cancelled the step';
}
function whileIn(number, verdict, waits) {
    if (verdict !== undefined) {
        return ` while it collected the results of pipeline #${number}, which had ended as ${verdict.conclusion}`;
    }
    return waits ? ` while it waited for pipeline #${number}` : ` once it had pipeline #${number}`;
}
/**
 * Cancels the pipeline if this step answers for it and the user did not want it left; says which, with its address. At a
 * timeout one that only waits for a person is left to that person.
 */
async function endOwned(context, record, policy, waitsForPerson = false) {
    const { inputs, log, clock, signal, step } = context;
    const { pipeline, owned } = record;
    if (pipeline === undefined)
        return;
    const name = `Pipeline #${pipeline.number}`;
    if (!owned || inputs[policy] === 'leave' || waitsForPerson) {
        const left = `"${policy === 'onCancel' ? 'on-cancel' : 'on-timeout'}" is "leave"`;
        const held = waitsForPerson ? 'it only waits for a person to approve' : left;
        const why = owned ? held : 'this step did not start it';
        log.notice(`${name} is left running, because ${why}: ${pipeline.url}`);
        return;
    }
    // GitHub's cancel ends all that this step made, also what an early end of its own had left running.
    const ends = policy === 'onCancel' ? step.pipelines.filter(one => one.owned) : [record];
    beginCancel(ends, context);
    const limit = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_2__/* .timeLimit */ .zc)(clock, CANCEL_BUDGET_MS[policy], policy === 'onTimeout' ? signal : undefined);
    try {
        const workflows = record.workflows.filter(({ id, status }) => id !== '' && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_8__/* .isUnfinished */ .ui)(status));
        await (0,_wait_cancel_js__WEBPACK_IMPORTED_MODULE_7__/* .cancelPipeline */ .j)({ ...pipeline, workflows }, context, limit.signal);
    }
    finally {
        limit.end();
    }
}
/** What appears from now on of these pipelines is the post step's to cancel. */
function beginCancel(records, { listener }) {
    for (const record of records)
        record.cancelling = true;
    listener.save();
}
/** The verdict of what was canceled: by a newer pipeline on the branch, or by somebody? */
async function explainCancel(verdict, { circleci, signal }, { pipeline, slug, host }, { deciding, setup }) {
    const canceled = [...deciding, ...setup].find(({ status }) => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_8__/* .phaseOf */ .hU)(status) === 'canceled');
    // A newer pipeline cancels whole workflows.
    if (pipeline === undefined || canceled === undefined)
        return verdict;
    const newer = await findSuperseding(pipeline, slug, canceled.stoppedAt, { circleci, signal });
    if (newer === undefined)
        return verdict;
    const url = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .linksFor */ .h8)(host).pipeline(slug, newer.number);
    const message = `${verdict.message} The newer pipeline #${newer.number} on ${pipeline.branch ?? 'its branch'} superseded it: ${url}`;
    return { ...verdict, reason: 'superseded', message };
}
/** How far the clocks of CircleCI's own machines may be apart here, in milliseconds. */
const CLOCK_MARGIN_MS = 2_000;
/** Pages read at most, and how long for, in milliseconds: this is a courtesy, not a search. */
const MAX_PAGES = 2;
const PATIENCE_MS = 5_000;
/**
 * Finds the pipeline that explains why another was canceled: with "auto-cancel redundant workflows" the next pipeline
 * on the same branch cancels the unfinished ones before it. Returns the first newer one that was there when the cancel
 * came (`canceledAt`, ISO 8601; `undefined`: any newer one counts). `undefined` for tags, when there is none, and when it
 * cannot be looked up. Rejects only with an `AbortedError`. https://circleci.com/docs/skip-build/#auto-cancel
 */
async function findSuperseding({ number, branch }, slug, canceledAt, { circleci, signal }) {
    if (branch === undefined)
        return undefined;
    const isNewer = (other) => other.number > number && other.branch === branch;
    // What was made when is not known counts as there.
    const wasThere = ({ createdAt }) => !(Date.parse(createdAt) - Date.parse(canceledAt ?? '') > CLOCK_MARGIN_MS);
    const newer = [];
    let pages = 0;
    try {
        const options = { signal, patienceMs: PATIENCE_MS };
        for await (const page of circleci.pipelines(slug, { branch }, options)) {
            newer.push(...page.filter(isNewer));
            pages += 1;
            if (pages === MAX_PAGES || page.some(other => other.number <= number))
                break;
        }
    }
    catch (error) {
        if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM)
            throw error;
        return undefined;
    }
    return newer.filter(wasThere).sort((a, b) => a.number - b.number)[0];
}


/***/ }),

/***/ 3904:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  approvalContext: () => (/* binding */ approvalContext),
  awaitApproval: () => (/* binding */ awaitApproval),
  awaitVerdict: () => (/* binding */ awaitVerdict),
  collectApproved: () => (/* binding */ collectApproved),
  collectFor: () => (/* binding */ collectFor),
  look: () => (/* binding */ look),
  takeWatched: () => (/* binding */ takeWatched),
  waitContext: () => (/* binding */ waitContext)
});

// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __webpack_require__(1525);
// EXTERNAL MODULE: ./src/base/clock.ts
var base_clock = __webpack_require__(6412);
// EXTERNAL MODULE: ./src/circleci/faults.ts
var faults = __webpack_require__(6899);
// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __webpack_require__(766);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/base/concurrency.ts
var concurrency = __webpack_require__(4878);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __webpack_require__(4758);
// EXTERNAL MODULE: ./src/base/log.ts
var log = __webpack_require__(3179);
// EXTERNAL MODULE: ./src/download/folder.ts
var download_folder = __webpack_require__(4730);
// EXTERNAL MODULE: ./src/download/file-name.ts
var file_name = __webpack_require__(7054);
;// CONCATENATED MODULE: ./src/download/places.ts

/**
 * Gives each artifact a place of its own: `<job>/<node if parallel>/<path>`, with the workflow's name in front when
 * several workflows have a job so named (and the job's number behind when that is not enough), and the pipeline's number
 * behind when an earlier pipeline of the step has written a folder of that name. Names are made safe;
 * where two would meet (a file and a folder included) the one CircleCI's name fits keeps it and the others get a hash
 * of their origin. The same artifacts get the same places in whatever order they come. With `foldCase` names that
 * differ only in case meet too.
 */
function planDownload(artifacts, jobs, foldCase, neighbours = {}) {
    const key = foldCase ? file_name/* foldedName */.mw : (place) => place;
    const folderOf = jobFolders(jobs.length > 0 ? jobs : jobsOf(artifacts), key, neighbours);
    const wanted = artifacts.map(artifact => {
        const { jobFolder, node, natural } = folderOf(artifact);
        const place = [jobFolder, ...node, ...(0,file_name/* safeSegments */.Kb)(artifact.path)].join('/');
        return { artifact, jobFolder, place, renamed: place !== `${natural}/${artifact.path}` };
    });
    const taken = takenPlaces(wanted, key);
    const places = new Map();
    for (const file of firstComeFirst(wanted)) {
        const place = taken.has(file.place) ? freePlace(file, taken) : file.place;
        taken.add(place);
        places.set(file, place);
    }
    return wanted.map(file => {
        const { artifact, jobFolder, renamed } = file;
        const place = places.get(file) ?? file.place;
        const segments = place.split('/');
        return { artifact, jobFolder, segments, renamed: renamed || place !== file.place };
    });
}
/** Names that need no change go first: a hostile name must never displace an honest one. */
function firstComeFirst(wanted) {
    return wanted
        .map(file => ({ file, rank: `${Number(file.renamed)}${origin(file.artifact)}` }))
        .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
        .map(({ file }) => file);
}
/** The places where no (further) file can be: all folders there will be, and the files so far. */
function takenPlaces(wanted, key) {
    const keys = new Set();
    for (const { place } of wanted) {
        for (let end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1)) {
            const folder = key(place.slice(0, end));
            if (keys.has(folder))
                break;
            keys.add(folder);
        }
    }
    return { has: place => keys.has(key(place)), add: place => keys.add(key(place)) };
}
function freePlace({ artifact, place }, taken) {
    const end = place.lastIndexOf('/') + 1;
    for (let attempt = 0;; attempt += 1) {
        const mark = (0,file_name/* shortHash */.BC)(`${origin(artifact)}${attempt === 0 ? '' : attempt}`);
        const other = place.slice(0, end) + (0,file_name/* markedName */.QE)(place.slice(end), mark);
        if (!taken.has(other))
            return other;
    }
}
function origin({ jobNumber, nodeIndex, path, url }) {
    return JSON.stringify([jobNumber, nodeIndex, path, url]);
}
function jobFolders(jobs, key, { subfolder, written = new Set(), pipelineNumber }) {
    const front = subfolder === undefined ? [] : [subfolder];
    const others = [...written].map(folder => `${key(folder)}/`);
    const folderOf = (parts) => parts.flatMap(file_name/* safeSegments */.Kb).join('/');
    const isWritten = (folder) => others.some(other => other.startsWith(`${key(folder)}/`) || `${key(folder)}/`.startsWith(other));
    const named = groupBy(jobs, ({ job }) => job);
    const folders = new Map(jobs.map(job => {
        const namesakes = named.get(job.job) ?? [];
        const inWorkflow = namesakes.filter(({ workflow }) => workflow === job.workflow);
        const parts = [
            ...front,
            ...(namesakes.length > inWorkflow.length ? [job.workflow] : []),
            job.job,
            ...(inWorkflow.length > 1 ? [String(job.jobNumber)] : [])
        ];
        const last = `${parts.at(-1) ?? ''}.${pipelineNumber ?? ''}`;
        const free = isWritten(folderOf(parts)) ? [...parts.slice(0, -1), last] : parts;
        return [job.jobNumber, { parts: free, parallel: job.parallel }];
    }));
    return ({ job, jobNumber, nodeIndex }) => {
        const { parts, parallel } = folders.get(jobNumber) ?? { parts: [...front, job], parallel: false };
        const node = parallel || nodeIndex > 0 ? [String(nodeIndex)] : [];
        return { jobFolder: folderOf(parts), node, natural: [...parts, ...node].join('/') };
    };
}
function jobsOf(artifacts) {
    const jobs = new Map();
    for (const { workflow, job, jobNumber, nodeIndex } of artifacts) {
        const first = jobs.get(jobNumber) ?? { workflow, job, jobNumber, parallel: false };
        jobs.set(jobNumber, { ...first, parallel: first.parallel || nodeIndex > 0 });
    }
    return [...jobs.values()];
}
function groupBy(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const group = groups.get(keyOf(item));
        if (group === undefined)
            groups.set(keyOf(item), [item]);
        else
            group.push(item);
    }
    return groups;
}

;// CONCATENATED MODULE: ./src/download/progress.ts

/** Time between two lines of progress, in milliseconds. */
const INTERVAL_MS = 15_000;
/** Counts what arrives, and says so in the log every 15 seconds until `stop`. */
class DownloadProgress {
    /** Files to come in all. */
    total;
    /** Whole files so far, and their bytes. */
    files = 0;
    bytes = 0;
    clock;
    log;
    startedAt;
    received = 0;
    cancel;
    constructor(total, { clock, log }) {
        this.total = total;
        this.clock = clock;
        this.log = log;
        this.startedAt = clock.now();
        this.cancel = this.sayLater(0);
    }
    addBytes(count) {
        this.received += count;
    }
    addFile(length) {
        this.files += 1;
        this.bytes += length;
    }
    /** Ends the lines; may be called twice. */
    stop() {
        this.cancel();
    }
    /**
     * `1,000 files, 12.5 MiB in 3s (4.2 MiB/s)`; of less than a second without time and rate, as that is one of nothing but
     * latency.
     */
    summary() {
        const ms = this.clock.now() - this.startedAt;
        const what = `${(0,base_text/* countOf */.pq)(this.files, 'file')}, ${formatBytes(this.bytes)}`;
        return ms < 1000 ? what : `${what} in ${(0,base_text/* formatDuration */.a3)(ms)} (${rateOf(this.bytes, ms)})`;
    }
    sayLater(receivedBefore) {
        return this.clock.alarm(INTERVAL_MS, () => {
            const { files, total, received } = this;
            const rate = rateOf(received - receivedBefore, INTERVAL_MS);
            this.log.info(`Downloading artifacts: ${files} of ${total} files, ${formatBytes(received)}, ${rate}`);
            this.cancel = this.sayLater(received);
        });
    }
}
function rateOf(bytes, ms) {
    return `${formatBytes(Math.round((bytes * 1000) / Math.max(1, ms)))}/s`;
}
/** `512 B`, `1.5 KiB`, `12.0 MiB`. */
function formatBytes(bytes) {
    if (bytes < 1024)
        return `${bytes} B`;
    const units = ['KiB', 'MiB', 'GiB', 'TiB'];
    let value = bytes / 1024;
    let unit = 0;
    while (value >= 1023.95 && unit < units.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${value.toFixed(1)} ${String(units[unit])}`;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./src/circleci/retry.ts
var retry = __webpack_require__(5770);
;// CONCATENATED MODULE: ./src/download/transfer.ts






/** Attempts in a row that may bring no new byte before a file is given up. */
const FRUITLESS_ATTEMPTS = 5;
/** Attempts in all: a host that sends a few bytes at a time will not send a file. */
const MAX_ATTEMPTS = 40;
/** Longest pause a host may ask for, in milliseconds. */
const MAX_PAUSE_MS = 60_000;
/** Bytes gathered for one write: network chunks are small, and a write for each would slow the download down. */
const WRITE_BYTES = 512 * 1024;
/**
 * Exclusive, and never through a link. Windows has no O_NOFOLLOW (`undefined` counts as 0 here); O_EXCL alone does there,
 * as an existing link makes it fail. Not O_APPEND: Windows refuses to truncate such a file
 * (https://github.com/nodejs/node/issues/3177).
 */
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = external_node_fs_.constants;
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
/**
 * Receives an artifact under a temporary name beside its place and renames it, over what had its name before, once all
 * bytes the host announced are there. A broken transfer goes on where it stopped while the host knows ranges and the
 * file is the same, else from the start. Resolves with the length in bytes. Rejects with the last fault when several
 * attempts in a row brought nothing, and at once when trying again cannot help (a `DiskError`, a `RefusedError`, an
 * `AbortedError`); the temporary file never stays.
 */
async function receiveFile(url, place, temporaryName, context) {
    const path = (0,external_node_path_.join)((0,external_node_path_.dirname)(place), temporaryName);
    const file = await (0,download_folder/* onDisk */.FC)(path, () => (context.openFile ?? promises_.open)(path, NEW_FILE));
    const transfer = new Transfer(url, path, file, context);
    try {
        try {
            await transfer.finish();
        }
        finally {
            await (0,download_folder/* onDisk */.FC)(path, () => file.close());
        }
        await (0,download_folder/* onDisk */.FC)(place, () => (0,promises_.rename)(path, place));
        return transfer.position;
    }
    catch (error) {
        await (0,promises_.unlink)(path).catch(() => undefined);
        throw error;
    }
}
/** One file on its way. */
class Transfer {
    /** Bytes written so far. */
    position = 0;
    url;
    path;
    file;
    context;
    validator;
    /** Length of the whole, when the host announced it. */
    total;
    constructor(url, path, file, context) {
        this.url = url;
        this.path = path;
        this.file = file;
        this.context = context;
    }
    /** Makes attempts until all bytes are there, for as long as they bring some. */
    async finish() {
        const { outage } = this.context;
        let attempts = 0;
        let fruitless = 0;
        let best = 0;
        await (0,retry/* retry */.L5)('The download', () => this.attempt(), {
            ...this.context,
            leftMs: fault => {
                attempts += 1;
                fruitless = this.position > best ? 1 : fruitless + 1;
                best = Math.max(best, this.position);
                const enough = fruitless >= FRUITLESS_ATTEMPTS || attempts >= MAX_ATTEMPTS;
                return fault.final || enough ? 0 : MAX_PAUSE_MS;
            },
            advanced: () => fruitless === 1,
            onRetry: (fault, pauseMs) => {
                outage.failed(fault, pauseMs);
            }
        });
        outage.over();
    }
    async attempt() {
        const from = this.validator === undefined ? 0 : this.position;
        const download = await this.open(from);
        try {
            await this.begin(download, from);
            await this.take(download.body);
        }
        finally {
            download.close();
        }
        const { position, total } = this;
        if (total !== undefined && position !== total)
            throw broken(`only ${position} of ${total} bytes came`);
    }
    async open(from) {
        const { circleci, signal } = this.context;
        try {
            return await circleci.openArtifact(this.url, from, { signal, ifRange: this.validator });
        }
        catch (error) {
            if (!(error instanceof faults/* RefusedError */.fk) || error.status !== 416 || from === 0)
                throw error;
            // The file is shorter now, or the host miscounts: what is here already is worth nothing.
            return this.startOver(`the host has no bytes from ${from} on`);
        }
    }
    /** Makes the file ready for what this answer holds. */
    async begin({ status, headers }, from) {
        if (status === 206 && from > 0) {
            if (!isSameFile(headers, this.validator))
                return this.startOver('the file has changed');
            if (isRangeFrom(headers, from, this.total))
                return;
            return this.startOver('the host sent another range than it was asked for');
        }
        if (status !== 200)
            throw broken(`the host answered ${status}`);
        if (this.position > 0)
            await this.forget();
        this.validator = validatorOf(headers);
        this.total = contentLength(headers);
    }
    /** Writes the chunks, gathered; what came before a fault is written, too. */
    async take(body) {
        let gathered = [];
        let bytes = 0;
        const flush = async () => {
            const [chunk, length] = [Buffer.concat(gathered), bytes];
            gathered = [];
            bytes = 0;
            let done = 0;
            while (done < length) {
                const write = () => this.file.write(chunk, done, length - done, this.position);
                const { bytesWritten } = await (0,download_folder/* onDisk */.FC)(this.path, write);
                done += bytesWritten;
                this.position += bytesWritten;
            }
        };
        try {
            for await (const chunk of body) {
                gathered.push(chunk);
                bytes += chunk.length;
                if (this.position + bytes > (this.total ?? Infinity)) {
                    gathered = [];
                    bytes = 0;
                    await this.startOver(`the host sent more than the ${this.total} bytes it announced`);
                }
                this.context.onBytes(chunk.length);
                if (bytes >= WRITE_BYTES)
                    await flush();
            }
        }
        finally {
            await flush();
        }
    }
    async startOver(problem) {
        await this.forget();
        throw broken(problem);
    }
    async forget() {
        this.validator = undefined;
        this.position = 0;
        await (0,download_folder/* onDisk */.FC)(this.path, () => this.file.truncate(0));
    }
}
/** The body was not what its headers promised: worth another attempt. */
function broken(problem) {
    return new faults/* UnavailableError */.hG('The download', `broke off: ${problem}`, { processed: 'unknown' });
}
/** The length a whole answer (200) announces; `undefined` when it comes in chunks. */
function contentLength(headers) {
    const length = headers['content-length'];
    return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
}
/**
 * Whether a part (206) begins at `from` and is a part of `total` bytes (when both are known):
 * https://www.rfc-editor.org/rfc/rfc9110#section-14.4
 */
function isRangeFrom(headers, from, total) {
    const [, start, whole] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
    const same = whole === '*' || total === undefined || Number(whole) === total;
    return start !== undefined && Number(start) === from && same;
}
/**
 * Whether an answer to `If-Range` can be of the file that `validator` stands for: a host that sends a part of another
 * file, with that one's tag or date, has not looked at the header.
 */
function isSameFile(headers, validator) {
    const own = validator?.startsWith('"') === true ? headers['etag'] : headers['last-modified'];
    return validator === undefined || own === undefined || own === validator;
}
/**
 * What proves, sent as `If-Range`, that a part belongs to what is here already: a strong `ETag`, or the date when there
 * is no tag at all; a weak tag must not be used (RFC 9110, section 13.1.5).
 */
function validatorOf(headers) {
    const etag = headers['etag'];
    if (etag?.startsWith('"') === true)
        return etag;
    return etag === undefined ? headers['last-modified'] : undefined;
}

;// CONCATENATED MODULE: ./src/download/download.ts










/** Files on their way at once, unless said otherwise. */
const DOWNLOADS_AT_ONCE = 16;
/** With so many files given up something is wrong that the others will meet too: no further one is started. */
const GIVE_UP_AFTER = 5;
/** So many files are named in the error; more would bury the reason. */
const MAX_NAMED = 10;
/** Most that is shown of what was said of one file, in UTF-16 units: it holds an address, and that a path. */
const MAX_REASON = 500;
/**
 * Downloads artifacts of one pipeline to the places that `planDownload` gives them, several at a time, and resolves with how
 * many files and bytes that were. Throws an `ActionError('download')` that names what could not be fetched, after the others
 * finished; what was fetched stays. On abort the temporary files are removed and it rejects with an `AbortedError`.
 */
async function downloadArtifacts(request, context) {
    const { folder, unlisted = [], written = new Set() } = request;
    await (0,download_folder/* makeRoot */.tz)(folder);
    const files = await plan(request, context);
    if (request.isWorkspace) {
        // What an earlier pipeline of this step made is this step's own.
        const ours = tops(written);
        const needed = [...tops(files.map(({ jobFolder }) => jobFolder))];
        await (0,download_folder/* claimFolders */.aK)(folder, new Set(needed.filter(name => !ours.has(name))));
    }
    for (const { jobFolder } of files)
        written.add(jobFolder);
    const progress = new DownloadProgress(files.length, context);
    try {
        const failures = await fetchAll(files, request, context, progress);
        if (failures.length + unlisted.length > 0) {
            throw incomplete(failures, unlisted, progress, folder);
        }
    }
    finally {
        progress.stop();
    }
    context.log.info(`Downloaded ${progress.summary()} into ${folder}`);
    return { files: progress.files, bytes: progress.bytes };
}
/** The folders that lie directly in the download folder. */
function tops(jobFolders) {
    return new Set([...jobFolders].map(folder => folder.split('/', 1)[0] ?? ''));
}
async function plan(request, { random }) {
    const { artifacts, jobs, folder } = request;
    const exact = planDownload(artifacts, jobs, false, request);
    const folded = planDownload(artifacts, jobs, true, request);
    const agree = exact.every(({ segments }, index) => segments.join('/') === folded[index]?.segments.join('/'));
    return agree || !(await (0,download_folder/* ignoresCase */.cJ)(folder, temporaryName('case', random))) ? exact : folded;
}
/** Fetches what it can; what failed comes in the order of the files. */
async function fetchAll(files, { folder, atOnce = DOWNLOADS_AT_ONCE, onRenamed }, context, progress) {
    const makeFolders = (0,download_folder/* folderMaker */.Lm)(folder);
    const outage = new log/* Outage */.ad('The download of artifacts', context);
    const onBytes = (count) => {
        progress.addBytes(count);
    };
    const transfer = { ...context, outage, onBytes };
    let contagious = 0;
    const failures = await (0,concurrency/* mapBounded */.y)(files, atOnce, async (file, index) => {
        if (contagious >= GIVE_UP_AFTER)
            return undefined;
        const { artifact, segments, renamed } = file;
        try {
            throwIfAborted(context);
            await makeFolders(segments.slice(0, -1));
            const name = temporaryName(String(index), context.random);
            progress.addFile(await receiveFile(artifact.url, (0,external_node_path_.join)(folder, ...segments), name, transfer));
            if (renamed)
                onRenamed?.({ artifact, savedAs: segments.join('/') });
            return undefined;
        }
        catch (error) {
            throwIfAborted(context);
            // A file that is gone (404) says nothing about the others.
            if (!(error instanceof faults/* RefusedError */.fk))
                contagious += 1;
            return { artifact, error };
        }
    });
    return failures.filter(failure => failure !== undefined);
}
function throwIfAborted({ signal }) {
    if (signal?.aborted === true)
        throw new faults/* AbortedError */.oM('The download of artifacts');
}
/** Short, as the folder's path may leave little room, and known from artifacts by its beginning. */
function temporaryName(tag, random) {
    return `.circleci-${tag}-${Math.floor(random() * 2 ** 40).toString(36)}.part`;
}
/** The error for an incomplete download: which files or jobs are missing, why, and what is there. */
function incomplete(failures, unlisted, { files, total }, folder) {
    const problems = describeFailures(failures);
    if (files + failures.length < total)
        problems.push('After that no further file was tried.');
    if (unlisted.length > 0) {
        problems.push(`The artifacts of ${unlisted.join(', ')} could not be listed.`);
    }
    const kept = `${files.toLocaleString('en-US')} of ${(0,base_text/* countOf */.pq)(total, 'file')}`;
    return new errors/* ActionError */.lZ('download', `${problems.join(' ')} What was downloaded (${kept}) stays in ${folder}; re-run this job to try again.`, { cause: failures[0]?.error });
}
/** One sentence for each reason, not for each file: a host that is down is down for all of them. */
function describeFailures(failures) {
    const reasons = new Map();
    for (const { artifact, error } of failures.slice(0, MAX_NAMED)) {
        const reason = describeReason(error, failures.length > 1);
        const names = reasons.get(reason) ?? [];
        reasons.set(reason, [...names, `"${(0,base_text/* cut */.Jj)(artifact.path)}" of job "${(0,base_text/* cut */.Jj)(artifact.job)}"`]);
    }
    const sentences = [...reasons].map(([reason, names]) => `${names.length === 1 ? 'Artifact' : 'Artifacts'} ${names.join(', ')} could not be downloaded: ${reason}`);
    const more = failures.length - MAX_NAMED;
    return more > 0 ? [...sentences, `Nor could ${(0,base_text/* countOf */.pq)(more, 'other')}.`] : sentences;
}
const STATUS_HINTS = {
    401: ' The host of the artifacts does not accept the token.',
    403: ' The host of the artifacts does not accept the token.',
    404: ' It may have expired: CircleCI keeps artifacts for 30 days at most.'
};
/** Of many files only the host is named, so that what is the same for all of them is said once. */
function describeReason(error, many) {
    const hint = error instanceof faults/* RefusedError */.fk ? (STATUS_HINTS[error.status] ?? '') : '';
    const message = (0,base_text/* withStop */.d8)((0,base_text/* cut */.Jj)((0,errors/* errorMessage */.gJ)(error), MAX_REASON));
    return (many ? message.replace(/(GET https?:\/\/[^/\s]+)\/\S*/, '$1/\u2026') : message) + hint;
}

// EXTERNAL MODULE: ./src/collect/artifacts.ts
var collect_artifacts = __webpack_require__(6461);
// EXTERNAL MODULE: ./src/collect/jobs.ts
var collect_jobs = __webpack_require__(6888);
// EXTERNAL MODULE: ./src/circleci/statuses.ts
var statuses = __webpack_require__(8760);
// EXTERNAL MODULE: ./src/collect/side-channel.ts
var side_channel = __webpack_require__(1573);
;// CONCATENATED MODULE: ./src/collect/logs.ts






/** Failed jobs whose logs are read; the first to fail explain the rest more often than not. */
const MAX_JOBS = 10;
/** Failed steps a job may show: with parallel runs the same step fails on many nodes for the same reason. */
const MAX_STEPS = 4;
const REQUESTS_AT_ONCE = 4;
/** Most that is read of one log, in bytes, however large it is. */
const MAX_LOG_BYTES = 256 * 1024;
/**
 * The last `logLines` lines of each failed step of the failed build jobs (latest attempts), from the v1.1 build page
 * and the step's presigned output, or from API v3 where that page is gone. Bounded in jobs, steps, bytes and requests in
 * flight; what is left out is said. With 0 lines nothing is requested. Rejects only with an `AbortedError`.
 */
async function collectLogTails(jobs, logLines, context) {
    const failed = (0,collect_jobs/* failedBuildJobs */.eW)(jobs);
    if (logLines <= 0 || failed.length === 0)
        return { logTails: [], omissions: [] };
    const channel = new side_channel/* SideChannel */.$('Some logs', context);
    const read = failed.slice(0, MAX_JOBS);
    const omissions = [];
    const tails = await (0,concurrency/* mapBounded */.y)(read, REQUESTS_AT_ONCE, async (job) => {
        const actions = await failedActions(job, channel, context);
        if (actions.length > MAX_STEPS)
            omissions.push(moreSteps(job, actions.length - MAX_STEPS));
        return (0,concurrency/* mapBounded */.y)(actions.slice(0, MAX_STEPS), MAX_STEPS, action => tailOfAction(job, action, logLines, channel, context));
    });
    if (failed.length > read.length)
        omissions.push(moreJobs(failed.length - read.length));
    return { logTails: tails.flat(), omissions: [...omissions, ...channel.finish()] };
}
async function failedActions(job, channel, context) {
    const what = `the log of job "${job.name}"`;
    const actions = await channel.attempt(what, options => stepsOf(job, context, options));
    return (actions ?? [])
        .filter(action => action.failed ?? (0,statuses/* isFailed */.Ix)(action.status))
        .toSorted((a, b) => a.nodeIndex - b.nodeIndex);
}
/** The steps of a job from its v1.1 page, or from v3 where that page is gone; of two errors the page's is reported. */
async function stepsOf(job, { circleci, slug }, options) {
    try {
        return await circleci.stepActions(slug, job.number, options);
    }
    catch (error) {
        const answered = error instanceof faults/* RefusedError */.fk || error instanceof faults/* UnavailableError */.hG;
        const gone = answered && (error.status === 404 || error.status === 410);
        if (!gone || !circleci.hasV3())
            throw error;
        return await circleci.jobSteps(job.id, options).catch((other) => {
            throw other instanceof faults/* AbortedError */.oM ? other : error;
        });
    }
}
async function tailOfAction(job, action, logLines, channel, { circleci }) {
    const { stepName: step, nodeIndex, command, exitCode, outputUrl, streams, hasOutput } = action;
    const { workflow, name, number: jobNumber } = job;
    const output = !hasOutput || (outputUrl === undefined && streams === undefined)
        ? undefined
        : await channel.attempt(`the output of step "${step}" of job "${name}"`, options => outputUrl === undefined
            ? circleci.stepLog(streams ?? [], MAX_LOG_BYTES, options)
            : circleci.stepOutput(outputUrl, MAX_LOG_BYTES, options));
    const tail = tailOf(output?.text ?? '', logLines, output?.cut);
    return { workflow, job: name, jobNumber, nodeIndex, step, command, exitCode, ...tail };
}
function moreSteps({ name }, count) {
    const one = `more failed step's log of job "${name}" was`;
    return `${(0,base_text/* countOf */.pq)(count, one, `more failed steps' logs of job "${name}" were`)} left out.`;
}
function moreJobs(count) {
    return `${(0,base_text/* countOf */.pq)(count, "more failed job's log was", "more failed jobs' logs were")} left out.`;
}
/** Longest line that is shown, in UTF-16 units: enough for a stack frame or an assertion. */
const MAX_LINE = 1000;
/** Wherever somebody who shows the log begins a line, but for the carriage return, which writes over its own. */
const LINE_BREAK = /[\n\v\f\u0085\u2028\u2029]/;
/** What is left of C0 and DEL once line breaks and tabs are set apart; they have no place in a log for people. */
const CONTROLS = /[\x00-\x08\x0e-\x1f\x7f]/g;
/**
 * The last `count` lines of a terminal's output as plain text: escape sequences removed, lines that a progress bar
 * wrote over again and again reduced to what was visible last, very long lines cut, blank lines at the end dropped.
 * With `headless` the text lacks its beginning: its first line is likely half of one and is left out.
 */
function tailOf(text, count, headless = false) {
    const lines = (0,base_text/* withoutTerminalCodes */.zQ)(text)
        .split(LINE_BREAK)
        .map(line => cutLine(visible(line).replace(CONTROLS, '')));
    if (headless && lines.length > 1)
        lines.shift();
    while (lines.length > 0 && lines.at(-1)?.trim() === '')
        lines.pop();
    return {
        lines: count <= 0 ? [] : lines.slice(-count),
        cut: lines.length > Math.max(0, count) || headless
    };
}
/** What a line shows after its carriage returns: the last text written that is not blank. */
function visible(line) {
    if (!line.includes('\r'))
        return line;
    const segments = line.split('\r');
    return segments.findLast(segment => segment.trim() !== '') ?? '';
}
function cutLine(line) {
    if (line.length <= MAX_LINE)
        return line;
    // Never between the halves of a surrogate pair.
    const end = /[\ud800-\udbff]/.test(line.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
    return `${line.slice(0, end)}\u2026 (${line.length - end} more characters)`;
}

// EXTERNAL MODULE: ./src/collect/test-path.ts
var test_path = __webpack_require__(4082);
;// CONCATENATED MODULE: ./src/collect/test-location.ts

/** Longest dotted name of a module that is taken for a path. */
const MAX_MODULES = 40;
/** Frames in code that is not the project's own explain nothing to its developers. */
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|site-packages|dist-packages|\.venv|\.cargo)\//;
/**
 * Where JVM build tools keep tests:
 * https://maven.apache.org/guides/introduction/introduction-to-the-standard-directory-layout.html
 */
const JVM_ROOTS = ['', 'src/test/java/', 'src/test/kotlin/', 'src/test/scala/', 'src/test/groovy/'];
/**
 * Locates a failed test: by the report's `file`, or, when there is none, by the first file of the checkout that its
 * class name or message names. Without a checkout the report's `file` is taken at its word where it is certain which
 * path of the repository it means. The line is where the message or stack first names that file.
 */
async function locateTest(test, workspace) {
    const { file: reported, message } = test;
    if (reported === undefined || reported.trim() === '')
        return guessLocation(test, workspace);
    if (reported.length > test_path/* MAX_PATH */.lm)
        return { file: reported, line: undefined, inRepository: false };
    const [, path = reported, reportedLine] = /^(.+?)(?::(\d{1,7}))?(?::\d+)?$/s.exec(reported) ?? [];
    const { repository, fileExists } = workspace;
    const certain = (0,test_path/* repositoryPath */.SH)(path, repository);
    const known = await firstFile(fileExists === undefined ? [certain ?? ''] : (0,test_path/* repositoryPaths */.D4)(path, repository), workspace);
    const file = known ?? certain ?? reported;
    const line = lineIn(message ?? '', file, repository) ?? (Number(reportedLine ?? 0) || undefined);
    return { file, line, inRepository: known !== undefined };
}
async function guessLocation(test, workspace) {
    if (workspace.fileExists === undefined) {
        return { file: undefined, line: undefined, inRepository: false };
    }
    const classname = test.classname.length > test_path/* MAX_PATH */.lm ? '' : test.classname;
    for (const reference of referencesIn(test.message ?? '')) {
        const file = await firstFile(pathsOf(reference, classname, workspace), workspace);
        if (file !== undefined)
            return { file, line: reference.line, inRepository: true };
    }
    const file = await firstFile(classPaths(classname, workspace), workspace);
    return { file, line: undefined, inRepository: file !== undefined };
}
function pathsOf({ path }, classname, { repository }) {
    if (/[\\/]/.test(path))
        return (0,test_path/* repositoryPaths */.D4)(path, repository);
    // go prints the bare name and reports the package; JVM stacks print the bare name of a dotted class.
    const packagePath = (0,test_path/* repositoryPaths */.D4)(`/${classname}/${path}`, repository);
    const inPackage = [...classname.split('.').slice(0, -1), path].join('/');
    const jvm = JVM_ROOTS.map(root => `${root}${inPackage}`);
    return [...packagePath, ...jvm, path];
}
/** A class name that is a path (jest, mocha) or a dotted Python module (pytest without its `file` attribute). */
function classPaths(classname, { repository }) {
    if (classname.includes('/'))
        return (0,test_path/* repositoryPaths */.D4)(classname, repository);
    const parts = classname.split('.', MAX_MODULES).filter(part => /^\w+$/.test(part));
    return parts
        .map((_, index) => parts.slice(0, parts.length - index).join('/') + '.py')
        .filter(path => path.includes('/'));
}
async function firstFile(paths, { fileExists }) {
    for (const path of paths) {
        if (path === '' || FOREIGN.test(path))
            continue;
        if (fileExists === undefined || (await fileExists(path)))
            return path;
    }
    return undefined;
}
/** So much of a message is searched; stacks come first or soon. */
const MAX_SEARCHED = 64 * 1024;
/** Longest path that is read backwards from a file's name. */
const MAX_FOLDER = 512;
/** So many places are read from one message. */
const MAX_PLACES = 50;
/**
 * What follows a file's name where a line number is meant: `:12`, `:12:5` (jest, go, rspec, phpunit, junit), `:line 12`
 * (.NET), `", line 12` (Python), ` on line 12` (PHP), `(12,5)` (Visual Studio).
 */
const FOLLOWS = String.raw `(?::(?:line )?|", line |,? (?:on |at )?line |\()(\d{1,7})(?!\d)`;
const FOLLOWS_HERE = new RegExp(FOLLOWS, 'y');
const DELIMITER = /[\s"'\`()<>[\]{}|=,;]/;
/**
 * The line of `file` (a path in the repository) that a test's message or stack names first; `undefined` when it names
 * none, or `file` is a folder or too long. The message may write the path in full, in part, or only the file's name,
 * with either slash.
 */
function lineIn(message, file, repository) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (name === '' || file.length > test_path/* MAX_PATH */.lm)
        return undefined;
    const text = message.slice(0, MAX_SEARCHED);
    let places = 0;
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
        FOLLOWS_HERE.lastIndex = at + name.length;
        const line = Number(FOLLOWS_HERE.exec(text)?.[1] ?? 0);
        if (line === 0)
            continue;
        if (test_location_isSameFile(folderBefore(text, at) + name, file, repository))
            return line;
        places += 1;
        if (places === MAX_PLACES)
            break;
    }
    return undefined;
}
/**
 * All places a message names, in its order, `MAX_PLACES` at most: for a test whose report has no `file`. Only names with an
 * extension count, so that times (`12:30`) and addresses (`localhost:8080`) do not.
 */
function referencesIn(message) {
    const references = [];
    const pattern = new RegExp(String.raw `\.[a-z][a-z0-9_]{0,9}(?=[:", (])${FOLLOWS}`, 'gi');
    const text = message.slice(0, MAX_SEARCHED);
    for (const match of text.matchAll(pattern)) {
        const extension = match[0].slice(0, /[^.\w]/.exec(match[0])?.index);
        const path = folderBefore(text, match.index) + extension;
        if (path !== extension)
            references.push({ path, line: Number(match[1]) });
        if (references.length === MAX_PLACES)
            break;
    }
    return references.filter(({ line }) => line > 0);
}
/** The part of a path that stands before `at`, back to a character that is unlikely in a path. */
function folderBefore(text, at) {
    let start = at;
    while (start > 0 && at - start < MAX_FOLDER && !DELIMITER.test(text.charAt(start - 1)))
        start -= 1;
    return text.slice(start, at);
}
function test_location_isSameFile(written, file, repository) {
    const path = (0,test_path/* toSlashes */.TH)(written).replace(/^\.\//, '');
    return (path === file ||
        `/${file}`.endsWith(`/${path}`) ||
        (0,test_path/* repositoryPaths */.D4)(written, repository).includes(file));
}

;// CONCATENATED MODULE: ./src/collect/tests.ts






const tests_REQUESTS_AT_ONCE = 4;
/** Files that are looked for in the checkout, for one test and in all: a message may name any number of them. */
const MAX_LOOKUPS = { test: 200, all: 10_000 };
/**
 * The failed tests of the failed build jobs (latest attempts): every result that is neither `success` nor `skipped`,
 * all pages, with file and line mapped to the repository and known flaky tests (one Insights request, only when
 * something failed) marked. Rejects only with an `AbortedError`.
 */
async function collectFailedTests(jobs, workspace, context) {
    const failed = (0,collect_jobs/* failedBuildJobs */.eW)(jobs);
    const channel = new side_channel/* SideChannel */.$('Some test results', context);
    const found = await (0,concurrency/* mapBounded */.y)(failed, tests_REQUESTS_AT_ONCE, async (job) => {
        const tests = [];
        await channel.attempt(`the test report of job "${job.name}"`, options => readFailures(job, tests, context, options));
        return tests.map(test => ({ job, test }));
    });
    const failures = found.flat();
    const flaky = failures.length > 0 ? await readFlakyTests(context, channel.options) : [];
    const isFlaky = flakyIndex(flaky);
    const lookUp = workspace.fileExists && limited(workspace.fileExists);
    const failedTests = [];
    for (const { job, test } of failures) {
        await (0,side_channel/* breathe */.q)(context.signal);
        const { name, classname, message = '' } = test;
        const { workflow, number: jobNumber } = job;
        const location = await locateTest(test, { ...workspace, fileExists: lookUp?.() });
        const what = { workflow, job: job.name, jobNumber, name, classname };
        failedTests.push({ ...what, ...location, message, flaky: isFlaky(test, job.name) });
    }
    return { failedTests, omissions: channel.finish() };
}
async function readFailures(job, into, { circleci, slug }, options) {
    for await (const page of circleci.tests(slug, job.number, options)) {
        // Of many thousand tests that passed nothing need stay in memory.
        into.push(...page.filter(({ result }) => result !== 'success' && result !== 'skipped'));
    }
}
async function readFlakyTests({ circleci, slug, log, signal }, options) {
    try {
        return await circleci.flakyTests(slug, options);
    }
    catch (error) {
        if (error instanceof faults/* AbortedError */.oM || signal?.aborted === true)
            throw error;
        log.debug(`Flaky tests are not known: ${(0,errors/* errorMessage */.gJ)(error)}`);
        return [];
    }
}
/**
 * Whether a test is among the known flaky ones: same name and class, in any job (a matrix runs one test in
 * many). Where Insights knows no class, a name alone is too little and the job must agree.
 */
function flakyIndex(flaky) {
    const key = (...parts) => JSON.stringify(parts);
    const keys = new Set(flaky.map(({ testName, classname, jobName }) => classname === undefined || classname === ''
        ? key('job', testName, jobName)
        : key('class', testName, classname)));
    return ({ name, classname }, job) => keys.has(key('class', name, classname)) || keys.has(key('job', name, job));
}
/** Makes look-ups for one test after another that ask for each file once, and for no more of them than is sane. */
function limited(fileExists) {
    const known = new Map();
    return () => {
        let left = MAX_LOOKUPS.test;
        return path => {
            left -= 1;
            if (left < 0)
                return Promise.resolve(false);
            const seen = known.get(path);
            if (seen !== undefined || known.size === MAX_LOOKUPS.all)
                return seen ?? Promise.resolve(false);
            const answer = fileExists(path).catch(() => false);
            known.set(path, answer);
            return answer;
        };
    };
}

;// CONCATENATED MODULE: ./src/collect/collect.ts








/** Longest time spent on what only informs, in milliseconds: a verdict is not kept waiting by a slow report. */
const REPORT_BUDGET_MS = 3 * 60_000;
/**
 * Reads jobs, failed tests, logs and artifacts into `found`, then downloads what was asked for. Everything but the
 * download is a side channel: it warns and goes on. Rejects with `download` when a file cannot be fetched, and with an
 * `AbortedError` when GitHub cancels the step.
 */
async function collectAll(request, found, context) {
    const listing = await collectReport(request, found, context);
    const { target } = request;
    if (target === undefined)
        return;
    found.artifactsPath = target.folder;
    await downloadArtifacts({
        ...target,
        artifacts: found.artifacts,
        jobs: listing?.jobs ?? [],
        unlisted: listing?.unlisted ?? ['the pipeline'],
        onRenamed: ({ artifact, savedAs }) => {
            found.omissions.push(`Artifact "${artifact.path}" of "${artifact.job}" was saved as ${savedAs}.`);
        }
    }, context);
}
/** Collects for three minutes at most; what was collected by then stays. */
async function collectReport(request, found, context) {
    const { clock, signal, log } = context;
    const limit = (0,base_clock/* timeLimit */.zc)(clock, REPORT_BUDGET_MS, signal);
    try {
        return await collectInto(found, request, { ...context, signal: limit.signal });
    }
    catch (error) {
        if (!(error instanceof faults/* AbortedError */.oM) || signal?.aborted === true)
            throw error;
        const sentence = `Reading jobs, tests, logs and artifacts was stopped after ${(0,base_text/* formatDuration */.a3)(REPORT_BUDGET_MS)}; the report is incomplete.`;
        log.warning(`${sentence} This does not change the verdict.`);
        found.omissions.push(sentence);
        return undefined;
    }
    finally {
        limit.end();
    }
}
async function collectInto(found, request, context) {
    const { jobs, unread, omissions } = await (0,collect_jobs/* collectJobs */.rd)(request, context);
    found.jobs = jobs;
    found.omissions.push(...omissions);
    const workspace = { repository: context.slug.project, fileExists: request.fileExists };
    const [tests, logs, listing] = await Promise.all([
        collectFailedTests(jobs, workspace, context),
        collectLogTails(jobs, request.logLines, context),
        request.artifacts.length === 0
            ? undefined
            : (0,collect_artifacts/* listArtifacts */.wn)({ workflows: request.workflows, jobs }, context)
    ]);
    found.failedTests = tests.failedTests;
    found.logTails = logs.logTails;
    found.omissions.push(...tests.omissions, ...logs.omissions);
    if (listing === undefined)
        return undefined;
    const { artifacts } = listing;
    found.artifacts = await (0,collect_artifacts/* selectArtifacts */.qC)(artifacts, request.artifacts, context.signal);
    const remarks = await (0,collect_artifacts/* selectionRemarks */.E_)(artifacts, request.artifacts, context.signal);
    for (const remark of remarks)
        context.log.warning(remark);
    found.omissions.push(...listing.omissions, ...remarks);
    const unlisted = unread.map(name => `workflow "${name}"`);
    return { ...listing, unlisted: [...unlisted, ...listing.unlisted] };
}

;// CONCATENATED MODULE: ./src/wait/history.ts




/** With fewer finished runs than this, a branch says too little and all branches are asked. */
const ENOUGH_RUNS = 3;
/** How long the faults of a request are retried, in milliseconds: an estimate is not worth a long wait. */
const PATIENCE_MS = 15_000;
/** An estimate of more workflows than this is not worth their requests. */
const MOST_HISTORIES = 10;
/** Requests for histories at once. */
const AT_ONCE = 4;
/**
 * `collectHistory` for all pipelines of a step together: each workflow's history is asked for once, of ten workflows at most,
 * four at a time.
 */
async function historyFor(workflow, branch, context) {
    const { known, slug } = context;
    const key = JSON.stringify([(0,circleci_slug/* formatSlug */.Hr)(slug), branch, workflow]);
    const asked = known.get(key);
    if (asked !== undefined)
        return asked;
    if (known.size >= MOST_HISTORIES)
        return undefined;
    const before = known.size < AT_ONCE ? undefined : [...known.values()].at(-AT_ONCE);
    const read = async () => {
        await Promise.allSettled([before]);
        return collectHistory(workflow, branch, context);
    };
    const reading = read();
    known.set(key, reading);
    return reading;
}
/**
 * How earlier runs of one workflow went, from Insights: the branch's runs, or all branches' when the branch has
 * fewer than three finished ones. One request, two at most. `undefined` when there are none or they could not be read
 * (said at debug only); rejects only with an `AbortedError`.
 */
async function collectHistory(workflow, branch, { circleci, slug, log, signal }) {
    const read = async (of) => {
        const options = { signal, patienceMs: PATIENCE_MS };
        return summarizeRuns(workflow, of, await circleci.workflowRuns(slug, workflow, of, options));
    };
    let own;
    try {
        own = await read(branch);
        if (branch === undefined || (own !== undefined && own.runs >= ENOUGH_RUNS))
            return own;
        return (await read(undefined)) ?? own;
    }
    catch (error) {
        if (error instanceof faults/* AbortedError */.oM || signal?.aborted === true)
            throw error;
        log.debug(`No history of workflow "${workflow}": ${(0,errors/* errorMessage */.gJ)(error)}`);
        return own;
    }
}
/**
 * Sums runs up: only those that succeeded or failed and have a duration count, as a run that was cancelled or never
 * started says nothing about how long the next one takes. `undefined` when none does.
 */
function summarizeRuns(workflow, branch, runs) {
    const finished = runs.flatMap(({ duration = NaN, status = '' }) => {
        const phase = (0,statuses/* phaseOf */.hU)(status);
        const counts = (phase === 'success' || phase === 'failed') && duration >= 0;
        return counts && Number.isFinite(duration) ? [{ duration, phase }] : [];
    });
    if (finished.length === 0)
        return undefined;
    const durations = finished.map(({ duration }) => duration).sort((a, b) => a - b);
    return {
        workflow,
        branch,
        runs: durations.length,
        durations,
        medianSeconds: percentile(durations, 0.5),
        p95Seconds: percentile(durations, 0.95),
        successRate: finished.filter(({ phase }) => phase === 'success').length / finished.length
    };
}
/** The nearest-rank percentile of ascending values: the smallest that at least `share` (0 to 1) of them do not exceed. */
function percentile(ascending, share) {
    const rank = Math.min(ascending.length, Math.max(1, Math.ceil(share * ascending.length)));
    return ascending[rank - 1] ?? NaN;
}

// EXTERNAL MODULE: ./src/pipeline/ending.ts
var ending = __webpack_require__(2523);
// EXTERNAL MODULE: ./src/record/record.ts
var record_record = __webpack_require__(5380);
// EXTERNAL MODULE: ./src/wait/jobs.ts
var jobs = __webpack_require__(5881);
// EXTERNAL MODULE: ./src/wait/patience.ts
var patience = __webpack_require__(3738);
// EXTERNAL MODULE: ./src/wait/wait.ts
var wait = __webpack_require__(3680);
// EXTERNAL MODULE: ./src/wait/watch.ts + 3 modules
var wait_watch = __webpack_require__(7115);
;// CONCATENATED MODULE: ./src/pipeline/follow.ts












/** Waits for a pipeline's verdict. Rejects like the wait; what is known of the pipeline by then is in the record. */
async function awaitVerdict(context, record, pipeline) {
    const { verdict, watch } = await watchToEnd(waitContext(context, record, pipeline), context, record);
    if (verdict.reason === 'timeout') {
        await (0,ending/* endOwned */.JH)(context, record, 'onTimeout', watch.rest().waitsForPerson);
    }
    return verdict;
}
/**
 * Waits until everything that the input `approve` lists is approved. Then the pipeline goes on without a verdict; there is
 * one only when an approval can no longer come, or did not come in time. The pipeline is left as it is.
 */
async function awaitApproval(context, record, pipeline) {
    const waiting = approvalContext(waitContext(context, record, pipeline));
    const { verdict } = await watchToEnd(waiting, context, record);
    if (verdict.passes)
        context.log.info(verdict.message);
    else
        record.verdict = verdict;
    await collectApproved(context, record);
}
async function watchToEnd(waiting, context, record) {
    const watch = new wait_watch/* Watch */.o(waiting);
    const verdict = await (0,wait/* waitForVerdict */.m)(waiting, watch).finally(() => {
        takeWatched(record, watch);
    });
    const isCanceled = verdict.reason === 'canceled';
    const explained = isCanceled && (await (0,ending/* explainCancel */.Ot)(verdict, context, record, watch.rollup));
    return { verdict: explained || verdict, watch };
}
/** What it takes to wait until everything is approved, when that is all that is wanted of a pipeline. */
function approvalContext(waiting) {
    return {
        ...waiting,
        historyOf: () => Promise.resolve(undefined),
        settings: { ...waiting.settings, goal: 'approval', jobs: [], rerunFailed: 0, failFast: false }
    };
}
/** Of a pipeline that was to be approved: the jobs as they are now, or all there is to say of what kept it from that. */
async function collectApproved(context, record) {
    const { workflows, slug, host, verdict } = record;
    if (verdict !== undefined)
        await collectFor({ ...context, downloadFolder: undefined }, record);
    else
        record.jobs = (await (0,collect_jobs/* collectJobs */.rd)({ workflows, host }, { ...context, slug })).jobs;
}
/** Only the pipeline says which commit was built, and a wait that ends with a failure may not have read it. */
async function readCommit({ circleci, clock, log, signal }, record) {
    const { pipeline, verdict } = record;
    if (pipeline === undefined || pipeline.revision !== undefined)
        return;
    if (verdict?.reason === 'timeout')
        return;
    const { id } = pipeline;
    const limit = (0,base_clock/* timeLimit */.zc)(clock, 5_000, signal);
    try {
        (0,record_record/* takePipeline */.m2)(record, await circleci.pipeline(id, { signal: limit.signal, patienceMs: 2_000 }));
    }
    catch (error) {
        log.debug(`Which commit was built could not be read: ${(0,errors/* errorMessage */.gJ)(error)}`);
    }
    finally {
        limit.end();
    }
}
/**
 * Collects what a developer needs. A file that was asked for and did not come makes a good verdict bad; nothing else that
 * goes wrong here changes a verdict.
 */
async function collectFor(context, record) {
    await readCommit(context, record);
    const { inputs, log, signal, downloadFolder, fileExists, written } = context;
    const { name, slug, pipeline, workflows, verdict } = record;
    const { host, logLines, artifacts } = inputs;
    const decides = (0,jobs/* jobMatcher */.sq)(inputs.jobs)?.decides;
    const target = downloadFolder && {
        ...downloadFolder,
        subfolder: name,
        pipelineNumber: pipeline?.number,
        written
    };
    try {
        const request = { workflows, host, decides, logLines, artifacts, fileExists, target };
        await collectAll(request, record, { ...context, slug });
    }
    catch (error) {
        if (signal.aborted || (verdict?.passes === true && downloadFolder !== undefined))
            throw error;
        // GitHub shows ten errors a step: those of the verdict come first.
        if (error instanceof errors/* ActionError */.lZ)
            log.warning(error.message);
        else
            log.warning(`The report is incomplete: ${(0,errors/* unexpected */.os)(error)}`);
    }
}
/** What it takes to wait for a pipeline. */
function waitContext(context, record, pipeline) {
    const { inputs, circleci, log, beside, histories: known, listener, step } = context;
    const { slug, triggered, rerunsAsked } = record;
    const links = (0,circleci_slug/* linksFor */.h8)(inputs.host);
    return {
        ...context,
        host: inputs.host,
        pipeline: {
            ...pipeline,
            isNew: triggered,
            workflowUrl: id => links.workflow(slug, pipeline.number, id)
        },
        settings: { ...inputs, goal: 'verdict', rerunsAsked },
        historyOf: workflow => historyFor(workflow, pipeline.branch, { circleci, slug, log, signal: beside, known }),
        waits: () => step.pipelines.filter(one => one.pipeline && !one.verdict).length,
        matchedElsewhere: () => false,
        onProgress: progress => {
            (0,record_record/* takeAttempts */._c)(record, progress.rollup.attempts);
            listener.progress(progress, record);
        }
    };
}
/** Takes what a watch knows of a pipeline. */
function takeWatched(record, watch) {
    if (watch.pipeline !== undefined)
        (0,record_record/* takePipeline */.m2)(record, watch.pipeline);
    (0,record_record/* takeAttempts */._c)(record, watch.rollup.attempts);
    record.history = [...watch.histories.values()];
}
/** Without `wait`, an attached pipeline's outputs say what is there now. */
async function look(context, record, pipeline) {
    const { clock, signal } = context;
    const waiting = waitContext({ ...context, deadline: clock.now() }, record, pipeline);
    const watch = new wait_watch/* Watch */.o({
        ...waiting,
        historyOf: () => Promise.resolve(undefined),
        settings: { ...waiting.settings, approve: [], rerunFailed: 0 }
    });
    await new patience/* Patience */.i3(waiting).ask(options => watch.look(signal, options, false), signal);
    takeWatched(record, watch);
}


/***/ }),

/***/ 4231:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   renderComment: () => (/* binding */ renderComment)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8760);
/* harmony import */ var _heading_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7212);
/* harmony import */ var _sections_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3844);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1935);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4031);
/* harmony import */ var _failures_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7999);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8360);








/** GitHub refuses a comment of more than 65,536 characters; bytes are never fewer than characters. */
const COMMENT_BYTES = 65_000;
const JOBS = 10;
const TESTS = 10;
const ARTIFACTS = 10;
const MESSAGE_SCANNED = 20_000;
/** Renders the pull request comment: the verdict, and the first few failed jobs, failed tests and artifacts. */
function renderComment(result) {
    const views = (0,_views_js__WEBPACK_IMPORTED_MODULE_7__/* .viewsOf */ .W6)(result);
    const [first] = views;
    const top = first !== undefined && views.length === 1 ? [head(first)] : (0,_heading_js__WEBPACK_IMPORTED_MODULE_2__/* .pipelineTable */ .NS)(result, views, '###');
    return (0,_sections_js__WEBPACK_IMPORTED_MODULE_3__/* .fitSections */ .WK)([...top, jobs(views), tests(views), artifacts(views)], COMMENT_BYTES);
}
function head(result) {
    const message = result.verdict === undefined ? '' : `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .markdown */ .wD)(result.verdict.message, 2000)}\n\n`;
    const commit = (0,_heading_js__WEBPACK_IMPORTED_MODULE_2__/* .renderCommit */ .ak)(result.pipeline?.revision, result.slug, result.host);
    const facts = [
        ...(result.pipeline === undefined
            ? []
            : [`Took ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_4__/* .pipelineDurationMs */ .lF)(result))}`]),
        ...(commit === '' ? [] : [commit])
    ];
    const took = facts.length === 0 ? '' : `${facts.join(' \u00b7 ')}\n\n`;
    const text = `#${(0,_heading_js__WEBPACK_IMPORTED_MODULE_2__/* .heading */ .R_)(result)}\n\n${message}${took}`;
    return (0,_sections_js__WEBPACK_IMPORTED_MODULE_3__/* .wholeText */ .r0)(text);
}
function jobs(views) {
    const lines = (0,_views_js__WEBPACK_IMPORTED_MODULE_7__/* .inTurns */ .gG)(views, view => {
        const failed = (0,_timeline_js__WEBPACK_IMPORTED_MODULE_4__/* .timeJobs */ .w1)(view).filter(({ job }) => job.latest && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isFailed */ .Ix)(job.status));
        return failed.map(({ job, ranMs }) => {
            const { emoji, words } = (0,_views_js__WEBPACK_IMPORTED_MODULE_7__/* .lookOf */ .Li)(job.status);
            const after = ranMs === undefined ? '' : ` after ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(ranMs)}`;
            const of = [...labels(view), (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .markdown */ .wD)(job.workflow)].join(' \u00b7 ');
            return `- ${emoji} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .link */ .nf)((0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .code */ .aY)(job.name), job.url)} ${words}${after} <sub>${of}</sub>\n`;
        });
    });
    return list('**Failed jobs**', lines, JOBS, 'failed job', 3);
}
function tests(views) {
    const all = views.flatMap(({ failedTests }) => failedTests);
    const allFlaky = all.length > 0 && all.every(test => test.flaky);
    const lines = (0,_views_js__WEBPACK_IMPORTED_MODULE_7__/* .inTurns */ .gG)(views, view => view.failedTests.map(test => testLine(test, view)));
    return list(`**Failed tests**${allFlaky ? ', all known to be flaky' : ''}`, lines, TESTS, 'failed test', 2);
}
function testLine(test, view) {
    const { name, message, flaky } = test;
    const place = (0,_failures_js__WEBPACK_IMPORTED_MODULE_6__.placeOf)(test);
    const where = place === undefined ? '' : ` in ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .code */ .aY)(place)}`;
    const first = (0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .plainLines */ .y1)(message.slice(0, MESSAGE_SCANNED)).find(text => text.trim() !== '');
    const why = first === undefined ? '' : `<br>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .code */ .aY)(first, 160)}`;
    return `- ${flaky ? '\ud83c\udfb2 flaky: ' : ''}${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .code */ .aY)(name)}${where}${ofPipeline(view)}${why}\n`;
}
function artifacts(views) {
    const lines = (0,_views_js__WEBPACK_IMPORTED_MODULE_7__/* .inTurns */ .gG)(views, view => view.artifacts.map(({ path, url }) => `- ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .link */ .nf)((0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .code */ .aY)(path), url)}${ofPipeline(view)}\n`));
    return list('**Artifacts**', lines, ARTIFACTS, 'artifact', 1);
}
/** The pipeline, where there are others. */
function labels({ label }) {
    return label === undefined ? [] : [(0,_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .markdown */ .wD)(label, 100)];
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
/* harmony export */   commandText: () => (/* binding */ commandText),
/* harmony export */   failureGroups: () => (/* binding */ failureGroups),
/* harmony export */   parallelRun: () => (/* binding */ parallelRun),
/* harmony export */   pickAnnotations: () => (/* binding */ pickAnnotations),
/* harmony export */   placeOf: () => (/* binding */ placeOf),
/* harmony export */   renderFailure: () => (/* binding */ renderFailure)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _record_result_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9496);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4031);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8360);




/** More failed tests of one job than this are counted; the report file has them all. */
const LISTED_TESTS = 50;
/** More jobs, or pipelines, than this are counted, not named. */
const NAMED = 10;
/** Of a job's log, so many lines go into its annotation. */
const ANNOTATED_LINES = 12;
/** GitHub keeps 10 errors a step (actions/runner, `ExecutionContext._maxCountPerIssueType`), with the verdict's. */
const ANNOTATION_LIMIT = 9;
/** The step's error as raw text: the verdict, failed jobs and pipelines that did not pass, with their pages. */
function renderFailure(result, verdict) {
    const views = (0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .viewsOf */ .W6)(result);
    const red = views.filter(_views_js__WEBPACK_IMPORTED_MODULE_3__/* .isRed */ .iI);
    const shown = red.length === 0 ? views : red;
    const failed = (0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .inTurns */ .gG)(shown, _record_result_js__WEBPACK_IMPORTED_MODULE_1__/* .failedJobs */ .Mf);
    const named = new Set(failed.slice(0, NAMED));
    const jobs = shown.flatMap(view => (0,_record_result_js__WEBPACK_IMPORTED_MODULE_1__/* .failedJobs */ .Mf)(view)
        .filter(job => named.has(job))
        .map(job => (0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .prefixOf */ .MT)(view.label) + jobLine(job)));
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
    return `Job "${name}" of workflow "${workflow}": ${(0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .lookOf */ .Li)(status).words}${address}`;
}
/** Where to look, or why there is nothing to look at; nothing when the step's verdict says so already. */
function pipelineLine({ label, pipeline, verdict: own }, { message }) {
    const why = (0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(own?.message ?? '');
    if (message.includes(pipeline?.url ?? why))
        return [];
    return [(0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .prefixOf */ .MT)(label) + (pipeline ? `Pipeline #${pipeline.number}: ${pipeline.url}` : why)];
}
/** What failed, for the log: a block for each failed job, with its failed tests and the tails of its failed steps' logs. Raw text. */
function failureGroups(result) {
    return (0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .viewsOf */ .W6)(result).flatMap(groupsOf);
}
function groupsOf(result) {
    return (0,_record_result_js__WEBPACK_IMPORTED_MODULE_1__/* .failedJobs */ .Mf)(result)
        .map(job => {
        const tests = result.failedTests.filter(({ jobNumber }) => jobNumber === job.number);
        const tails = result.logTails.filter(({ jobNumber }) => jobNumber === job.number);
        return {
            title: `${(0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .prefixOf */ .MT)(result.label)}\u2717 ${job.name} (${job.workflow}): ${(0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .lookOf */ .Li)(job.status).words}`,
            lines: [
                ...(job.url === undefined ? [] : [job.url]),
                ...testLines(tests),
                ...tails.flatMap(tail => tailLines(tail, tails))
            ]
        };
    })
        .filter(({ lines }) => lines.length > 0);
}
/** Where a test stands: `src/cart.test.js:12`, or its file alone; `undefined` when that is not known. */
function placeOf({ file, line }) {
    return file === undefined || line === undefined ? file : `${file}:${line}`;
}
function testLines(tests) {
    const lines = tests.slice(0, LISTED_TESTS).map(test => {
        const place = placeOf(test);
        const where = place === undefined ? '' : ` (${place})`;
        return `\u2717 ${test.name}${where}${test.flaky ? ', known to be flaky' : ''}`;
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
    const found = (0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .inTurns */ .gG)((0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .viewsOf */ .W6)(result), view => candidates(view, result));
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
        title: (0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .prefixOf */ .MT)(view.label) + annotation.title
    });
    return [
        ...tests.map(test => ({
            annotation: named(testAnnotation(test, level)),
            noun: 'more failed test'
        })),
        ...(0,_record_result_js__WEBPACK_IMPORTED_MODULE_1__/* .failedJobs */ .Mf)(view).map(job => ({
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
    const { words } = (0,_views_js__WEBPACK_IMPORTED_MODULE_3__/* .lookOf */ .Li)(job.status);
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

/***/ 7212:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NS: () => (/* binding */ pipelineTable),
/* harmony export */   R_: () => (/* binding */ heading),
/* harmony export */   ak: () => (/* binding */ renderCommit),
/* harmony export */   pd: () => (/* binding */ renderHead)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1525);
/* harmony import */ var _record_result_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9496);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4031);
/* harmony import */ var _sections_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3844);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1935);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8360);







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
    const { emoji, words } = (0,_views_js__WEBPACK_IMPORTED_MODULE_6__/* .pipelineLook */ .cD)(result);
    const called = label === undefined || name === undefined ? '' : `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(name)}: `;
    const text = pipeline === undefined
        ? withoutPipeline(result)
        : `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .link */ .nf)((0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(`CircleCI pipeline #${pipeline.number}`), pipeline.url)} ${words}`;
    return `## ${emoji} ${called}${text}${slug === '' ? '' : `: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(slug)}`}`;
}
function withoutPipeline({ verdict }) {
    if (verdict === undefined)
        return 'No CircleCI pipeline triggered';
    const text = verdict.reason === undefined ? undefined : WITHOUT_PIPELINE[verdict.reason];
    return text ?? `The CircleCI step ${(0,_views_js__WEBPACK_IMPORTED_MODULE_6__/* .conclusionLook */ .pG)(verdict).words}`;
}
function verdict(result) {
    const message = result.verdict?.message ?? (0,_record_result_js__WEBPACK_IMPORTED_MODULE_2__/* .notWaitedFor */ .xK)({ ...result, pipelines: [result] }) ?? '';
    return message === '' ? [] : [(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(message, 2000), ''];
}
function built({ ref, pipeline, slug, host }) {
    const tag = pipeline?.tag ?? (ref !== undefined && 'tag' in ref ? ref.tag : undefined);
    const branch = pipeline?.branch ?? (ref !== undefined && 'branch' in ref ? ref.branch : undefined);
    const commit = renderCommit(pipeline?.revision, slug, host);
    const at = commit === '' ? '' : ` at ${commit}`;
    if (tag !== undefined)
        return [`**Tag** ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(tag)}${at}`];
    if (branch !== undefined)
        return [`**Branch** ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(branch)}${at}`];
    return commit === '' ? [] : [`**Commit** ${commit}`];
}
/** The short commit, linked where its address is certain: `gh` and `bb` on CircleCI Cloud are github.com and bitbucket.org. */
function renderCommit(revision, slug, host) {
    const short = (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(revision?.slice(0, 7) ?? '');
    const parsed = host === _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .CLOUD */ .OZ ? (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .parseSlug */ .dF)(slug) : undefined;
    if (parsed === undefined || revision === undefined || !/^[\da-f]{7,64}$/.test(revision))
        return short;
    const repository = [parsed.organization, parsed.project].map(encodeURIComponent).join('/');
    const pages = {
        gh: `https://github.com/${repository}/commit/${revision}`,
        bb: `https://bitbucket.org/${repository}/commits/${revision}`,
        circleci: undefined
    };
    return (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .link */ .nf)(short, pages[parsed.provider]);
}
function triggeredBy({ pipeline, triggered, attached }) {
    if (pipeline === undefined)
        return [];
    const actor = pipeline.actorLogin === undefined ? '' : ` as ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(pipeline.actorLogin, 60)}`;
    if (triggered)
        return [`**Triggered by** this step${actor}`];
    const by = pipeline.triggerType === undefined
        ? ''
        : ` (${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(pipeline.triggerType.replaceAll('_', ' '), 60)}${actor})`;
    return [
        attached
            ? `**Attached** to a pipeline this step did not trigger${by}`
            : `**Triggered by** another${by}`
    ];
}
function took(result) {
    if (result.pipeline === undefined)
        return [];
    return [`**Took** ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_5__/* .pipelineDurationMs */ .lF)(result))}${usual(result)}`];
}
/** Beside the duration, how long it usually takes; with several workflows or attempts their table shows it. */
function usual({ history, workflows }) {
    const past = history.find(({ workflow }) => workflow === workflows[0]?.name);
    return past === undefined || past.runs === 0 || workflows.length > 1
        ? ''
        : `, usually ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(past.medianSeconds * 1000)}`;
}
function parameters({ parameters: given }) {
    const entries = Object.entries(given);
    if (entries.length === 0)
        return [];
    const shown = entries
        .slice(0, PARAMETERS)
        .map(([name, value]) => (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(`${name}: ${JSON.stringify(value)}`));
    const more = entries.length - shown.length;
    return [`**Parameters** ${shown.join(' ')}${more > 0 ? ` and ${more} more` : ''}`, ''];
}
function aboutCommit(result) {
    const other = (0,_record_result_js__WEBPACK_IMPORTED_MODULE_2__/* .otherCommit */ .e4)(result);
    return other === undefined ? [] : [`> [!WARNING]\n> ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(other, 500)}`, ''];
}
/** What CircleCI says of a config that it took all the same. */
function warnings({ pipeline }) {
    const given = pipeline?.warnings ?? [];
    if (given.length === 0)
        return [];
    const shown = given
        .slice(0, WARNINGS)
        .map(({ type, message }) => `- ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(message, 500)} (${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(type)})`);
    const more = given.length - shown.length;
    return [
        '**CircleCI warns about the config**',
        '',
        ...shown,
        ...(more > 0 ? [`- and ${more} more`] : []),
        ''
    ];
}
/** What became of several pipelines: a table under the verdict on all, whose sentence follows when no row says why. */
function pipelineTable({ verdict }, views, mark) {
    const red = views.filter(_views_js__WEBPACK_IMPORTED_MODULE_6__/* .isRed */ .iI).length;
    const emoji = verdict === undefined ? '\ud83d\udd35' : (0,_views_js__WEBPACK_IMPORTED_MODULE_6__/* .conclusionLook */ .pG)(verdict).emoji;
    const passed = verdict?.passes === true ? ': all passed' : '';
    const why = red > 0 || verdict?.passes !== false ? '' : `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(verdict.message, 2000)}\n\n`;
    const outcomes = red === 0 ? passed : `: ${red} did not pass`;
    const severalProjects = new Set(views.map(({ slug }) => slug)).size > 1;
    return [
        (0,_sections_js__WEBPACK_IMPORTED_MODULE_4__/* .table */ .tp)(`${mark} ${emoji} ${views.length} CircleCI pipelines${outcomes}`, {
            headings: ['Pipeline', ...(severalProjects ? ['Project'] : []), 'Result', 'Took'],
            rows: views.map(view => pipelineRow(view, severalProjects)),
            noun: 'pipeline',
            rank: 8
        }),
        (0,_sections_js__WEBPACK_IMPORTED_MODULE_4__/* .wholeText */ .r0)(why)
    ];
}
function pipelineRow(view, severalProjects) {
    const { label = '', pipeline, slug, verdict } = view;
    const number = pipeline === undefined || label.includes('#') ? '' : ` #${pipeline.number}`;
    const { emoji, words } = (0,_views_js__WEBPACK_IMPORTED_MODULE_6__/* .pipelineLook */ .cD)(view);
    const why = (0,_views_js__WEBPACK_IMPORTED_MODULE_6__/* .isRed */ .iI)(view) ? `<br><sub>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(verdict?.message ?? '', 200)}</sub>` : '';
    return (0,_sections_js__WEBPACK_IMPORTED_MODULE_4__/* .row */ .nM)((0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .link */ .nf)((0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .markdown */ .wD)(label + number, 100), pipeline?.url), ...(severalProjects ? [(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(slug)] : []), `${emoji} ${words}${why}`, pipeline === undefined ? '' : (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_5__/* .pipelineDurationMs */ .lF)(view)));
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
/** Fits several documents into `limit` bytes together: what one does not need the others get, in equal parts. */
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
  renderSummary: () => (/* binding */ renderSummary)
});

// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __webpack_require__(766);
// EXTERNAL MODULE: ./src/circleci/statuses.ts
var statuses = __webpack_require__(8760);
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
 * legend and, for jobs beyond the 50 that matter most, a line of text. Empty when no job has started.
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
 * Renders several pipelines as one such chart, a lane for each with the jobs of its critical path. Empty when no job of
 * any has started.
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
/** What matters most first: the critical path, failures, then the longest. */
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
/** Of a job with a row of its own: there is room beside the bar. */
function spanOf(timing) {
    return { timing, crit: timing.critical, labels: [ranLabel(timing)] };
}
/** Of a job among others on one row. The mark comes first so that a job called `click` is no keyword. */
function laneSpan(timing) {
    const { icon } = (0,report_views/* lookOf */.Li)(timing.job.status);
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
    return `${(0,report_views/* lookOf */.Li)(job.status).icon} ${name}${attempt}${critical ? ` ${CRITICAL}` : ''}`;
}
/** `done` is grey (queued), `active` ran, untagged is on hold. `crit` outlines in red, but would paint a hold red. */
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

// EXTERNAL MODULE: ./src/report/heading.ts
var heading = __webpack_require__(7212);
// EXTERNAL MODULE: ./src/report/sections.ts
var sections = __webpack_require__(3844);
// EXTERNAL MODULE: ./src/report/failures.ts
var failures = __webpack_require__(7999);
;// CONCATENATED MODULE: ./src/report/summary-parts.ts








const UNFOLDED_TESTS = 10;
/** More failed tests than these are listed only where nothing else needs the room. */
const MANY_TESTS = 300;
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
    const { name, classname, job, message, flaky } = test;
    const place = (0,failures.placeOf)(test);
    const suite = classname === '' || name.startsWith(classname) ? '' : `<br><sub>${(0,report_escape/* markdown */.wD)(classname)}</sub>`;
    const where = place === undefined ? [] : [(0,report_escape/* code */.aY)(place)];
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
    const isOpen = ({ job }) => timings.length <= UNFOLDED_JOBS || NEVER_FOLDED.includes((0,report_views/* lookOf */.Li)(job.status).kind);
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
    return JOB_ORDER.indexOf((0,report_views/* lookOf */.Li)(job.status).kind);
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
    const { emoji, words } = (0,report_views/* lookOf */.Li)(status);
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

;// CONCATENATED MODULE: ./src/report/summary.ts







/** GitHub drops a step's whole summary above 1,048,576 bytes (actions/runner, `FileCommandManager`). */
const SUMMARY_BYTES = 999_999;
/** Of these, a table of several pipelines may take so many. */
const OVERVIEW_BYTES = 200_000;
/** How much of the rest what did not pass may take, when others did. */
const RED_SHARE = 3 / 4;
/** More artifacts than these are listed only where nothing else needs the room. */
const MANY_ARTIFACTS = 500;
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
    const overview = (0,sections/* fitSections */.WK)((0,heading/* pipelineTable */.NS)(result, views, '##'), OVERVIEW_BYTES);
    const chart = summary_timeline(renderLanes(views));
    const room = SUMMARY_BYTES - (0,sections/* byteLength */.dp)(overview + chart);
    const failed = (0,sections/* fitDocuments */.g8)(red.map(pipelineSections), others.length === 0 ? room : RED_SHARE * room);
    const left = room - (0,sections/* byteLength */.dp)(failed.join(''));
    const passed = (0,sections/* fitDocuments */.g8)(others.map(foldedPipeline), left);
    return [overview, ...failed, chart, ...passed].join('');
}
/** Of a pipeline that needs no look, all there is to show, folded. */
function foldedPipeline(view) {
    const { emoji, words } = (0,report_views/* pipelineLook */.cD)(view);
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
        (0,sections/* wholeText */.r0)(`${(0,heading/* renderHead */.pd)(result)}\n`),
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


/***/ }),

/***/ 9272:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   findEarlier: () => (/* binding */ findEarlier)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1525);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4758);
/* harmony import */ var _intent_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6788);
/* harmony import */ var _listing_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8480);
/* harmony import */ var _ref_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5577);






/**
 * Finds for certain the pipeline that an earlier attempt of the same GitHub run triggered: the one that holds the id of
 * such a request, or the only one that fits it at the same commit. Reads `MAX_PAGES` pages at most. Where there is
 * none, or a doubt, it resolves with the reason, a clause to embed; rejects only with an `AbortedError`.
 */
async function findEarlier(sought, context) {
    const { random, host, signal } = context;
    const { request, revision, run } = sought;
    const { slug } = request;
    const intent = (0,_intent_js__WEBPACK_IMPORTED_MODULE_3__/* .intentOf */ .oQ)(request, { sentAt: 0 }, random);
    const own = new _listing_js__WEBPACK_IMPORTED_MODULE_4__/* .OwnPipelines */ .C(intent, context, { signal }, (0,_intent_js__WEBPACK_IMPORTED_MODULE_3__/* .earlierIds */ .b6)(request, run));
    try {
        const listing = await own.list(() => false);
        const possible = new Map();
        for (const row of listing.rows) {
            const { pipeline } = row;
            const finding = await examine(row, revision, own);
            if (finding.match !== 'no')
                possible.set(pipeline.id, { ...finding, pipeline });
        }
        if (possible.size === 0)
            return describeMiss(sought, listing);
        return judge([...possible.values()], number => (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .linksFor */ .h8)(host).pipeline(slug, number));
    }
    catch (error) {
        if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM)
            throw error;
        return `the pipelines of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} could not be searched: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .gJ)(error)}`;
    }
}
/** Every pipeline is newer. */
const WHENEVER = 0;
/** Compares a pipeline with the request, and the commit it built; where the listing lacks that it is among the values. */
async function examine(row, revision, own) {
    const { pipeline } = row;
    const other = { match: 'no', why: 'it was built from another commit', proven: false };
    if (pipeline.revision !== undefined && pipeline.revision !== revision)
        return other;
    const finding = await own.examine(row, WHENEVER);
    if (finding.match === 'no' || pipeline.revision !== undefined)
        return finding;
    const built = (await own.readValues(pipeline))?.['pipeline.git.revision'] ?? '';
    if (built === revision || finding.proven)
        return finding;
    return built === ''
        ? { match: 'unsure', why: 'CircleCI does not say from which commit it was built', proven: false }
        : other;
}
/** What is certain of the pipelines it could be, of which there is one at least. */
function judge(possible, link) {
    const proven = possible.filter(one => one.proven);
    const left = proven.length > 0 ? proven : possible;
    const list = left.map(({ pipeline: { number } }) => `#${number} ${link(number)}`).join(', ');
    const [only] = left;
    if (only === undefined || left.length > 1) {
        return `it is not certain which of these belongs to the earlier attempt: ${list}`;
    }
    if (only.match === 'yes')
        return only.pipeline;
    return `it is not certain that ${list} belongs to the earlier attempt (${only.why})`;
}
function describeMiss({ request, revision }, { rows, complete }) {
    const slug = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(request.slug);
    const count = rows.length;
    if (count === 0)
        return `you have no pipelines in ${slug}`;
    const which = count === 1
        ? `your only pipeline in ${slug} was not`
        : `none of your ${complete ? '' : 'newest '}${count} pipelines in ${slug} was`;
    const ref = (0,_intent_js__WEBPACK_IMPORTED_MODULE_3__/* .refOfRequest */ ._y)(request);
    const what = ref === undefined ? 'the default branch' : (0,_ref_js__WEBPACK_IMPORTED_MODULE_5__/* .describeRef */ .Ro)(ref);
    return `${which} triggered by the API for ${what} at ${revision.slice(0, 7)} with these parameters`;
}


/***/ }),

/***/ 982:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ explainRefusal),
/* harmony export */   ambiguous: () => (/* binding */ ambiguous),
/* harmony export */   notCircleCI: () => (/* binding */ notCircleCI),
/* harmony export */   numberless: () => (/* binding */ numberless),
/* harmony export */   r: () => (/* binding */ howToReach),
/* harmony export */   unreachable: () => (/* binding */ unreachable)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1525);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(766);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4758);




/** The error of a trigger that certainly started nothing, however often it was sent. */
function unreachable({ host, slug, fault, attempts }) {
    const tried = attempts === 1 ? 'once' : `${attempts} times`;
    const wait = fault.retryAfterMs === undefined
        ? ''
        : ` It asked to wait ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(fault.retryAfterMs)} before trying again.`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('api-unavailable', `No pipeline of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} was started: ${host} did not accept the trigger, tried ${tried}. Last error: ${clause(fault)}.${wait} ${howToReach(host, fault)}`, { cause: fault });
}
/** What to do where no usable answer came. */
function howToReach(host, { final, unresolved }) {
    if (final) {
        return `Check the input "host", and that this runner trusts the certificate of ${host}.`;
    }
    if (host === _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .CLOUD */ .OZ) {
        return `Check that this runner can reach ${host} (status of CircleCI Cloud: https://status.circleci.com), then run the job again.`;
    }
    return unresolved
        ? `Check the input "host" (${host}) for typos, and that this runner can resolve that name.`
        : `Check the input "host", and that this runner can reach ${host}, then run the job again.`;
}
/** The error of a trigger whose pipeline may be running unseen, or cannot be distinguished from others. */
function ambiguous({ host, slug }, { fault, count, refusal }, doubt) {
    const links = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .linksFor */ .h8)(host);
    const answers = count === 1
        ? `CircleCI's answer to the trigger of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} was lost`
        : `CircleCI's answers to ${count} triggers of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} were lost`;
    const again = refusal === undefined ? '' : `, sent once more it created none (${clause(refusal)})`;
    const look = `Look at ${links.project(slug)} and cancel what you do not want.`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('trigger-ambiguous', `${answers} (${clause(fault)})${again}, and ${describe(doubt, number => links.pipeline(slug, number))}. A pipeline may be running. ${look} ${howToGoOn(doubt)}`, { cause: doubt.kind === 'failed' ? doubt.cause : fault });
}
function describe(doubt, link) {
    switch (doubt.kind) {
        case 'none':
            return 'no pipeline of it was found, which does not prove that none was created';
        case 'failed':
            return `looking for its pipeline failed: ${clause(doubt.cause)}`;
        case 'found':
            return `it created #${doubt.pipeline.number} ${link(doubt.pipeline.number)}, and perhaps another`;
        case 'several': {
            const { pipelines } = doubt;
            const list = pipelines.map(({ number, why }) => `#${number} ${link(number)}${why === '' ? '' : ` (${why})`}`);
            return pipelines.length === 1
                ? `it is not certain whether it created this pipeline: ${list.join('')}`
                : `it is not certain which of these pipelines it created: ${list.join(', ')}`;
        }
    }
}
function howToGoOn(doubt) {
    const known = doubt.kind === 'several' ? doubt.pipelines : doubt.kind === 'found' ? [doubt.pipeline] : [];
    const numbers = known.map(({ number }) => `"pipeline: ${number}"`);
    const wait = numbers.length === 0 ? '"pipeline: <its number>"' : numbers.join(' or ');
    return `To wait for a pipeline that is there, run this step with ${wait}; if nothing is running, run the job again.`;
}
/** The error where something else answers in CircleCI's place: nothing is triggered then. */
function notCircleCI({ host, slug }, fault) {
    const who = fault.foreign ? '' : `: something at ${host} answers in CircleCI's place`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('api-unavailable', `No pipeline of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} was started: ${clause(fault)}${who}. Check the input "host", and any proxy between this runner and CircleCI.`, { cause: fault });
}
/** The error of a pipeline that was made, and whose number CircleCI does not show. */
function numberless({ host, slug }, id, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('trigger-ambiguous', `CircleCI created pipeline ${id} of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)}, but does not say its number (${clause(cause)}). It may be running: look at ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .linksFor */ .h8)(host).project(slug)}. To wait for it, run this step with "pipeline: ${id}".`, { cause });
}
/** How long `GET /me` may take, in milliseconds. */
const DIAGNOSIS_MS = 10_000;
/**
 * Turns CircleCI's no into an error that says what to do. CircleCI answers 404 for what a token may not see, so a 401 of
 * `GET /me` distinguishes a bad token (`auth`) from a wrong slug or a missing right (`not-found`). Everything else it
 * refuses is `rejected`, with its words.
 */
async function explainRefusal(refusal, facts, circleci) {
    const { status, words } = refusal;
    const said = `it answered ${status}${words === '' ? '' : `: ${clause(words)}`}`;
    const head = `CircleCI could not ${facts.purpose}${refOf(refusal, facts)}: ${said}`;
    const fail = (reason, advice) => new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ(reason, `${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .withStop */ .d8)(head)} ${advice}`, { cause: refusal });
    if (![401, 403, 404].includes(status))
        return fail('rejected', adviceFor(words, facts.isTrigger));
    const login = await whose(circleci, facts.signal);
    if (login === undefined) {
        return fail('auth', `The token is not valid on ${facts.host}: it may be revoked, expired, a project token (only personal API tokens work), or of another CircleCI. Create one under User Settings > Personal API Tokens and update the secret.`);
    }
    if (facts.wasReadable) {
        return fail(status === 404 ? 'not-found' : 'auth', `${ownerOf(login)} could see it before: that user may have lost access to ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(facts.slug)} meanwhile, or the project was deleted. Pipelines that run there continue without this step.`);
    }
    if (status === 401 || status === 403) {
        return fail('auth', `${ownerOf(login)} may not do this in ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(facts.slug)}: give that user access to the project, or use the token of somebody who has it.`);
    }
    return fail('not-found', notFoundAdvice(login, facts));
}
/** Only a trigger sends a ref. */
function refOf({ request }, { isTrigger, ref }) {
    if (!isTrigger || !/^POST .*\/pipeline(\/run)?$/.test(request))
        return '';
    if (ref === undefined)
        return ' on its default branch';
    return 'tag' in ref ? ` on tag "${ref.tag}"` : ` on branch "${ref.branch}"`;
}
/** The login behind the token; '' when that cannot be asked now, `undefined` when the token is not valid. */
async function whose(circleci, signal) {
    try {
        const { login, name } = await circleci.me({ signal, patienceMs: DIAGNOSIS_MS });
        return login || name || 'a user without a name';
    }
    catch (error) {
        return error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk && error.status === 401 ? undefined : '';
    }
}
/** Begins a sentence about what the token's user may do. */
function ownerOf(login) {
    return login === ''
        ? 'The user of the token'
        : `The token is valid and belongs to "${login}", who`;
}
function notFoundAdvice(login, { slug, isTrigger, classic }) {
    const app = isTrigger && classic && slug.provider === 'gh'
        ? ' A project connected through the GitHub App has a slug that starts with "circleci/" (Project Settings > Overview shows it), and "gh/\u2026" does not find it.'
        : '';
    return `${ownerOf(login)} cannot see a project ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)}: check "project-slug" for typos, and that this user can open the project in CircleCI (its answer is the same for a user without access).${app}`;
}
function adviceFor(words, isTrigger) {
    if (/branch not found/i.test(words)) {
        return 'Check that the branch exists in the repository that the project builds.';
    }
    if (/parameter|argument/i.test(words)) {
        return 'Check the input "parameters" against those that the CircleCI config declares, types included.';
    }
    return isTrigger ? 'Nothing was triggered.' : "CircleCI's message should say what to change.";
}
/** An error's message as a part of a sentence that ends with a full stop of its own. */
function clause(error) {
    return (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorMessage */ .gJ)(error).replace(/(?<![.\s])[.\s]+$/, '');
}


/***/ }),

/***/ 9438:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D4: () => (/* binding */ decidersOf),
/* harmony export */   Qw: () => (/* binding */ hasRerunLeft),
/* harmony export */   Qz: () => (/* binding */ failureSentence),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   WN: () => (/* binding */ hasFailed),
/* harmony export */   ZD: () => (/* binding */ isStuck),
/* harmony export */   cC: () => (/* binding */ workflowDecider),
/* harmony export */   gc: () => (/* binding */ autoRerunDueMs),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   uV: () => (/* binding */ isEnd)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8760);


/** How long an automatic rerun that is due may take to appear. */
const AUTO_RERUN_GRACE_MS = 60_000;
/** So many workflows, or jobs, are named in a sentence. */
const MOST_NAMED = 8;
/** What decides: the latest attempts of the workflows, or with the input `jobs` those of the jobs that it lists. */
function decidersOf(situation) {
    const { jobs, rollup } = situation;
    if (jobs === undefined)
        return rollup.deciding.map(one => workflowDecider(situation, one));
    return rollup.deciding.flatMap(newest => jobsWithin(situation, jobs, newest).map(one => one.phase === 'failed' ? { ...one, phase: settled(situation, newest) } : one));
}
/** A workflow as a decider: with a rerun due a failed one goes on, and one that only holds keep from failing has failed. */
function workflowDecider(situation, attempt) {
    const phase = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .phaseOf */ .hU)(attempt.status);
    const holds = situation.onlyHolds(attempt);
    if (phase === 'failed')
        return { attempt, phase: settled(situation, attempt), holds: holds ?? [] };
    if (holds === undefined) {
        return { attempt, phase: phase === 'on-hold' ? 'running' : phase, holds: [] };
    }
    const held = { failing: 'failed', running: 'on-hold' };
    return { attempt, phase: held[phase] ?? phase, holds };
}
/** Whether something that decides has failed within a workflow that ended as failed, whatever reruns are left. */
function hasFailed(situation, attempt) {
    const { jobs } = situation;
    if ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .phaseOf */ .hU)(attempt.status) !== 'failed')
        return false;
    return (jobs === undefined || jobsWithin(situation, jobs, attempt).some(({ phase }) => phase === 'failed'));
}
/** Whether a workflow says `failing` and only its holds keep it from ending. */
function isStuck(situation, attempt) {
    return (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .phaseOf */ .hU)(attempt.status) === 'failing' && situation.onlyHolds(attempt) !== undefined;
}
/** What failed is final as soon as no rerun can follow; before that its workflow has to end. */
function settled(situation, newest) {
    if (!(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(newest.status)) {
        const isRerunDue = situation.rerunAhead(newest) || autoRerunDueMs(situation, newest) > 0;
        return isRerunDue ? 'running' : 'failed';
    }
    const isStuck = situation.onlyHolds(newest) !== undefined;
    return isStuck || !hasRerunLeft(situation, newest) ? 'failed' : 'failing';
}
/**
 * The jobs of a workflow that decide, each in the newest attempt that lists it. Where the jobs are not all known the
 * workflow stands for them: what is absent proves nothing.
 */
function jobsWithin(situation, facts, newest) {
    const attempts = situation.rollup.attempts
        .filter(({ name, setup }) => name === newest.name && !setup)
        .toReversed();
    const known = attempts.map(attempt => facts.of(attempt));
    const lists = known.map(jobs => jobs ?? []);
    const isOpen = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(newest.status);
    const own = isOpen ? 'running' : (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .phaseOf */ .hU)(newest.status);
    if (known.includes(undefined))
        return [{ attempt: newest, phase: 'running', holds: [] }];
    if (lists[0]?.length === 0 && own !== 'success' && own !== 'not-run') {
        return [{ attempt: newest, phase: own, holds: [] }];
    }
    const seen = new Set();
    return attempts.flatMap((attempt, index) => {
        const older = new Set(lists.slice(index + 1).flatMap(jobs => jobs.map(({ id }) => id)));
        const isCopy = (job) => older.has(job.id) || Date.parse(job.stoppedAt ?? '') < Date.parse(attempt.createdAt);
        const rows = (lists[index] ?? []).filter(job => facts.decides(job) && !seen.has(job.name));
        for (const { name } of rows)
            seen.add(name);
        return withoutReplaced(rows, isCopy).map(job => {
            const one = { attempt, job, holds: [] };
            if (!isOpen)
                return { ...one, phase: ended(job, attempt) };
            if (attempt !== newest || isCopy(job))
                return { ...one, phase: copied(job) };
            return { attempt, job, ...going(situation, facts, attempt, job) };
        });
    });
}
/** Of rows of one name the copy of an earlier run, and what has been retried, give way to the run that followed. */
function withoutReplaced(rows, isCopy) {
    const isReplaced = (job) => isCopy(job) || job.status === 'retried';
    return rows.filter(job => !isReplaced(job) || !rows.some(other => other.name === job.name && !isReplaced(other)));
}
/** What an earlier attempt's job is worth while a rerun goes on: its success counts, and nothing else. */
function copied({ status }) {
    return (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .jobStatus */ .WB)(status).phase === 'success' ? 'success' : 'running';
}
/** A job of a workflow that has ended: what did not end by itself ended with its workflow. */
function ended({ status }, attempt) {
    const { phase } = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .jobStatus */ .WB)(status);
    if (isEnd(phase))
        return phase;
    const own = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .phaseOf */ .hU)(attempt.status);
    return own === 'success' ? 'not-run' : own;
}
/** Whether a job in this phase has come to its own end, whatever becomes of its workflow. */
function isEnd(phase) {
    return ['success', 'failed', 'canceled', 'unauthorized'].includes(phase);
}
/** How far a job is whose workflow goes on. */
function going(situation, facts, attempt, job) {
    const { phase } = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .jobStatus */ .WB)(job.status);
    if (isEnd(phase))
        return { phase, holds: [] };
    const holds = facts.heldBy(attempt, job);
    if (holds !== undefined)
        return { phase: 'on-hold', holds };
    // Where only approvals are left of the whole workflow, the job goes the way of the workflow.
    const whole = workflowDecider(situation, attempt);
    const isLeft = whole.phase === 'on-hold' || (whole.phase === 'failed' && whole.holds.length > 0);
    return isLeft ? whole : { phase: 'running', holds: [] };
}
/**
 * Milliseconds that the successor of a failed workflow may still take to appear; 0 when none is due. Automatic reruns
 * follow first runs and one another, never a manual rerun.
 * https://circleci.com/docs/guides/orchestrate/automatic-reruns/
 */
function autoRerunDueMs(situation, attempt) {
    if ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .phaseOf */ .hU)(attempt.status) !== 'failed' || !hasAutoRerunLeft(attempt))
        return 0;
    return Math.max(0, AUTO_RERUN_GRACE_MS - situation.stoppedForMs(attempt));
}
/** Whether a workflow that fails, or has failed, may have a successor yet. */
function hasRerunLeft(situation, attempt) {
    return hasAutoRerunLeft(attempt) || situation.rerunAhead(attempt);
}
function hasAutoRerunLeft({ attempt, autoRerunNumber, maxAutoReruns }) {
    const manual = attempt > 1 && autoRerunNumber === 0;
    return !manual && maxAutoReruns > autoRerunNumber;
}
/** `"a"`, `"a" (attempt 2)`, `"e2e" of workflow "a"`. */
function nameOf({ attempt: { name, attempt }, job }) {
    const workflow = attempt > 1 ? `"${name}" (attempt ${attempt})` : `"${name}"`;
    return job === undefined ? workflow : `"${job.name}" of workflow ${workflow}`;
}
/** The subject of a sentence: `Workflows "a" and "b" were`, `Job "e2e" of workflow "a"`; cut after a few names. */
function list(items, verb) {
    const workflows = items.filter(({ job }) => job === undefined);
    const jobs = items.filter(({ job }) => job !== undefined);
    const parts = [
        ...some('Workflow', workflows),
        ...some(workflows.length === 0 ? 'Job' : 'job', jobs)
    ];
    const one = items.length === 1;
    const verbs = { is: one ? ' is' : ' are', was: one ? ' was' : ' were' };
    return `${parts.join(' and ')}${verb === undefined ? '' : verbs[verb]}`;
}
function some(noun, items) {
    if (items.length === 0)
        return [];
    const names = items.slice(0, MOST_NAMED).map(nameOf);
    if (items.length > names.length)
        names.push(`${items.length - names.length} more`);
    return [`${noun}${items.length === 1 ? '' : 's'} ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)(names)}`];
}
/** `Workflow "a" failed. Workflow "b" is failing.`, and of a job that never ran `... was not run, because ...` */
function failureSentence(failed) {
    const failing = failed.filter(({ attempt, job }) => job === undefined && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .phaseOf */ .hU)(attempt.status) === 'failing');
    const notRun = failed.filter(({ job }) => job !== undefined && !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isFailed */ .Ix)(job.status));
    const ended = failed.filter(one => !failing.includes(one) && !notRun.includes(one));
    return [
        ended.length > 0 && `${list(ended)} failed.`,
        failing.length > 0 && `${list(failing, 'is')} failing.`,
        notRun.length > 0 && `${list(notRun, 'was')} not run, because its workflow failed.`
    ]
        .filter(Boolean)
        .join(' ');
}


/***/ }),

/***/ 5881:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ JobLists),
/* harmony export */   OR: () => (/* binding */ onlyHoldsLeft),
/* harmony export */   ge: () => (/* binding */ holdsBefore),
/* harmony export */   gt: () => (/* binding */ isHold),
/* harmony export */   sq: () => (/* binding */ jobMatcher),
/* harmony export */   zv: () => (/* binding */ obstacleTo)
/* harmony export */ });
/* unused harmony export learnJobs */
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8760);
/* harmony import */ var _base_concurrency_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4878);
/* harmony import */ var _base_matcher_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6601);



/** Requests for the jobs of workflows under way at once. */
const AT_ONCE = 4;
/** How long an ended workflow that succeeded is asked again for jobs that it says have not ended, in milliseconds. */
const SETTLES_MS = 10_000;
/** The jobs of workflows, as shown by every answer so far. */
class JobLists {
    circleci;
    stoppedForMs;
    lists = new Map();
    /** `stoppedForMs`: milliseconds since a workflow was first seen ended. */
    constructor(circleci, stoppedForMs) {
        this.circleci = circleci;
        this.stoppedForMs = stoppedForMs;
    }
    /** As last read; `undefined`: never. */
    of(workflowId) {
        return this.lists.get(workflowId)?.jobs;
    }
    /** Those of several workflows, as far as they were read. */
    within(attempts) {
        return attempts.flatMap(({ id }) => this.of(id) ?? []);
    }
    /** Reads the jobs of a workflow once more. Rejects like the client does. */
    async read({ id, status }, options) {
        const listed = await this.circleci.jobs(id, options);
        const jobs = learnJobs(this.of(id) ?? [], listed);
        this.lists.set(id, { jobs, readAfterEnd: !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status) });
        return jobs;
    }
    /** Reads the jobs of those workflows whose jobs are not final. Rejects like the client does. */
    async refresh(attempts, options) {
        const due = attempts.filter(one => !this.isFinal(one));
        await (0,_base_concurrency_js__WEBPACK_IMPORTED_MODULE_1__/* .mapBounded */ .y)(due, AT_ONCE, attempt => this.read(attempt, options));
    }
    /**
     * Whether the jobs are as they will stay: read after the workflow had ended. Of one that succeeded none can be unfinished:
     * then the answer was old.
     */
    isFinal({ id, status }) {
        const list = this.lists.get(id);
        if (list?.readAfterEnd !== true || (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status))
            return false;
        const isOld = list.jobs.some(job => !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).ended);
        return !isOld || (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .phaseOf */ .hU)(status) !== 'success' || this.stoppedForMs(id) >= SETTLES_MS;
    }
}
/**
 * The jobs of a workflow after one more listing: a job that the listing lacks stays as it was, of two rows of one id that
 * which proves less counts, and an ended job stays ended.
 */
function learnJobs(known, listed) {
    const jobs = new Map(known.map(job => [job.id, job]));
    for (const [id, job] of (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .distinct */ .dM)('job', listed)) {
        const before = jobs.get(id);
        if (before === undefined || !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(before.status).ended)
            jobs.set(id, job);
    }
    return [...jobs.values()];
}
/** Makes the matcher of the input `jobs`; `undefined` when it is empty. */
function jobMatcher(lines) {
    if (lines.length === 0)
        return undefined;
    const names = (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_2__/* .matcherOf */ .Ke)(lines, line => {
        const test = (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_2__/* .textTest */ .yV)(line, 'name');
        return ({ name, type }) => (type === 'build' || name === line ? test(name) : 'no');
    });
    const isNamed = !lines.every(_base_matcher_js__WEBPACK_IMPORTED_MODULE_2__/* .isExclusion */ .VB);
    return {
        decides: job => job.type !== 'approval' && (job.type === 'build' || isNamed) && names.matches(job) !== 'no',
        unmatched: jobs => names.unmatched(jobs.filter(({ type }) => type !== 'approval'))
    };
}
/** Whether a job is a hold: an approval job that waits for a person. */
function isHold(job) {
    return job.type === 'approval' && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).phase === 'on-hold';
}
/**
 * Whether nothing but holds is left of these jobs. A blocked job whose dependencies have ended as it requires is
 * about to run; one that names none waits for something that cannot be seen.
 */
function onlyHoldsLeft(jobs) {
    const ends = new Map(jobs.map(({ id, status }) => [id, status]));
    const isReady = (job) => job.dependencies.length > 0 &&
        job.dependencies.every(id => isSatisfied(job, id, ends.get(id) ?? ''));
    return (jobs.some(isHold) &&
        jobs.every(job => {
            const { phase, ended } = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status);
            return ended || phase === 'on-hold' || (phase === 'blocked' && !isReady(job));
        }));
}
/** The holds that are all that a job waits for; `undefined` when something else comes first, or it will never run. */
function holdsBefore(jobs, job) {
    if ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).phase !== 'blocked' || obstacleTo(jobs, job) !== undefined) {
        return undefined;
    }
    const before = chainOf(jobs, job);
    return onlyHoldsLeft(before) ? before.filter(isHold) : undefined;
}
/** The first job that ended otherwise than is required for a job that has not run: that will not run any more. */
function obstacleTo(jobs, job, seen = []) {
    const chain = chainOf(jobs, job).filter(one => one === job || !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(one.status).ended);
    for (const one of chain) {
        const ended = jobs.find(({ id, status }) => one.dependencies.includes(id) && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(status).ended && !isSatisfied(one, id, status));
        if (ended === undefined || seen.includes(ended))
            continue;
        const isFirst = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(ended.status).phase !== 'not-run';
        return isFirst ? ended : (obstacleTo(jobs, ended, [...seen, ended]) ?? ended);
    }
    return undefined;
}
function isSatisfied({ requires }, id, status) {
    return (requires?.[id] ?? ['success']).includes(status);
}
/** A job, and everything that has to end before it can run. */
function chainOf(jobs, job) {
    const chain = new Set([job]);
    for (const { dependencies } of chain) {
        for (const one of jobs)
            if (dependencies.includes(one.id))
                chain.add(one);
    }
    return [...chain];
}


/***/ }),

/***/ 3226:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e2: () => (/* binding */ describeNames),
/* harmony export */   e4: () => (/* binding */ describeGap),
/* harmony export */   qo: () => (/* binding */ Lines)
/* harmony export */ });
/* harmony import */ var _base_matcher_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6601);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8760);
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5881);




/** The lines of the inputs `workflows`, `jobs` and `approve`, and what of the pipeline they match. */
class Lines {
    /** What `jobs` lists; `undefined` when it is empty. */
    jobs;
    context;
    lists;
    approve;
    warned = new Set();
    gapBefore = '';
    /** `approve`: what that input lists. */
    constructor(context, lists, approve) {
        this.context = context;
        this.lists = lists;
        this.jobs = (0,_jobs_js__WEBPACK_IMPORTED_MODULE_2__/* .jobMatcher */ .sq)(context.settings.jobs);
        this.approve = approve;
    }
    /** Lines of an input that nothing in this pipeline matches: no workflow, no job, no approval job. */
    unmatched(input, { attempts, deciding, unmatched }) {
        if (input === 'workflows')
            return unmatched;
        if (input === 'approve')
            return this.approve.unmatched(this.approvalsIn(deciding));
        return this.jobs?.unmatched(this.lists.within(attempts.filter(one => one.deciding))) ?? [];
    }
    /** The same, but for lines that match something in another pipeline that is read as one with this. */
    missing(input, rollup) {
        const { matchedElsewhere } = this.context;
        return this.unmatched(input, rollup).filter(line => !matchedElsewhere(input, line));
    }
    /** The lines of `approve` that are missing, and the approval jobs there are. */
    approvalGap(rollup) {
        return { lines: this.missing('approve', rollup), names: this.approvalsIn(rollup.deciding) };
    }
    /** Warns, once each, of lines that name several things, and of lines of `approve` that match nothing. */
    warn(rollup, holdsOf) {
        const { settings } = this.context;
        const known = { workflows: rollup.attempts, jobs: this.lists.within(rollup.attempts) };
        // At once: after the wait is late for a mistake that is plain to see.
        for (const input of ['workflows', 'jobs']) {
            const names = known[input].map(({ name }) => name);
            for (const line of (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_3__/* .commaLines */ .Lg)(settings[input], names)) {
                this.warnOnce(`Input "${input}" has the line "${line}", which names several: write one a line, without commas.`);
            }
        }
        // Two looks in a row must have shown, by what is on hold or has ended, that a line matches nothing.
        const gap = this.isComplete(rollup, holdsOf) ? describeGap(this.approvalGap(rollup)) : '';
        if (gap !== '' && gap === this.gapBefore)
            this.warnOnce(gap);
        this.gapBefore = gap;
    }
    /** Whether the approval jobs are known, and one of them could be approved or none will come. */
    isComplete({ deciding }, holdsOf) {
        const open = deciding.filter(({ status }) => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(status));
        const isShown = open.length === 0 || open.some(({ id }) => holdsOf(id).length > 0);
        const isKnown = deciding.every(({ id }) => this.lists.of(id) !== undefined);
        return deciding.length > 0 && isShown && isKnown;
    }
    warnOnce(text) {
        if (!this.warned.has(text))
            this.context.log.warning(text);
        this.warned.add(text);
    }
    approvalsIn(deciding) {
        const jobs = this.lists.within(deciding).filter(({ type }) => type === 'approval');
        return jobs.map(({ name }) => name);
    }
}
/** Says that lines of the input `approve` match none of the approval jobs known so far; `''`: all match. */
function describeGap({ lines, names }) {
    if (lines.length === 0)
        return '';
    return `Input "approve": ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)(lines)} matches no approval job of this pipeline so far. ${describeNames(names)}${(0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_3__/* .oneALine */ .Oq)(lines)}`;
}
/** `Its approval jobs are "hold-staging", "hold-production".` */
function describeNames(names) {
    if (names.length === 0)
        return 'It has no approval jobs.';
    return `Its approval jobs are ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .TL)([...new Set(names)])}.`;
}


/***/ }),

/***/ 3738:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ ASK_AGAIN_MS),
/* harmony export */   ID: () => (/* binding */ REFUSED_FOR_MS),
/* harmony export */   i3: () => (/* binding */ Patience),
/* harmony export */   qY: () => (/* binding */ Refusals)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5770);
/* harmony import */ var _base_clock_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6412);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(766);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4758);
/* harmony import */ var _base_log_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3179);






/** How long after a refusal the same request is sent again, in milliseconds, whatever the poll interval. */
const ASK_AGAIN_MS = 10_000;
/** How long a refusal must last before it is believed, in milliseconds, and ... */
const REFUSED_FOR_MS = 60_000;
/** ... how often it must have come. */
const LEAST_REFUSALS = 4;
/** How far apart two 401 of `GET /me` must be to mean that the token is no longer valid, in milliseconds. */
const TOKEN_REFUSED_FOR_MS = 10_000;
/** How long `GET /me` may take to show whether the token is still valid, in milliseconds. */
const TOKEN_CHECK_MS = 5_000;
/** The refusals of one request in a row. */
class Refusals {
    clock;
    since;
    lastAt;
    times = 0;
    constructor(clock) {
        this.clock = clock;
        this.since = clock.now();
        this.lastAt = this.since;
    }
    /** One more. Returns whether they have lasted for so long that they will go on. */
    add() {
        this.times += 1;
        this.lastAt = this.clock.now();
        return this.lastAt - this.since >= REFUSED_FOR_MS && this.times >= LEAST_REFUSALS;
    }
    /** Milliseconds until the request is sent again. */
    get askAgainInMs() {
        return Math.max(0, this.lastAt + ASK_AGAIN_MS - this.clock.now());
    }
    /** Milliseconds after which they have lasted. */
    get leftMs() {
        return Math.max(0, this.since + REFUSED_FOR_MS - this.clock.now());
    }
}
/** Reads a pipeline that CircleCI has shown before, through the API's bad days. */
class Patience {
    context;
    outage;
    troubleSince;
    tokenRefusedSince;
    refusals;
    constructor(context) {
        this.context = context;
        this.outage = new _base_log_js__WEBPACK_IMPORTED_MODULE_5__/* .Outage */ .ad(`Reading pipeline #${context.pipeline.number}`, context);
    }
    /**
     * Asks until there is an answer. Rejects with a `RefusedError` when CircleCI says no and goes on saying no (401, 403,
     * 404), with `api-unavailable` after five minutes of nothing but errors, and with an `AbortedError`.
     */
    async ask(request, signal) {
        const { clock } = this.context;
        for (;;) {
            try {
                const answer = await request({ patienceMs: this.leftMs(), onRetry: this.onRetry });
                this.troubleSince = undefined;
                this.tokenRefusedSince = undefined;
                this.refusals = undefined;
                this.outage.over();
                return answer;
            }
            catch (error) {
                if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG)
                    throw this.unavailable(error);
                if (!(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk))
                    throw error;
                const lasts = this.refused(error);
                if (lasts || (await this.isTokenRefused(signal)))
                    throw error;
                if (this.leftMs() === 0)
                    throw this.unavailable(error);
            }
            await (0,_circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .pause */ .v7)('Waiting for the pipeline', ASK_AGAIN_MS, { clock, signal });
        }
    }
    /** Refusals before and after an error are not one refusal that lasts. */
    onRetry = (fault, pauseMs, leftMs) => {
        this.troubleSince ??= this.context.clock.now();
        this.refusals = undefined;
        this.outage.failed(fault, pauseMs, leftMs);
    };
    refused(error) {
        const { clock } = this.context;
        this.troubleSince ??= clock.now();
        this.refusals ??= new Refusals(clock);
        const lasts = this.refusals.add();
        this.outage.failed(error, ASK_AGAIN_MS, Math.min(this.refusals.leftMs, this.leftMs()));
        return lasts;
    }
    /** Milliseconds that trouble of any kind may still last. */
    leftMs() {
        const now = this.context.clock.now();
        return Math.max(0, _circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .PATIENCE_MS */ .xR - (now - (this.troubleSince ?? now)));
    }
    async isTokenRefused(signal) {
        const { circleci, clock } = this.context;
        const limit = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_2__/* .timeLimit */ .zc)(clock, TOKEN_CHECK_MS, signal);
        const isRefused = await circleci.me({ signal: limit.signal, patienceMs: 0 }).then(() => false, (error) => error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk && error.status === 401);
        limit.end();
        this.tokenRefusedSince = isRefused ? (this.tokenRefusedSince ?? clock.now()) : undefined;
        return isRefused && clock.now() - (this.tokenRefusedSince ?? NaN) >= TOKEN_REFUSED_FOR_MS;
    }
    unavailable(error) {
        const { host, pipeline } = this.context;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('api-unavailable', `CircleCI's API at ${host} returned nothing but errors for ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(_circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .PATIENCE_MS */ .xR)}: ${error.message}. Pipeline #${pipeline.number} continues without this step: ${pipeline.url}`, { cause: error });
    }
}


/***/ }),

/***/ 7057:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ Reruns)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(766);
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6899);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8760);
/* harmony import */ var _deciders_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9438);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3738);





/** How long a rerun whose answer was lost may take to show up in the listing before it is asked for once more. */
const LOST_APPEARS_WITHIN_MS = 30_000;
/** How long one that CircleCI confirmed may take. */
const APPEARS_WITHIN_MS = 5 * 60_000;
/**
 * Reruns failed workflows from their failed jobs, up to N times each. A rerun whose answer was lost is first looked
 * for in the listing (any newer attempt of the name), and only asked for again when it does not appear. One that
 * CircleCI refuses is asked for again for a minute: it refuses a rerun until it has settled the end of the workflow.
 * https://support.circleci.com/hc/en-us/articles/49955000658715
 */
class Reruns {
    /** Ids of the workflows that CircleCI started as reruns, oldest first, and of what each reruns. */
    started = new Map();
    context;
    /** How many reruns each workflow has had, by its name. */
    used = new Map();
    /** What was asked for an attempt, when it is asked for again, and how it was refused, by the attempt's id. */
    asked = new Map();
    askAt = new Map();
    refusals = new Map();
    /** Why reruns were refused for good, by the workflow's name. */
    refused = new Map();
    explained = new Set();
    constructor(context) {
        this.context = context;
        for (const id of context.settings.rerunsAsked) {
            this.asked.set(id, { at: context.clock.now(), confirmed: true, times: 1 });
        }
    }
    /** Whether CircleCI confirmed an attempt's rerun; false: its answer was lost, `undefined`: none was asked for or taken. */
    confirmed({ id }) {
        return this.asked.get(id)?.confirmed;
    }
    /** Why an attempt's rerun was refused for good; `undefined`: it was not. */
    refusalOf({ name }) {
        return this.refused.get(name);
    }
    /** Whether an attempt that has failed, or goes on and may fail, will be, or is being, rerun by this step. */
    ahead(attempt) {
        const { setup, status } = attempt;
        if (((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_2__/* .phaseOf */ .hU)(status) !== 'failed' && !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_2__/* .isUnfinished */ .ui)(status)) || setup)
            return false;
        return this.isUnderWay(attempt) || this.isLeft(attempt);
    }
    /** Whether a failed attempt has a rerun left, none under way, and none to be asked for later. */
    isDue(attempt) {
        const isLater = (this.askAt.get(attempt.id) ?? 0) > this.context.clock.now();
        return !this.isUnderWay(attempt) && this.isLeft(attempt) && !isLater;
    }
    /** Whether what becomes of a failed attempt's rerun is not known yet. */
    isOpen(attempt) {
        return this.confirmed(attempt) !== true && this.ahead(attempt);
    }
    /** Milliseconds until a rerun that CircleCI did not take is asked for again; `Infinity`: there is none. */
    askAgainInMs({ id }) {
        return Math.max(0, (this.askAt.get(id) ?? Infinity) - this.context.clock.now());
    }
    /**
     * Asks for the reruns that are due; `onDue` is called before. Nothing is rerun beside a workflow that could not run: the
     * pipeline cannot become green. Rejects like `ask`.
     */
    async askDue(situation, signal, onDue) {
        const { deciding, setup } = situation.rollup;
        const isBroken = [...deciding, ...setup].some(one => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_2__/* .phaseOf */ .hU)(one.status) === 'error');
        if (isBroken || situation.state === 'errored')
            return;
        for (const attempt of deciding)
            if ((0,_deciders_js__WEBPACK_IMPORTED_MODULE_3__/* .isStuck */ .ZD)(situation, attempt))
                this.explainStuck(attempt);
        const failed = deciding.filter(attempt => (0,_deciders_js__WEBPACK_IMPORTED_MODULE_3__/* .hasFailed */ .WN)(situation, attempt) && (0,_deciders_js__WEBPACK_IMPORTED_MODULE_3__/* .autoRerunDueMs */ .gc)(situation, attempt) === 0);
        await this.ask(failed, signal, onDue);
    }
    /**
     * Asks for those reruns of failed attempts that are due; `onDue` is called before. Refusals and outages reject nothing,
     * all else does (an `AbortedError`).
     */
    async ask(failed, signal, onDue) {
        const due = failed.filter(attempt => this.isDue(attempt));
        if (due.length > 0)
            onDue();
        for (const attempt of due)
            await this.rerun(attempt, signal);
    }
    /** Says once why an attempt that only its holds keep open is not rerun. */
    explainStuck({ id, name }) {
        if (this.context.settings.rerunFailed === 0 || this.explained.has(id))
            return;
        this.explained.add(id);
        this.context.log.notice(`Workflow "${name}" is failing, and only its holds are left: "rerun-failed" cannot rerun it, because CircleCI only reruns workflows that have ended.`);
    }
    isLeft({ id, name }) {
        if (this.refused.has(name))
            return false;
        const asked = this.asked.get(id);
        if (asked !== undefined)
            return !asked.confirmed && asked.times < 2;
        return (this.used.get(name) ?? 0) < this.context.settings.rerunFailed;
    }
    isUnderWay({ id }) {
        const asked = this.asked.get(id);
        if (asked === undefined)
            return false;
        const within = asked.confirmed ? APPEARS_WITHIN_MS : LOST_APPEARS_WITHIN_MS;
        return this.context.clock.now() - asked.at < within;
    }
    /** Asks for the rerun of a failed attempt from its failed jobs. */
    async rerun(attempt, signal) {
        const { circleci, clock, log, settings, pipeline } = this.context;
        const { id, name } = attempt;
        const times = (this.asked.get(id)?.times ?? 0) + 1;
        // Asking again after a lost answer is the same rerun.
        const used = (this.used.get(name) ?? 0) + (times > 1 ? 0 : 1);
        const note = (confirmed) => {
            this.asked.set(id, { at: clock.now(), confirmed, times });
            this.used.set(name, used);
        };
        this.askAt.delete(id);
        try {
            const newId = await circleci.rerunFromFailed(id, { signal });
            note(true);
            this.started.set(newId, id);
            log.info(`Workflow "${name}" failed: rerunning it from failed (${used} of ${settings.rerunFailed}): ${pipeline.workflowUrl(newId)}`);
        }
        catch (error) {
            if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .RefusedError */ .fk)
                this.refuse(attempt, error);
            else if (!(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .UnavailableError */ .hG))
                throw error;
            else if (error.processed === 'no') {
                // The next poll asks again, unless CircleCI said when.
                if (error.retryAfterMs !== undefined)
                    this.askAt.set(id, clock.now() + error.retryAfterMs);
            }
            else {
                note(false);
                log.info(`Asked for a rerun of workflow "${name}", but the answer was lost (${error.message}): looking for it.`);
            }
        }
    }
    refuse({ id, name }, { why }) {
        const { clock, log } = this.context;
        const what = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withStop */ .d8)(`CircleCI refused to rerun workflow "${name}" from failed: ${why}`);
        const before = this.refusals.get(id);
        const refusals = before ?? new _patience_js__WEBPACK_IMPORTED_MODULE_4__/* .Refusals */ .qY(clock);
        this.refusals.set(id, refusals);
        if (refusals.add()) {
            this.refused.set(name, why);
            log.warning(what);
            return;
        }
        this.askAt.set(id, clock.now() + _patience_js__WEBPACK_IMPORTED_MODULE_4__/* .ASK_AGAIN_MS */ .G$);
        if (before === undefined) {
            log.info(`${what} Trying again for up to ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(_patience_js__WEBPACK_IMPORTED_MODULE_4__/* .REFUSED_FOR_MS */ .ID)}.`);
        }
    }
}


/***/ }),

/***/ 4578:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   resumePipeline: () => (/* binding */ resumePipeline)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4758);
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6899);
/* harmony import */ var _circleci_retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5770);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8760);
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5881);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3738);
/* harmony import */ var _reruns_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7057);
/* harmony import */ var _rollup_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5295);
/* harmony import */ var _workflows_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6491);









/** CircleCI reruns workflows for so long. https://circleci.com/docs/guides/orchestrate/workflows/ */
const RERUN_WITHIN_MS = 90 * 24 * 3600 * 1000;
/** Pause between two listings while a rerun is on its way, in milliseconds. */
const LIST_AGAIN_MS = 5_000;
/** So many listings must show nothing that decides before that is believed. */
const EMPTY_LISTINGS = 3;
/** How long jobs may be asked for, in milliseconds: without them the pipeline is taken as it is. */
const JOBS_PATIENCE_MS = 10_000;
/**
 * Reruns, from their failed jobs, the failed workflows of a pipeline that an earlier attempt of the GitHub run made: those
 * that have failed at the first listing. What runs then, is on hold or has succeeded is left alone. `onRerun` is called
 * once, right before the first request that reruns something leaves. Rejects like `Patience` when the pipeline cannot be
 * read.
 */
async function resumePipeline(pipeline, context, onRerun) {
    const { circleci, settings, signal } = context;
    const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt);
    if (ageMs > RERUN_WITHIN_MS) {
        return impossible('it is older than 90 days, and CircleCI does not rerun older workflows');
    }
    if (pipeline.state === 'errored')
        return impossible('it is errored: its config could not be used');
    const workflows = new _workflows_js__WEBPACK_IMPORTED_MODULE_8__/* .Workflows */ .Dj(context);
    const patience = new _patience_js__WEBPACK_IMPORTED_MODULE_5__/* .Patience */ .i3(context);
    const list = async () => {
        await patience.ask(options => workflows.list({ signal, ...options }), signal);
        return (0,_rollup_js__WEBPACK_IMPORTED_MODULE_7__/* .rollUp */ .F)(workflows.all, settings.workflows);
    };
    const first = await listFirst(list, context);
    if (first instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .RefusedError */ .fk) {
        return impossible(`its workflows cannot be read (${first.message})`);
    }
    const obstacle = obstacleIn(first) ?? (await holdInFailing(first, context));
    if (obstacle !== undefined)
        return impossible(obstacle);
    const failed = first.deciding.filter(({ status }) => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__/* .phaseOf */ .hU)(status) === 'failed');
    return rerunAll(failed, list, context, onRerun);
}
/** The first listing that holds something, or the refusal that lasts. */
async function listFirst(list, context) {
    try {
        for (let listings = 1;; listings += 1) {
            const rollup = await list();
            if (!isEmpty(rollup) || listings === EMPTY_LISTINGS)
                return rollup;
            await rest(context);
        }
    }
    catch (error) {
        if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .RefusedError */ .fk)
            return error;
        throw error;
    }
}
/** Asks for the reruns of these until each is confirmed, listed or given up, whatever becomes of the rest. */
async function rerunAll(failed, list, context, onRerun) {
    const { settings, signal } = context;
    const reruns = new _reruns_js__WEBPACK_IMPORTED_MODULE_6__/* .Reruns */ .c({ ...context, settings: { ...settings, rerunFailed: 1, rerunsAsked: [] } });
    let onFirst = onRerun;
    const onDue = () => {
        onFirst?.();
        onFirst = undefined;
    };
    /** Ids of attempts that a listing has shown a newer one of. */
    const replaced = new Set();
    for (let open = failed;;) {
        await reruns.ask(open, signal, onDue);
        open = open.filter(one => reruns.isOpen(one));
        if (open.length === 0)
            break;
        await rest(context);
        const { attempts } = await list();
        for (const { id, latest } of attempts)
            if (!latest)
                replaced.add(id);
        open = open.filter(({ id }) => !replaced.has(id));
    }
    const asked = failed.filter(one => replaced.has(one.id) || reruns.confirmed(one) !== undefined);
    const [first] = failed;
    if (asked.length === 0 && first !== undefined) {
        const why = reruns.refusalOf(first) ?? 'it did not say why';
        return impossible(`CircleCI refused to rerun its workflow "${first.name}": ${why}`);
    }
    const lost = asked.filter(one => !replaced.has(one.id) && reruns.confirmed(one) === false);
    return { kind: 'resumed', asked, lost };
}
function rest(context) {
    return (0,_circleci_retry_js__WEBPACK_IMPORTED_MODULE_2__/* .pause */ .v7)('Resuming a pipeline', LIST_AGAIN_MS, context);
}
function isEmpty({ deciding, setup }) {
    return deciding.length === 0 && setup.length === 0;
}
function impossible(reason) {
    return { kind: 'impossible', reason };
}
/** Why rerunning from failed cannot make this pipeline pass. */
function obstacleIn(rollup) {
    const { setup, deciding } = rollup;
    const going = ['success', 'on-hold', 'running', 'unknown'];
    const brokenSetup = setup.find(({ status }) => !going.includes((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__/* .phaseOf */ .hU)(status)));
    if (brokenSetup !== undefined) {
        return `its setup workflow "${brokenSetup.name}" is ${brokenSetup.status}, and a setup workflow cannot be rerun`;
    }
    if (isEmpty(rollup))
        return 'it has no workflows that decide';
    const other = deciding.find(({ status }) => ['canceled', 'unauthorized', 'error'].includes((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__/* .phaseOf */ .hU)(status)));
    return other === undefined
        ? undefined
        : `its workflow "${other.name}" is ${other.status}, and only failed workflows can be rerun from failed`;
}
/**
 * Why a workflow that says `failing` goes nowhere: an approval that cannot help it is all it waits for.
 * https://support.circleci.com/hc/en-us/articles/49955000658715
 */
async function holdInFailing({ deciding }, { circleci, log, signal }) {
    for (const { id, name } of deciding.filter(({ status }) => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__/* .phaseOf */ .hU)(status) === 'failing')) {
        try {
            const jobs = await circleci.jobs(id, { signal, patienceMs: JOBS_PATIENCE_MS });
            if (!(0,_jobs_js__WEBPACK_IMPORTED_MODULE_4__/* .onlyHoldsLeft */ .OR)(jobs))
                continue;
            return `its workflow "${name}" has failed behind an approval job on hold, and CircleCI reruns only workflows that have ended`;
        }
        catch (error) {
            if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .AbortedError */ .oM)
                throw error;
            log.debug(`The jobs of workflow "${name}" could not be read: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorMessage */ .gJ)(error)}`);
        }
    }
    return undefined;
}


/***/ }),

/***/ 5295:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ rollUp)
/* harmony export */ });
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8760);
/* harmony import */ var _base_matcher_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6601);


/**
 * Groups a pipeline's workflows by name, newest `created_at` last. A rerun is a new workflow of the same name in the
 * same pipeline (https://circleci.com/docs/guides/orchestrate/workflows/#rerunning-a-workflows-failed-jobs). A setup
 * workflow and one of the continued config may share a name, and are no reruns of each other.
 */
function rollUp(workflows, 
/** Input `workflows`. */
lines, 
/** Ids of the reruns this step asked for, oldest first, and of what each reruns: it comes after that, whatever its time. */
reruns = new Map()) {
    const times = new Map(workflows.map(workflow => [workflow.id, timeOf(workflow)]));
    const time = (id) => times.get(id) ?? -Infinity;
    for (const [id, origin] of reruns)
        times.set(id, Math.max(time(id), time(origin)));
    const order = [...reruns.keys()];
    const byAge = (a, b) => compare(time(a.id), time(b.id)) || order.indexOf(a.id) - order.indexOf(b.id) || byFacts(a, b);
    const groups = new Map();
    for (const workflow of [...workflows].sort(byAge)) {
        const key = `${workflow.setup ? 'setup' : 'plain'} ${workflow.name}`;
        const group = groups.get(key);
        if (group === undefined)
            groups.set(key, [workflow]);
        else
            group.push(workflow);
    }
    const list = (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_1__/* .matcher */ .jN)(lines);
    const attempts = [];
    for (const group of groups.values()) {
        for (const [index, workflow] of group.entries()) {
            attempts.push({
                ...workflow,
                attempt: index + 1,
                latest: index === group.length - 1,
                deciding: !workflow.setup && list.matches(workflow.name) !== 'no'
            });
        }
    }
    attempts.sort(byAge);
    const latest = attempts.filter(attempt => attempt.latest);
    return {
        attempts,
        deciding: latest.filter(attempt => attempt.deciding),
        setup: latest.filter(attempt => attempt.setup),
        others: latest.filter(attempt => !attempt.deciding && !attempt.setup),
        unmatched: list.unmatched(latest.filter(({ setup }) => !setup).map(({ name }) => name))
    };
}
/** Where nothing shows which of two runs is the later one, the success counts as the earlier: it proves nothing. */
function byFacts(a, b) {
    return (a.autoRerunNumber - b.autoRerunNumber ||
        Number(isSuccess(b)) - Number(isSuccess(a)) ||
        a.name.localeCompare(b.name));
}
function compare(a, b) {
    return a === b ? 0 : a - b;
}
function timeOf(workflow) {
    const time = Date.parse(workflow.createdAt);
    if (!Number.isNaN(time))
        return time;
    return isSuccess(workflow) ? -Infinity : Infinity;
}
function isSuccess({ status }) {
    return (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .phaseOf */ .hU)(status) === 'success';
}


/***/ }),

/***/ 620:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I$: () => (/* binding */ SHORTEST_MS),
/* harmony export */   oG: () => (/* binding */ Pace)
/* harmony export */ });
/* unused harmony exports AUTO, earliestPoll, longestPause, nextPoll */
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8760);

/** The settings of `poll-interval: auto`. */
const AUTO = { lagPerRequest: 0.02 };
/**
 * Seconds an elapsed time or a duration is taken to be at most: nothing goes on after 90 days, when CircleCI cancels a hold.
 */
const LONGEST = 90 * 24 * 3600;
/** More runs than this add work but no knowledge: an even choice of their ranks stands for all. */
const MOST_RUNS = 40;
/**
 * Milliseconds until the next poll is worth its request for any of several workflows, which one listing answers
 * for all. With none it is the pause of a pipeline just made.
 */
function earliestPoll(workflows, settings = AUTO) {
    const asked = workflows.length === 0 ? [{ elapsedMs: 0, durations: [] }] : workflows;
    return Math.min(...asked.map(progress => nextPoll(progress, settings)));
}
/** The longest pause, in milliseconds, that may end when `elapsedMs` have passed. */
function longestPause(elapsedMs) {
    return 30_000 + 0.03 * elapsedMs;
}
/**
 * Milliseconds until the next poll of one workflow is worth its request: about 1 s where earlier runs crowd, up to
 * `longestPause` where none ended; never less than 1 s, always finite. Pure. docs/polling.md derives it.
 */
function nextPoll(progress, settings = AUTO) {
    if (settings.fixedMs !== undefined)
        return settings.fixedMs;
    const { elapsedMs, durations, partial = false } = progress;
    const elapsed = Number.isFinite(elapsedMs) ? Math.max(0.01, elapsedMs / 1000) : 0.01;
    const from = Math.min(elapsed, LONGEST);
    const runs = usable(durations);
    const share = Math.sqrt(Math.max(1, settings.waits ?? 1));
    if (runs.length === 0) {
        const pause = share * Math.min(20, Math.max(2, 0.68 * from ** 0.42));
        return Math.min(1000 * pause, longestPause(1000 * from));
    }
    const ends = endsLike(runs, partial);
    const pollsPerSecond = (at) => {
        // A run may fail at any time, but machines have to start before anything does.
        const early = Math.max(13.5 * Math.sqrt(1 + 400 / at), 0.028 * at);
        const wanted = Math.sqrt(hazard(ends, at) / (2 * settings.lagPerRequest));
        const rate = Math.hypot(wanted, 1 / early) / share;
        return Math.min(1, Math.max(1000 / longestPause(1000 * at), rate));
    };
    return Math.max(1000, 1000 * secondsForOnePoll(from, pollsPerSecond));
}
function usable(durations) {
    const runs = durations
        .filter(seconds => Number.isFinite(seconds) && seconds > 0)
        .map(seconds => Math.min(LONGEST, Math.max(1, seconds)))
        .sort((a, b) => a - b);
    const share = Math.max(1, runs.length / MOST_RUNS);
    return runs.filter((_, rank) => Math.floor((rank + 1) / share) > Math.floor(rank / share));
}
/**
 * The seconds in which the rate of polls adds up to one. Adding up, instead of reading the rate off at the start, makes
 * a pause end where a crowd of likely ends begins.
 */
function secondsForOnePoll(from, rate) {
    let at = from;
    let here = rate(at);
    let polls = 0;
    for (;;) {
        // No step is longer than the narrowest crowd of ends.
        const step = Math.min(0.2 / here, Math.max(0.25, at / 2000));
        const there = rate(at + step);
        const more = ((here + there) / 2) * step;
        if (polls + more >= 1)
            return at + (step * (1 - polls)) / more - from;
        polls += more;
        at += step;
        here = there;
    }
}
/** Around each earlier run (they ascend), as far as its \u221an-th nearest neighbour: two ways to end stay two. */
function endsLike(runs, partial) {
    const nth = Math.min(runs.length - 1, Math.floor(Math.sqrt(runs.length)));
    return runs.map(run => {
        if (partial)
            return { from: 0, to: run };
        const distances = runs.map(other => Math.abs(other - run)).sort((a, b) => a - b);
        // Insights has whole seconds, and the distances of a few runs say little.
        const width = Math.max(1.5 * (distances[nth] ?? 0), 0.004 * run, 0.8, (0.12 * run) / runs.length);
        const reach = Math.min(0.9 * run, width);
        return { from: run - reach, to: run + reach };
    });
}
/** Chance per second that a run ends `at` seconds after it began, given that it has not ended before. */
function hazard(ends, at) {
    let density = 0;
    let survival = 0;
    for (const { from, to } of ends) {
        if (at < to)
            survival += at < from ? 1 : (to - at) / (to - from);
        if (at >= from && at < to)
            density += 1 / (to - from);
    }
    // A twentieth of a run unlike any before keeps the polls going once all are outlived.
    const unlike = 0.05 * (1 + at / 1800) ** -4;
    return (density + (4 * unlike) / (1800 + at)) / (survival + unlike);
}
/** Never looks again sooner than this, in milliseconds. */
const SHORTEST_MS = 250;
/** How many times longer the pauses are while only people are waited for: an approval may well be seen late. */
const ON_HOLD_PATIENCE = 2;
/**
 * How long to pause between two looks at a pipeline. Remembers since when each workflow has been in its current segment:
 * since it was created, came on hold, or went on after a hold. What history says about whole runs holds only for the first of
 * these, and not for a rerun, which repeats a part.
 */
class Pace {
    /** How earlier runs went, by workflow, as far as it is known. */
    histories = new Map();
    context;
    segments = new Map();
    asked = new Set();
    startedAt;
    lookedAt;
    constructor(context) {
        this.context = context;
        this.startedAt = context.clock.now();
        this.lookedAt = context.pipeline.isNew ? this.startedAt : -Infinity;
    }
    /** Takes note of what a look saw going on. A new workflow is as old as CircleCI says, but no older than the look before. */
    note(open) {
        const { circleci, clock } = this.context;
        const now = clock.now();
        for (const { id, status, createdAt, attempt, autoRerunNumber } of open) {
            const onHold = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .phaseOf */ .hU)(status) === 'on-hold';
            const known = this.segments.get(id);
            if (known?.onHold === onHold)
                continue;
            const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(createdAt);
            const isAged = known === undefined && !onHold && !Number.isNaN(ageMs);
            this.segments.set(id, {
                onHold,
                since: isAged ? Math.min(now, Math.max(this.lookedAt, now - ageMs)) : now,
                partial: known !== undefined || (attempt > 1 && autoRerunNumber === 0)
            });
        }
        this.lookedAt = now;
    }
    /** Asks for a workflow's history, once. Nobody waits for it: the pauses do without until it is there. */
    learn(name) {
        if (this.asked.has(name))
            return;
        this.asked.add(name);
        this.context.historyOf(name).then(history => {
            if (history !== undefined)
                this.histories.set(name, history);
        }, (error) => {
            this.context.log.debug(`No history of workflow "${name}": ${String(error)}`);
        });
    }
    /**
     * Milliseconds until the next look: the user's fixed interval, else the earliest time at which an answer about one of the
     * `open` workflows is worth a request. It comes earlier where the same facts would give a verdict before, where something
     * settles or is asked for again (`settlesInMs`), and where a listing only has to be confirmed. `readsJobs`: how long whole
     * runs take does not say when one of their jobs ends.
     */
    pauseMs(decision, open, settlesInMs, readsJobs) {
        if (decision.kind !== 'wait' || decision.unconfirmed === true)
            return SHORTEST_MS;
        const { settings, waits } = this.context;
        const progress = open.map(one => this.progressOf(one, readsJobs));
        // Without any, workflows, or more of them, are still to come.
        if (progress.length === 0)
            progress.push({ elapsedMs: this.pipelineAgeMs(), durations: [] });
        const patience = decision.onHold === true ? ON_HOLD_PATIENCE : 1;
        const { pollIntervalSeconds: seconds } = settings;
        const scheduledMs = seconds === undefined
            ? patience * earliestPoll(progress, { ...AUTO, waits: waits() })
            : seconds * 1000;
        const soonestMs = Math.min(scheduledMs, decision.withinMs ?? Infinity, ...settlesInMs);
        return Math.max(SHORTEST_MS, soonestMs);
    }
    /** How far a workflow is in its current segment. */
    progressOf({ id, name }, readsJobs = false) {
        const { onHold = false, since, partial = false } = this.segments.get(id) ?? {};
        const now = this.context.clock.now();
        // How long a person takes to approve has nothing to do with how long runs take.
        const durations = readsJobs || onHold ? [] : (this.histories.get(name)?.durations ?? []);
        return { elapsedMs: Math.max(0, now - (since ?? now)), durations, partial };
    }
    /** Milliseconds since the pipeline was made, as far as that is known. */
    pipelineAgeMs() {
        const { circleci, clock, pipeline } = this.context;
        const waitedMs = clock.now() - this.startedAt;
        const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt);
        return pipeline.isNew || Number.isNaN(ageMs) ? waitedMs : Math.max(ageMs, waitedMs);
    }
}


/***/ }),

/***/ 3680:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ waitForVerdict)
/* harmony export */ });
/* harmony import */ var _base_clock_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6412);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4758);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(766);
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6899);
/* harmony import */ var _circleci_retry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5770);
/* harmony import */ var _deciders_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9438);
/* harmony import */ var _lines_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3226);
/* harmony import */ var _schedule_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(620);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(3738);









/** How often a long pause is broken to show the progress, in milliseconds. */
const SIGN_OF_LIFE_MS = 30_000;
/** How long the last look, at the deadline, may take, in milliseconds. */
const LAST_LOOK_MS = 10_000;
/** So many of what is unfinished are named when the time is over. */
const MOST_NAMED = 5;
/**
 * Resolves with the pipeline's verdict; with `timed_out` when it has none at the deadline, nor within the ten seconds
 * of one last look. Rejects with an `AbortedError` when GitHub cancels the step, with a `RefusedError` when CircleCI
 * says no and goes on saying no (401, 403, 404), and with `api-unavailable` after five minutes of nothing but errors.
 */
async function waitForVerdict(context, watch) {
    const { clock, signal, deadline } = context;
    const limit = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .timeLimit */ .zc)(clock, deadline - clock.now(), signal);
    const patience = new _patience_js__WEBPACK_IMPORTED_MODULE_8__/* .Patience */ .i3(context);
    try {
        for (;;) {
            const decision = await patience.ask(options => watch.look(limit.signal, options), limit.signal);
            watch.showProgress();
            if (decision.kind === 'verdict')
                return decision.verdict;
            const until = clock.now() + watch.nextLookInMs(decision);
            for (;;) {
                const ms = Math.min(SIGN_OF_LIFE_MS, until - clock.now());
                await (0,_circleci_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .pause */ .v7)('Waiting for the pipeline', ms, { clock, signal: limit.signal });
                if (clock.now() >= until)
                    break;
                watch.showProgress();
            }
        }
    }
    catch (error) {
        if (signal.aborted || !(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_3__/* .AbortedError */ .oM))
            throw error;
        return await lastLook(context, watch);
    }
    finally {
        limit.end();
    }
}
/** What it proves is the verdict; no rule is lifted for it, and nothing more is approved or rerun. */
async function lastLook(context, watch) {
    const { clock, signal, log } = context;
    const until = clock.now() + LAST_LOOK_MS;
    const limit = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_0__/* .timeLimit */ .zc)(clock, LAST_LOOK_MS, signal);
    const onRetry = ({ message }) => {
        log.debug(`Trying again: ${message}`);
    };
    try {
        for (;;) {
            const patience = { patienceMs: until - clock.now(), onRetry, urgent: true };
            const decision = await watch.look(limit.signal, patience, false);
            watch.showProgress();
            if (decision.kind === 'verdict')
                return decision.verdict;
            const pauseMs = decision.unconfirmed === true ? 0 : (decision.withinMs ?? Infinity);
            if (clock.now() + pauseMs > until)
                break;
            await clock.sleep(Math.max(_schedule_js__WEBPACK_IMPORTED_MODULE_7__/* .SHORTEST_MS */ .I$, pauseMs), limit.signal);
        }
        await watch.lookForHolds(limit.signal);
    }
    catch (error) {
        if (signal.aborted || !isNoAnswer(error))
            throw error;
        log.debug(`The last poll failed: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorMessage */ .gJ)(error)}`);
    }
    finally {
        limit.end();
    }
    return timedOut(context, watch);
}
function isNoAnswer(error) {
    return [_circleci_faults_js__WEBPACK_IMPORTED_MODULE_3__/* .AbortedError */ .oM, _circleci_faults_js__WEBPACK_IMPORTED_MODULE_3__/* .RefusedError */ .fk, _circleci_faults_js__WEBPACK_IMPORTED_MODULE_3__/* .UnavailableError */ .hG].some(kind => error instanceof kind);
}
function timedOut({ pipeline, settings }, watch) {
    const { unfinished, workflows, jobs, approvals, waitsForPerson } = watch.rest();
    const timeout = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(settings.timeoutSeconds * 1000);
    const names = unfinished.slice(0, MOST_NAMED).map(describeUnfinished);
    if (unfinished.length > names.length)
        names.push(`${unfinished.length - names.length} more`);
    const sentences = [
        settings.goal === 'approval'
            ? `Not everything that "approve" lists was approved within ${timeout}.`
            : `${watch.name} had no verdict within ${timeout}.`,
        names.length > 0 && `Not finished: ${names.join(', ')}.`,
        workflows.length > 0 && `Input "workflows": ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(workflows)} matched no workflow so far.`,
        jobs.length > 0 && `Input "jobs": ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(jobs)} matched no job so far.`,
        (0,_lines_js__WEBPACK_IMPORTED_MODULE_6__/* .describeGap */ .e4)(approvals),
        waitsForPerson
            ? `It waits for a person to approve: ${pipeline.url}. Input "on-hold" can end the step at a hold instead.`
            : 'Increase "timeout" if it needs longer.'
    ];
    const message = sentences.filter(Boolean).join(' ');
    return { conclusion: 'timed_out', reason: 'timeout', passes: false, message };
}
/** `"build" (running)`, `"release" (on hold: "hold-production")`. */
function describeUnfinished(one) {
    const { attempt, job, holds } = one;
    const { status } = job ?? attempt;
    return `${(0,_deciders_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(one)} (${holds.length > 0 ? `on hold: ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(holds)}` : status})`;
}


/***/ }),

/***/ 7115:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ Watch)
});

// EXTERNAL MODULE: ./src/circleci/faults.ts
var faults = __webpack_require__(6899);
// EXTERNAL MODULE: ./src/circleci/statuses.ts
var statuses = __webpack_require__(8760);
// EXTERNAL MODULE: ./src/base/clock.ts
var base_clock = __webpack_require__(6412);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __webpack_require__(4758);
// EXTERNAL MODULE: ./src/base/matcher.ts + 1 modules
var matcher = __webpack_require__(6601);
// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __webpack_require__(766);
// EXTERNAL MODULE: ./src/wait/deciders.ts
var deciders = __webpack_require__(9438);
// EXTERNAL MODULE: ./src/wait/jobs.ts
var wait_jobs = __webpack_require__(5881);
// EXTERNAL MODULE: ./src/wait/lines.ts
var wait_lines = __webpack_require__(3226);
// EXTERNAL MODULE: ./src/wait/patience.ts
var patience = __webpack_require__(3738);
// EXTERNAL MODULE: ./src/wait/workflows.ts
var workflows = __webpack_require__(6491);
;// CONCATENATED MODULE: ./src/wait/verdict.ts





/** How long an empty list of workflows is believed to be only late, after the pipeline was first seen `created`. */
const NO_WORKFLOWS_AFTER_MS = 60_000;
/** How long a workflow listed without an id is waited for after it was last listed. */
const ANONYMOUS_MS = 60_000;
/**
 * How long after the newest workflow was first seen another one may still be on its way. A green verdict before that could
 * overlook a workflow that goes on to fail; workflows that ran longer than this pay nothing.
 */
const LATE_WORKFLOW_MS = 5_000;
/**
 * Applies the verdict table: a pure function of what the API returned and of how long it has been so. What passes rests
 * on one more listing than what ends badly: a workflow that one listing lacks must not go unnoticed.
 */
function decide(situation) {
    const decision = judge(situation);
    if (decision.kind === 'wait')
        return decision;
    const { verdict } = decision;
    if (verdict.passes && !situation.confirmed)
        return { kind: 'wait', unconfirmed: true };
    const isBad = verdict.conclusion === 'failure' || verdict.conclusion === 'cancelled';
    const isEarly = isBad || situation.jobs !== undefined;
    const isAnyOpen = situation.rollup.attempts.some(one => one.latest && (0,statuses/* isUnfinished */.ui)(one.status));
    if (!isEarly || !(isAnyOpen || isGoingOn(situation)))
        return decision;
    const message = `${verdict.message} The pipeline is left running.`;
    return { ...decision, verdict: { ...verdict, message } };
}
/** Whether something that decides still goes on, so that the pipeline's state says nothing yet. */
function isGoingOn(situation) {
    return judgedOf(situation).some(isOpen);
}
/** What is judged: what decides, and setup workflows, which decide only by not succeeding. */
function judgedOf(situation) {
    const setup = situation.rollup.setup
        .map(attempt => (0,deciders/* workflowDecider */.cC)(situation, attempt))
        .filter(({ phase }) => phase !== 'success');
    return [...setup, ...(0,deciders/* decidersOf */.D4)(situation)];
}
function judge(situation) {
    const { rollup, state, policies } = situation;
    if (state === 'errored')
        return errored(situation, []);
    const broken = [...rollup.setup, ...rollup.deciding].filter(one => (0,statuses/* phaseOf */.hU)(one.status) === 'error');
    if (broken.length > 0)
        return errored(situation, broken);
    const judged = judgedOf(situation);
    const inPhase = (phase) => judged.filter(one => one.phase === phase);
    const failed = inPhase('failed');
    const lost = inPhase('failing').filter(({ attempt }) => !(0,deciders/* hasRerunLeft */.Qw)(situation, attempt));
    if (policies.failFast && failed.length + lost.length > 0)
        return failure([...failed, ...lost]);
    const anonymousMs = ANONYMOUS_MS - situation.anonymousForMs;
    if (judged.some(isOpen) || anonymousMs > 0) {
        const rerunsMs = judged.map(({ attempt }) => (0,deciders/* autoRerunDueMs */.gc)(situation, attempt));
        const due = [...rerunsMs, anonymousMs].filter(ms => ms > 0);
        return { kind: 'wait', ...(due.length === 0 ? {} : { withinMs: Math.min(...due) }) };
    }
    if (failed.length > 0)
        return failure(failed);
    const unauthorized = inPhase('unauthorized');
    if (unauthorized.length > 0) {
        const message = `${(0,deciders/* list */.p_)(unauthorized, 'is')} unauthorized: a user who triggered or approved it has no access to a restricted context that it uses.`;
        return end('failure', 'unauthorized', message);
    }
    const canceled = inPhase('canceled');
    if (canceled.length > 0)
        return end('cancelled', 'canceled', `${(0,deciders/* list */.p_)(canceled, 'was')} canceled.`);
    // A setup workflow that did not run continues nothing.
    const idle = inPhase('not-run').filter(({ attempt }) => attempt.setup);
    if (idle.length > 0)
        return onlyNotRun(situation, idle);
    const held = inPhase('on-hold');
    // While a setup workflow is on hold its pipeline makes no other.
    const waiting = held.some(one => one.attempt.setup) ? undefined : moreToCome(situation, held);
    if (waiting !== undefined)
        return waiting;
    return held.length > 0 ? onHold(situation, held) : finished(situation, judged);
}
function isOpen({ phase }) {
    return phase === 'running' || phase === 'failing' || phase === 'unknown';
}
function errored({ errors }, broken) {
    const what = broken.length > 0
        ? `${(0,deciders/* list */.p_)(broken.map(attempt => ({ attempt })))} could not run`
        : 'CircleCI could not run the pipeline';
    const words = errors.map(workflows/* messageLine */.EE);
    const why = words.length > 0 ? words.join('; ') : 'CircleCI gave no reason; its page may have one';
    const advice = words.some(text => /^(?:Unexpected argument|Type error for arg)/.test(text))
        ? ' Check the input "parameters" against what the config declares.'
        : '';
    return end('failure', 'config-error', `${what}: ${why}.${advice}`);
}
function failure(failed) {
    const isJob = failed.some(({ job }) => job !== undefined);
    return end('failure', isJob ? 'job-failed' : 'workflow-failed', (0,deciders/* failureSentence */.Qz)(failed));
}
function onHold({ policies }, held) {
    if (policies.onHold === 'wait')
        return { kind: 'wait', onHold: true };
    const names = [...new Set(held.flatMap(({ holds }) => holds))];
    const jobs = names.length === 0 ? '' : `: ${(0,base_text/* quoted */.TL)(names)}`;
    const message = `${(0,deciders/* list */.p_)(held, 'is')} on hold, waiting for approval${jobs}.`;
    return end('action_required', 'on-hold', message, policies.onHold === 'succeed');
}
/** Everything that decides is finished or on hold, and nothing of it badly: is that all there is to come? */
function moreToCome(situation, held) {
    const { rollup, state } = situation;
    const { deciding, setup, others, unmatched } = rollup;
    // Only `created` says that no (further) workflows are being made.
    if (state !== 'created')
        return { kind: 'wait' };
    if (deciding.length === 0 && (others.length === 0 || unmatched.length === 0)) {
        // A setup workflow's success has only just let the pipeline go on.
        const idleMs = Math.min(situation.createdForMs, ...setup.map(situation.stoppedForMs));
        const left = NO_WORKFLOWS_AFTER_MS - idleMs;
        return left > 0 ? { kind: 'wait', withinMs: left } : noWorkflows(situation);
    }
    const pending = unmatched.length > 0
        ? unmatchedWorkflows(situation, held)
        : situation.jobs && unmatchedJobs(situation, situation.jobs, held);
    return pending ?? laterWorkflow(situation);
}
/** Nothing more is to come, and nothing went badly. */
function finished(situation, judged) {
    const successes = judged.filter(({ phase }) => phase === 'success');
    if (successes.length === 0)
        return onlyNotRun(situation, judged);
    const setup = situation.jobs === undefined ? situation.rollup.setup : [];
    const all = [...setup.map(attempt => ({ attempt })), ...successes];
    return end('success', undefined, `${(0,deciders/* list */.p_)(all)} succeeded.`, true);
}
function noWorkflows({ policies, rollup: { setup, others } }) {
    const passes = policies.onNoWorkflows === 'succeed';
    if (others.length > 0) {
        const message = `Input "workflows" excludes every workflow of this pipeline: ${namesOf(others)}.`;
        return end('skipped', 'not-run', message, passes);
    }
    const after = setup.length > 0 ? ' after its setup workflow' : '';
    const message = `The pipeline ran no workflows${after}: the filters or "when" conditions in its config match none for this ref and these parameters.`;
    return end('skipped', 'no-workflows', message, passes);
}
function onlyNotRun(situation, notRun) {
    const { rollup, jobs, policies } = situation;
    const what = notRun.length > 0
        ? `${(0,deciders/* list */.p_)(notRun, 'was')} not run.`
        : rollup.deciding.length > 0 && jobs !== undefined
            ? `Input "jobs" matches no job of this pipeline. ${jobNames(rollup.deciding, jobs)}`
            : `Input "workflows" matches no workflow of this pipeline. Its workflows are ${namesOf(rollup.others)}.`;
    return end('skipped', 'not-run', what, policies.onNoWorkflows === 'succeed');
}
/** Workflows that were asked for and are not listed: late, mistyped, or not needed this time. */
function unmatchedWorkflows(situation, held) {
    const { deciding, others, unmatched } = situation.rollup;
    const isGrowing = others.some(one => (0,statuses/* isUnfinished */.ui)(one.status)) && !waitsForHolds(situation, held);
    if (isGrowing)
        return { kind: 'wait' };
    const names = namesOf([...deciding, ...others]);
    const message = `Input "workflows": ${(0,base_text/* quoted */.TL)(unmatched)} matches no workflow of this pipeline. Its workflows are ${names}.${(0,matcher/* oneALine */.Oq)(unmatched)}`;
    return unmatchedLines(situation, held, message);
}
/** Jobs that were asked for and are not listed, or exclusions that leave nothing: a workflow that goes on may list more. */
function unmatchedJobs(situation, jobs, held) {
    const { attempts, deciding } = situation.rollup;
    const unmatched = jobs.unmatched(attempts.filter(one => one.deciding).flatMap(one => jobs.of(one) ?? []));
    if (unmatched.length === 0 && (jobs.isElsewhere || (0,deciders/* decidersOf */.D4)(situation).length > 0)) {
        return undefined;
    }
    const open = deciding
        .filter(one => (0,statuses/* isUnfinished */.ui)(one.status))
        .map(one => (0,deciders/* workflowDecider */.cC)(situation, one));
    const stuck = open.filter(({ phase }) => phase === 'failed');
    const waiting = open.filter(({ phase }) => phase === 'on-hold');
    if (open.length > stuck.length + waiting.length)
        return { kind: 'wait' };
    if (stuck.length > 0)
        return failure(stuck);
    if (waiting.length > 0)
        return laterWorkflow(situation) ?? onHold(situation, waiting);
    if (unmatched.length === 0)
        return undefined;
    const message = `Input "jobs": ${(0,base_text/* quoted */.TL)(unmatched)} matches no job of the workflows that decide. ${jobNames(deciding, jobs)}${(0,matcher/* oneALine */.Oq)(unmatched)}`;
    return unmatchedLines(situation, held, message);
}
function unmatchedLines(situation, held, message) {
    if (waitsForHolds(situation, held))
        return { kind: 'wait', onHold: true };
    const left = NO_WORKFLOWS_AFTER_MS - situation.newestAgeMs;
    if (left > 0)
        return { kind: 'wait', withinMs: left };
    const passes = situation.policies.onNoWorkflows === 'succeed';
    return passes ? undefined : end('failure', 'input', message);
}
function waitsForHolds({ policies }, held) {
    return held.length > 0 && policies.onHold === 'wait';
}
/** The wait for a workflow that may still be on its way; `undefined`: it would be here. */
function laterWorkflow({ newestAgeMs }) {
    const left = LATE_WORKFLOW_MS - newestAgeMs;
    return left > 0 ? { kind: 'wait', withinMs: left } : undefined;
}
/** `Their jobs are "build", "deploy".` */
function jobNames(deciding, jobs) {
    const names = deciding
        .flatMap(attempt => jobs.of(attempt) ?? [])
        .filter(({ type }) => type !== 'approval')
        .map(({ name }) => name);
    if (names.length === 0)
        return `${(0,deciders/* list */.p_)(deciding.map(attempt => ({ attempt })))} listed none.`;
    return `Their jobs are ${(0,base_text/* quoted */.TL)([...new Set(names)])}.`;
}
function namesOf(attempts) {
    return (0,base_text/* quoted */.TL)([...new Set(attempts.map(({ name }) => name))]);
}
/** A verdict; one that does not pass unless said so. */
function end(conclusion, reason, message, passes = false) {
    return { kind: 'verdict', verdict: { conclusion, reason, passes, message } };
}

;// CONCATENATED MODULE: ./src/wait/approval.ts











/** How long an approved job may go on being on hold, in milliseconds, before its approval counts as one that did nothing. */
const APPROVED_WITHIN_MS = 60_000;
/** How long reading whose approval it is may take, in milliseconds. */
const USER_MS = 2_000;
/** Approves the approval jobs that the input `approve` lists. */
class Approver {
    /** What the input lists. */
    listed;
    context;
    approvedAt = new Map();
    refusals = new Map();
    refused = new Set();
    user;
    constructor(context) {
        this.context = context;
        this.listed = (0,matcher/* matcher */.jN)(context.settings.approve);
    }
    /** Whether an approval job is this step's: it has just approved it, or is going to. */
    handles(job) {
        return this.isApproved(job) || this.mayApprove(job);
    }
    /** Whether CircleCI took this step's approval less than a minute ago. */
    isApproved({ id }) {
        const at = this.approvedAt.get(id);
        return at !== undefined && this.context.clock.now() - at < APPROVED_WITHIN_MS;
    }
    /** Whether a job is on hold for this step to approve. */
    mayApprove(job) {
        if (!(0,wait_jobs/* isHold */.gt)(job) || this.isApproved(job) || this.refused.has(job.id))
            return false;
        return this.context.settings.approve.length > 0 && this.listed.matches(job.name) === 'yes';
    }
    /** Milliseconds until a refused approval is asked for again; `Infinity`: none is. */
    askAgainInMs(job) {
        const refusals = this.refusals.get(job.id);
        return refusals !== undefined && this.mayApprove(job) ? refusals.askAgainInMs : Infinity;
    }
    /** Approves these holds; `onDue` is called before. Refusals and outages reject nothing, all else does (an `AbortedError`). */
    async approveAll(holds, signal, onDue) {
        if (holds.length > 0)
            onDue();
        for (const hold of holds)
            await this.approve(hold, signal);
    }
    /** Approves a hold, unless that was refused a moment ago. */
    async approve({ attempt, job }, signal) {
        const { circleci, clock, log } = this.context;
        if ((this.refusals.get(job.id)?.askAgainInMs ?? 0) > 0)
            return;
        const again = this.approvedAt.has(job.id) ? ' again: it was still on hold a minute later' : '';
        try {
            await circleci.approve(attempt.id, job.approvalRequestId ?? job.id, { signal });
            this.approvedAt.set(job.id, clock.now());
            this.user ??= this.readUser(signal);
            const user = await this.user;
            const by = user === undefined ? '' : ` as "${user}"`;
            log.info(`Approved "${job.name}" of workflow "${attempt.name}"${by}${again}.`);
        }
        catch (error) {
            if (error instanceof faults/* RefusedError */.fk)
                this.refuse(attempt, job, error);
            else if (!(error instanceof faults/* UnavailableError */.hG))
                throw error;
            else
                log.debug(`Approving "${job.name}" is tried again at the next poll: ${error.message}`);
        }
    }
    /** Whom CircleCI will name as the one who approved: the token's user. */
    async readUser(signal) {
        const { circleci, clock, log } = this.context;
        const limit = (0,base_clock/* timeLimit */.zc)(clock, USER_MS, signal);
        try {
            const { login, name } = await circleci.me({ signal: limit.signal, patienceMs: 0, urgent: true });
            return login || name || undefined;
        }
        catch (error) {
            log.debug(`Whose approval it is could not be read: ${(0,errors/* errorMessage */.gJ)(error)}`);
            return undefined;
        }
        finally {
            limit.end();
        }
    }
    /** Somebody else may have been faster, and a refusal may pass: what is still on hold is asked for again for a minute. */
    refuse(attempt, job, { why }) {
        const { clock, log } = this.context;
        const what = (0,base_text/* withStop */.d8)(`CircleCI refused to approve "${job.name}" of workflow "${attempt.name}": ${why}`);
        const refusals = this.refusals.get(job.id) ?? new patience/* Refusals */.qY(clock);
        this.refusals.set(job.id, refusals);
        if (!refusals.add()) {
            log.debug(what);
            return;
        }
        this.refused.add(job.id);
        log.warning(`${what} The token's user needs permission to approve it; until then it waits for a person.`);
    }
}
/**
 * Decides when a step that only approves has done so: everything that the input lists reads as approved, by whomever, and
 * each line matched something. That is a verdict that passes. One that does not says why an approval can no longer come,
 * with the reason of the pipeline. Pure.
 */
function decideApproval(situation, facts) {
    const { deciding } = situation.rollup;
    const { lines, names } = facts.gap;
    const wanted = deciding.flatMap(attempt => {
        const jobs = facts.jobsOf(attempt.id) ?? [];
        const isWanted = ({ type, name }) => type === 'approval' && facts.listed.matches(name) === 'yes';
        return jobs.filter(isWanted).map(job => ({ attempt, job, jobs }));
    });
    const open = wanted.filter(({ job }) => (0,statuses/* jobStatus */.WB)(job.status).phase !== 'success');
    const isListed = deciding.every(({ id, status }) => {
        const jobs = facts.jobsOf(id);
        return jobs !== undefined && (jobs.length > 0 || !(0,statuses/* isUnfinished */.ui)(status));
    });
    if (open.length === 0 && lines.length === 0 && isListed)
        return settle(situation, wanted);
    for (const one of open) {
        const lost = lossOf(situation, one);
        if (lost !== undefined)
            return lost;
    }
    const decision = decide(situation);
    if (decision.kind === 'wait')
        return decision;
    const { conclusion, message, passes } = decision.verdict;
    const missing = (0,base_text/* quoted */.TL)([...lines, ...open.map(({ job }) => job.name)]);
    if (conclusion === 'success') {
        const text = `Input "approve": ${missing} matches no approval job of this pipeline, which has succeeded.`;
        return end('failure', 'input', `${text} ${(0,wait_lines/* describeNames */.e2)(names)}${(0,matcher/* oneALine */.Oq)(lines)}`);
    }
    if (passes)
        return decision;
    const text = `${message} Not approved: ${missing}.`;
    return { ...decision, verdict: { ...decision.verdict, message: text } };
}
/** Everything known is approved: may there be more? */
function settle(situation, approved) {
    const { state, newestAgeMs, anonymousForMs, confirmed } = situation;
    if (state !== 'created')
        return { kind: 'wait' };
    const leftMs = Math.max(LATE_WORKFLOW_MS - newestAgeMs, ANONYMOUS_MS - anonymousForMs);
    if (leftMs > 0)
        return { kind: 'wait', withinMs: leftMs };
    if (!confirmed)
        return { kind: 'wait', unconfirmed: true };
    return approved.length === 0
        ? end('skipped', 'not-run', 'Another pipeline has what "approve" lists.', true)
        : end('success', undefined, `Approved: ${approved.map(deciders/* nameOf */.Vb).join(', ')}.`, true);
}
/** Why an approval job will not come on hold any more; `undefined`: it may. */
function lossOf(situation, approval) {
    const { attempt, job, jobs } = approval;
    const what = `Approval job ${(0,deciders/* nameOf */.Vb)(approval)} can no longer be approved: `;
    if (!(0,statuses/* isUnfinished */.ui)(attempt.status)) {
        if ((0,deciders/* autoRerunDueMs */.gc)(situation, attempt) > 0)
            return undefined;
        const why = `its workflow ended as ${attempt.status}, and it is ${job.status}.`;
        return lost((0,statuses/* phaseOf */.hU)(attempt.status), what + why);
    }
    const obstacle = (0,wait_jobs/* obstacleTo */.zv)(jobs, job) ?? ((0,statuses/* jobStatus */.WB)(job.status).ended ? job : undefined);
    if (obstacle === undefined || isCopy(obstacle, attempt))
        return undefined;
    if ((0,deciders/* hasRerunLeft */.Qw)(situation, attempt))
        return undefined;
    const why = obstacle === job ? 'it' : `"${obstacle.name}", which has to end before it,`;
    return lost((0,statuses/* jobStatus */.WB)(obstacle.status).phase, `${what}${why} is ${obstacle.status}.`);
}
/** A rerun lists for a moment how a job ended before. */
function isCopy({ stoppedAt }, { attempt, createdAt }) {
    return attempt > 1 && !(Date.parse(stoppedAt ?? '') >= Date.parse(createdAt));
}
function lost(phase, message) {
    const [conclusion, reason] = LOSSES[phase] ?? ['failure', 'workflow-failed'];
    return end(conclusion, reason, message);
}
const LOSSES = {
    success: ['failure', 'input'],
    'not-run': ['skipped', 'not-run'],
    canceled: ['cancelled', 'canceled'],
    unauthorized: ['failure', 'unauthorized'],
    error: ['failure', 'config-error']
};

// EXTERNAL MODULE: ./src/base/concurrency.ts
var concurrency = __webpack_require__(4878);
// EXTERNAL MODULE: ./src/base/log.ts
var log = __webpack_require__(3179);
// EXTERNAL MODULE: ./src/circleci/retry.ts
var retry = __webpack_require__(5770);
;// CONCATENATED MODULE: ./src/wait/holds.ts








/** How often the jobs of a failing workflow are looked at: a hold nobody will approve may be all that keeps it open. */
const FAILING_LOOK_MS = 60_000;
/**
 * How long approvals must have been all that is left of a workflow that CircleCI says is running, in milliseconds: between
 * two jobs it looks like that, too.
 */
const STILL_MS = 5_000;
/** How soon an approval that CircleCI took is looked for, in milliseconds, when the step ends with it. */
const APPROVED_AGAIN_MS = 2_000;
/** Requests for jobs under way at once. */
const AT_ONCE = 4;
/** How long the jobs of one look may take to be read, in milliseconds: the wait does not stand still for them. */
const LOOK_MS = 5_000;
/**
 * The holds of the workflows: their approval jobs that are on hold. Jobs are read only when that is called for: on hold,
 * failing (a hold may be all that is left), or at each poll while there is something to approve, because a workflow may say
 * `running` with a job on hold. Jobs that cannot be read end no wait.
 */
class Holds {
    /** The holds that the last look found for this step to approve. */
    toApprove = [];
    context;
    lists;
    approver;
    seen = new Map();
    outage;
    constructor(context, lists, approver) {
        this.context = context;
        this.lists = lists;
        this.approver = approver;
        this.outage = new log/* Outage */.ad('Looking for approval jobs', context);
    }
    /** Names of the holds that wait for a person: this step has not approved them and will not. */
    waitingFor(workflowId) {
        if (this.seen.get(workflowId)?.at === undefined)
            return [];
        const waiting = this.in(workflowId).filter(job => !this.approver.handles(job));
        return waiting.map(({ name }) => name);
    }
    /**
     * Names of the holds that are all that is left of a workflow, for a person to approve; `undefined` when it goes on without
     * them, or nothing is known. Where the jobs cannot be read for as long as a wait outlasts errors, CircleCI's `on_hold` is
     * believed without names.
     */
    onlyHolds({ id, status }) {
        const phase = (0,statuses/* phaseOf */.hU)(status);
        const { at, onlyHoldsSince, unreadSince } = this.seen.get(id) ?? {};
        if (phase === 'on-hold' && unreadSince !== undefined && !this.hasLines) {
            if (this.context.clock.now() - unreadSince >= retry/* PATIENCE_MS */.xR)
                return [];
        }
        return this.forPerson(this.in(id), at, onlyHoldsSince, phase === 'running' ? STILL_MS : 0);
    }
    /** Names of the holds that are all that a job waits for, for a person to approve; `undefined`: there is more to it. */
    heldBy({ id, status }, job) {
        const { at, heldSince } = this.seen.get(id) ?? {};
        const holds = (0,wait_jobs/* holdsBefore */.ge)(this.lists.of(id) ?? [], job);
        const stillMs = (0,statuses/* phaseOf */.hU)(status) === 'on-hold' ? 0 : STILL_MS;
        return this.forPerson(holds, at, heldSince?.get(job.id), stillMs);
    }
    forPerson(holds, at, since, stillMs) {
        if (holds === undefined || at === undefined || since === undefined)
            return undefined;
        if (at - since < stillMs)
            return undefined;
        if (holds.some(job => this.approver.handles(job)))
            return undefined;
        return holds.map(({ name }) => name);
    }
    /** Whether a workflow now waits for nothing but a person: by its jobs, or by its status where they are not known. */
    waitsForPerson({ id, status }) {
        if (this.in(id).some(job => this.approver.isApproved(job)))
            return false;
        const { at, onlyHoldsSince } = this.seen.get(id) ?? {};
        return at === undefined ? (0,statuses/* phaseOf */.hU)(status) === 'on-hold' : onlyHoldsSince !== undefined;
    }
    /**
     * Milliseconds until a look at a workflow may show something new: holds seen alone in one that is running count as all
     * that is left of it, or a refused approval is asked for again. `Infinity`: nothing of the kind.
     */
    settlesInMs({ id, status }) {
        const { at = 0, onlyHoldsSince, heldSince } = this.seen.get(id) ?? {};
        const phase = (0,statuses/* phaseOf */.hU)(status);
        const holds = this.in(id);
        const since = phase === 'on-hold' ? [] : [...(heldSince?.values() ?? [])];
        if (phase === 'running' && onlyHoldsSince !== undefined)
            since.push(onlyHoldsSince);
        const awaitsApproved = this.context.settings.goal === 'approval' && holds.some(job => this.approver.isApproved(job));
        return Math.min(...holds.map(job => this.approver.askAgainInMs(job)), ...since.map(from => STILL_MS - (at - from)).filter(ms => ms > 0), awaitsApproved ? APPROVED_AGAIN_MS : Infinity);
    }
    /** Reads the jobs of the workflows that call for it; of all of them with `all`. */
    async look(attempts, signal, all = false) {
        for (const { id, status } of attempts) {
            // What was seen of a workflow in another status is over.
            if (this.seen.get(id)?.status !== status)
                this.seen.set(id, { status });
        }
        const limit = (0,base_clock/* timeLimit */.zc)(this.context.clock, LOOK_MS, signal);
        try {
            const due = attempts.filter(attempt => all || this.isDue(attempt));
            const found = await (0,concurrency/* mapBounded */.y)(due, AT_ONCE, attempt => this.read(attempt, limit.signal));
            if (signal.aborted)
                throw new faults/* AbortedError */.oM('Reading the jobs');
            this.toApprove = found.flat();
        }
        finally {
            limit.end();
        }
    }
    /** Looks at a workflow's jobs; returns the holds to approve. The listing of the workflows goes on to show how they end. */
    async read(attempt, signal) {
        const { clock, log, settings } = this.context;
        const { id, name, status } = attempt;
        const before = this.seen.get(id);
        try {
            // Held back by a rate limit, no answer would come within the time of a look.
            const options = { signal, patienceMs: 2_000, urgent: true };
            const known = this.hangsOnJobs(attempt) ? this.lists.of(id) : undefined;
            const jobs = known ?? (await this.lists.read(attempt, options));
            const at = clock.now();
            const held = known?.filter(job => (0,wait_jobs/* holdsBefore */.ge)(known, job) !== undefined) ?? [];
            this.seen.set(id, {
                status,
                at,
                onlyHoldsSince: (0,wait_jobs/* onlyHoldsLeft */.OR)(jobs) ? (before?.onlyHoldsSince ?? at) : undefined,
                heldSince: new Map(held.map(job => [job.id, before?.heldSince?.get(job.id) ?? at]))
            });
            if ([...this.seen.values()].every(one => one.unreadSince === undefined))
                this.outage.over();
            if (!(0,statuses/* isUnfinished */.ui)(status))
                return [];
            return jobs.filter(job => this.approver.mayApprove(job)).map(job => ({ attempt, job }));
        }
        catch (error) {
            this.seen.set(id, { status, unreadSince: before?.unreadSince ?? clock.now() });
            if (this.hasLines || settings.onHold !== 'wait')
                this.outage.failed(error, 0);
            else
                log.debug(`The jobs of workflow "${name}" could not be read: ${(0,errors/* errorMessage */.gJ)(error)}`);
            return [];
        }
    }
    /** Whether what ends the wait hangs on its jobs: then they have just been read. */
    hangsOnJobs({ deciding }) {
        const { goal, jobs } = this.context.settings;
        return deciding && (goal === 'approval' || jobs.length > 0);
    }
    isDue(attempt) {
        if (!(0,statuses/* isUnfinished */.ui)(attempt.status)) {
            // It may show that a line of `approve` matches nothing.
            return this.hasLines && attempt.deciding && this.lists.of(attempt.id) === undefined;
        }
        if (this.hangsOnJobs(attempt))
            return true;
        const phase = (0,statuses/* phaseOf */.hU)(attempt.status);
        const { at, onlyHoldsSince } = this.seen.get(attempt.id) ?? {};
        if (this.hasLines || this.context.settings.onHold !== 'wait') {
            return phase === 'running' || phase === 'failing' || phase === 'on-hold';
        }
        if (phase === 'on-hold')
            return onlyHoldsSince === undefined;
        if (phase !== 'failing')
            return false;
        if (at === undefined || onlyHoldsSince !== undefined)
            return true;
        return this.context.clock.now() - at >= FAILING_LOOK_MS;
    }
    get hasLines() {
        return this.context.settings.approve.length > 0;
    }
    in(workflowId) {
        return (this.lists.of(workflowId) ?? []).filter(wait_jobs/* isHold */.gt);
    }
}

// EXTERNAL MODULE: ./src/wait/schedule.ts
var schedule = __webpack_require__(620);
// EXTERNAL MODULE: ./src/wait/reruns.ts
var reruns = __webpack_require__(7057);
// EXTERNAL MODULE: ./src/wait/rollup.ts
var rollup = __webpack_require__(5295);
;// CONCATENATED MODULE: ./src/wait/watch.ts












/** How long the pipeline is asked for when the verdict does not hang on it, in milliseconds. */
const SIDE_PATIENCE_MS = 10_000;
/** How soon the jobs of an ended workflow are read again while they contradict its end, in milliseconds. */
const OLD_AGAIN_MS = 2_000;
/**
 * What this step knows of a pipeline, refreshed by `look`: one request for the workflows; the pipeline itself only
 * when no deciding workflow is running, jobs only where a hold may hide.
 */
class Watch {
    name = 'The pipeline';
    /** Every attempt as last seen. */
    rollup;
    context;
    workflows;
    state;
    lists;
    approver;
    holds;
    reruns;
    pace;
    lines;
    /** Whether the step ends when everything is approved. */
    onlyApproves;
    isOld = false;
    constructor(context) {
        this.context = context;
        // What has not been listed matches no line.
        this.rollup = (0,rollup/* rollUp */.F)([], context.settings.workflows);
        this.workflows = new workflows/* Workflows */.Dj(context);
        this.state = new workflows/* PipelineState */.M5(context);
        this.lists = new wait_jobs/* JobLists */.$$(context.circleci, id => this.workflows.stoppedForMs(id));
        this.approver = new Approver(context);
        this.holds = new Holds(context, this.lists, this.approver);
        this.reruns = new reruns/* Reruns */.c(context);
        this.pace = new schedule/* Pace */.oG(context);
        this.lines = new wait_lines/* Lines */.qo(context, this.lists, this.approver.listed);
        this.onlyApproves = context.settings.goal === 'approval';
    }
    /** The pipeline as last read. */
    get pipeline() {
        return this.state.pipeline;
    }
    /** How earlier runs of its workflows went. */
    get histories() {
        return this.pace.histories;
    }
    async look(signal, retry, act = true) {
        const before = this.facts;
        const listing = { isOld: false };
        const retried = (isLate) => (fault, pauseMs, leftMs, isLater = isLate) => {
            if (isLater)
                listing.isOld = true;
            retry.onRetry(fault, pauseMs, leftMs);
        };
        const afterListing = { signal, ...retry, onRetry: retried(true) };
        await this.workflows.list({ signal, ...retry, onRetry: retried(false) });
        await this.workflows.askForMissing(this.needed(), afterListing);
        this.takeWorkflows();
        const { attempts, deciding, setup } = this.rollup;
        // Where jobs decide they are read at each look, those of an ended workflow once more after its end.
        if (this.readsJobs) {
            await this.lists.refresh(attempts.filter(one => one.deciding), afterListing);
        }
        await this.holds.look([...deciding, ...setup], signal);
        this.lines.warn(this.rollup, id => this.holds.waitingFor(id));
        const { approver, showProgress } = this;
        if (act)
            await approver.approveAll(this.holds.toApprove, signal, showProgress);
        await this.readPipeline(afterListing);
        if (act)
            await this.reruns.askDue(this.situation(false), signal, showProgress);
        this.isOld = listing.isOld;
        return this.decide(before === this.facts);
    }
    /**
     * What follows from the last look. `confirmed`: its listing was asked for after everything else was known, and changed
     * nothing. One that grew old meanwhile gives no verdict.
     */
    decide(confirmed) {
        const decision = this.judge(this.situation(confirmed));
        return this.isOld && decision.kind === 'verdict' ? { kind: 'wait', unconfirmed: true } : decision;
    }
    judge(situation) {
        if (!this.onlyApproves)
            return decide(situation);
        return decideApproval(situation, {
            listed: this.approver.listed,
            gap: this.lines.approvalGap(this.rollup),
            jobsOf: id => this.lists.of(id)
        });
    }
    /** Whether a line of an input has something here: `workflows` a workflow, `jobs` a job, `approve` an approval job. */
    matches(input, line) {
        return !this.lines.unmatched(input, this.rollup).includes(line);
    }
    async lookForHolds(signal) {
        await this.holds.look(this.unfinished(), signal, true);
    }
    rest() {
        const { lines, rollup } = this;
        const unfinished = lines.jobs === undefined
            ? this.unfinished().map(attempt => {
                const holds = this.holds.waitingFor(attempt.id);
                return { attempt, phase: (0,statuses/* phaseOf */.hU)(attempt.status), holds };
            })
            : (0,deciders/* decidersOf */.D4)(this.situation(false)).filter(({ attempt, phase, job }) => watch_isOpen(attempt) && !(job !== undefined && (0,deciders/* isEnd */.uV)(phase)));
        return {
            unfinished,
            workflows: lines.missing('workflows', rollup),
            jobs: lines.missing('jobs', rollup),
            approvals: lines.approvalGap(rollup),
            waitsForPerson: this.waitsForPerson()
        };
    }
    waitsForPerson() {
        const left = this.unfinished();
        const isGrowing = this.pipeline !== undefined && this.pipeline.state !== 'created';
        return (left.length > 0 &&
            left.every(attempt => this.holds.waitsForPerson(attempt)) &&
            // A setup workflow on hold keeps its pipeline from making others.
            (!isGrowing || left.some(({ setup }) => setup)));
    }
    nextLookInMs(decision) {
        const settling = this.rollup.deciding.flatMap(one => [
            this.holds.settlesInMs(one),
            this.reruns.askAgainInMs(one),
            !this.readsJobs || watch_isOpen(one) || this.lists.isFinal(one) ? Infinity : OLD_AGAIN_MS
        ]);
        return this.pace.pauseMs(decision, this.open(), settling, this.readsJobs);
    }
    /** What is acted on is shown before the act. */
    showProgress = () => {
        this.context.onProgress({
            rollup: this.rollup,
            state: this.pipeline?.state,
            jobsOf: id => this.lists.of(id),
            holdsOf: id => this.holds.waitingFor(id),
            histories: this.histories
        });
    };
    /** Unfinished workflows that decide. */
    open() {
        return [...this.rollup.deciding, ...this.rollup.setup].filter(watch_isOpen);
    }
    unfinished() {
        return this.rollup.attempts.filter(attempt => attempt.latest && watch_isOpen(attempt));
    }
    /** Workflows the verdict hangs on: those that do not decide matter only while a line of `workflows` matches nothing. */
    needed() {
        const needed = this.lines.missing('workflows', this.rollup).length > 0 ? this.unfinished() : this.open();
        return new Set(needed.map(({ id }) => id));
    }
    takeWorkflows() {
        const { workflows } = this.context.settings;
        this.rollup = (0,rollup/* rollUp */.F)(this.workflows.all, workflows, this.reruns.started);
        for (const { name } of this.rollup.deciding)
            this.pace.learn(name);
        this.pace.note(this.open());
    }
    /** Whether what ends the wait hangs on jobs. */
    get readsJobs() {
        return this.lines.jobs !== undefined || this.onlyApproves;
    }
    /** Its state matters once nothing that decides goes on, and is as good as the workflows known when it was read. */
    async readPipeline(options) {
        const { circleci, log, pipeline } = this.context;
        const situation = this.situation(true);
        const workflows = this.workflows.facts;
        const settled = { ...situation, state: 'created', newestAgeMs: Infinity };
        const isNear = this.onlyApproves && this.judge(settled).kind === 'verdict';
        if ((isGoingOn(situation) && !isNear) || this.state.isSettledWith(workflows))
            return;
        const decides = this.judge({ ...situation, state: undefined }).kind === 'wait';
        const side = { signal: options.signal, patienceMs: SIDE_PATIENCE_MS };
        try {
            this.state.take(await circleci.pipeline(pipeline.id, decides ? options : side), workflows);
        }
        catch (error) {
            if (decides || error instanceof faults/* AbortedError */.oM)
                throw error;
            log.debug(`The pipeline could not be read, and decides nothing: ${String(error)}`);
        }
    }
    /** What is known now. */
    situation(confirmed) {
        return {
            state: this.pipeline?.state,
            errors: this.pipeline?.errors ?? [],
            rollup: { ...this.rollup, unmatched: this.lines.missing('workflows', this.rollup) },
            createdForMs: this.state.createdForMs,
            newestAgeMs: this.workflows.newestAgeMs,
            anonymousForMs: this.workflows.anonymousForMs,
            stoppedForMs: ({ id }) => this.workflows.stoppedForMs(id),
            rerunAhead: attempt => this.reruns.ahead(attempt),
            onlyHolds: attempt => this.holds.onlyHolds(attempt),
            jobs: this.lines.jobs && this.jobFacts(this.lines.jobs),
            confirmed,
            policies: this.context.settings
        };
    }
    jobFacts(matcher) {
        const { settings, matchedElsewhere } = this.context;
        const isElsewhere = (line) => matchedElsewhere('jobs', line);
        return {
            ...matcher,
            unmatched: jobs => matcher.unmatched(jobs).filter(line => !isElsewhere(line)),
            isElsewhere: settings.jobs.some(isElsewhere),
            of: one => (watch_isOpen(one) || this.lists.isFinal(one) ? this.lists.of(one.id) : undefined),
            heldBy: (attempt, job) => this.holds.heldBy(attempt, job)
        };
    }
    /** Everything a verdict hangs on, to compare: a listing that changes none of it was asked for after all of it was known. */
    get facts() {
        const { deciding } = this.rollup;
        const holds = deciding.map(one => this.holds.onlyHolds(one) ?? null);
        const jobs = this.lines.jobs && (0,deciders/* decidersOf */.D4)(this.situation(false)).map(one => [one.job, one.phase]);
        const approvals = this.onlyApproves && deciding.map(({ id }) => this.lists.of(id) ?? null);
        return JSON.stringify([this.workflows.facts, this.state.facts, holds, jobs, approvals]);
    }
}
function watch_isOpen(attempt) {
    return (0,statuses/* isUnfinished */.ui)(attempt.status);
}


/***/ }),

/***/ 6491:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dj: () => (/* binding */ Workflows),
/* harmony export */   EE: () => (/* binding */ messageLine),
/* harmony export */   M5: () => (/* binding */ PipelineState)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8760);


/** How often a listing that contradicts itself is taken again, and the pause before, in milliseconds. */
const RETAKES = 3;
const RETAKE_PAUSE_MS = 1_000;
/** So many missing workflows are asked for by id in one look; the others stay as they were. */
const MOST_ASKED = 10;
/** So many listings in a row must lack a workflow, and ... */
const GONE_LISTINGS = 3;
/** ... CircleCI answer "not found" about it by id for so long, in milliseconds, before it is dropped. */
const GONE_MS = 60_000;
/**
 * A pipeline's workflows. Lists promise nothing, so an answer adds to what is known and takes nothing away: what a listing
 * lacks stays as it was, no ended workflow becomes unfinished again, and of rows that disagree the less finished counts.
 */
class Workflows {
    context;
    known = new Map();
    anonymousAt = -Infinity;
    constructor(context) {
        this.context = context;
    }
    /** Every workflow known, in no order. */
    get all() {
        return [...this.known.values()].map(({ workflow }) => workflow);
    }
    /** Ids and statuses, to compare. */
    get facts() {
        const facts = this.all.map(({ id, status }) => `${id} ${status}`);
        return facts.sort().join('\n');
    }
    /** Milliseconds since the newest was first seen; `Infinity` without any. */
    get newestAgeMs() {
        const seen = [...this.known.values()].map(({ firstSeenAt }) => firstSeenAt);
        return this.context.clock.now() - Math.max(...seen);
    }
    /** Milliseconds since a row without an id was last listed; `Infinity`: never. */
    get anonymousForMs() {
        return this.context.clock.now() - this.anonymousAt;
    }
    /** Milliseconds since a workflow was first seen ended; 0: it was not. */
    stoppedForMs(id) {
        const now = this.context.clock.now();
        return now - (this.known.get(id)?.endedAt ?? now);
    }
    /** Ids of the unfinished workflows that the last listing lacked: each is to be asked for by id. */
    get missing() {
        const missing = [...this.known].filter(([, { workflow, missed }]) => missed > 0 && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(workflow.status));
        return missing.map(([id]) => id);
    }
    /** Takes a listing, and takes it again where it contradicts itself. Rejects like the client does. */
    async list(options) {
        const { circleci, clock, pipeline } = this.context;
        for (let retakes = 0;; retakes += 1) {
            const rows = await circleci.workflows(pipeline.id, options);
            const doubtful = this.contradictions(rows);
            const isLast = retakes === RETAKES || doubtful.size === 0;
            this.takeListing(rows, isLast ? new Set() : doubtful);
            if (isLast)
                return;
            await clock.sleep(RETAKE_PAUSE_MS, options.signal);
        }
    }
    /** Asks by id for those of `ids` that the listing lacked. Rejects like the client does, but for "not found". */
    async askForMissing(ids, options) {
        const missing = this.missing.filter(id => ids.has(id));
        for (const id of missing.slice(0, MOST_ASKED)) {
            const answer = this.context.circleci.workflow(id, options).catch((error) => {
                if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk && error.status === 404)
                    return undefined;
                throw error;
            });
            this.takeAnswer(id, await answer);
        }
    }
    /** Ids of which a listing has rows that disagree, and of which no end is known. */
    contradictions(rows) {
        const statuses = new Map();
        const disagreeing = rows.filter(({ id, status }) => {
            const other = statuses.get(id) ?? status;
            statuses.set(id, status);
            return id !== '' && other !== status && this.known.get(id)?.endedAt === undefined;
        });
        return new Set(disagreeing.map(({ id }) => id));
    }
    /** Of the `doubtful`, which are going to be listed again, no end is believed. */
    takeListing(rows, doubtful) {
        const { clock } = this.context;
        if (rows.some(({ id }) => id === ''))
            this.anonymousAt = clock.now();
        const listed = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .distinct */ .dM)('workflow', rows);
        for (const [id, one] of this.known) {
            if (!listed.has(id))
                this.known.set(id, { ...one, missed: one.missed + 1 });
        }
        for (const [id, row] of listed) {
            const isDoubtful = doubtful.has(id) && !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(row.status);
            this.learn(isDoubtful ? { ...row, status: 'unknown' } : row, 0);
        }
    }
    /** Takes what was answered about a workflow by id; `undefined`: not found. One that is gone for good is dropped. */
    takeAnswer(id, answer) {
        const { clock, log } = this.context;
        const one = this.known.get(id);
        if (one === undefined)
            return;
        if (answer !== undefined) {
            this.learn(answer, one.missed);
            return;
        }
        const notFoundSince = one.notFoundSince ?? clock.now();
        if (one.missed < GONE_LISTINGS || clock.now() - notFoundSince < GONE_MS) {
            this.known.set(id, { ...one, notFoundSince });
            return;
        }
        this.known.delete(id);
        const { name, status } = one.workflow;
        log.warning(`Workflow "${name}" was ${status}, but CircleCI no longer has it: it is in no listing, and its id (${id}) was not found for a minute. The step no longer waits for it.`);
    }
    learn(row, missed) {
        const now = this.context.clock.now();
        const before = this.known.get(row.id);
        const workflow = before === undefined ? row : update(before.workflow, row);
        const endedAt = before?.endedAt ?? ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(workflow.status) ? undefined : now);
        this.known.set(row.id, { workflow, firstSeenAt: before?.firstSeenAt ?? now, endedAt, missed });
    }
}
/** What an answer leaves out is not taken back, and an end stands: of two ends the worse one. */
function update(before, row) {
    const stands = !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(before.status) &&
        ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(row.status) || (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .provesLess */ .xJ)('workflow', before.status, row.status));
    return {
        ...row,
        status: stands ? before.status : row.status,
        createdAt: row.createdAt || before.createdAt,
        stoppedAt: row.stoppedAt ?? before.stoppedAt,
        setup: row.setup || before.setup,
        autoRerunNumber: Math.max(row.autoRerunNumber, before.autoRerunNumber),
        maxAutoReruns: Math.max(row.maxAutoReruns, before.maxAutoReruns)
    };
}
/** States of a pipeline that this version knows. */
const STATES = new Set(['created', 'errored', 'setup-pending', 'setup', 'pending']);
/** The pipeline itself, as it was last read, and since when it is `created`. */
class PipelineState {
    /** As last read. */
    pipeline;
    context;
    shown = new Set();
    createdSince;
    readWith = '';
    constructor(context) {
        this.context = context;
    }
    /** The state, and the workflows that were known when it was read, to compare. */
    get facts() {
        return `${this.pipeline?.state ?? ''}\n${this.readWith}`;
    }
    /** Milliseconds since it was first seen `created`; 0 while it is not. */
    get createdForMs() {
        const now = this.context.clock.now();
        return now - (this.createdSince ?? now);
    }
    /** Whether it was `created` when read beside these workflows: then it makes no more. */
    isSettledWith(workflows) {
        return workflows !== '' && this.pipeline?.state === 'created' && this.readWith === workflows;
    }
    /** Takes what was read of the pipeline after these workflows were known, and shows what is new in it. */
    take(pipeline, workflows) {
        const { clock, log } = this.context;
        const { state, errors, warnings } = pipeline;
        this.pipeline = pipeline;
        this.readWith = workflows;
        this.createdSince = state === 'created' ? (this.createdSince ?? clock.now()) : undefined;
        const unknown = `The pipeline has the state "${state}", which this version of the action does not know: the step keeps waiting for workflows.`;
        const warning = `CircleCI warns about the config: ${warnings.map(messageLine).join('; ')}`;
        this.quote("CircleCI's messages about the config", errors);
        this.quote("CircleCI's warnings about the config", warnings);
        for (const text of [STATES.has(state) ? '' : unknown, warnings.length > 0 ? warning : '']) {
            if (text !== '' && this.isNew(text))
                log.warning(text);
        }
    }
    /** Shows messages of several lines as they are. */
    quote(title, messages) {
        const lines = messages.flatMap(({ type, message }) => [`${type}:`, ...message.split(/\r?\n/)]);
        const isLong = messages.some(({ message }) => messageLines(message).length > 1);
        if (isLong && this.isNew([title, ...lines].join('\n')))
            this.context.log.group(title, lines);
    }
    isNew(text) {
        const isNew = !this.shown.has(text);
        this.shown.add(text);
        return isNew;
    }
}
/**
 * One of CircleCI's messages about a config, which may have several lines, as one: `In step 3: Unexpected argument(s): x
 * (config)`.
 */
function messageLine({ message, type }) {
    return `${messageLines(message).join(' ') || 'no message'} (${type})`;
}
/** Its lines without the marks that draw a tree (`|`, `\u2022`), and without empty ones. */
function messageLines(message) {
    return message
        .split(/\r\n|[\n\r]/)
        .map(line => line.replace(/^[\s|\u2022]+/, '').trimEnd())
        .filter(line => line !== '');
}


/***/ })

};
