export const id = 578;
export const ids = [578];
export const modules = {

/***/ 5881:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ JobLists),
/* harmony export */   Yr: () => (/* binding */ onlyHeld),
/* harmony export */   ge: () => (/* binding */ holdsBefore),
/* harmony export */   i7: () => (/* binding */ isHeld),
/* harmony export */   sq: () => (/* binding */ jobMatcher),
/* harmony export */   zv: () => (/* binding */ obstacleTo)
/* harmony export */ });
/* unused harmony export learnJobs */
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8760);
/* harmony import */ var _base_matcher_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6601);


/** How long an ended workflow that succeeded is asked again for jobs that it says have not ended, in milliseconds. */
const SETTLES_MS = 10_000;
/** The jobs of workflows, as every answer so far has told them. */
class JobLists {
    circleci;
    unknown;
    lists = new Map();
    constructor(circleci, unknown) {
        this.circleci = circleci;
        this.unknown = unknown;
    }
    /** As last read; `undefined`: never. */
    of(workflowId) {
        return this.lists.get(workflowId)?.jobs;
    }
    /** Reads the jobs of a workflow once more. Rejects like the client does. */
    async read({ id, status }, options) {
        const listed = await this.circleci.jobs(id, options);
        const jobs = learnJobs(this.of(id) ?? [], listed);
        this.unknown.note('job', jobs);
        this.lists.set(id, { jobs, readAfterEnd: !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status) });
        return jobs;
    }
    /**
     * Whether the jobs are as they will stay: read after the workflow had ended, so many milliseconds ago. Of one that
     * succeeded none can be unfinished: then the answer was old.
     */
    isFinal({ id, status }, stoppedForMs) {
        const list = this.lists.get(id);
        if (list?.readAfterEnd !== true || (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status))
            return false;
        const isOld = list.jobs.some(job => !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).ended);
        return !isOld || (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .phaseOf */ .hU)(status) !== 'success' || stoppedForMs >= SETTLES_MS;
    }
}
/**
 * The jobs of a workflow after one more listing: a job that the listing lacks stays as it was, of two rows of one id that
 * which proves less counts, and an ended job stays ended.
 */
function learnJobs(known, listed) {
    const rows = new Map();
    for (const job of listed) {
        const other = rows.get(job.id);
        if (other === undefined || (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .provesLess */ .xJ)('job', job.status, other.status))
            rows.set(job.id, job);
    }
    const jobs = new Map(known.map(job => [job.id, job]));
    for (const [id, job] of rows) {
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
    const names = (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_1__/* .matcherOf */ .Ke)(lines, line => {
        const test = (0,_base_matcher_js__WEBPACK_IMPORTED_MODULE_1__/* .textTest */ .yV)(line, 'name');
        return ({ name, type }) => (type === 'build' || name === line ? test(name) : 'no');
    });
    const isNamed = !lines.every(_base_matcher_js__WEBPACK_IMPORTED_MODULE_1__/* .isExclusion */ .VB);
    return {
        decides: job => job.type !== 'approval' && (job.type === 'build' || isNamed) && names.matches(job) !== 'no',
        unmatched: jobs => names.unmatched(jobs.filter(({ type }) => type !== 'approval'))
    };
}
/** Whether a job waits for a person to approve it. */
function isHeld(job) {
    return job.type === 'approval' && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).phase === 'on-hold';
}
/**
 * Whether nothing but approvals is left of these jobs. A blocked job whose dependencies have ended as it requires is
 * about to run; one that names none waits for something that cannot be seen.
 */
function onlyHeld(jobs) {
    const ends = new Map(jobs.map(({ id, status }) => [id, status]));
    const isReady = (job) => job.dependencies.length > 0 &&
        job.dependencies.every(id => isSatisfied(job, id, ends.get(id) ?? ''));
    return (jobs.some(isHeld) &&
        jobs.every(job => {
            const { phase, ended } = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status);
            return ended || phase === 'on-hold' || (phase === 'blocked' && !isReady(job));
        }));
}
/** Approval jobs that are all that a job waits for; `undefined` when something else comes first, or it will never run. */
function holdsBefore(jobs, job) {
    if ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).phase !== 'blocked' || obstacleTo(jobs, job) !== undefined) {
        return undefined;
    }
    const before = chainOf(jobs, job);
    return onlyHeld(before) ? before.filter(isHeld) : undefined;
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

/***/ 3738:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ ASK_AGAIN_MS),
/* harmony export */   ID: () => (/* binding */ REFUSED_FOR_MS),
/* harmony export */   i3: () => (/* binding */ Patience),
/* harmony export */   qY: () => (/* binding */ Refusals),
/* harmony export */   xR: () => (/* binding */ PATIENCE_MS)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _base_clock_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6412);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(766);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4758);
/* harmony import */ var _base_log_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3179);





