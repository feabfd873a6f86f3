export const id = 181;
export const ids = [181];
export const modules = {

/***/ 4181:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCommit: () => (/* binding */ runCommit)
});

// EXTERNAL MODULE: ./src/circleci/faults.ts
var faults = __webpack_require__(6899);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __webpack_require__(4758);
// EXTERNAL MODULE: ./src/ending.ts
var ending = __webpack_require__(880);
// EXTERNAL MODULE: ./src/follow.ts + 11 modules
var follow = __webpack_require__(2003);
// EXTERNAL MODULE: ./src/record/record.ts
var record_record = __webpack_require__(5380);
// EXTERNAL MODULE: ./src/obtain.ts
var obtain = __webpack_require__(3398);
// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __webpack_require__(1525);
// EXTERNAL MODULE: ./src/circleci/urls.ts
var urls = __webpack_require__(3540);
// EXTERNAL MODULE: ./src/base/clock.ts
var base_clock = __webpack_require__(6412);
// EXTERNAL MODULE: ./src/base/concurrency.ts
var concurrency = __webpack_require__(4878);
// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __webpack_require__(766);
// EXTERNAL MODULE: ./src/trigger/attach.ts
var attach = __webpack_require__(3003);
// EXTERNAL MODULE: ./src/trigger/ref.ts + 1 modules
var ref = __webpack_require__(2918);
;// CONCATENATED MODULE: ./src/trigger/commit-match.ts

/**
 * Compares a pipeline with what is looked for. Only what CircleCI tells otherwise rules one out: a pipeline that tells no
 * ref, or not how it was started, is taken. `values` are `undefined` where they were not read or are not told.
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
 * Somebody else than CircleCI itself started it. The list of types is open, so whatever is none of these is CircleCI's
 * own; a custom webhook has the type of a push, and only the values tell.
 * https://circleci.com/docs/guides/orchestrate/pipeline-variables/ (`pipeline.event.name`, `pipeline.trigger.type`)
 */
function otherOrigin({ triggerType }, values) {
    const told = [
        triggerType,
        commit_match_text(values?.['pipeline.event.name']),
        commit_match_text(values?.['pipeline.trigger.type'])
    ];
    const found = told.find(type => type !== undefined && /^(?:api|explicit|custom_webhook)$|^schedule/.test(type));
    return found;
}
function otherRef(pipeline, values, refs) {
    const told = refOf(pipeline, values);
    if (told === undefined || refs === undefined || refs.includes(told))
        return undefined;
    return told.startsWith('tag ') ? told : `branch ${told}`;
}
/** Its ref's name, as `nameOf` writes it; of a tag where a branch is told besides. `undefined`: none is told. */
function refOf(pipeline, values) {
    const tag = pipeline.tag ?? commit_match_text(values?.['pipeline.git.tag']);
    if (tag !== undefined)
        return (0,ref/* nameOf */.Vb)({ tag });
    const branch = pipeline.branch ?? commit_match_text(values?.['pipeline.git.branch']);
    return branch === undefined ? undefined : (0,ref/* nameOf */.Vb)({ branch });
}
/** A definition is wanted by its id or its name, and nothing says which of the two it is. */
function byDefinition(values, wanted) {
    const id = definitionOf(values);
    const name = commit_match_text(values?.['pipeline.name']);
    if (id === wanted.toLowerCase() || name === wanted)
        return TAKEN;
    const isTold = UUID.test(wanted) ? id !== undefined : name !== undefined;
    if (!isTold)
        return UNSURE;
    return { kind: 'other', why: `definition "${name ?? id ?? ''}"` };
}
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The id of the definition that made a pipeline; `undefined`: it is not told. */
function definitionOf(values) {
    return commit_match_text(values?.['pipeline.definition.id'])?.toLowerCase();
}
function commit_match_text(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}

;// CONCATENATED MODULE: ./src/trigger/commit-search.ts









