export const id = 602;
export const ids = [602];
export const modules = {

/***/ 468:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseEntries: () => (/* binding */ parseEntries)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4758);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(766);
/* harmony import */ var _parameters_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5158);




/** The inputs that may differ from one pipeline of a step to another. */
const KEYS = [
    ...['project-slug', 'branch', 'tag', 'definition', 'config-branch', 'config-tag', 'parameters'],
    ...['pipeline', 'workflows', 'jobs', 'approve']
];
/** Those of them that are lists. */
const LISTS = new Set(['workflows', 'jobs', 'approve']);
/** A pipeline each, so many that a step's request budget and its reports still serve them all. */
const MAX_ENTRIES = 50;
/** A name goes into outputs, log lines and folders. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}$/;
/**
 * Parses the input `pipelines`, a YAML 1.2 or JSON mapping of names to what differs from the step's own inputs. Text is
 * taken as it is written (`branch: 1.10`), a YAML list is one line each, parameters are checked and become JSON. Throws an
 * `ActionError` that names every problem with its entry, key and line; `notice` is that of `parseParameters`.
 * `undefined`: there is nothing, or `null`.
 */
function parseEntries(text, notice) {
    const example = 'api: {project-slug: gh/acme/api}';
    const mapping = (0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .parseMapping */ .KV)('pipelines', text, { example, nested: true });
    if (mapping === undefined)
        return undefined;
    if (mapping.items.length > MAX_ENTRIES) {
        fail(`has ${mapping.items.length} entries, and ${MAX_ENTRIES} are the most.`);
    }
    const problems = [];
    const names = new Map();
    const entries = mapping.items.map(({ key, value }) => {
        const name = attempt(problems, () => nameOf(key, mapping.lineOf(key ?? value), names)) ?? '';
        return { name, values: valuesOf(name, value, { ...mapping, notice }, problems) };
    });
    const [first, ...more] = problems;
    if (first === undefined)
        return entries;
    throw more.length === 0
        ? first
        : new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ('input', problems.map(({ message }) => message).join('\n'));
}
function nameOf(key, line, names) {
    const name = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(key) && (0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .hasPlainTag */ .xJ)(key) ? textOf(key) : undefined;
    if (name === undefined || !NAME.test(name)) {
        return fail(`has an entry (line ${line}) called ${name === undefined ? (0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(key) : (0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(name)}: a name has letters, digits, "_", "." and "-", begins with none of the last two, and is 60 characters long at most.`);
    }
    const other = names.get(name.toLowerCase());
    names.set(name.toLowerCase(), name);
    if (other !== undefined) {
        const same = other === name ? '' : `, like ${(0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(other)} but for upper and lower case`;
        return fail(`has two entries called ${(0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(name)} (line ${line})${same}: rename one.`);
    }
    return name;
}
function valuesOf(entry, node, source, problems) {
    const { lineOf } = source;
    const values = new Map();
    const pairs = isTagged(node)
        ? undefined
        : (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node)
            ? node.items
            : isNull(node)
                ? []
                : undefined;
    if (pairs === undefined) {
        const got = isTagged(node) ? `a value with the YAML tag ${(0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(node.tag)}` : (0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(node);
        attempt(problems, () => fail(`has an entry "${entry}" (line ${lineOf(node)}) that is no mapping: give it inputs, such as "${entry}: {branch: main}", got ${got}.`));
    }
    for (const { key: keyNode, value } of pairs ?? []) {
        const key = ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(keyNode) ? textOf(keyNode) : undefined) ?? (0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(keyNode);
        const where = `(line ${lineOf(keyNode ?? value)})`;
        const refuse = problem => {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(key, problem);
        };
        const set = () => {
            if (!KEYS.includes(key)) {
                refuse(`${where} is nothing that an entry may set. Did you mean ${meantBy(key)}? Every other input is the whole step's.`);
            }
            if (values.has(key))
                refuse(`is set twice ${where}: keep one.`);
            values.set(key, valueOf(key, value, source, problem => refuse(`${where} ${problem}`)));
        };
        attempt(problems, set, entry);
    }
    return values;
}
function meantBy(key) {
    const known = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_2__/* .nearest */ .pA)(key.toLowerCase().replaceAll(/[_ ]/g, '-'), KEYS);
    return known === undefined ? `one of ${KEYS.join(', ')}` : `"${known}"`;
}
function valueOf(key, node, { lineOf, notice }, refuse) {
    if (isNull(node))
        return null;
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isAlias */ .Vj)(node))
        refuse(`is ${(0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(node)}: write the value out.`);
    const isList = LISTS.has(key);
    if (!isTagged(node)) {
        if (key === 'parameters' && (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(node)) {
            return JSON.stringify((0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .parametersOf */ .mC)({ items: node.items, lineOf }, notice));
        }
        if (isList && (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isSeq */ .oP)(node)) {
            const lines = node.items.map(item => itemOf(item, refuse));
            return lines.length === 0 ? null : lines.join('\n');
        }
    }
    return scalarOf(node, isList ? 'names' : 'text', refuse);
}
function itemOf(node, refuse) {
    const text = scalarOf(node, 'names', refuse);
    if (text.trim() === '' || /[\r\n]/.test(text))
        refuse('has an item that is no name.');
    return text;
}
function scalarOf(node, what, refuse) {
    if (isTagged(node)) {
        const { tag } = node;
        refuse(`has ${(0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(tag)}, which YAML takes for a tag and not for text: quote it, as in '${tag}'.`);
    }
    const text = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) && !isNull(node) ? textOf(node) : undefined;
    return text ?? refuse(`must be ${what}, got ${(0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(node)}.`);
}
/** As it was written: a number is not rounded, and `007` stays that. */
function textOf({ value, source }) {
    return typeof value === 'string' ? value : source;
}
function isNull(node) {
    return (node ?? null) === null || ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) && node.value === null && !isTagged(node));
}
function isTagged(node) {
    if ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node))
        return !(0,_parameters_js__WEBPACK_IMPORTED_MODULE_3__/* .hasPlainTag */ .xJ)(node);
    return (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isCollection */ .P3)(node) && node.tag !== undefined;
}
/** Does something, and keeps what is wrong with it; `entry`: that of the input it is wrong with. */
function attempt(problems, work, entry) {
    try {
        return work();
    }
    catch (error) {
        if (!(error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz))
            throw error;
        problems.push(entry === undefined ? error : error.inEntry(entry));
        return undefined;
    }
}
function fail(problem) {
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('pipelines', problem);
}