/** How long after a refusal the same request is sent again, in milliseconds, whatever the poll interval. */
const ASK_AGAIN_MS = 10_000;
/** How long a refusal must last before it is believed, in milliseconds, and ... */
const REFUSED_FOR_MS = 60_000;
/** ... how often it must have come. */
const LEAST_REFUSALS = 4;
/** How long a wait goes on with nothing but errors, refusals among them, in milliseconds. */
const PATIENCE_MS = 5 * 60_000;
/** How far apart two 401 of `GET /me` must be to mean that the token is no longer valid, in milliseconds. */
const TOKEN_REFUSED_FOR_MS = 10_000;
/** How long `GET /me` may take to tell whether the token is still valid, in milliseconds. */
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
/** Reads a pipeline that CircleCI has told about before, through the API's bad days. */
class Patience {
    context;
    outage;
    troubleSince;
    tokenRefusedSince;
    refusals;
    constructor(context) {
        this.context = context;
        this.outage = new _base_log_js__WEBPACK_IMPORTED_MODULE_4__/* .Outage */ .a(`Reading pipeline #${context.pipeline.number}`, context);
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
                this.answered();
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
            await clock.sleep(ASK_AGAIN_MS, signal);
            if (signal.aborted)
                throw new _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM('Waiting for the pipeline');
        }
    }
    answered() {
        this.troubleSince = undefined;
        this.tokenRefusedSince = undefined;
        this.refusals = undefined;
        this.outage.over();
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
        return Math.max(0, PATIENCE_MS - (now - (this.troubleSince ?? now)));
    }
    async isTokenRefused(signal) {
        const { circleci, clock } = this.context;
        const limit = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_1__/* .timeLimit */ .zc)(clock, TOKEN_CHECK_MS, signal);
        const isRefused = await circleci.me({ signal: limit.signal, patienceMs: 0 }).then(() => false, (error) => error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk && error.status === 401);
        limit.end();
        this.tokenRefusedSince = isRefused ? (this.tokenRefusedSince ?? clock.now()) : undefined;
        return isRefused && clock.now() - (this.tokenRefusedSince ?? NaN) >= TOKEN_REFUSED_FOR_MS;
    }
    unavailable(error) {
        const { host, pipeline } = this.context;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('api-unavailable', `CircleCI's API at ${host} returned nothing but errors for ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(PATIENCE_MS)}: ${error.message}. Pipeline #${pipeline.number} continues without this step: ${pipeline.url}`, { cause: error });
    }
}


/***/ }),

