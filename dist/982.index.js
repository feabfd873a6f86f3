export const id = 982;
export const ids = [982];
export const modules = {

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
/* harmony import */ var _circleci_urls_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3540);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(766);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4758);





/** The error of a trigger that certainly started nothing, however often it was sent. */
function unreachable(facts) {
    const { host, slug, fault, attempts } = facts;
    const tried = attempts === 1 ? 'once' : `${attempts} times`;
    const wait = fault.retryAfterMs === undefined
        ? ''
        : ` It asked to wait ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(fault.retryAfterMs)} before trying again.`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('api-unavailable', `No pipeline of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} was started: ${host} did not accept the trigger, tried ${tried}. Last error: ${clause(fault)}.${wait} ${howToReach(host, fault)}`, { cause: fault });
}
/** What to do where no usable answer came. */
function howToReach(host, { final, unresolved }) {
    if (final) {
        return `Check the input "host", and that this runner trusts the certificate of ${host}.`;
    }
    if (host === _circleci_urls_js__WEBPACK_IMPORTED_MODULE_2__/* .CLOUD */ .O) {
        return `Check that this runner can reach ${host} (status of CircleCI Cloud: https://status.circleci.com), then run the job again.`;
    }
    return unresolved
        ? `Check the input "host" (${host}) for typos, and that this runner can resolve that name.`
        : `Check the input "host", and that this runner can reach ${host}, then run the job again.`;
}
/** The error of a trigger whose pipeline may be running unseen, or cannot be told from others. */
function ambiguous(facts) {
    const { host, slug, lost, doubt } = facts;
    const links = (0,_circleci_urls_js__WEBPACK_IMPORTED_MODULE_2__/* .linksFor */ .h)(host);
    const answers = lost.count === 1
        ? `CircleCI's answer to the trigger of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} was lost`
        : `CircleCI's answers to ${lost.count} triggers of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} were lost`;
    const again = lost.refusal === undefined ? '' : `, sent once more it created none (${clause(lost.refusal)})`;
    const look = `Look at ${links.project(slug)} and cancel what you do not want.`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('trigger-ambiguous', `${answers} (${clause(lost.fault)})${again}, and ${describe(doubt, number => links.pipeline(slug, number))}. A pipeline may be running. ${look} ${howToGoOn(doubt)}`, { cause: doubt.kind === 'failed' ? doubt.cause : lost.fault });
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
function notCircleCI(slug, fault, host) {
    const who = fault.foreign ? '' : `: something at ${host} answers in CircleCI's place`;
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('api-unavailable', `No pipeline of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)} was started: ${clause(fault)}${who}. Check the input "host", and any proxy between this runner and CircleCI.`, { cause: fault });
}
/** The error of a pipeline that was made, and whose number CircleCI does not tell. */
function numberless(id, { host, slug, cause }) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('trigger-ambiguous', `CircleCI created pipeline ${id} of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug)}, but does not say its number (${clause(cause)}). It may be running: look at ${(0,_circleci_urls_js__WEBPACK_IMPORTED_MODULE_2__/* .linksFor */ .h)(host).project(slug)}. To wait for it, run this step with "pipeline: ${id}".`, { cause });
}
/** How long `GET /me` may be tried to tell a bad token from a missing right. */
const DIAGNOSIS_MS = 10_000;
/**
 * Turns CircleCI's no into an error that says what to do. CircleCI answers 404 for what a token may not see, so
 * `GET /me`, whose 401 alone means that, tells a bad token (`auth`) from a wrong slug or a missing right (`not-found`). Everything else it refuses
 * is `rejected`, with its words.
 */
async function explainRefusal(refusal, facts, circleci) {
    const { status, words } = refusal;
    const said = words === '' ? `it answered ${status}` : `it answered ${status}: ${stop(words)}`;
    const head = `CircleCI could not ${facts.purpose}${refOf(refusal, facts)}: ${said}`;
    const fail = (reason, advice) => new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ(reason, `${end(head)} ${advice}`, { cause: refusal });
    if (status !== 401 && status !== 403 && status !== 404)
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
function stop(words) {
    return words.replace(/(?<![.\s])[.\s]+$/, '');
}
function end(sentence) {
    return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
/** An error's message as a part of a sentence that ends with a full stop of its own. */
function clause(error) {
    return (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .errorMessage */ .gJ)(error).replace(/(?<!\.)\.+$/, '');
}


/***/ })

};
