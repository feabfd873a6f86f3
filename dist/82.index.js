export const id = 82;
export const ids = [82];
export const modules = {

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
 * `undefined` when that cannot be told, or the path is longer than `MAX_PATH`. Understands `file://` addresses and Windows' back-slashes.
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
    const look = (path) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, path));
    const hasGit = await look('.git').then(() => true, () => false);
    return hasGit
        ? path => look(path)
            .then(found => found.isFile())
            .catch(() => false)
        : undefined;
}


/***/ })

};