/***/ }),

/***/ 5158:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KV: () => (/* binding */ parseMapping),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   mC: () => (/* binding */ parametersOf),
/* harmony export */   parseParameters: () => (/* binding */ parseParameters),
/* harmony export */   q0: () => (/* binding */ describe),
/* harmony export */   xJ: () => (/* binding */ hasPlainTag)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8815);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4758);
/* harmony import */ var _intent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6788);



/** CircleCI's limits; it speaks of characters, so Unicode characters are counted, not UTF-16 units. */
const MAX_PARAMETERS = 100;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 512;
/** Twice what a hundred parameters of full length take, and more than Linux lets an environment variable hold. */
const MAX_TEXT_LENGTH = 150_000;
/** Nesting without end overflows the stack, or makes V8 abort the process. */
const MAX_DEPTH = 64;
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
 * anything is built. Nothing and `null` are no parameters. Throws one `InputError` that names every bad parameter with
 * its line; `notice` gets what is fine and may surprise.
 *
 * Limits: `POST /project/{slug}/pipeline` in CircleCI's API reference.
 */
function parseParameters(text, notice) {
    const mapping = parseMapping('parameters', text, { example: 'deploy: true', nested: false });
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
            problems.push(`${quote(name)} (${line}) is set twice: keep one.`);
        else if (isFine(value))
            parameters.set(name, toValue(value));
        else
            problems.push(`${quote(name)} (${line}) ${problemOfValue(value)}.`);
        if (isLikeBoolean(value))
            likeBooleans.push(quote(`${name}: ${value.source ?? ''}`));
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
        return `is ${describe(key)}: name a parameter`;
    const { value, source = '' } = key;
    if (typeof value !== 'string' && source !== '') {
        return `is ${excerpt(source)}, which YAML does not read as text: quote it`;
    }
    if (typeof value !== 'string' || value.trim() === '')
        return 'is empty: name a parameter';
    const length = lengthOf(value);
    return length > MAX_KEY_LENGTH
        ? `has ${length} characters, and CircleCI accepts ${MAX_KEY_LENGTH} at most: ${quote(value)}`
        : undefined;
}
/** Whether a node is text, an integer or a boolean that reaches CircleCI as it is written. */
function isFine(node) {
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node) || !hasPlainTag(node))
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
        return `is ${describe(node)}: write the value out`;
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(node)) {
        return `is ${describe(node)}: a parameter is text, an integer or a boolean, so quote it to send it as text`;
    }
    if (!hasPlainTag(node)) {
        return `has the YAML tag ${quote(node.tag ?? '')}: leave the tag out and quote the value`;
    }
    const { value, source = '' } = node;
    const length = typeof value === 'string' ? lengthAsSent(value) : 0;
    if (typeof value === 'string' && length > MAX_VALUE_LENGTH) {
        const when = value.includes(_intent_js__WEBPACK_IMPORTED_MODULE_2__/* .PLACEHOLDER */ .Kx) ? `, once "${_intent_js__WEBPACK_IMPORTED_MODULE_2__/* .PLACEHOLDER */ .Kx}" is replaced` : '';
        return `has ${length} characters${when}, and CircleCI accepts ${MAX_VALUE_LENGTH} at most`;
    }
    return `is ${source === '' ? 'empty' : excerpt(source)}: quote it (${quote(source)}) to send it as text`;
}
function lengthAsSent(value) {
    return lengthOf(value.replaceAll(_intent_js__WEBPACK_IMPORTED_MODULE_2__/* .PLACEHOLDER */ .Kx, 'x'.repeat(_intent_js__WEBPACK_IMPORTED_MODULE_2__/* .MAX_REQUEST_ID_LENGTH */ .CV)));
}
function lengthOf(text) {
    return Array.from(text).length;
}
function fail(problem) {
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('parameters', problem);
}
/**
 * Reads a mapping of YAML 1.2, hence also of JSON; `undefined` for nothing and for `null` (what an expression without a
 * value becomes in JSON). Values are left as they were written: the caller decides what they may be. `example` is one
 * line of such a mapping, whose values may be mappings where it is `nested`. Throws an `InputError` about `input`.
 */
