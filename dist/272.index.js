export const id = 272;
export const ids = [272];
export const modules = {

/***/ 9272:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   findEarlier: () => (/* binding */ findEarlier)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6899);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1525);
/* harmony import */ var _circleci_urls_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3540);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4758);
/* harmony import */ var _evidence_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6971);
/* harmony import */ var _intent_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6788);
/* harmony import */ var _listing_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8480);
/* harmony import */ var _request_id_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8315);








/**
 * Finds for certain the pipeline that an earlier attempt of the same GitHub run triggered: the one that holds the id of
 * such a request, or the only one that fits it at the same commit. Reads `MAX_PAGES` pages at most. Whatever keeps it
 * from being certain is told as a reason; rejects only with an `AbortedError`.
 */
async function findEarlier(sought, context) {
    const { circleci, random, host } = context;
    const { request, revision, run } = sought;
    const options = { signal: context.signal };
    const intent = (0,_intent_js__WEBPACK_IMPORTED_MODULE_5__/* .intentOf */ .oQ)(request, { sentAt: 0 }, random);
    const evidence = new _evidence_js__WEBPACK_IMPORTED_MODULE_4__/* .Evidence */ .o(intent, context, options, (0,_request_id_js__WEBPACK_IMPORTED_MODULE_7__/* .earlierIds */ .b6)(request, run));
    try {
        const own = new _listing_js__WEBPACK_IMPORTED_MODULE_6__/* .OwnPipelines */ .Cv(request.slug, circleci, options);
        const listing = await own.list(() => false);
        const possible = new Map();
        for (const row of listing.rows) {
            const { match, why, proven } = await examine(row, revision, evidence);
            if (match !== 'no')
                possible.set(row.pipeline.id, { pipeline: row.pipeline, match, why, proven });
        }
        return (judge([...possible.values()], number => (0,_circleci_urls_js__WEBPACK_IMPORTED_MODULE_2__/* .linksFor */ .h)(host).pipeline(request.slug, number)) ?? {
            kind: 'none',
            reason: describeMiss(request, revision, listing)
        });
    }
    catch (error) {
        if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM)
            throw error;
        return {
            kind: 'none',
            reason: `the pipelines of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(request.slug)} could not be searched: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorMessage */ .gJ)(error)}`
        };
    }
}
/** Every pipeline is newer. */
const WHENEVER = 0;
/** Compares a pipeline with the request, and the commit it built; where the listing lacks that it is among the values. */
async function examine(row, revision, evidence) {
    const { pipeline } = row;
    const other = { match: 'no', why: 'it was built from another commit', proven: false };
    if (pipeline.revision !== undefined && pipeline.revision !== revision)
        return other;
    const finding = await evidence.examine(row, WHENEVER);
    if (finding.match === 'no' || pipeline.revision !== undefined)
        return finding;
    const told = (await evidence.readValues(pipeline))?.['pipeline.git.revision'];
    if (told === revision || finding.proven)
        return finding;
    const isTold = told !== undefined && told !== '';
    return isTold
        ? other
        : { match: 'unsure', why: 'CircleCI does not say from which commit it was built', proven: false };
}
/** What is certain of the pipelines it could be; `undefined` when there are none. */
function judge(possible, link) {
    const proven = possible.filter(one => one.proven);
    const [only, ...others] = proven.length > 0 ? proven : possible;
    if (only === undefined)
        return undefined;
    const { number } = only.pipeline;
    if (others.length > 0) {
        const list = [only, ...others].map(one => `#${one.pipeline.number} ${link(one.pipeline.number)}`);
        return {
            kind: 'none',
            reason: `it is not certain which of these belongs to the earlier attempt: ${list.join(', ')}`
        };
    }
    if (only.match === 'yes')
        return { kind: 'found', pipeline: only.pipeline };
    return {
        kind: 'none',
        reason: `it is not certain that #${number} ${link(number)} belongs to the earlier attempt (${only.why})`
    };
}
function describeMiss(request, revision, listing) {
    const slug = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(request.slug);
    const count = listing.rows.length;
    if (count === 0)
        return `you have no pipelines in ${slug}`;
    const none = count === 1
        ? 'your only pipeline'
        : `none of your ${listing.complete ? '' : 'newest '}${count} pipelines`;
    return `${none} in ${slug} was ${count === 1 ? 'not ' : ''}triggered by the API for ${describeRef((0,_intent_js__WEBPACK_IMPORTED_MODULE_5__/* .refOfRequest */ ._y)(request))} at ${revision.slice(0, 7)} with these parameters`;
}
function describeRef(ref) {
    if (ref === undefined)
        return 'the default branch';
    return 'tag' in ref ? `tag ${ref.tag}` : `branch ${ref.branch}`;
}


/***/ })

};