/***/ 9438:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ Reruns)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3738);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(766);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8760);




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
    context;
    used = new Map();
    asked = new Map();
    askAt = new Map();
    refusals = new Map();
    /** Why reruns were refused for good, by the workflow's name. */
    refused = new Map();
    explained = new Set();
    /** Ids of the workflows that CircleCI started as reruns, oldest first, and of what each reruns. */
    started = new Map();
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
        const { status, setup } = attempt;
        if (((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__/* .phaseOf */ .hU)(status) !== 'failed' && !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnfinished */ .ui)(status)) || setup)
            return false;
        const asked = this.asked.get(attempt.id);
        if (asked !== undefined && this.isFresh(asked))
            return true;
        return this.isLeft(attempt);
    }
    /** Whether a failed attempt has a rerun left, none under way, and none to be asked for later. */
    isDue(attempt) {
        const asked = this.asked.get(attempt.id);
        if (asked !== undefined && this.isFresh(asked))
            return false;
        return this.isLeft(attempt) && (this.askAgainInMs(attempt) ?? 0) === 0;
    }
    /** Milliseconds until a rerun that CircleCI did not take is asked for again; `undefined`: there is none. */
    askAgainInMs({ id }) {
        const at = this.askAt.get(id);
        return at === undefined ? undefined : Math.max(0, at - this.context.clock.now());
    }
    /** Says once why an attempt that only its holds keep open is not rerun. */
    explainHeld({ id, name, setup }) {
        if (this.context.settings.rerunFailed === 0 || setup || this.explained.has(id))
            return;
        this.explained.add(id);
        this.context.log.notice(`Workflow "${name}" is failing, and only its holds are left: "rerun-failed" cannot rerun it, because CircleCI only reruns workflows that have ended.`);
    }
    isLeft(attempt) {
        if (attempt.setup || this.refused.has(attempt.name))
            return false;
        const asked = this.asked.get(attempt.id);
        if (asked !== undefined)
            return !asked.confirmed && asked.times < 2;
        return (this.used.get(attempt.name) ?? 0) < this.context.settings.rerunFailed;
    }
    isFresh(asked) {
        const within = asked.confirmed ? APPEARS_WITHIN_MS : LOST_APPEARS_WITHIN_MS;
        return this.context.clock.now() - asked.at < within;
    }
    /** Asks for the rerun of a failed attempt from its failed jobs. */
    async ask(attempt, signal) {
        const { circleci, clock, log, settings, pipeline } = this.context;
        const times = (this.asked.get(attempt.id)?.times ?? 0) + 1;
        // Asking again after a lost answer is the same rerun.
        const used = (this.used.get(attempt.name) ?? 0) + (times > 1 ? 0 : 1);
        this.askAt.delete(attempt.id);
        try {
            const newId = await circleci.rerunFromFailed(attempt.id, { signal });
            this.asked.set(attempt.id, { at: clock.now(), confirmed: true, times });
            this.used.set(attempt.name, used);
            this.started.set(newId, attempt.id);
            log.info(`Workflow "${attempt.name}" failed: rerunning it from failed (${used} of ${settings.rerunFailed}): ${pipeline.workflowUrl(newId)}`);
        }
        catch (error) {
            if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk) {
                this.refuse(attempt, error);
            }
            else if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG) {
                if (error.processed === 'no') {
                    // The next poll asks again, unless CircleCI said when.
                    const { retryAfterMs } = error;
                    if (retryAfterMs !== undefined)
                        this.askAt.set(attempt.id, clock.now() + retryAfterMs);
                    return;
                }
                this.asked.set(attempt.id, { at: clock.now(), confirmed: false, times });
                this.used.set(attempt.name, used);
                log.info(`Asked for a rerun of workflow "${attempt.name}", but the answer was lost (${error.message}): looking for it.`);
            }
            else {
                throw error;
            }
        }
    }
    refuse({ id, name }, { words, status }) {
        const { clock, log } = this.context;
        const why = words || `it answered ${status}`;
        const what = `CircleCI refused to rerun workflow "${name}" from failed: ${why}.`;
        const before = this.refusals.get(id);
        const refusals = before ?? new _patience_js__WEBPACK_IMPORTED_MODULE_1__/* .Refusals */ .qY(clock);
        this.refusals.set(id, refusals);
        if (refusals.add()) {
            this.refused.set(name, why);
            log.warning(what);
            return;
        }
        this.askAt.set(id, clock.now() + _patience_js__WEBPACK_IMPORTED_MODULE_1__/* .ASK_AGAIN_MS */ .G$);
        if (before === undefined) {
            log.info(`${what} Trying again for up to ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(_patience_js__WEBPACK_IMPORTED_MODULE_1__/* .REFUSED_FOR_MS */ .ID)}.`);
        }
    }
}


/***/ }),

/***/ 4578:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   resumePipeline: () => (/* binding */ resumePipeline)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4758);
/* harmony import */ var _patience_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3738);
/* harmony import */ var _jobs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5881);
/* harmony import */ var _workflows_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6491);
/* harmony import */ var _reruns_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9438);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8760);
/* harmony import */ var _rollup_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5295);








/** CircleCI reruns workflows for so long. https://circleci.com/docs/guides/orchestrate/workflows/ */
const RERUN_WITHIN_MS = 90 * 24 * 3600 * 1000;
/** Pause between two looks while a rerun is on its way, in milliseconds. */
const LOOK_AGAIN_MS = 5_000;
/** So many listings must show nothing that decides before that is believed. */
const EMPTY_LISTINGS = 3;
/** How long jobs may be asked for, in milliseconds: they decide nothing here. */
const JOBS_PATIENCE_MS = 10_000;
/**
 * Reruns, from their failed jobs, the failed workflows of a pipeline that an earlier attempt of the GitHub run made.
 * What runs, is on hold or has succeeded meanwhile is left alone. Rejects like `Patience` when the pipeline cannot be read.
 */
