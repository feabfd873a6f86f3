export const id = 158;
export const ids = [158];
export const modules = {

/***/ 8194:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KV: () => (/* binding */ parseMapping),
/* harmony export */   Kb: () => (/* binding */ excerpt),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   q0: () => (/* binding */ describe),
/* harmony export */   xJ: () => (/* binding */ hasPlainTag)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);

/** Nesting without end overflows the stack, or makes V8 abort the process. */
const MAX_DEPTH = 64;
/**
 * Reads a mapping of YAML 1.2, hence also of JSON; `undefined` for nothing and for `null` (what an expression without a
 * value becomes in JSON). Values are left as they were written: whoever reads them decides what they may be.
 */
function parseMapping(text, options) {
    const { example, nested } = options;
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const [document, second] = parseDocuments(text, lines, options);
    if (document === undefined)
        return undefined;
    const [problem] = document.errors;
    if (problem !== undefined) {
        const { line } = lines.linePos(problem.pos[0]);
        options.fail(nested ? invalid(line) : explainSyntax(text, line));
    }
    if (second !== undefined)
        options.fail('holds several YAML documents: give one mapping.');
    const { contents } = document;
    if (contents === null || ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(contents) && contents.value === null))
        return undefined;
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(contents)) {
        options.fail(`must be a YAML or JSON mapping such as "${example}", got ${describe(contents)}.`);
    }
    return { items: contents.items, lineOf: node => lines.linePos(startOf(node)).line };
}
function parseDocuments(text, lines, { fail, tooDeep }) {
    const parser = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Parser */ .iX(lines.addNewLine);
    lines.addNewLine(0);
    const tokens = [];
    for (const lexeme of new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Lexer */ .JG().lex(text)) {
        tokens.push(...parser.next(lexeme));
        if (parser.stack.length > MAX_DEPTH) {
            fail(tooDeep);
        }
    }
    const composer = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Composer */ .Dk({
        version: '1.2',
        schema: 'core',
        // Named, so that a "%YAML 1.1" line cannot turn merging on; values are read from the syntax tree anyway.
        merge: false,
        intAsBigInt: true,
        // Checked by whoever reads the mapping, whose error names the key.
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: 'silent'
    });
    return [...composer.compose([...tokens, ...parser.end()], true, text.length)];
}
/** The parser's own words are about its grammar; what people get wrong is the indent, or a value without quotes. */
function explainSyntax(text, line) {
    const rows = text.split(/\r\n?|\n/);
    const indentOf = (row = '') => /^\s*/.exec(row)?.[0] ?? '';
    const first = rows.find(row => /^\s*[^\s#]/.test(row) && !row.startsWith('---'));
    // A name indented too far goes on with the value of the line before, which is where the parser stumbles.
    const moved = [line, line + 1].find(number => /\S/.test(rows[number - 1] ?? '') && indentOf(rows[number - 1]) !== indentOf(first));
    return moved === undefined || /^\s*\{/.test(first ?? '')
        ? invalid(line)
        : `is not valid YAML: line ${moved} is not indented like the first. Begin every name in the same column, with spaces and no tabs.`;
}
function invalid(line) {
    return `is not valid YAML or JSON in line ${line}: give one "name: value" a line, and put the value in quotes when it holds more than letters and digits.`;
}
/** Whether a scalar is what it looks like, or marked as text. */
function hasPlainTag({ tag }) {
    return tag === undefined || tag === '!' || tag === 'tag:yaml.org,2002:str';
}
/** Names a YAML node for a sentence. */
function describe(node) {
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(node))
        return `the YAML alias *${excerpt(node.source)}`;
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isCollection */ .P3)(node))
        return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node) ? 'a nested mapping' : 'a list';
    return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) && node.value !== null ? quote(node.source ?? '') : 'null';
}
function startOf(node) {
    return node?.range?.[0] ?? 0;
}
/** A text as an error shows it: in quotes, and cut when it is long. */
function quote(text) {
    return JSON.stringify(excerpt(text));
}
/** The beginning of a text, when it is too long for an error. */
function excerpt(text) {
    const characters = Array.from(text);
    return characters.length > 40 ? `${characters.slice(0, 39).join('')}\u2026` : text;
}


/***/ }),

/***/ 5158:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ parametersOf),
/* harmony export */   parseParameters: () => (/* binding */ parseParameters)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4758);
/* harmony import */ var _mapping_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8194);
/* harmony import */ var _request_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8315);




/** CircleCI's limits; it speaks of characters, so Unicode characters are counted, not UTF-16 units. */
const MAX_PARAMETERS = 100;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 512;
/** Twice what a hundred parameters of full length take, and more than Linux lets an environment variable hold. */
const MAX_TEXT_LENGTH = 150_000;
/** What YAML 1.1 took for a date and many parsers still do: https://yaml.org/type/timestamp.html */
const DATE = /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?)?$/;
/** `1_000`: a number to some YAML parsers and text to others. */
const GROUPED_NUMBER = /^[-+]?\d+(?:_\d*)+(?:\.[\d_]*)?$/;
/** Others of YAML's integers (`007`, `0x1F`) would be changed on their way. */
const DECIMAL = /^[-+]?(?:0|[1-9]\d*)$/;
/** Booleans to YAML 1.1, and text to YAML 1.2 and CircleCI. https://yaml.org/type/bool.html */
const LIKE_BOOLEAN = /^(?:yes|no|on|off|y|n)$/i;
/**
 * Parses pipeline parameters from a YAML 1.2 (hence also JSON) mapping of text, integers and booleans, types kept:
 * `"1"`, `yes` and `on` are text. Whatever would be changed on its way (`1.10`, `007`, dates, null, ...) or could mean
 * two things is refused rather than passed on, and CircleCI's limits are checked, so that a mistake shows before
 * anything is built. Nothing and `null` (what an expression without a value becomes in JSON) are no parameters. Throws
 * one `InputError` that tells every bad parameter with its line; `notice` is told what is fine and may surprise.
 *
 * Limits: `POST /project/{slug}/pipeline` in CircleCI's API reference.
 */