function parseMapping(input, text, { example, nested }) {
    const fail = problem => {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(input, problem);
    };
    if (text.length > MAX_TEXT_LENGTH) {
        const limit = nested
            ? `and ${MAX_TEXT_LENGTH} are the most`
            : 'more than the parameters that CircleCI accepts can be';
        fail(`is ${text.length} characters long, ${limit}.`);
    }
    const lines = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .LineCounter */ .HN();
    const documents = parseDocuments(text, lines);
    if (documents === undefined) {
        const values = nested
            ? 'an entry holds inputs, and its parameters hold text, integers and booleans'
            : 'a parameter is text, an integer or a boolean';
        fail(`is nested too deeply: ${values}.`);
    }
    const [document, second] = documents;
    if (document === undefined)
        return undefined;
    const [problem] = document.errors;
    if (problem !== undefined) {
        const { line } = lines.linePos(problem.pos[0]);
        fail(nested ? invalid(line) : explainSyntax(text, line));
    }
    if (second !== undefined)
        fail('holds several YAML documents: give one mapping.');
    const { contents } = document;
    if (contents === null || ((0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isScalar */ .jn)(contents) && contents.value === null))
        return undefined;
    if (!(0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .isMap */ .jh)(contents)) {
        fail(`must be a YAML or JSON mapping such as "${example}", got ${describe(contents)}.`);
    }
    return { items: contents.items, lineOf: node => lines.linePos(startOf(node)).line };
}
/** The documents of a YAML stream; `undefined` where something is nested too deeply. */
function parseDocuments(text, lines) {
    const parser = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Parser */ .iX(lines.addNewLine);
    lines.addNewLine(0);
    const tokens = [];
    for (const lexeme of new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Lexer */ .JG().lex(text)) {
        tokens.push(...parser.next(lexeme));
        if (parser.stack.length > MAX_DEPTH)
            return undefined;
    }
    const composer = new yaml__WEBPACK_IMPORTED_MODULE_0__/* .Composer */ .Dk({
        version: '1.2',
        schema: 'core',
        // Named, so that a "%YAML 1.1" line cannot turn merging on; values are read from the syntax tree anyway.
        merge: false,
        intAsBigInt: true,
        // Checked by the caller, whose error names the key.
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


/***/ })

};