/** How long a commit's pipelines may take to appear, and one to tell its definition, in milliseconds. */
const APPEARS_WITHIN_MS = 2 * 60_000;
/**
 * One push may start several pipelines, some seconds apart. They count as all of them so long after the search began, and
 * so long after the newest was first seen here, in milliseconds.
 */
const SETTLED_AFTER_MS = 15_000;
const SETTLED_AFTER_NEWEST_MS = 10_000;
const LOOK_AGAIN_MS = 5_000;
/** Pages read in one look: with 20 pipelines a page, the newest thousand. */
const MAX_PAGES = 50;
/** How much older than a pipeline of the commit others of it may be, in milliseconds of CircleCI's own times. */
const OLDER_BY_MS = 24 * 3600_000;
/** What is asked for beside the list: so many requests at once, each sent once, in so many milliseconds together. */
const AT_ONCE = 4;
const BESIDE_MS = 5_000;
/** So many pipelines that tell no commit are asked for by id in one look. */
const MOST_ASKED = 5;
/**
 * The pipelines that CircleCI itself started for a commit, found by what is told of them and not by their place in a list.
 * Each look lists again: they come one after another, and what one does not tell at first it may tell later.
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
    /** Milliseconds until a look may tell more; `Infinity` once settled. */
    get nextLookInMs() {
        const left = this.#settlesAt() - this.#context.clock.now();
        return this.#settled ? Infinity : Math.min(LOOK_AGAIN_MS, left > 0 ? left : LOOK_AGAIN_MS);
    }
    /** The id of the definition that made a pipeline; `undefined`: it is not told. */
    definitionOf(id) {
        return definitionOf(this.#seen.get(id)?.values);
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
     * step has less time left) when none appears within two minutes, naming what there was instead, also when the signal
     * ends the search after a first look: whether that was the step's time-out or GitHub cancelling the step is for the
     * caller to tell.
     */
    async find(until) {
        const { clock, log, signal, deadline } = this.#context;
        const leftMs = deadline - clock.now();
        const withinMs = Math.min(APPEARS_WITHIN_MS, leftMs);
        const { revision, slug } = this.#choice;
        log.info(`Looking for the pipelines that CircleCI started for commit ${revision.slice(0, 7)} in ${(0,circleci_slug/* formatSlug */.Hr)(slug)}, for up to ${(0,base_text/* formatDuration */.a3)(withinMs)}.`);
        const what = `Listing the pipelines of ${(0,circleci_slug/* formatSlug */.Hr)(slug)}`;
        let began;
        for (;;) {
            try {
                await (0,attach/* patiently */.d_)(what, () => this.look({ signal, patienceMs: 0 }), this.#context);
            }
            catch (error) {
                // The step's time may end in the last look: what the looks before it saw still tells more than a timeout.
                if (began === undefined || !(error instanceof faults/* AbortedError */.oM))
                    throw error;
            }
            // While the list could not be read nothing could appear.
            began ??= clock.now();
            const isFound = this.#all('taken').length > 0;
            if (isFound && (until === 'found' || this.#settled))
                return;
            const left = began + withinMs - clock.now();
            const isOver = left <= 0 && this.#all('unsure').length === 0;
            if (!isFound && (isOver || signal.aborted)) {
                throw this.#notStarted(withinMs, leftMs <= APPEARS_WITHIN_MS);
            }
            if (signal.aborted)
                throw this.#notSettled();
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
        const before = this.facts;
        const listed = await this.#list(options);
        const { signal, end } = (0,base_clock/* timeLimit */.zc)(clock, BESIDE_MS, options.signal);
        await this.#askForCommits(listed, { signal, patienceMs: 0 });
        await this.#readValues({ signal, patienceMs: 0 });
        end();
        if (options.signal?.aborted === true)
            throw new faults/* AbortedError */.oM(SEARCH);
        this.#refuseUntold();
        this.#settled =
            this.taken.length > 0 &&
                this.#all('unsure').length === 0 &&
                before === this.facts &&
                began >= this.#settlesAt();
    }
    /** Which pipelines are taken, to compare. */
    get facts() {
        return this.taken.map(({ id }) => id).join(' ');
    }
    #settlesAt() {
        const newest = this.#all('taken').map(({ since }) => since + SETTLED_AFTER_NEWEST_MS);
        return Math.max(this.#startedAt + SETTLED_AFTER_MS, ...newest);
    }
    /** Reads pages until one tells nothing that can still count. Returns the ids that were listed. */
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
            if (isKnown || pages === MAX_PAGES || this.#areTooOld(page))
                break;
        }
        return listed;
    }
    #areTooOld(page) {
        const times = [...this.#seen.values()]
            .filter(({ standing }) => standing.kind !== 'unrelated')
            .map(({ pipeline }) => Date.parse(pipeline.createdAt));
        const oldest = Math.min(...times.filter(time => !Number.isNaN(time)));
        return (times.length > 0 &&
            page.every(({ createdAt }) => !(Date.parse(createdAt) >= oldest - OLDER_BY_MS)));
    }
    /** What an answer leaves out is not taken back. */
    #learn(told, values = this.#seen.get(told.id)?.values) {
        const before = this.#seen.get(told.id);
        const { branch, tag, revision } = before?.pipeline ?? told;
        const pipeline = {
            ...told,
            branch: told.branch ?? branch,
            tag: told.tag ?? tag,
            revision: told.revision ?? revision
        };
        const standing = standingOf(pipeline, values, this.#choice);
        const isSame = before?.standing.kind === standing.kind;
        const since = isSame ? before.since : this.#context.clock.now();
        this.#seen.set(told.id, { pipeline, since, values, standing });
        this.#tellOther(before?.standing, standing, pipeline);
    }
    #tellOther(before, standing, { number, id }) {
        if (standing.kind !== 'other' || before?.kind === 'other')
            return;
        const { log } = this.#context;
        const level = before?.kind === 'taken' ? 'info' : 'debug';
        const commit = this.#choice.revision.slice(0, 7);
        log[level](`Pipeline #${number} (${id}) of commit ${commit} is not taken (${standing.why}).`);
    }
    /** One that does not tell its commit yet may have left the list before it does. */
    async #askForCommits(listed, options) {
        const { circleci, clock } = this.#context;
        const after = clock.now() - APPEARS_WITHIN_MS;
        const untold = [...this.#seen.values()].filter(({ pipeline, since }) => pipeline.revision === undefined && !listed.has(pipeline.id) && since >= after);
        await (0,concurrency/* mapBounded */.y)(untold.slice(0, MOST_ASKED), AT_ONCE, async ({ pipeline }) => {
            const told = await this.#unlessUntold(circleci.pipeline(pipeline.id, options));
            if (told !== undefined)
                this.#learn(told);
        });
    }
    /** Values never change once a pipeline is made; while it is being made they may tell more later. */
    async #readValues(options) {
        const { circleci } = this.#context;
        const open = [...this.#all('taken'), ...this.#all('unsure')].filter(({ pipeline, values }) => values === undefined || !MADE.has(pipeline.state));
        await (0,concurrency/* mapBounded */.y)(open, AT_ONCE, async ({ pipeline }) => {
            const read = circleci.pipelineValues(pipeline.id, options);
            const values = await this.#unlessUntold(read);
            if (values !== undefined)
                this.#learn(pipeline, values);
        });
    }
    /** A side channel: what it does not tell is not told. */
    async #unlessUntold(answer) {
        try {
            return await answer;
        }
        catch (error) {
            this.#context.log.debug(`Not told of a pipeline of the commit: ${(0,errors/* errorMessage */.gJ)(error)}`);
            return undefined;
        }
    }
    #refuseUntold() {
        const unsure = this.#all('unsure');
        const oldest = Math.min(...unsure.map(({ since }) => since));
        if (!(this.#context.clock.now() - oldest >= APPEARS_WITHIN_MS))
            return;
        const names = unsure.map(({ pipeline }) => `#${pipeline.number}`).join(', ');
        throw new errors/* ActionError */.lZ('not-found', `CircleCI does not say which definition made ${names}: leave "definition" out, or name the pipeline, by its number in "pipeline".`);
    }
    #all(kind) {
        return [...this.#seen.values()]
            .filter(({ standing }) => standing.kind === kind)
            .sort((a, b) => a.pipeline.number - b.pipeline.number);
    }
    #notStarted(withinMs, isTimeout) {
        const { slug, revision } = this.#choice;
        const links = (0,urls/* linksFor */.h)(this.#context.host);
        const others = [...this.#all('unsure'), ...this.#all('other')]
            .slice(-5)
            .map(({ pipeline: { number }, standing }) => `#${number} (${standing.kind === 'other' ? standing.why : 'definition not told'}) ${links.pipeline(slug, number)}`);
        const seen = others.length === 0
            ? 'That commit has no pipelines at all'
            : `That commit only has pipelines that were started in other ways or for other refs: ${others.join(', ')}`;
        const within = `${(0,base_text/* formatDuration */.a3)(withinMs)}${isTimeout ? ', all that was left of "timeout"' : ''}`;
        return new errors/* ActionError */.lZ(isTimeout ? 'timeout' : 'not-found', `CircleCI started no pipeline for commit ${revision} in ${(0,circleci_slug/* formatSlug */.Hr)(slug)}${this.#onRef()} within ${within}. ${seen}. Check that the project builds on pushes (and pull requests from forks, if this is one), that the commit does not say to skip CI, and "project-slug".`, isTimeout ? { conclusion: 'timed_out' } : {});
    }
    #notSettled() {
        const names = this.taken.map(({ number }) => `#${number}`).join(', ');
        return new errors/* ActionError */.lZ('timeout', `"timeout" was over before it was certain that CircleCI started no pipeline for commit ${this.#choice.revision} but ${names}: that takes ${(0,base_text/* formatDuration */.a3)(SETTLED_AFTER_MS)} and more.`, { conclusion: 'timed_out' });
    }
    #onRef() {
        const { refs, definition } = this.#choice;
        const ref = refs?.[0] === undefined ? '' : ` on ${refs[0]}`;
        return definition === undefined ? ref : `${ref} through definition "${definition}"`;
    }
}
/** For the error of a search that was ended. */
const SEARCH = 'The search for the pipelines of the commit';
const MADE = new Set(['created', 'errored']);

;// CONCATENATED MODULE: ./src/wait/together.ts
/**
 * Reads pipelines of one commit as one: a pure function of what each says for itself. Worse beats better, whichever
 * pipeline has it. One that ran nothing does not count beside one that ran something, nor an older canceled one beside a
 * newer one of the same definition.
 */
function decideTogether(members, { failFast }) {
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
    const { verdict, number: deciding } = worst;
    if (members.length === 1)
        return { kind: 'verdict', verdict, deciding };
    const message = [
        ...sayVerdicts(worst, others),
        ...members.flatMap(member => sayPassedOver(member, counted)),
        ...open.map(({ number, url }) => `Pipeline #${number} is left running: ${url}`)
    ].join(' ');
    return { kind: 'verdict', verdict: { ...verdict, message }, deciding };
}
/** At most so many are told one by one. */
const MOST_TOLD = 5;
function sayVerdicts(worst, others) {
    if (worst.verdict.conclusion === 'success') {
        const names = [worst, ...others].map(({ number }) => `#${number}`);
        const list = new Intl.ListFormat('en').format(names);
        return [`Pipeline${names.length === 1 ? '' : 's'} ${list} succeeded.`];
    }
    const bad = others.filter(({ verdict }) => verdict.conclusion !== 'success').slice(0, MOST_TOLD);
    return [worst, ...bad].map(({ number, verdict }) => `Pipeline #${number}: ${verdict.message}`);
}
function sayPassedOver(member, counted) {
    const { number, decision } = member;
    if (decision.kind === 'wait' || counted.some(one => one.number === number))
        return [];
    if (decision.verdict.conclusion === 'skipped') {
        return [`Pipeline #${number} ran nothing that decides.`];
    }
    const end = { ...member, verdict: decision.verdict };
    const newer = newerOf(end, counted);
    if (newer === undefined)
        return [];
    return [`Pipeline #${number} was canceled and does not count beside the newer #${newer.number}.`];
}

// EXTERNAL MODULE: ./src/wait/watch.ts + 6 modules
var watch = __webpack_require__(761);
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
    #deciding;
    constructor(context) {
        this.#context = context;
        this.#follow();
    }
    /** Id of the pipeline that decided the last verdict. */
    get deciding() {
        return this.#deciding;
    }
    /** The watch of a pipeline that is taken. */
    watchOf(id) {
        return this.#entries.get(id)?.watch;
    }
    get name() {
        return this.#entries.size === 1 ? 'The pipeline' : 'The pipelines of the commit';
    }
    left() {
        return this.#watches.flatMap(watch => watch.left());
    }
    get rollup() {
        return { unmatched: inAll(this.#watches.map(({ rollup }) => rollup.unmatched)) };
    }
    unmatchedJobs() {
        return inAll(this.#watches.map(watch => watch.unmatchedJobs()));
    }
    approvalGap() {
        const gaps = this.#watches.map(watch => watch.approvalGap());
        return { lines: inAll(gaps.map(({ lines }) => lines)), names: gaps.flatMap(({ names }) => names) };
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
        const due = entries.filter(({ dueAt }) => all || dueAt - clock.now() <= TOGETHER_MS);
        const looks = await Promise.allSettled(due.map(entry => this.#lookAt(entry, signal, retry, act)));
        for (const look of looks)
            if (look.status === 'rejected')
                throw look.reason;
        const decision = this.#decide(all && before === this.#facts());
        this.#confirming = decision.kind === 'wait' && decision.unconfirmed === true;
        return { decision };
    }
    async #lookAt(entry, signal, retry, act) {
        const { watch } = entry;
        const { decision } = await watch.look(signal, retry, act);
        const now = this.#context.clock.now();
        // What has ended is looked at again when everything else has.
        const over = watch.decide(true).kind === 'verdict';
        entry.dueAt = over ? Infinity : now + watch.nextLookInMs(decision);
    }
    #decide(confirmed) {
        const { pipelines, policies } = this.#context;
        const decision = decideTogether(this.#members(), policies);
        if (decision.kind === 'wait')
            return decision;
        if (!pipelines.isSettled)
            return { kind: 'wait', withinMs: pipelines.nextLookInMs };
        if (!confirmed)
            return { kind: 'wait', unconfirmed: true };
        this.#deciding = pipelines.taken.find(({ number }) => number === decision.deciding)?.id;
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
        const dueAt = [...this.#entries.values()].map(entry => entry.dueAt);
        const dueInMs = Math.min(this.#listAt, ...dueAt) - clock.now();
        const withinMs = decision.kind === 'wait' ? (decision.withinMs ?? Infinity) : 0;
        return Math.max(SHORTEST_MS, this.#confirming ? 0 : Math.min(dueInMs, withinMs));
    }
    tell() {
        for (const watch of this.#watches)
            watch.tell();
    }
    async lookForHolds(signal) {
        await Promise.all(this.#watches.map(watch => watch.lookForHolds(signal)));
    }
    waitsForPerson() {
        const open = this.#watches.filter(watch => watch.decide(true).kind === 'wait');
        return open.length > 0 && open.every(watch => watch.waitsForPerson());
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
function inAll([first = [], ...others]) {
    return first.filter(line => others.every(lines => lines.includes(line)));
}
/** Never looks again sooner than this, in milliseconds. */
const SHORTEST_MS = 250;

// EXTERNAL MODULE: ./src/wait/wait.ts
var wait = __webpack_require__(3680);
;// CONCATENATED MODULE: ./src/commit.ts










/** Commits are 40 hex digits, 64 in repositories that use SHA-256. */
const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/i;
/**
 * The story of the pipelines that CircleCI itself started for a commit: find them, wait for the one verdict of all of them,
 * collect what a developer needs. The first one found gets the entry's record, each other one a record beside it. Rejects
 * like the search and the wait; what is known by then is in the records.
 */
async function runCommit(first, context) {
    const { inputs, limit, signal, turn } = context;
    const records = new CommitRecords(first, context);
    try {
        const choice = choiceOf(first, context);
        turn.done();
        const { host } = inputs;
        const search = new CommitSearch(choice, { ...context, host, signal: limit });
        const approves = !inputs.wait && inputs.approve.length > 0;
        const waits = (inputs.wait || approves) && !inputs.dryRun;
        await search.find(waits ? 'found' : 'settled');
        if (signal.aborted)
            throw new faults/* AbortedError */.oM('The step');
        if (waits)
            return await awaitAll(search, choice, records, context);
        records.take(search.taken);
        const bounded = { ...context, signal: limit };
        await Promise.all(records.known.map(([record, pipeline]) => (0,follow.look)(bounded, record, pipeline)));
        return { verdict: undefined, deciding: first };
    }
    catch (error) {
        const others = records.known.filter(([record]) => record !== first);
        if (signal.aborted)
            for (const [record] of others)
                await (0,ending/* endOwned */.J)(context, record, 'onCancel');
        throw error;
    }
}
function choiceOf(record, { inputs, event }) {
    const { pipeline, branch, tag, definition } = inputs;
    const named = pipeline.kind === 'commit' ? pipeline.revision : undefined;
    const isOtherCommit = named !== undefined && named !== event.headSha?.toLowerCase();
    const revision = named ?? commitOf(event, inputs);
    const { slug } = record;
    const options = { branch, tag, slug, checkoutRepository: undefined, isOtherCommit };
    record.subject = (0,ref/* subjectOf */.et)(event, { ...options, isNamed: isOtherCommit });
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
/** The records of a commit's pipelines, in the order of their numbers, in the step's record. */
class CommitRecords {
    #first;
    #context;
    #records = new Map();
    constructor(first, context) {
        this.#first = first;
        this.#context = context;
    }
    get known() {
        return [...this.#records.values()].flatMap(record => record.pipeline === undefined ? [] : [[record, record.pipeline]]);
    }
    of(id) {
        return this.#records.get(id) ?? this.#first;
    }
    /** From now on these are the commit's pipelines. */
    take(taken) {
        const { step, log, listener } = this.#context;
        for (const pipeline of taken)
            (0,obtain/* refuseDouble */.O)(pipeline, this.#first, this.#context);
        const before = this.#records;
        const isFree = ![...taken].some(({ id }) => before.get(id) === this.#first);
        const fresh = taken.filter(({ id }) => !before.has(id));
        this.#records = new Map(taken.map(({ id }) => [
            id,
            before.get(id) ?? (isFree && id === fresh[0]?.id ? this.#blank() : this.#another())
        ]));
        const own = new Set([this.#first, ...before.values()]);
        const index = step.pipelines.findIndex(record => own.has(record));
        const others = step.pipelines.filter(record => !own.has(record));
        const records = taken.length > 0 ? [...this.#records.values()] : [this.#blank()];
        step.pipelines.splice(0, Infinity, ...others);
        step.pipelines.splice(index, 0, ...records);
        for (const pipeline of fresh) {
            const record = this.of(pipeline.id);
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
}
/** Waits for the verdict of all of them and collects their results. Rejects like the wait. */
async function awaitAll(search, choice, records, context) {
    const { inputs, clock } = context;
    const approves = !inputs.wait;
    const { policies } = (0,follow.waitSettings)(inputs, []);
    const contextOf = (pipeline) => {
        const record = records.of(pipeline.id);
        const waiting = (0,follow.waitContext)(context, record, (0,record_record/* takePipeline */.m2)(record, pipeline));
        return approves ? (0,follow.approvalContext)(waiting) : waiting;
    };
    const watch = new CommitWatch({
        clock,
        // An approval that can no longer come ends the step at once.
        policies: approves ? { ...policies, failFast: true } : policies,
        pipelines: search,
        contextOf,
        onChange: taken => {
            records.take(taken);
        }
    });
    const takeAll = () => {
        for (const [record, { id }] of records.known) {
            const one = watch.watchOf(id);
            if (one !== undefined)
                (0,follow.takeWatched)(record, one);
        }
    };
    try {
        const [newest] = search.taken.slice(-1);
        if (newest === undefined)
            throw new Error('There is a pipeline to wait for.');
        const verdict = await (0,wait/* waitForVerdict */.m)(contextOf(newest), watch);
        takeAll();
        const decided = await settle(verdict, watch, records, context);
        if (approves)
            return await endApproval(decided, records, context);
        return await collectAll(nameBranch(decided, search, choice), records, context);
    }
    finally {
        takeAll();
    }
}
/** What was approved goes on without a verdict. */
async function endApproval(ended, records, context) {
    const isDone = ended.verdict?.passes === true;
    if (isDone)
        context.log.info('Everything that "approve" lists is approved.');
    for (const [record] of records.known) {
        if (isDone || record.verdict?.passes === true)
            record.verdict = undefined;
        await (0,follow.collectApproved)(context, record);
    }
    return isDone ? { ...ended, verdict: undefined } : ended;
}
/** Gives each pipeline what became of it. */
async function settle(verdict, watch, records, context) {
    const { known } = records;
    for (const [record, { id }] of known) {
        const decision = watch.watchOf(id)?.decide(true);
        if (decision?.kind === 'verdict')
            record.verdict = decision.verdict;
        else if (verdict.reason === 'timeout') {
            record.verdict = verdict;
            await (0,ending/* endOwned */.J)(context, record, 'onTimeout');
        }
    }
    const isOpen = (record) => record.verdict === verdict;
    const [deciding] = known.find(([record, { id }]) => isOpen(record) || id === watch.deciding) ?? [];
    if (deciding === undefined)
        throw new Error('A verdict is that of a pipeline.');
    const own = watch.watchOf(deciding.pipeline?.id ?? '');
    if (verdict.reason !== 'canceled' || own === undefined)
        return { verdict, deciding };
    const explained = await (0,follow.explainCancel)(verdict, context, deciding, own);
    deciding.verdict = explained;
    return { verdict: explained, deciding };
}
/** A tag often runs nothing where the branch has run everything. */
function nameBranch(ended, search, { refs }) {
    const { verdict, deciding } = ended;
    const [branchs] = search.ofBranches.slice(-1);
    const isTag = refs?.[0]?.startsWith('tag ') === true;
    if (verdict?.conclusion !== 'skipped' || branchs === undefined || !isTag)
        return ended;
    const { url } = (0,record_record/* takePipeline */.m2)({ ...deciding, pipeline: undefined }, branchs);
    const message = `${verdict.message} Branch "${branchs.branch ?? ''}" has pipeline #${branchs.number} of this commit: ${url}. Set "branch", or "pipeline: ${branchs.number}", to wait for that one.`;
    deciding.verdict = { ...verdict, message };
    return { verdict: deciding.verdict, deciding };
}
/** One after another where files are written: which of two jobs of one name gets its own folder is told by the number. */
async function collectAll(ended, records, context) {
    const collect = async (record) => {
        try {
            await (0,follow.collectFor)(context, record);
        }
        catch (error) {
            record.verdict = await (0,ending.conclude)(error, context, record);
        }
    };
    const all = records.known.map(([record]) => record);
    const before = new Map(all.map(record => [record, record.verdict]));
    if (context.downloadFolder === undefined)
        await Promise.all(all.map(collect));
    else
        for (const record of all)
            await collect(record);
    const worse = all.find(record => record.verdict !== before.get(record) && record.verdict?.passes === false);
    const isWorse = worse !== undefined && (ended.verdict?.passes === true || context.signal.aborted);
    return isWorse ? { verdict: worse.verdict, deciding: worse } : ended;
}


/***/ })

};