function parseParameters(text, notice) {
    if (text.length > MAX_TEXT_LENGTH) {
        fail(`is ${text.length} characters long, more than the parameters that CircleCI accepts can be.`);
    }
    const mapping = (0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .parseMapping */ .KV)(text, {
        fail,
        example: 'deploy: true',
        nested: false,
        tooDeep: 'is nested too deeply: a parameter is text, an integer or a boolean.'
    });
    return mapping === undefined ? {} : parametersOf(mapping, notice);
}
/** The parameters that a mapping holds; see `parseParameters`. */
function parametersOf({ items, lineOf }, notice = () => undefined) {
    if (items.length > MAX_PARAMETERS) {
        fail(`has ${items.length} parameters, and CircleCI accepts ${MAX_PARAMETERS} at most.`);
    }
    const parameters = new Map();
    const names = new Set();
    const problems = [];
    const likeBooleans = [];
    for (const { key, value } of items) {
        const line = `line ${lineOf(key ?? value)}`;
        const badKey = problemOfKey(key);
        const name = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) ? String(key.value) : '';
        if (badKey !== undefined)
            problems.push(`The key on ${line} ${badKey}.`);
        else if (names.has(name))
            problems.push(`${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(name)} (${line}) is set twice: keep one.`);
        else if (isFine(value))
            parameters.set(name, toValue(value));
        else
            problems.push(`${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(name)} (${line}) ${problemOfValue(value)}.`);
        if (isLikeBoolean(value))
            likeBooleans.push((0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(`${name}: ${value.source ?? ''}`));
        names.add(name);
    }
    if (problems.length > 0)
        fail(`cannot be used. ${problems.join(' ')}`);
    if (likeBooleans.length > 0) {
        notice(`Input "parameters" sends ${likeBooleans.join(', ')} as text: write true or false for a boolean, or quote the value if text is meant.`);
    }
    // Unlike assignment, fromEntries makes a key such as "__proto__" an ordinary property.
    return Object.fromEntries(parameters);
}
function problemOfKey(key) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key))
        return `is ${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .describe */ .q0)(key)}: name a parameter`;
    if (typeof key.value !== 'string') {
        return key.source === undefined || key.source === ''
            ? 'is empty: name a parameter'
            : `is ${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .excerpt */ .Kb)(key.source)}, which YAML does not read as text: quote it`;
    }
    if (key.value.trim() === '')
        return 'is empty: name a parameter';
    const length = lengthOf(key.value);
    return length > MAX_KEY_LENGTH
        ? `has ${length} characters, and CircleCI accepts ${MAX_KEY_LENGTH} at most: ${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(key.value)}`
        : undefined;
}
/** Whether a node is text, an integer or a boolean that reaches CircleCI as it is written. */
function isFine(node) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) || !(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .hasPlainTag */ .xJ)(node))
        return false;
    const { value, source = '', type, tag } = node;
    if (typeof value === 'boolean')
        return true;
    if (typeof value === 'bigint')
        return DECIMAL.test(source) && Number.isSafeInteger(Number(value));
    if (typeof value !== 'string' || lengthAsSent(value) > MAX_VALUE_LENGTH)
        return false;
    const isPlain = type === 'PLAIN' && tag === undefined;
    return !isPlain || !(DATE.test(value) || GROUPED_NUMBER.test(value));
}
function isLikeBoolean(node) {
    return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) && node.type === 'PLAIN' && LIKE_BOOLEAN.test(String(node.value));
}
function toValue({ value }) {
    return typeof value === 'bigint' ? Number(value) : value;
}
function problemOfValue(node) {
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(node))
        return `is ${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .describe */ .q0)(node)}: write the value out`;
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node)) {
        return `is ${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .describe */ .q0)(node)}: a parameter is text, an integer or a boolean, so quote it to send it as text`;
    }
    if (!(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .hasPlainTag */ .xJ)(node)) {
        return `has the YAML tag ${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(node.tag ?? '')}: leave the tag out and quote the value`;
    }
    const { value, source = '' } = node;
    const length = typeof value === 'string' ? lengthAsSent(value) : 0;
    if (typeof value === 'string' && length > MAX_VALUE_LENGTH) {
        const when = value.includes(_request_id_js__WEBPACK_IMPORTED_MODULE_3__/* .PLACEHOLDER */ .Kx) ? `, once "${_request_id_js__WEBPACK_IMPORTED_MODULE_3__/* .PLACEHOLDER */ .Kx}" is replaced` : '';
        return `has ${length} characters${when}, and CircleCI accepts ${MAX_VALUE_LENGTH} at most`;
    }
    return `is ${source === '' ? 'empty' : (0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .excerpt */ .Kb)(source)}: quote it (${(0,_mapping_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(source)}) to send it as text`;
}
function lengthAsSent(value) {
    return lengthOf(value.replaceAll(_request_id_js__WEBPACK_IMPORTED_MODULE_3__/* .PLACEHOLDER */ .Kx, 'x'.repeat(_request_id_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_REQUEST_ID_LENGTH */ .CV)));
}
function lengthOf(text) {
    return Array.from(text).length;
}
function fail(problem) {
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('parameters', problem);
}


/***/ })

};
