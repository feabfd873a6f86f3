export const id = 730;
export const ids = [730];
export const modules = {

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
 * The folders and the name under which a path of CircleCI's may be written below a folder of ours: split at `/` and
 * `\`, each part made safe, empty and `.` parts dropped, `..` and `.git` turned into other names. Too long a path keeps its first
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
/** The same name with a mark between stem and extension that tells it from its namesakes. */
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
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('artifacts-path', 'must not contain a NUL character.');
    const folder = await physicalPath((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(roots.workspace, path), path);
    const workspace = await physicalRoot(roots.workspace);
    const temp = roots.temp === undefined || roots.temp === '' ? undefined : await physicalRoot(roots.temp);
    if (temp !== undefined && isInside(folder, temp)) {
        refuseRunnersOwn(path, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(temp, folder));
    }
    else if (!isInside(folder, workspace)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('artifacts-path', `must be a folder inside the workspace (${roots.workspace}) or the runner's temporary folder, ` +
            `got "${path}"${path === folder ? '' : ` (${folder})`}. Use a relative path such as "artifacts".`);
    }
    if ((0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(workspace, folder).split(/[\\/]/).some(_file_name_js__WEBPACK_IMPORTED_MODULE_3__/* .isGitName */ .M$)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('artifacts-path', `leads into a Git repository's own folder: "${path}".`);
    }
    return { path: folder, isWorkspace: folder === workspace };
}
/** The runner keeps the event's payload, the scripts of steps and the files of their outputs there (`_github_workflow`, ...). */
function refuseRunnersOwn(input, below) {
    if (below !== '' && !below.startsWith('_'))
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('artifacts-path', `must not be the runner's own folder, "${input}": name a folder of your own in the runner's temporary folder.`);
}
async function physicalRoot(root) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(root).catch(() => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(root));
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
        if (!isMissing(error))
            throw unusable(input, error);
    }
    if (await exists(path)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('artifacts-path', `leads through ${path}, a broken symbolic link.`);
    }
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path);
    return parent === path ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await physicalPath(parent, input), path.slice(parent.length));
}
async function exists(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).then(() => true, () => false);
}
function isMissing(error) {
    return codeOf(error) === 'ENOENT';
}
function unusable(input, cause) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('artifacts-path', `is "${input}", which cannot be used as a folder (${codeOf(cause)}).`, { cause });
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


/***/ })

};