async function resumePipeline(pipeline, context) {
    const { circleci, signal } = context;
    const ageMs = (circleci.serverNow() ?? NaN) - Date.parse(pipeline.createdAt);
    if (ageMs > RERUN_WITHIN_MS) {
        return impossible('it is older than 90 days, and CircleCI does not rerun older workflows');
    }
    if (pipeline.state === 'errored')
        return impossible('it is errored: its config could not be used');
    const patience = new _patience_js__WEBPACK_IMPORTED_MODULE_2__/* .Patience */ .i3(context);
    const list = async () => {
        const rows = await patience.ask(options => circleci.workflows(pipeline.id, { signal, ...options }), signal);
        return (0,_rollup_js__WEBPACK_IMPORTED_MODULE_7__/* .rollUp */ .F)((0,_workflows_js__WEBPACK_IMPORTED_MODULE_4__/* .listedIn */ .tl)(rows), context.workflows);
    };
    const rollup = await listFirst(list, context);
    if (rollup instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk) {
        return impossible(`its workflows cannot be read (${rollup.message})`);
    }
    const obstacle = obstacleIn(rollup) ?? (await holdInFailing(rollup, context));
    if (obstacle !== undefined)
        return impossible(obstacle);
    const failed = rollup.deciding.filter(({ status }) => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_6__/* .phaseOf */ .hU)(status) === 'failed');
    return failed.length === 0
        ? { kind: 'resumed', asked: [], lost: [] }
        : rerunAll(failed, list, context);
}
/** The first listing that holds something, or the refusal that lasts: nothing has been started yet. */
async function listFirst(list, { clock, signal }) {
    try {
        for (let listings = 1;; listings += 1) {
            const rollup = await list();
            if (!isEmpty(rollup) || listings === EMPTY_LISTINGS)
                return rollup;
            await rest(clock, signal);
        }
    }
    catch (error) {
        if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk)
            return error;
        throw error;
    }
}
/** Asks for the reruns until each is confirmed, listed or given up. */
async function rerunAll(failed, list, context) {
    const { clock, signal, onRerun } = context;
    const reruns = new _reruns_js__WEBPACK_IMPORTED_MODULE_5__/* .Reruns */ .c({ ...context, settings: { rerunFailed: 1, rerunsAsked: [] } });
    const listed = new Set();
    onRerun();
    for (;;) {
        const due = failed.filter(attempt => !listed.has(attempt) && reruns.isDue(attempt));
        for (const attempt of due)
            await reruns.ask(attempt, signal);
        const open = failed.filter(attempt => !listed.has(attempt) && reruns.confirmed(attempt) !== true && reruns.ahead(attempt));
        if (open.length === 0)
            break;
        await rest(clock, signal);
        const { attempts } = await list();
        for (const one of open) {
            const isNewer = ({ name, attempt }) => name === one.name && attempt > one.attempt;
            if (attempts.some(isNewer))
                listed.add(one);
        }
    }
    const asked = failed.filter(one => listed.has(one) || reruns.confirmed(one) !== undefined);
    const [first] = failed;
    if (asked.length === 0 && first !== undefined) {
        return impossible(`CircleCI refused to rerun its workflow "${first.name}": ${reruns.refusalOf(first) ?? 'it did not say why'}`);
    }
    const lost = asked.filter(one => !listed.has(one) && reruns.confirmed(one) === false);
    return { kind: 'resumed', asked, lost };
}
async function rest(clock, signal) {
    await clock.sleep(LOOK_AGAIN_MS, signal);
    if (signal.aborted)
        throw new _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM('Resuming a pipeline');
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
    const brokenSetup = setup.find(({ status }) => {
        const phase = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_6__/* .phaseOf */ .hU)(status);
        return phase !== 'success' && phase !== 'on-hold' && phase !== 'running' && phase !== 'unknown';
    });
    if (brokenSetup !== undefined) {
        return `its setup workflow "${brokenSetup.name}" is ${brokenSetup.status}, and a setup workflow cannot be rerun`;
    }
    if (isEmpty(rollup))
        return 'it has no workflows that decide';
    const other = deciding.find(({ status }) => ['canceled', 'unauthorized', 'error'].includes((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_6__/* .phaseOf */ .hU)(status)));
    return other === undefined
        ? undefined
        : `its workflow "${other.name}" is ${other.status}, and only failed workflows can be rerun from failed`;
}
/**
 * Why a workflow that says `failing` goes nowhere: it waits for an approval that cannot help it, and CircleCI reruns
 * nothing that has not ended.
 * https://support.circleci.com/hc/en-us/articles/49955000658715
 */
async function holdInFailing({ deciding }, { circleci, log, signal }) {
    for (const { id, name, status } of deciding) {
        if ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_6__/* .phaseOf */ .hU)(status) !== 'failing')
            continue;
        const jobs = await circleci
            .jobs(id, { signal, patienceMs: JOBS_PATIENCE_MS })
            .catch((error) => {
            if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM)
                throw error;
            log.debug(`The jobs of workflow "${name}" could not be read: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorMessage */ .gJ)(error)}`);
            return [];
        });
        if ((0,_jobs_js__WEBPACK_IMPORTED_MODULE_3__/* .onlyHeld */ .Yr)(jobs)) {
            return `its workflow "${name}" has failed behind an approval job on hold, and CircleCI reruns only workflows that have ended`;
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
/** Where nothing tells which of two runs is the later one, the success counts as the earlier: it proves nothing. */
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


/***/ })

};
