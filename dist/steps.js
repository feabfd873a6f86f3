import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
import * as __WEBPACK_EXTERNAL_MODULE__github_undici_js_3cdd90a1__ from "./github/undici.js";
import * as __WEBPACK_EXTERNAL_MODULE__runner_exec_js_10448681__ from "./runner/exec.js";
/******/ var __webpack_modules__ = ({

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var net = __nccwpck_require__(9278);
var tls = __nccwpck_require__(4756);
var http = __nccwpck_require__(8611);
var https = __nccwpck_require__(5692);
var events = __nccwpck_require__(4434);
var assert = __nccwpck_require__(2613);
var util = __nccwpck_require__(9023);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 6412:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ml: () => (/* binding */ systemClock),
/* harmony export */   vg: () => (/* binding */ systemRandom),
/* harmony export */   zc: () => (/* binding */ timeLimit)
/* harmony export */ });
/** The machine's clock. Its alarms do not keep the process alive; its sleeps do. */
const systemClock = {
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    sleep: (ms, signal) => new Promise(resolve => {
        if (signal?.aborted === true) {
            resolve();
            return;
        }
        const finish = () => {
            stop();
            signal?.removeEventListener('abort', finish);
            resolve();
        };
        const stop = startTimer(ms, finish, timer => timer.ref());
        signal?.addEventListener('abort', finish, { once: true });
    }),
    alarm: (ms, action) => startTimer(ms, action, timer => timer.unref())
};
/** Node's timers hold 31 bits; given more (25 days) they go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
function startTimer(ms, action, adjust) {
    let timer;
    const start = (left) => {
        const part = Math.min(left, LONGEST_TIMER_MS);
        timer = setTimeout(() => {
            if (left > part)
                start(left - part);
            else
                action();
        }, part);
        adjust(timer);
    };
    start(Math.max(0, ms));
    return () => {
        clearTimeout(timer);
    };
}
/** The machine's randomness: uniform in [0, 1). Not for secrets. */
const systemRandom = () => Math.random();
/** A signal that aborts when `ms` milliseconds have passed, when `parent` aborts, and at its `end`, which lets go of both. */
function timeLimit(clock, ms, parent) {
    const controller = new AbortController();
    const end = () => {
        disarm();
        parent?.removeEventListener('abort', end);
        controller.abort();
    };
    const disarm = clock.alarm(ms, end);
    parent?.addEventListener('abort', end, { once: true });
    if (parent?.aborted === true)
        end();
    return { signal: controller.signal, end };
}


/***/ }),

/***/ 4758:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   gJ: () => (/* binding */ errorMessage),
/* harmony export */   lZ: () => (/* binding */ ActionError),
/* harmony export */   os: () => (/* binding */ unexpected)
/* harmony export */ });
/** An error a user can act on: whole sentences that say what failed, on what, why, and what to do. */
class ActionError extends Error {
    name = 'ActionError';
    reason;
    conclusion;
    constructor(reason, message, options = {}) {
        super(message, options.cause === undefined ? {} : { cause: options.cause });
        this.reason = reason;
        this.conclusion = options.conclusion ?? 'failure';
    }
}
/** An `ActionError` about one input: says which, and what it got. Thrown before any request, where none is needed to know. */
class InputError extends ActionError {
    input;
    #problem;
    constructor(input, problem, options = {}) {
        super('input', `Input "${input}" ${problem}`, options);
        this.input = input;
        this.#problem = problem;
    }
    /** The same about an input that an entry of `pipelines` sets. */
    inEntry(name) {
        const message = `Input "pipelines", entry "${name}": "${this.input}" ${this.#problem}`;
        return new ActionError('input', message, { cause: this });
    }
}
/** The message for an unexpected error; its stack belongs into a debug line. */
function unexpected(error) {
    return `An unexpected error occurred: ${errorMessage(error)}. Please report it, with the log of a run that has debug logging enabled.`;
}
/** The message of anything that can be thrown, for embedding in a sentence; never empty, and never throws. */
function errorMessage(error) {
    if (error instanceof AggregateError && error.message === '' && error.errors.length > 0) {
        return error.errors.map(errorMessage).join('; ');
    }
    if (error instanceof Error)
        return error.message || error.name;
    if (typeof error !== 'object' || error === null)
        return String(error) || 'an empty text';
    const { message } = error;
    return typeof message === 'string' && message !== '' ? message : 'an error without a message';
}


/***/ }),

/***/ 3659:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C8: () => (/* binding */ Fields),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   ym: () => (/* binding */ ShapeError)
/* harmony export */ });
/** An answer that is not what CircleCI documents; treated like any other unusable answer. */
class ShapeError extends Error {
    name = 'ShapeError';
}
/** Far more than a page of any listing has; a list that is spread as arguments fits on the stack. */
const MAX_ITEMS = 50_000;
/** Reads the fields of a JSON object from outside. `null` and a value of the wrong kind count as absent. */
class Fields {
    values;
    what;
    /** Throws a `ShapeError` when the value is not an object. */
    constructor(json, what) {
        if (!isObject(json)) {
            throw new ShapeError(`${what}: expected an object, got ${typeNameOf(json)}`);
        }
        this.values = new Map(Object.entries(json));
        this.what = what;
    }
    string(name) {
        const value = this.values.get(name);
        return typeof value === 'string' ? value : undefined;
    }
    /** Throws a `ShapeError` when there is a value, and it is neither a string nor `null`. */
    optionalString(name) {
        const value = this.values.get(name) ?? undefined;
        if (value !== undefined && typeof value !== 'string') {
            throw new ShapeError(`${this.what}: "${name}" is no text`);
        }
        return value;
    }
    requiredString(name) {
        const value = this.string(name);
        if (value === undefined || value === '')
            throw new ShapeError(`${this.what}: no "${name}"`);
        return value;
    }
    /** A finite number, also when it was sent as a string. */
    number(name) {
        const value = this.values.get(name);
        const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
        return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    }
    requiredNumber(name) {
        const value = this.number(name);
        if (value === undefined)
            throw new ShapeError(`${this.what}: no "${name}"`);
        return value;
    }
    boolean(name) {
        const value = this.values.get(name);
        return typeof value === 'boolean' ? value : undefined;
    }
    isNull(name) {
        return this.values.get(name) === null;
    }
    object(name) {
        const value = this.values.get(name);
        return isObject(value) ? new Fields(value, `${this.what}.${name}`) : undefined;
    }
    /** The objects of a list, whatever else is in it; [] when there is no such list. */
    objects(name) {
        const value = this.values.get(name);
        if (!Array.isArray(value))
            return [];
        return value.filter(isObject).map(item => new Fields(item, `${this.what}.${name}`));
    }
    /** The items of a list that must be there, and be no longer than any real one. */
    requiredList(name) {
        const value = this.values.get(name);
        if (!Array.isArray(value))
            throw new ShapeError(`${this.what}: no list "${name}"`);
        if (value.length > MAX_ITEMS) {
            throw new ShapeError(`${this.what}: more than ${MAX_ITEMS} in "${name}"`);
        }
        return value;
    }
    strings(name) {
        const value = this.values.get(name);
        return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
    }
    /** Every value that is a list, with the strings in it. */
    lists() {
        const names = [...this.values.keys()].filter(name => Array.isArray(this.values.get(name)));
        return Object.fromEntries(names.map(name => [name, this.strings(name)]));
    }
    /** Every value that is a string, a number or a boolean. */
    scalars() {
        const found = [];
        for (const [name, value] of this.values) {
            if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
                found.push([name, value]);
            }
        }
        return Object.fromEntries(found);
    }
}
/** Whether a value is an object of JSON: neither a list nor `null`. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** By its type only: a value nested a million deep cannot be shown. */
function typeNameOf(value) {
    if (value === undefined)
        return 'nothing';
    if (value === null)
        return 'null';
    return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}


/***/ }),

/***/ 3179:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Os: () => (/* binding */ namedLog),
/* harmony export */   Zp: () => (/* binding */ makeLog),
/* harmony export */   ad: () => (/* binding */ Outage)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4758);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(766);


/** Makes a log of a function for messages, whatever their level, and one for blocks. */
function makeLog(say, group) {
    const at = (level) => (message) => {
        say(level, message);
    };
    return {
        debug: at('debug'),
        info: at('info'),
        notice: at('notice'),
        warning: at('warning'),
        error: at('error'),
        group
    };
}
/** The log of one of several pipelines: its name goes before everything it says. */
function namedLog(log, name) {
    if (name === undefined)
        return log;
    const prefix = `[${name}] `;
    return makeLog((level, message) => {
        log[level](prefix + message);
    }, (title, lines) => {
        log.group(prefix + title, lines);
    });
}
/** Least time between two lines about one thing that keeps failing, in milliseconds. */
const SILENCE_MS = 30_000;
/** A first failure is reported when the next attempt is this far away; a single one that is soon made good is not. */
const LONG_PAUSE_MS = 5_000;
/** Reports what keeps failing and is retried: when it begins, every half minute at most, and when it is over. */
class Outage {
    what;
    clock;
    log;
    since;
    failures = 0;
    reported = false;
    /** As last reported. */
    cause = '';
    saidAt = -Infinity;
    /** `what` begins a sentence and goes before "fails": `The trigger of gh/acme/shop`. */
    constructor(what, { clock, log }) {
        this.what = what;
        this.clock = clock;
        this.log = log;
    }
    /** An attempt failed; the next is made in `pauseMs`, and attempts for another `leftMs`, where that is known. */
    failed(fault, pauseMs, leftMs) {
        const { log } = this;
        const now = this.clock.now();
        this.since ??= now;
        this.failures += 1;
        const cause = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorMessage */ .gJ)(fault).replace(/[.\s]+$/, '');
        if (now - this.saidAt < SILENCE_MS || (this.failures === 1 && pauseMs < LONG_PAUSE_MS)) {
            log.debug(`${this.what} failed: ${cause}. Trying again in ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(pauseMs)}.`);
            return;
        }
        const left = leftMs === undefined ? undefined : (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(leftMs);
        if (this.reported) {
            const end = left === undefined ? '' : `; ${left} left`;
            const news = cause === this.cause ? '' : `: ${cause}`;
            log.info(`${this.what} still fails ${this.soFar()}${end}${news}.`);
        }
        else {
            // Once as a warning, which GitHub shows beside the run; an API on and off would fill that list.
            const level = this.saidAt === -Infinity ? 'warning' : 'info';
            const end = left === undefined ? '' : ` for up to ${left}`;
            log[level](`${this.what} failed: ${cause}. Retrying${end}.`);
        }
        this.cause = cause;
        this.reported = true;
        this.saidAt = now;
    }
    /** An attempt went through. */
    over() {
        if (this.reported)
            this.log.info(`${this.what} succeeded ${this.soFar()}.`);
        this.since = undefined;
        this.failures = 0;
        this.reported = false;
    }
    soFar() {
        const attempts = this.failures === 1 ? '1 failed attempt' : `${this.failures} failed attempts`;
        return `after ${attempts} in ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(this.clock.now() - (this.since ?? 0))}`;
    }
}


/***/ }),

/***/ 777:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ Mask)
/* harmony export */ });
const MASKED = '***';
/** Anything shorter is no secret: replacing it would shred every text. */
const MIN_LENGTH = 4;
/** So much of a secret's beginning gives it away where a text was cut in the middle of it. */
const HEAD_LENGTH = 8;
/** Of a secret shorter than this a beginning is too common a text. */
const MIN_CUT_LENGTH = 16;
/**
 * Replaces secrets by `***`: what the runner does for the log, for everything else that leaves the step (GitHub's API,
 * outputs, state and files). Besides a secret itself the spellings are found that programs print it in: inside JSON, in
 * an address, in Base64 at any offset (as in `Authorization: Basic`), and its beginning before an ellipsis or at the
 * end of a text, where it was cut.
 */
class Mask {
    secrets;
    pattern;
    /** Secrets that are blank or shorter than four characters are left: replacing them would shred every text. */
    constructor(secrets) {
        this.secrets = secrets.filter(secret => secret.trim().length >= MIN_LENGTH);
        const spellings = new Set(this.secrets.flatMap(spellingsOf));
        const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
        this.pattern = longestFirst.length === 0 ? undefined : anyOf(longestFirst);
    }
    text(text) {
        if (this.pattern === undefined)
            return text;
        const masked = text.replace(this.pattern, MASKED);
        return this.secrets.some(secret => masked.includes(headOf(secret)))
            ? masked
                .split('\u2026')
                .map(piece => this.withoutHead(piece))
                .join('\u2026')
            : masked;
    }
    /** Every string in plain data, however deep; keys stay as they are. */
    data(value) {
        if (this.pattern === undefined)
            return value;
        return this.anything(value);
    }
    anything(value) {
        if (typeof value === 'string')
            return this.text(value);
        if (typeof value !== 'object' || value === null)
            return value;
        if (Array.isArray(value))
            return value.map(item => this.anything(item));
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.anything(item)]));
    }
    withoutHead(piece) {
        for (const secret of this.secrets) {
            if (secret.length < MIN_CUT_LENGTH)
                continue;
            const at = piece.lastIndexOf(headOf(secret));
            if (at !== -1 && secret.startsWith(piece.slice(at)))
                return piece.slice(0, at) + MASKED;
        }
        return piece;
    }
}
function headOf(secret) {
    return secret.slice(0, HEAD_LENGTH);
}
function anyOf(texts) {
    return new RegExp(texts.map(text => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}
function spellingsOf(secret) {
    const inAddress = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd'));
    return [
        secret,
        JSON.stringify(secret).slice(1, -1),
        inAddress,
        inAddress.replace(/%[0-9A-F]{2}/g, hex => hex.toLowerCase()),
        ...[0, 1, 2].flatMap(offset => base64At(secret, offset))
    ];
}
/** What Base64 makes of a secret behind `offset` bytes of something else, without what depends on its neighbours. */
function base64At(secret, offset) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor((bytes.length * 8) / 6);
    const core = (encoding) => bytes.toString(encoding).slice(from, to);
    // Few letters of Base64 are found in any text.
    return to - from < HEAD_LENGTH ? [] : [core('base64'), core('base64url')];
}


/***/ }),

/***/ 6601:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ul: () => (/* binding */ MAX_MATCHED),
  EB: () => (/* binding */ anyOf),
  Lg: () => (/* binding */ commaLines),
  VB: () => (/* binding */ isExclusion),
  jN: () => (/* binding */ matcher),
  Ke: () => (/* binding */ matcherOf),
  Oq: () => (/* binding */ oneALine),
  yV: () => (/* binding */ textTest)
});

;// CONCATENATED MODULE: ./src/base/glob.ts
/** Most numbers that `{1..20}` may stand for; a longer range is plain text. */
const MAX_RANGE = 1000;
/**
 * Compiles a glob into a test of whole texts. It is read as picomatch (with `dot`) reads it: `*`, `**`, `?`, `[a-c]`,
 * `[!a]`, `{a,b}`, `{1..3}`, `(a|b)`, `?(...)`, `*(...)`, `+(...)`, `@(...)`, `!(...)`; a backslash makes a character plain text,
 * and so does what is not closed. Unlike a regular expression, which tries every way to share a text among its stars,
 * it carries all places along that were reached: the time grows with the length of the text, and with its square at
 * worst after `!(...)` and `*(...)`.
 */
function glob(pattern, kind) {
    const step = sequence(pattern, kind);
    return text => step(text, [0]).at(-1) === text.length;
}
function sequence(pattern, kind) {
    const steps = [];
    for (let at = 0; at < pattern.length;) {
        const { step, end } = wildcard(pattern, at, kind) ?? literal(pattern, at);
        steps.push(step);
        at = end;
    }
    return (text, starts) => steps.reduce((places, step) => step(text, places), starts);
}
function wildcard(pattern, at, kind) {
    const mark = pattern.charAt(at);
    if ('?*+@!'.includes(mark) && pattern[at + 1] === '(') {
        const inner = alternatives(pattern, at + 1, kind);
        if (inner !== undefined)
            return { step: repeated(mark, inner.step, kind), end: inner.end };
    }
    if (mark === '*')
        return stars(pattern, at, kind);
    if (mark === '?')
        return { step: one(code => isWithin(code, kind)), end: at + 1 };
    if (mark === '[')
        return characterClass(pattern, at, kind);
    if (mark === '{' || (mark === '(' && /^[^)]*\|/.test(pattern.slice(at)))) {
        return alternatives(pattern, at, kind);
    }
    // `a/**` means `a` as well.
    return pattern.slice(at) === '/**' && pattern[at - 1] !== '*'
        ? { step: below, end: pattern.length }
        : undefined;
}
function literal(pattern, at) {
    const start = pattern[at] === '\\' && at + 1 < pattern.length ? at + 1 : at;
    let end = start + 1;
    while (end < pattern.length && !/[\\/?*+@!()[{]/.test(pattern.charAt(end)))
        end += 1;
    const expected = pattern.slice(start, end);
    return {
        step: (text, starts) => starts.filter(at => text.startsWith(expected, at)).map(at => at + expected.length),
        end
    };
}
function stars(pattern, at, kind) {
    let end = at;
    while (pattern[end] === '*')
        end += 1;
    const crossing = end - at > 1 && (at === 0 || pattern[at - 1] === '/');
    if (crossing && pattern[end] === '/')
        return { step: folders, end: end + 1 };
    return { step: run(crossing && end === pattern.length ? 'name' : kind), end };
}
/** Any number of characters. */
function run(kind) {
    return (text, starts) => {
        const ends = [];
        let done = 0;
        for (const start of starts) {
            if (start < done)
                continue;
            for (done = start;; done += 1) {
                ends.push(done);
                if (done === text.length || !isWithin(text.charCodeAt(done), kind))
                    break;
            }
            done += 1;
        }
        return ends;
    };
}
/** Any number of whole folders. */
const folders = (text, starts) => {
    const ends = [];
    let next = 0;
    for (let at = starts[0] ?? Infinity; at <= text.length; at += 1) {
        if (starts[next] === at)
            next += 1;
        else if (text[at - 1] !== '/')
            continue;
        ends.push(at);
    }
    return ends;
};
/** The end of the text, or everything below. */
const below = (text, starts) => starts.some(at => at === text.length || text[at] === '/') ? [text.length] : [];
function one(test) {
    return (text, starts) => starts.flatMap(at => {
        const code = text.codePointAt(at);
        return code === undefined || !test(code) ? [] : [at + (code > 0xffff ? 2 : 1)];
    });
}
function characterClass(pattern, at, kind) {
    const [whole, not, members = ''] = /^\[([!^]?)((?:\\.|[^\\])(?:\\.|[^\\\]])*)\]/su.exec(pattern.slice(at)) ?? [];
    if (whole === undefined)
        return undefined;
    const ranges = Array.from(members.matchAll(/\\?(.)(?:-\\?(.))?/gsu), ([, low = '', high = low]) => [
        low.codePointAt(0) ?? 0,
        high.codePointAt(0) ?? 0
    ]);
    const listed = (code) => ranges.some(([low, high]) => low <= code && code <= high);
    const test = not === '' ? listed : (code) => isWithin(code, kind) && !listed(code);
    return { step: one(test), end: at + whole.length };
}
/** `{a,b}` and `(a|b)`, from the opening bracket on; `undefined` when it is not closed, or holds nothing to choose from. */
function alternatives(pattern, open, kind) {
    const [close, separator] = pattern[open] === '{' ? ['}', ','] : [')', '|'];
    const choices = [];
    let depth = 0;
    let start = open + 1;
    for (let at = start; at < pattern.length; at += 1) {
        const mark = pattern.charAt(at);
        if (mark === '\\')
            at += 1;
        else if (depth === 0 && (mark === separator || mark === close)) {
            choices.push(pattern.slice(start, at));
            start = at + 1;
            if (mark === close)
                return choose(choices, close, kind, start);
        }
        else if (mark === '{' || mark === '(')
            depth += 1;
        else if (mark === '}' || mark === ')')
            depth -= 1;
    }
    return undefined;
}
function choose(choices, close, kind, end) {
    const all = close === '}' && choices.length === 1 ? range(choices[0] ?? '') : choices;
    if (all === undefined)
        return undefined;
    const steps = all.map(choice => sequence(choice, kind));
    return { step: (text, starts) => ascending(steps.flatMap(step => step(text, starts))), end };
}
/** What `1..3` and `a..c` stand for. */
function range(text) {
    const [, low = '', high = ''] = /^(\d{1,9}|[a-z])\.\.(\d{1,9}|[a-z])$/i.exec(text) ?? [];
    const numbers = /\d/.test(low) && /\d/.test(high);
    if (low === '' || numbers !== /\d/.test(low + high))
        return undefined;
    const [first, last] = numbers
        ? [Number(low), Number(high)]
        : [low.charCodeAt(0), high.charCodeAt(0)];
    if (last < first || last - first >= MAX_RANGE)
        return undefined;
    return Array.from({ length: last - first + 1 }, (_, index) => numbers ? String(first + index) : String.fromCharCode(first + index));
}
function repeated(mark, inner, kind) {
    switch (mark) {
        case '@':
            return inner;
        case '?':
            return (text, starts) => ascending([...starts, ...inner(text, starts)]);
        case '!':
            return (text, starts) => ascending(others(text, starts, inner, kind));
        default:
            return (text, starts) => {
                const ends = new Set(mark === '*' ? starts : []);
                let fresh = inner(text, starts);
                while (fresh.length > 0) {
                    for (const end of fresh)
                        ends.add(end);
                    fresh = inner(text, fresh).filter(end => !ends.has(end));
                }
                return ascending(ends);
            };
    }
}
/** Where runs from the given places may end other than where `inner` does: each start only looks for what is missing yet. */
function others(text, starts, inner, kind) {
    const ends = [];
    let missing = [];
    let limit = -1;
    for (const start of starts) {
        missing = start > limit ? run(kind)(text, [start]) : missing.filter(end => end >= start);
        if (start > limit)
            limit = missing.at(-1) ?? limit;
        if (missing.length === 0)
            continue;
        const excluded = new Set(inner(text, [start]));
        ends.push(...missing.filter(end => !excluded.has(end)));
        missing = missing.filter(end => excluded.has(end));
    }
    return ends;
}
function isWithin(code, kind) {
    return kind === 'name' || code !== 0x2f;
}
function ascending(places) {
    return [...new Set(places)].sort((a, b) => a - b);
}

;// CONCATENATED MODULE: ./src/base/matcher.ts

/** Longest remote name or path that is matched against a glob, in UTF-16 units. */
const MAX_MATCHED = 1000;
/** Makes the matcher of a list of names. */
function matcher(lines) {
    return matcherOf(lines, line => textTest(line, 'name'));
}
/** Makes the matcher of a list, when `compile` makes the test of one line. */
function matcherOf(lines, compile) {
    const included = lines
        .filter(line => !isExclusion(line))
        .map(line => ({ line, test: compile(line) }));
    const excluded = lines.filter(isExclusion).map(line => compile(line.slice(1).trim()));
    return {
        matches: item => {
            const exclusion = anyOf(excluded.map(test => test(item)));
            if (exclusion !== 'no')
                return exclusion === 'yes' ? 'no' : exclusion;
            return included.length === 0 ? 'yes' : anyOf(included.map(({ test }) => test(item)));
        },
        unmatched: items => included.filter(({ test }) => !items.some(item => test(item) === 'yes')).map(({ line }) => line)
    };
}
/** The test of one line for a text: it is the line itself, or matches it as a glob. */
function textTest(line, kind) {
    const matches = glob(line, kind);
    const everything = line === '**' && kind === 'path';
    return text => {
        if (text === line || everything)
            return 'yes';
        if (text.length > MAX_MATCHED)
            return 'too-long';
        return matches(text) ? 'yes' : 'no';
    };
}
/** Yes when one answer is, or else whatever forbids a no. */
function anyOf(answers) {
    if (answers.includes('yes'))
        return 'yes';
    return answers.includes('too-long') ? 'too-long' : 'no';
}
/** Whether a line excludes what it matches. */
function isExclusion(line) {
    return line.startsWith('!');
}
/** Lines that are several of these names with commas between them. */
function commaLines(lines, names) {
    return lines.filter(line => {
        const parts = line.split(',').map(part => part.trim());
        return !names.includes(line) && parts.length > 1 && parts.every(part => names.includes(part));
    });
}
/** What to say after lines that match nothing, when one of them looks like several names: else `''`. */
function oneALine(lines) {
    const several = lines.some(line => line.replaceAll(/\{[^{}]*\}/g, '').includes(','));
    return several ? ' Names go one a line, without commas.' : '';
}


/***/ }),

/***/ 766:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dx: () => (/* binding */ linesOf),
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   GJ: () => (/* binding */ onOneLine),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   KG: () => (/* binding */ asSentence),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   YC: () => (/* binding */ editDistance),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   c3: () => (/* binding */ listOf),
/* harmony export */   d8: () => (/* binding */ withStop),
/* harmony export */   or: () => (/* binding */ parseAddress),
/* harmony export */   pA: () => (/* binding */ nearest),
/* harmony export */   pq: () => (/* binding */ countOf),
/* harmony export */   zQ: () => (/* binding */ withoutTerminalCodes)
/* harmony export */ });
/** `1 file`, `12,345 files`. */
function countOf(count, singular, plural = `${singular}s`) {
    return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}
/** `"a", "b"`. */
function quoted(names) {
    return names.map(name => `"${name}"`).join(', ');
}
/** `a`, `a and b`, `a, b and c`; with another word for `and`. By hand: making an `Intl.ListFormat` takes longer than all else at a step's start. */
function listOf(names, word = 'and') {
    const last = names.at(-1) ?? '';
    return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${word} ${last}` : last;
}
/** Shortens text to at most `max` UTF-16 units, the last one an ellipsis; never splits a surrogate pair. */
function cut(text, max = 100) {
    if (text.length <= max)
        return text;
    return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}\u2026`;
}
/** The text as a sentence: with a capital letter and an end mark, so that it can stand between other sentences. */
function asSentence(text) {
    return withStop(text.charAt(0).toUpperCase() + text.slice(1));
}
/** The text with an end mark, to end a sentence with. */
function withStop(text) {
    return /[.!?]$/.test(text) ? text : `${text}.`;
}
/** Unicode's mandatory line breaks (UAX #14, classes BK, CR, LF and NL). */
const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;
/** The lines of a text, split at every kind of line break. */
function linesOf(text) {
    return text.split(LINE_BREAK);
}
/** The text with a space for every line break. */
function onOneLine(text) {
    return text.replace(LINE_BREAK, ' ');
}
/**
 * ECMA-48 control sequences: CSI (colours, cursor), OSC (titles, links) and the other string forms, two-character
 * escapes with their intermediates, and C1's one-character CSI. Every alternative is linear: Node's own
 * `stripVTControlCharacters` is quadratic (`ESC` followed by `;?` repeated takes minutes) and takes ordinary text along.
 */
const SEQUENCES = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
/** Text without the codes that colour it, move the cursor, or name windows and links on a terminal. */
function withoutTerminalCodes(text) {
    return text.replace(SEQUENCES, '');
}
const UNITS = { h: 3600, m: 60, s: 1 };
/** The seconds of a duration: `90`, or hours, minutes and seconds as in `1h30m` or `90s`. `undefined` for anything else. */
function parseDuration(text) {
    const trimmed = text.trim().toLowerCase();
    if (/^\d{1,9}$/.test(trimmed))
        return Number(trimmed);
    const match = /^(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/.exec(trimmed);
    if (match === null || trimmed === '')
        return undefined;
    const [, hours, minutes, seconds] = match;
    return (Number(hours ?? 0) * UNITS.h + Number(minutes ?? 0) * UNITS.m + Number(seconds ?? 0) * UNITS.s);
}
/** Renders milliseconds for people: `0.4s`, `12s`, `3m 05s`, `1h 02m`. */
function formatDuration(ms) {
    const seconds = Math.max(0, ms) / 1000;
    if (seconds < 0.95)
        return `${seconds.toFixed(1)}s`;
    const whole = Math.round(seconds);
    if (whole < UNITS.m)
        return `${whole}s`;
    const minutes = Math.floor(whole / UNITS.m);
    if (minutes < 60)
        return `${minutes}m ${String(whole % UNITS.m).padStart(2, '0')}s`;
    return `${Math.floor(minutes / 60)}h ${String(minutes % 60).padStart(2, '0')}m`;
}
/**
 * The address, relative to `base` when one is given, or `undefined` when it is none. Does not ask `URL.canParse`: on
 * Node 20 and 22, that says no to any address outside ASCII once it has been called some 2,700 times
 * (https://github.com/AikidoSec/firewall-node/pull/1086).
 */
function parseAddress(text, base) {
    try {
        return new URL(text, base);
    }
    catch {
        return undefined;
    }
}
/** How many letters have to be added, left out, changed or swapped with their neighbour to make one word of another. */
function editDistance(one, other) {
    let beforeLast = [];
    let last = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (let row = 1; row <= one.length; row += 1) {
        const current = [row];
        for (let column = 1; column <= other.length; column += 1) {
            const isSame = one[row - 1] === other[column - 1];
            const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
            current[column] = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1), isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity);
        }
        beforeLast = last;
        last = current;
    }
    return last[other.length] ?? 0;
}
/** The word that was most likely meant; `undefined` when none is like it. */
function nearest(word, words) {
    const ranked = words
        .map(one => ({ one, distance: one.startsWith(word) ? 1 : editDistance(word, one) }))
        .toSorted((a, b) => a.distance - b.distance);
    const [best] = ranked;
    const isLike = best !== undefined && best.distance <= Math.max(2, word.length / 3);
    return isLike ? best.one : undefined;
}


/***/ }),

/***/ 2301:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ USER_AGENT),
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** This action's version; a test compares it with package.json. */
const VERSION = '1.0.0';
/** Sent with every request. */
const USER_AGENT = `circleci-pipeline-action/${VERSION}`;


/***/ }),

/***/ 3060:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AA: () => (/* binding */ isWebPage),
/* harmony export */   JN: () => (/* binding */ readAnswer),
/* harmony export */   WG: () => (/* binding */ isPassing)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(766);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4758);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4318);
/* harmony import */ var _encoding_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1346);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(6899);
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3659);






/** No answer of the API comes near this; more is not read. Parsing so much takes a second or two, whatever it holds. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Longest plain text in an error's body that is taken for words, and most that is shown of a message, in characters. */
const MAX_PLAIN = 300;
const MAX_WORDS = 2000;
const NOTHING = 'nothing instead of JSON';
const OTHER_JSON = "JSON that is not CircleCI's";
/** Whether a status is one that passes: overload, a time-out, a fault of the server's. Trying again may help. */
function isPassing(status) {
    return status === 408 || status === 429 || status >= 500;
}
/** Whether a host of files sent a web page, which is a proxy's refusal or a login: their own are text, XML or JSON. */
function isWebPage({ headers }) {
    return /^\s*text\/html/i.test(headers['content-type'] ?? '');
}
/**
 * What a 2xx says: `decode` is handed its JSON, `undefined` when it is empty. Everything else rejects: with a
 * `RefusedError` for a 4xx in CircleCI's JSON, a `WireFault` for a 2xx that is cut, and an `UnavailableError` for what may
 * pass, for what cannot be read or decoded, and for what is not CircleCI's word.
 */
async function readAnswer(answer, decode) {
    const { status } = answer.reply;
    if (status >= 200 && status < 300) {
        return decodeSafely(answer, parseJson(answer, await readText(answer)), decode);
    }
    const text = await readText(answer).catch(nothingUnlessAborted);
    if (isPassing(status))
        throw passing(answer, text);
    const words = text === undefined ? undefined : wordsOfJson(text);
    if (status >= 400 && words !== undefined)
        throw new _faults_js__WEBPACK_IMPORTED_MODULE_4__/* .RefusedError */ .fk(answer.request, status, words);
    // A redirect says it all, whatever becomes of its body.
    if (text !== undefined || status < 400)
        throw foreign(answer, kindOf(text ?? ''));
    const problem = `was answered ${status}, with a body that cannot be read`;
    throw new _faults_js__WEBPACK_IMPORTED_MODULE_4__/* .UnavailableError */ .hG(answer.request, problem, { status });
}
/** The fault of an answer that is nothing CircleCI would say. */
function foreign(answer, what, cause) {
    const { request, host, reply, serverNow } = answer;
    const { status, headers } = reply;
    const redirect = status >= 300 && status < 400;
    const said = redirect ? `, a redirect${targetOf(headers['location'])}` : ` with ${what}`;
    return new _faults_js__WEBPACK_IMPORTED_MODULE_4__/* .UnavailableError */ .hG(request, `was answered ${status}${said}: something at ${host} answers in CircleCI's place (a proxy, a login page, or another server)`, { foreign: true, status, retryAfterMs: (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRetryAfter */ .mu)(headers, serverNow), cause });
}
/** The fault of an answer that may be CircleCI's, and is of no use. */
function unusable({ request, reply }, problem, cause) {
    const { status } = reply;
    return new _faults_js__WEBPACK_IMPORTED_MODULE_4__/* .UnavailableError */ .hG(request, `was answered with ${problem}`, { status, cause });
}
/** Whatever a decoder throws is a fault of the answer: no answer may end a wait by its shape. */
function decodeSafely(answer, json, decode) {
    try {
        return decode(json);
    }
    catch (error) {
        if (json === undefined)
            throw foreign(answer, NOTHING, error);
        if (!(0,_base_json_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(json))
            throw foreign(answer, OTHER_JSON, error);
        throw unusable(answer, `unexpected JSON (${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorMessage */ .gJ)(error)})`, error);
    }
}
/** CircleCI's own words for a 429 are JSON, and have been seen as plain text ("Rate limited."). */
function passing(answer, text) {
    const { request, reply, serverNow } = answer;
    const { status, headers } = reply;
    const said = text === undefined ? undefined : wordsOfJson(text);
    const words = said ?? plainWords(text ?? '');
    if (status < 500 && text !== undefined && said === undefined && words === '') {
        return foreign(answer, kindOf(text));
    }
    return new _faults_js__WEBPACK_IMPORTED_MODULE_4__/* .UnavailableError */ .hG(request, `was answered ${status}${words === '' ? '' : ` (${words})`}`, {
        processed: status === 429 && said !== undefined ? 'no' : 'unknown',
        status,
        retryAfterMs: (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_2__/* .parseRetryAfter */ .mu)(headers, serverNow)
    });
}
/** A byte order mark, which some proxies put in front, is left out. */
async function readText(answer) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of (0,_encoding_js__WEBPACK_IMPORTED_MODULE_3__/* .decoded */ .D)(answer.reply)) {
            size += chunk.length;
            if (size > MAX_BODY_BYTES)
                throw new _base_json_js__WEBPACK_IMPORTED_MODULE_5__/* .ShapeError */ .ym(`more than ${MAX_BODY_BYTES} bytes`);
            chunks.push(chunk);
        }
    }
    catch (error) {
        throw error instanceof _base_json_js__WEBPACK_IMPORTED_MODULE_5__/* .ShapeError */ .ym ? unusable(answer, error.message, error) : error;
    }
    return new TextDecoder().decode(Buffer.concat(chunks));
}
function nothingUnlessAborted(error) {
    if (!(error instanceof _faults_js__WEBPACK_IMPORTED_MODULE_4__/* .WireFault */ .ML) && !(error instanceof _faults_js__WEBPACK_IMPORTED_MODULE_4__/* .UnavailableError */ .hG))
        throw error;
}
function parseJson(answer, text) {
    // Nothing is a fine answer to a cancel; a decoder that needs an object rejects it.
    if (text.trim() === '')
        return undefined;
    try {
        return JSON.parse(text);
    }
    catch (cause) {
        if (!/^\s*[[{]/.test(text))
            throw foreign(answer, kindOf(text), cause);
        throw unusable(answer, 'broken JSON: it may have been cut on the way', cause);
    }
}
/** CircleCI's words, '' when they are empty; `undefined` when the text is not what CircleCI sends with an error. */
function wordsOfJson(text) {
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (!(0,_base_json_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(json))
        return undefined;
    const { message, error } = json;
    const words = [message, error].find(value => typeof value === 'string');
    if (typeof words === 'string')
        return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(words.trim(), MAX_WORDS);
    if (!(0,_base_json_js__WEBPACK_IMPORTED_MODULE_5__/* .isObject */ .Gv)(error))
        return undefined;
    // API v3: {"error": {"type", "id", "title", "detail", "source"}}.
    const { title, detail } = error;
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)([title, detail]
        .filter(part => typeof part === 'string')
        .join(': ')
        .trim(), MAX_WORDS);
}
/** An error's body that is short and plain text. */
function plainWords(text) {
    const plain = text.trim();
    return /^[<[{"]/.test(plain) || plain.length > MAX_PLAIN ? '' : plain;
}
function kindOf(text) {
    const start = text.trim()[0];
    if (start === undefined)
        return NOTHING;
    if (start === '<')
        return 'HTML instead of JSON';
    if (/[[{"]/.test(start))
        return OTHER_JSON;
    const words = plainWords(text);
    return `text instead of JSON${words === '' ? '' : ` ("${words}")`}`;
}
function targetOf(location) {
    const url = location === undefined ? undefined : (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAddress */ .or)(location);
    return url === undefined ? '' : ` to ${url.origin}`;
}


/***/ }),

/***/ 1346:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  D: () => (/* binding */ decoded),
  f: () => (/* binding */ isEncoded)
});

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
// EXTERNAL MODULE: ./src/base/json.ts
var json = __nccwpck_require__(3659);
;// CONCATENATED MODULE: ./src/circleci/encoding.ts


/** Content codings of RFC 9110, section 8.4.1, and Brotli of RFC 7932. */
const DECODERS = {
    gzip: from => from.createGunzip(),
    'x-gzip': from => from.createGunzip(),
    deflate: from => from.createInflate(),
    br: from => from.createBrotliDecompress()
};
/** Whether a body is encoded, in whatever way. */
function isEncoded(reply) {
    return encodingOf(reply) !== 'identity';
}
/**
 * The chunks of a body, decoded: a proxy may encode what was not asked for. The reader bounds how much is unpacked.
 * Rejects with a `ShapeError` for an encoding that is unknown or broken.
 */
async function* decoded(reply) {
    const encoding = encodingOf(reply);
    if (encoding === 'identity') {
        yield* reply.body;
        return;
    }
    const create = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
    if (create === undefined) {
        throw new json/* ShapeError */.ym(`a body in the encoding "${encoding.slice(0, 40)}", which was not requested`);
    }
    // Rarely needed, and slow to load.
    const decoder = create(await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8522, 23)));
    let received = 0;
    const source = external_node_stream_namespaceObject.Readable.from(reply.body).on('data', (chunk) => {
        received += chunk.length;
    });
    source.once('error', error => decoder.destroy(error));
    try {
        // Not a pipeline: that takes a reader who leaves early for a failure.
        yield* source.pipe(decoder);
    }
    catch (error) {
        // Nothing is nothing in any encoding.
        if (isBroken(error) && received === 0)
            return;
        throw isBroken(error) ? new json/* ShapeError */.ym(`a body whose ${encoding} encoding is broken`) : error;
    }
    finally {
        source.destroy();
        decoder.destroy();
    }
}
function encodingOf({ headers }) {
    const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
    return encoding === '' ? 'identity' : encoding;
}
/** Codes of zlib (https://nodejs.org/api/zlib.html#zlibconstants), and of Brotli (`ERR__ERROR_FORMAT_...`). */
function isBroken(error) {
    const { code } = Object(error);
    return typeof code === 'string' && /^(Z_|ERR__)/.test(code);
}


/***/ }),

/***/ 6899:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ML: () => (/* binding */ WireFault),
/* harmony export */   fk: () => (/* binding */ RefusedError),
/* harmony export */   hG: () => (/* binding */ UnavailableError),
/* harmony export */   oM: () => (/* binding */ AbortedError),
/* harmony export */   vQ: () => (/* binding */ toWireFault)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4758);

/**
 * CircleCI answered no: a 4xx (other than 408 and 429) with its own JSON, `{"message"}`, `{"error": "text"}` or v3's
 * `{"error": {}}`. Of the hosts of artifacts and outputs, which have no JSON, it is any 4xx that is not a web page.
 */
class RefusedError extends Error {
    name = 'RefusedError';
    status;
    /** CircleCI's own words, or '' when there were none. */
    words;
    /** Method and path, for people: `GET /api/v2/me`. */
    request;
    constructor(request, status, words) {
        super(`${request} was answered ${status}${words === '' ? '' : `: ${words}`}`);
        this.request = request;
        this.status = status;
        this.words = words;
    }
    /** Why, as a clause: CircleCI's own words, or its status where there were none. */
    get why() {
        return this.words || `it answered ${this.status}`;
    }
}
/** No usable answer came: connection faults, time-outs, cut bodies, 408, 429, 5xx, anything but CircleCI's JSON. */
class UnavailableError extends Error {
    name = 'UnavailableError';
    /** Method and path, for people. */
    request;
    processed;
    final;
    foreign;
    unresolved;
    status;
    retryAfterMs;
    constructor(request, problem, details) {
        super(`${request} ${problem}`, { cause: details.cause });
        this.request = request;
        this.processed = details.processed ?? 'unknown';
        this.final = details.final ?? false;
        this.foreign = details.foreign ?? false;
        this.unresolved = details.unresolved ?? false;
        this.status = details.status;
        this.retryAfterMs = details.retryAfterMs;
    }
}
/** The caller's signal ended the call. */
class AbortedError extends Error {
    name = 'AbortedError';
    /** False when the request certainly never left. */
    sent;
    constructor(request, { sent = true } = {}) {
        super(`${request} was abandoned`);
        this.sent = sent;
    }
}
/** The connection failed. `connected`: whether the request can have left this machine. */
class WireFault extends Error {
    name = 'WireFault';
    connected;
    /** A certificate that is not trusted: trying again does not help. */
    certificate;
    /** The host's name does not resolve, now or at all. */
    unresolved;
    constructor(message, connected, cause) {
        super(message, { cause });
        this.connected = connected;
        this.certificate = !connected && isCertificateError(cause);
        this.unresolved = !connected && /^(ENOTFOUND|EAI_AGAIN)$/.test(codeOf(cause));
    }
}
/** The fault for an error of Node's or of the proxy tunnel's, in words for people, with Node's code. */
function toWireFault(error, connected) {
    const proxy = proxyProblem((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorMessage */ .gJ)(error));
    return new WireFault(proxy ?? describe(error), connected, error);
}
function describe(error) {
    const code = codeOf(error);
    const message = causesOf(error).map(_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorMessage */ .gJ).join('; ');
    return code === '' || message.includes(code) ? message : `${message} (${code})`;
}
/** Where a host has several addresses, Node tries them all and throws an `AggregateError` without a message. */
function causesOf(error) {
    const { errors } = Object(error);
    return Array.isArray(errors) && errors.length > 0 ? errors : [error];
}
/** The tunnel that @actions/http-client uses gives every failure of a proxy this sentence, and `ECONNRESET` as its code. */
function proxyProblem(message) {
    const [, status, cause] = /^tunneling socket could not be established, (?:statusCode=(\d+)|cause=(.*))$/s.exec(message) ??
        [];
    if (status !== undefined) {
        return `the proxy answered ${status}${status === '407' ? ' (it requires credentials)' : ''}`;
    }
    return cause === undefined ? undefined : `the proxy cannot be reached: ${cause}`;
}
function codeOf(error) {
    const { code } = Object(causesOf(error)[0]);
    return typeof code === 'string' ? code : '';
}
/** OpenSSL's verification codes, as Node names them. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isCertificateError(error) {
    return /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|ERROR_IN_C|HOSTNAME_MISMATCH|PATH_LENGTH_|INVALID_CA|INVALID_PURPOSE)/.test(codeOf(error));
}


/***/ }),

/***/ 4318:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H5: () => (/* binding */ parseRateLimit),
/* harmony export */   PT: () => (/* binding */ Pacing),
/* harmony export */   m6: () => (/* binding */ parseHttpDate),
/* harmony export */   mu: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
/* unused harmony exports PACE_CAP_MS, paceMs */
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(766);

/**
 * Parses an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110, section 5.6.7). Returns epoch milliseconds, or
 * `undefined` for anything without weekday and zone: `Date.parse` makes a year of a `0`, and takes a missing zone for ours.
 */
function parseHttpDate(text) {
    if (text === undefined || !/^\s*(mon|tue|wed|thu|fri|sat|sun).*gmt\s*$/i.test(text)) {
        return undefined;
    }
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : date;
}
/**
 * Reads `Retry-After`: seconds or an HTTP date (RFC 9110, section 10.2.3), the latter by the server's own clock where the
 * answer has it. Returns milliseconds from `now`, or `undefined` when there is none that makes sense.
 */
function parseRetryAfter(headers, now) {
    const text = headers['retry-after']?.trim() ?? '';
    if (/^\d+(\.\d+)?$/.test(text))
        return Number(text) * 1000;
    const date = parseHttpDate(text);
    return date === undefined
        ? undefined
        : Math.max(0, date - (parseHttpDate(headers['date']) ?? now));
}
const LIMIT_PREFIXES = ['ratelimit', 'x-ratelimit'];
const WINDOWS = {
    '': undefined,
    '-second': 1000,
    '-minute': 60_000,
    '-hour': 3_600_000,
    '-day': 86_400_000
};
/**
 * Reads `RateLimit-*` and `X-RateLimit-*` (also `-Second`, `-Minute`, `-Hour`, `-Day`); where several are sent, the lowest
 * remaining counts. Resets are in seconds. Source: CircleCI API developer's guide, "Rate limits".
 */
function parseRateLimit(headers) {
    const number = (name) => {
        const match = /^\s*(\d+)/.exec(headers[name] ?? '');
        return match === null ? undefined : Number(match[1]);
    };
    const found = [];
    for (const prefix of LIMIT_PREFIXES) {
        for (const [window, windowMs] of Object.entries(WINDOWS)) {
            const remaining = number(`${prefix}-remaining${window}`);
            if (remaining === undefined)
                continue;
            const reset = number(`${prefix}-reset`);
            found.push({
                remaining,
                limit: number(`${prefix}-limit${window}`),
                resetMs: reset === undefined ? windowMs : reset * 1000
            });
        }
    }
    return found.sort((a, b) => a.remaining - b.remaining)[0];
}
/** Longest pause taken only to stay clear of a rate limit, in milliseconds. */
const PACE_CAP_MS = 30_000;
/** Pause where the reset is further away than that: it is not worth the wait, and a 429 says when to come back. */
const FAR_PACE_MS = 5_000;
/** How long to hold the next request back, in milliseconds: when nearly nothing is left, until a reset that is near. */
function paceMs(limit, ageMs) {
    if (limit?.resetMs === undefined)
        return 0;
    const reserve = Math.min(3, Math.floor((limit.limit ?? 100) * 0.02));
    if (limit.remaining > reserve)
        return 0;
    const left = Math.max(0, limit.resetMs - ageMs);
    return left > PACE_CAP_MS ? FAR_PACE_MS : left;
}
/** Keeps requests clear of CircleCI's rate limits, one for each family of routes ("per resource", API developer's guide). */
class Pacing {
    #limits = new Map();
    #context;
    constructor(context) {
        this.#context = context;
    }
    /** Takes in what an answer said of the limit of its route, `at` by the clock; the last answer counts. */
    learn(request, headers, at) {
        const limit = parseRateLimit(headers);
        if (limit === undefined)
            this.#limits.delete(familyOf(request));
        else
            this.#limits.set(familyOf(request), { ...limit, at });
    }
    /** Resolves once a request may be sent. Requests under way at once hold back together. */
    async hold(request, signal) {
        const { clock, log } = this.#context;
        const limit = this.#limits.get(familyOf(request));
        const pause = paceMs(limit, clock.now() - (limit?.at ?? 0));
        if (pause <= 0)
            return;
        log.debug(`Rate limit nearly used up: holding back for ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(pause)}`);
        await clock.sleep(pause, signal);
    }
}
/** A request's route without what differs from one thing to the next: segments with a digit are ids, numbers, names. */
function familyOf(request) {
    return request.replaceAll(/[^/]*\d[^/]*/g, '*');
}


/***/ }),

/***/ 5770:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L5: () => (/* binding */ retry),
/* harmony export */   jo: () => (/* binding */ backoffMs),
/* harmony export */   v7: () => (/* binding */ pause),
/* harmony export */   xR: () => (/* binding */ PATIENCE_MS)
/* harmony export */ });
/* unused harmony export BACKOFF_CAP_MS */
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6899);

/** How long nothing but errors of CircleCI's API is outlasted, refusals among them, in milliseconds. */
const PATIENCE_MS = 5 * 60_000;
/** Longest pause between two attempts, in milliseconds, when the server asks for none. */
const BACKOFF_CAP_MS = 20_000;
const BACKOFF_BASE_MS = 500;
/**
 * Full-jitter exponential back-off: a uniformly random pause between 0 and a ceiling that doubles with each attempt
 * up to the cap. What the server asked for (`Retry-After`) is a lower bound.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
function backoffMs(attempt, random, retryAfterMs = 0) {
    const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempt, 30));
    // Some jitter on top of what the server asked for, so that many clients do not come back in the same instant.
    if (retryAfterMs > 0)
        return retryAfterMs + random() * Math.min(ceiling, 1000);
    return random() * ceiling;
}
/**
 * Makes attempts, with back-off, until one does not reject with an `UnavailableError` or no time is left for another.
 * Rejects with what the last one did, and with an `AbortedError` that names `what` when the signal ends a pause.
 */
async function retry(what, attempt, { clock, random, signal, leftMs, onRetry, advanced }) {
    for (let attempts = 0;; attempts += 1) {
        try {
            return await attempt();
        }
        catch (error) {
            const left = error instanceof _faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG ? leftMs(error) : 0;
            if (!(error instanceof _faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG) || left <= 0)
                throw error;
            if (advanced?.() === true)
                attempts = 0;
            const pauseMs = Math.min(backoffMs(attempts, random, error.retryAfterMs), left);
            onRetry(error, pauseMs, left);
            await pause(what, pauseMs, { clock, signal });
        }
    }
}
/** Waits. Rejects with an `AbortedError` that names `what` when the signal is aborted by the end. */
async function pause(what, ms, { clock, signal }) {
    await clock.sleep(ms, signal);
    if (signal?.aborted === true)
        throw new _faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM(what);
}


/***/ }),

/***/ 1525:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Hr: () => (/* binding */ formatSlug),
/* harmony export */   OZ: () => (/* binding */ CLOUD),
/* harmony export */   ZY: () => (/* binding */ slugPath),
/* harmony export */   dF: () => (/* binding */ parseSlug),
/* harmony export */   h8: () => (/* binding */ linksFor),
/* harmony export */   t9: () => (/* binding */ meantSlug)
/* harmony export */ });
const PROVIDERS = {
    gh: 'gh',
    github: 'gh',
    bb: 'bb',
    bitbucket: 'bb',
    circleci: 'circleci'
};
/** Where the repositories of a provider are. */
const HOSTS = {
    'github.com': 'gh',
    'www.github.com': 'gh',
    'bitbucket.org': 'bb'
};
/**
 * Parses `gh|github|bb|bitbucket/org/repo` or `circleci/<org>/<project>`; `undefined` when it is neither.
 * `github` and `bitbucket` become `gh` and `bb`, the only forms the run endpoint takes.
 */
function parseSlug(text) {
    const parts = text.trim().split('/');
    const [vcs, organization, project] = parts;
    if (parts.length !== 3 || vcs === undefined)
        return undefined;
    const provider = Object.hasOwn(PROVIDERS, vcs) ? PROVIDERS[vcs] : undefined;
    if (provider === undefined || !isSegment(organization) || !isSegment(project))
        return undefined;
    return { provider, organization, project };
}
/** The slug that was probably meant by the address of a project or repository, or by a name alone; else `undefined`. */
function meantSlug(text) {
    const parts = text
        .trim()
        .replace(/[?#].*$/s, '')
        .replace(/^[a-z]+:\/\/|^git@/i, '')
        .replace(/\.git$/, '')
        .split(/[/:]/)
        .filter(part => part !== '')
        .map(part => HOSTS[part.toLowerCase()] ?? part);
    const at = parts.findIndex(part => Object.hasOwn(PROVIDERS, part.toLowerCase()));
    const [provider = 'gh', organization, project] = at >= 0 ? parts.slice(at) : ['gh', ...parts];
    if (at < 0 && parts.length !== 2)
        return undefined;
    const slug = parseSlug(`${provider.toLowerCase()}/${organization ?? ''}/${project ?? ''}`);
    return slug && formatSlug(slug);
}
/** No separators of a URL, no white space and nothing invisible, which would only show as a puzzling 404. */
function isSegment(text) {
    if (text === undefined || text === '' || text === '.' || text === '..')
        return false;
    return !/[\s\p{Cc}\p{Cf}\p{Cs}?#\\%]/u.test(text);
}
/** The slug as CircleCI shows it: `gh/acme/shop`. */
function formatSlug(slug) {
    return `${slug.provider}/${slug.organization}/${slug.project}`;
}
/** The slug inside a URL's path: literal slashes, each segment encoded (an escaped slash is a 404 on the run endpoint). */
function slugPath(slug) {
    return [slug.provider, slug.organization, slug.project].map(encodeURIComponent).join('/');
}
/** CircleCI Cloud, the default host. */
const CLOUD = 'https://circleci.com';
const LONG_PROVIDERS = { gh: 'github', bb: 'bitbucket', circleci: 'circleci' };
/** Makes the addresses for one `host` (an origin). */
function linksFor(host) {
    const base = host === CLOUD ? 'https://app.circleci.com' : host;
    const project = (slug) => [base, 'pipelines', LONG_PROVIDERS[slug.provider], slug.organization, slug.project]
        .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
        .join('/');
    const pipeline = (slug, number) => `${project(slug)}/${number}`;
    const workflow = (slug, number, id) => `${pipeline(slug, number)}/workflows/${encodeURIComponent(id)}`;
    return {
        project,
        pipeline,
        workflow,
        job: (slug, number, workflowId, jobNumber) => `${workflow(slug, number, workflowId)}/jobs/${jobNumber}`
    };
}


/***/ }),

/***/ 8760:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ix: () => (/* binding */ isFailed),
/* harmony export */   L: () => (/* binding */ anyStatus),
/* harmony export */   WB: () => (/* binding */ jobStatus),
/* harmony export */   dM: () => (/* binding */ distinct),
/* harmony export */   hU: () => (/* binding */ phaseOf),
/* harmony export */   hh: () => (/* binding */ UnknownStatuses),
/* harmony export */   ui: () => (/* binding */ isUnfinished),
/* harmony export */   xJ: () => (/* binding */ provesLess)
/* harmony export */ });
/* unused harmony exports WORKFLOW_STATUSES, JOB_STATUSES */
/** What a phase means for the verdict, and how it is shown. An `unknown` status is taken as unfinished: it never ends a wait. */
const PHASES = {
    success: { ended: true, started: true, kind: 'passed' },
    'not-run': { ended: true, started: false, kind: 'stopped' },
    canceled: { ended: true, started: true, kind: 'stopped' },
    unauthorized: { ended: true, started: false, kind: 'failed' },
    failed: { ended: true, started: true, kind: 'failed' },
    error: { ended: true, started: false, kind: 'failed' },
    'on-hold': { ended: false, started: false, kind: 'held' },
    blocked: { ended: false, started: false, kind: 'waiting' },
    failing: { ended: false, started: true, kind: 'failed' },
    queued: { ended: false, started: false, kind: 'waiting' },
    running: { ended: false, started: true, kind: 'running' },
    unknown: { ended: false, started: true, kind: 'unknown' }
};
/**
 * The statuses of a workflow. Those that prove least come last: of two answers that contradict each other the one further
 * down counts. Values: CircleCI's OpenAPI document, `GET /pipeline/{id}/workflow`. `queued`, waiting for a serial group, stands
 * only in https://circleci.com/docs/guides/orchestrate/workflows/
 */
const WORKFLOW_STATUSES = {
    success: row('success'),
    not_run: row('not-run'),
    canceled: row('canceled'),
    unauthorized: row('unauthorized'),
    failed: row('failed'),
    error: row('error'),
    on_hold: row('on-hold'),
    failing: row('failing'),
    queued: row('running', { kind: 'waiting', started: false }),
    running: row('running')
};
/**
 * The statuses of a job, in the same order. Values: CircleCI's OpenAPI document, `GET /workflow/{id}/job`. `retried` has been
 * replaced by another run. `unauthorized` counts as failed wherever failed jobs are named, though the verdict has a row of its
 * own for it; `canceled` is somebody's decision. An approval job is `blocked` until what it requires has ended, then `on_hold`.
 */
const JOB_STATUSES = {
    success: row('success'),
    retried: row('not-run', { started: true }),
    not_run: row('not-run'),
    canceled: row('canceled'),
    unauthorized: row('unauthorized'),
    'terminated-unknown': row('failed', { words: 'terminated' }),
    infrastructure_fail: row('failed', { words: 'infrastructure failure' }),
    timedout: row('failed', { words: 'timed out' }),
    failed: row('failed'),
    on_hold: row('on-hold'),
    blocked: row('blocked'),
    not_running: row('queued', { words: 'not running yet' }),
    queued: row('queued'),
    running: row('running')
};
const UNKNOWN = row('unknown');
function row(phase, special = {}) {
    return { phase, ...PHASES[phase], ...special };
}
const TABLES = { workflow: WORKFLOW_STATUSES, job: JOB_STATUSES };
/** What a workflow's status means for the verdict. */
function phaseOf(status) {
    return statusOf('workflow', status).phase;
}
/** What a job's status means; the steps of a job have the same. */
function jobStatus(status) {
    return statusOf('job', status);
}
/** What a status means that may be a job's or a workflow's: where both have it, it is shown the same way. */
function anyStatus(status) {
    return isKnown('job', status) ? jobStatus(status) : statusOf('workflow', status);
}
/** Whether a workflow can still change by itself. On hold counts: somebody may approve. */
function isUnfinished(status) {
    return !statusOf('workflow', status).ended;
}
/** Whether a job, or a step of one, ended badly: `canceled` did not, `unauthorized` did. */
function isFailed(status) {
    return jobStatus(status).kind === 'failed';
}
/** Whether of two contradicting statuses the first proves less than the second, and so is the one to believe. */
function provesLess(of, status, other) {
    const order = Object.keys(TABLES[of]);
    const rank = (one) => (isKnown(of, one) ? order.indexOf(one) : Infinity);
    return rank(status) > rank(other);
}
/**
 * The rows of a listing by their ids; those without are left out. Of rows that contradict each other the one that proves
 * less counts.
 */
function distinct(of, rows) {
    const byId = new Map();
    for (const row of rows) {
        if (row.id === '')
            continue;
        const other = byId.get(row.id);
        if (other === undefined || provesLess(of, row.status, other.status))
            byId.set(row.id, row);
    }
    return byId;
}
/** Warns about each status that this version does not know, once. */
class UnknownStatuses {
    log;
    warned = new Set();
    constructor(log) {
        this.log = log;
    }
    /** Looks at a workflow, or a job, that was read; returns it. */
    note(of, row) {
        const { name, status } = row;
        const key = `${of} ${status}`;
        if (isKnown(of, status) || this.warned.has(key))
            return row;
        this.warned.add(key);
        const what = of === 'workflow' ? 'Workflow' : 'Job';
        this.log.warning(`${what} "${name}" has the status "${status}", which this version of the action does not know: it counts as still running.`);
        return row;
    }
}
function statusOf(of, status) {
    return (isKnown(of, status) ? TABLES[of][status] : undefined) ?? UNKNOWN;
}
function isKnown(of, status) {
    return Object.hasOwn(TABLES[of], status);
}


/***/ }),

/***/ 2825:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gz: () => (/* binding */ openStorage),
/* harmony export */   HI: () => (/* binding */ openArtifact),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   X_: () => (/* binding */ storageUrl),
/* harmony export */   aJ: () => (/* binding */ toUnavailable)
/* harmony export */ });
/* unused harmony exports mayCarryToken, isSafeAddress */
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(766);
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3659);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3060);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6899);
/* harmony import */ var _rate_limit_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4318);





// The hosts that keep artifacts and the outputs of steps: which of them may be asked, which get the token, and what their
// answers mean. They are not CircleCI's API: no JSON, and often a presigned address of another company.
const MAX_REDIRECTS = 5;
/** As `URL` spells host names: loopback (RFC 6761, RFC 1122), unspecified, link-local (RFC 3927, RFC 4291) and IPv4 inside IPv6. */
const LOCAL = /^(?:(?:.*\.)?localhost\.?|(?:0|127)(?:\.\d+){3}|169\.254(?:\.\d+){2}|\[::1?\]|\[::ffff:.*|\[fe[89ab].*)$/;
/**
 * Whether CircleCI's token may go to an address: the configured origin, and over https CircleCI's own hosts, which
 * serve artifacts (`output.circle-artifacts.com`, `<n>-<id>-gh.circle-artifacts.com`). Nothing else, ever.
 */
function mayCarryToken(url, host) {
    if (!isSafeAddress(url, host) || url.username !== '' || url.password !== '')
        return false;
    if (url.origin === new URL(host).origin)
        return true;
    return (url.protocol === 'https:' &&
        url.port === '' &&
        /(^|\.)(circleci\.com|circle-artifacts\.com)$/.test(url.hostname));
}
/** Whether a host name is this machine's own loopback, the only place where plain http is accepted. */
function isLoopback(hostname) {
    return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
/** What an address is that is not safe. */
const UNSAFE_ADDRESS = 'not an https address of another machine';
/**
 * Whether an address that CircleCI sent may be requested at all: over https, and nothing of this machine or its own network
 * segment, where services trust every caller (cloud metadata at 169.254.169.254 for one). A CircleCI that is itself
 * on loopback may point at its neighbours, over plain http too. Private networks are let through: a CircleCI Server keeps
 * its artifacts there.
 */
function isSafeAddress({ protocol, hostname }, host) {
    const secure = protocol === 'https:';
    if (isLoopback(new URL(host).hostname)) {
        return secure || (protocol === 'http:' && isLoopback(hostname));
    }
    return secure && !LOCAL.test(hostname);
}
/** The address of `what`, parsed. Throws a `RefusedError` when it may not be asked. */
function storageUrl(address, what, host) {
    const url = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAddress */ .or)(address);
    if (url === undefined || !isSafeAddress(url, host)) {
        throw new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .RefusedError */ .fk(`GET of ${what}`, 400, `its address is ${UNSAFE_ADDRESS}`);
    }
    return url;
}
/** Asks a host of files once, following no redirect. A web page is no refusal: it is an `UnavailableError`. */
async function openStorage({ transport, clock, log }, url, { isWanted, ...request }) {
    const name = nameOf(url);
    const started = clock.now();
    try {
        const reply = await transport.send({ method: 'GET', url, ...request });
        log.debug(`${name} \u2192 ${reply.status} in ${clock.now() - started} ms`);
        if (isWanted(reply))
            return reply;
        reply.close();
        throw unwanted(name, reply, clock.now());
    }
    catch (error) {
        throw toUnavailable(url, error);
    }
}
function unwanted(name, reply, now) {
    const { status, headers } = reply;
    const foreign = status < 500 && (0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isWebPage */ .AA)(reply);
    if (!foreign && !(0,_answer_js__WEBPACK_IMPORTED_MODULE_1__/* .isPassing */ .WG)(status))
        return new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .RefusedError */ .fk(name, status, '');
    return new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .UnavailableError */ .hG(name, `was answered ${status}${foreign ? ' with a web page' : ''}`, {
        foreign,
        status,
        retryAfterMs: (0,_rate_limit_js__WEBPACK_IMPORTED_MODULE_3__/* .parseRetryAfter */ .mu)(headers, now)
    });
}
/** The error for one that came while an address was asked or its body read. */
function toUnavailable(url, error) {
    if (!(error instanceof _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .WireFault */ .ML) && !(error instanceof _base_json_js__WEBPACK_IMPORTED_MODULE_4__/* .ShapeError */ .ym))
        return error;
    return new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .UnavailableError */ .hG(nameOf(url), `failed: ${error.message}`, {
        final: error instanceof _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .WireFault */ .ML && error.certificate,
        cause: error
    });
}
/** Method, origin and path, without the query: a presigned address's signature is a secret. */
function nameOf(url) {
    return `GET ${url.origin}${url.pathname}`;
}
/**
 * Opens an artifact. Its host asks for the token of a private project and may redirect to a presigned address on
 * another origin, where the token would be a leak (and is refused: only one way to authenticate). So redirects are
 * followed by hand, the token is left behind at the first change of origin, and https never turns into http.
 */
async function openArtifact(context, address, from, { signal, ifRange } = {}) {
    const { host } = context;
    const headers = { accept: '*/*' };
    if (from > 0)
        headers['range'] = `bytes=${from}-`;
    if (from > 0 && ifRange !== undefined)
        headers['if-range'] = ifRange;
    let url = storageUrl(address, 'an artifact', host);
    if (mayCarryToken(url, host))
        headers['circle-token'] = context.token;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
        const request = { headers: { ...headers }, signal, isDownload: true };
        const reply = await openStorage(context, url, { ...request, isWanted: isFileOrRedirect });
        if (!isRedirect(reply))
            return {
                ...reply,
                close: () => {
                    reply.close();
                },
                body: guarded(url, reply.body)
            };
        reply.close();
        const next = followed(url, reply.headers['location'], host);
        if (next.origin !== url.origin || !mayCarryToken(next, host))
            delete headers['circle-token'];
        url = next;
    }
    throw dead(url, `was redirected more than ${MAX_REDIRECTS} times`);
}
function isRedirect({ status }) {
    return status >= 300 && status < 400;
}
function isFileOrRedirect(reply) {
    return reply.status === 200 || reply.status === 206 || isRedirect(reply);
}
function followed(url, location, host) {
    const next = location === undefined ? undefined : (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAddress */ .or)(location, url);
    if (next === undefined || !/^https?:$/.test(next.protocol)) {
        throw dead(url, 'was redirected without an address');
    }
    if (!isSafeAddress(next, host) || (url.protocol === 'https:' && next.protocol === 'http:')) {
        throw dead(url, `was redirected to ${next.origin}, which is ${UNSAFE_ADDRESS}: refused`);
    }
    return next;
}
function dead(url, problem) {
    return new _faults_js__WEBPACK_IMPORTED_MODULE_2__/* .UnavailableError */ .hG(nameOf(url), problem, { final: true });
}
async function* guarded(url, body) {
    try {
        yield* body;
    }
    catch (error) {
        throw toUnavailable(url, error);
    }
}


/***/ }),

/***/ 7728:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ triggerBody),
/* harmony export */   b: () => (/* binding */ decodeTrigger)
/* harmony export */ });
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3659);

/** The body of a trigger; what was not asked for is left out, as CircleCI refuses empty values. */
function triggerBody(request) {
    const parameters = Object.keys(request.parameters).length > 0 ? request.parameters : undefined;
    const body = request.endpoint === 'classic'
        ? { ...request.ref, parameters }
        : {
            definition_id: request.definitionId,
            config: request.config,
            checkout: request.checkout,
            parameters
        };
    return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
/**
 * Reads the answer of a trigger. The run endpoint answers 200, with any body, where it made no pipeline (a commit that says
 * to skip CI, for one); of a classic trigger a 200 counts only with a message.
 * https://circleci.com/docs/api/v2/#operation/triggerPipelineRun
 */
function decodeTrigger(json, status, endpoint) {
    // Whatever a run's 200 holds, it is not a pipeline's id.
    if (endpoint === 'run' && status === 200 && !(0,_base_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(json)) {
        return { kind: 'no-pipeline', message: '' };
    }
    const fields = new _base_json_js__WEBPACK_IMPORTED_MODULE_0__/* .Fields */ .C8(json, 'trigger');
    const message = fields.string('message');
    const id = fields.string('id') ?? '';
    if (id === '' && status === 200 && (endpoint === 'run' || message !== undefined)) {
        return { kind: 'no-pipeline', message: message ?? '' };
    }
    if (id === '')
        throw new _base_json_js__WEBPACK_IMPORTED_MODULE_0__/* .ShapeError */ .ym('trigger: no "id"');
    const number = fields.number('number');
    return {
        kind: 'created',
        pipeline: {
            id,
            number: Number.isSafeInteger(number) && Number(number) > 0 ? number : undefined,
            state: fields.string('state') ?? 'pending',
            createdAt: fields.string('created_at') ?? ''
        }
    };
}


/***/ }),

/***/ 6584:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ GitHub)
/* harmony export */ });
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3659);
/* harmony import */ var _base_version_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2301);
/* harmony import */ var _trigger_event_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5308);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7239);




const PAGE_SIZE = 100;
/** Octokit would print GitHub's deprecation notices itself, past the log that makes remote text harmless. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
/**
 * GitHub's API, as far as this project uses it. Most of it serves side channels, so it gives up soon (see `attempter`).
 * Every method rejects with a `GitHubFault`. Proxies are honoured as `@actions/github` does.
 */
class GitHub {
    #options;
    #attempt;
    #octokit;
    constructor(options) {
        this.#options = options;
        this.#attempt = (0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .attempter */ .Nw)(options);
    }
    /** `POST /repos/{owner}/{repo}/statuses/{sha}`; not tried again once `superseded` aborts. */
    createStatus(sha, status, superseded) {
        const { targetUrl, ...fields } = this.#options.mask.data(status);
        const link = targetUrl === undefined ? {} : { target_url: targetUrl };
        const route = 'POST /repos/{owner}/{repo}/statuses/{sha}';
        return this.#ask(route, { sha, ...fields, ...link }, expectStatus(201), { superseded });
    }
    /** A pull request, its head commit for certain: `GET /repos/{owner}/{repo}/pulls/{number}`. */
    pullRequest(number) {
        const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
        return this.#ask(route, { pull_number: number }, readPullRequest);
    }
    /** A page (from 1) of a pull request's conversation, oldest first; `isLast` when no page follows. */
    commentPage(pullRequest, page) {
        const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
        const query = { issue_number: pullRequest, per_page: PAGE_SIZE, page };
        return this.#ask(route, query, readCommentPage);
    }
    /** `POST .../issues/{number}/comments`, sent once: an `unavailable` fault leaves open whether it was made. */
    createComment(pullRequest, body) {
        const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
        const comment = { issue_number: pullRequest, body: this.#options.mask.text(body) };
        return this.#ask(route, comment, expectStatus(201), { once: true });
    }
    /** `PATCH .../issues/comments/{id}`. */
    updateComment(id, body) {
        const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
        return this.#ask(route, { comment_id: id, body: this.#options.mask.text(body) }, expectStatus(200));
    }
    /** Whose comments are the token's own: a login as `IssueComment.author` has it. */
    async ownLogin() {
        try {
            return await this.#send(async (client, request) => readLogin((await client.request('GET /user', { request })).data));
        }
        catch (error) {
            if ((0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .toFault */ .ec)(error).kind !== 'permission')
                throw error;
        }
        try {
            const viewer = await this.#send((client, request) => client.graphql(VIEWER, { request }));
            return botLogin(readLogin(viewer.viewer));
        }
        catch {
            return WORKFLOW_LOGIN;
        }
    }
    #ask(route, parameters, read, attempts) {
        const [owner = '', repo = ''] = this.#options.repository.split('/');
        return this.#send(async (client, request) => read(await client.request(route, { owner, repo, ...parameters, request })), attempts);
    }
    #send(call, attempts) {
        return this.#attempt(async (signal) => call(await (this.#octokit ??= this.#load()), { signal, log: SILENT }), attempts);
    }
    /**
     * Few steps speak to GitHub, and loading Octokit takes its time. The package reads the event's payload while it loads,
     * and throws when that is broken; this project reads the payload by itself (`runner/context.ts`), so it is hidden from
     * the package.
     */
    async #load() {
        const { token, apiUrl: baseUrl } = this.#options;
        delete process.env['GITHUB_EVENT_PATH'];
        const { getOctokit } = await __nccwpck_require__.e(/* import() | github */ 326).then(__nccwpck_require__.bind(__nccwpck_require__, 157));
        return getOctokit(token, { baseUrl, userAgent: _base_version_js__WEBPACK_IMPORTED_MODULE_2__/* .USER_AGENT */ ._, log: SILENT });
    }
}
/**
 * `GET /user` answers an app's token with 403, and the workflow's own is one: "Resource not accessible by integration".
 * GraphQL's `viewer` is `name[bot]` then (seen for apps' tokens in fullsend-ai/fullsend#1953 and
 * joshjohanning/bulk-github-repo-settings-sync-action#194, and for the workflow's own in
 * marocchino/sticky-pull-request-comment, whose `findPreviousComment` takes the `[bot]` off to compare with GraphQL's
 * authors, which have none; REST's `user.login` has it: open-multi-agent/open-multi-agent#492).
 */
const VIEWER = 'query { viewer { login } }';
/** Who comments with the token that GitHub gives every job. */
const WORKFLOW_LOGIN = 'github-actions[bot]';
/** Nobody can take a login in brackets: only apps have them, and `name` may be somebody else than `name[bot]`. */
function botLogin(login) {
    return login.endsWith('[bot]') ? login : `${login}[bot]`;
}
/** A write that was redirected arrives as a read, which answers 200 and changes nothing. */
function expectStatus(wanted) {
    return ({ status }) => {
        if (status === wanted)
            return;
        throw new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .GitHubFault */ .Q4('refused', `GitHub answered ${status} instead of ${wanted}`);
    };
}
function readPullRequest({ data }) {
    const pull = (0,_trigger_event_js__WEBPACK_IMPORTED_MODULE_0__/* .decodePullRequest */ .ZO)(new _base_json_js__WEBPACK_IMPORTED_MODULE_3__/* .Fields */ .C8(data, 'pull request'));
    if (pull?.headSha === undefined)
        throw new _base_json_js__WEBPACK_IMPORTED_MODULE_3__/* .ShapeError */ .ym('pull request: no head commit');
    return { ...pull, headSha: pull.headSha };
}
function readLogin(json) {
    return new _base_json_js__WEBPACK_IMPORTED_MODULE_3__/* .Fields */ .C8(json, 'user').requiredString('login');
}
function readCommentPage({ data, headers }) {
    // Octokit hands over '' for a body that was cut: taken for an empty page, it would make a second comment.
    if (!Array.isArray(data))
        throw new _base_json_js__WEBPACK_IMPORTED_MODULE_3__/* .ShapeError */ .ym('comments: no list');
    return { items: data.map(readComment), isLast: !(headers.link ?? '').includes('rel="next"') };
}
function readComment(json) {
    const fields = new _base_json_js__WEBPACK_IMPORTED_MODULE_3__/* .Fields */ .C8(json, 'comment');
    const user = fields.object('user');
    const login = user?.string('login') ?? '';
    return {
        id: fields.requiredNumber('id'),
        body: fields.string('body') ?? '',
        /** Login of who wrote it, an app's with its `[bot]`; '' for a deleted account. */
        author: user?.string('type') === 'Bot' ? botLogin(login) : login
    };
}
function ignore() {
    // Nothing is printed.
}


/***/ }),

/***/ 7593:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _6: () => (/* binding */ statusState),
/* harmony export */   aF: () => (/* binding */ CommitStatuses)
/* harmony export */ });
/* unused harmony exports fitDescription, latestOnly */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_util__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _fault_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7239);


/** GitHub's limit for a status's description. */
const MAX_DESCRIPTION = 140;
/** White space, controls and marks that reorder text; not the joiner that some emoji are made with. */
const INVISIBLE = /[\s\p{Cc}\p{Cs}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
/**
 * Keeps the statuses that input `commit-status` names up to date: one request per change and status. Nothing here
 * rejects, and nothing changes the verdict. A missing token, commit or permission is warned about once, after which
 * nothing is tried again.
 */
class CommitStatuses {
    #options;
    #names;
    #writers;
    #eventCommit;
    #warned = false;
    #final = false;
    constructor(options) {
        this.#options = options;
        this.#names = options.lines.map(({ context }) => `"${context}"`).join(', ');
        this.#writers = new Map(options.lines.map(line => [line, latestOnly(this.#post)]));
    }
    /** Sets every status to pending; resolves when GitHub has the newest wording. */
    async pending(description, targetUrl, { subject, revision }) {
        if (subject === 'other' && revision === undefined)
            return;
        const sha = subject === 'other' ? revision : undefined;
        await this.#setAll(sha, () => ({ state: 'pending', description, targetUrl }));
    }
    /**
     * Sets every status to how the run ended. One that follows an artifact links to `artifactUrl(glob)`, its first match,
     * and is an error when there is none although the run succeeded. On the event's own commit it is an error, too, unless
     * CircleCI built just that commit.
     */
    async finish(outcome, artifactUrl, { subject, revision }) {
        const { log, lines } = this.#options;
        const isBuilt = outcome.pipelineUrl !== undefined && lines.length > 0;
        if (subject === 'other' && revision === undefined) {
            // Without a pipeline no commit was built, and the event's has nothing to do with it.
            if (isBuilt) {
                log.warning(`The commit status ${this.#names} was not set: CircleCI names no single commit that it built, and the step asked for something other than the event's own ref.`);
            }
            return;
        }
        const honest = subject === 'event' && isBuilt ? await this.#onlyIfBuilt(outcome, revision) : outcome;
        await this.#setAll(subject === 'other' ? revision : undefined, line => finalFields(line, honest, artifactUrl));
    }
    async #setAll(sha, sayOf) {
        const writes = [...this.#writers].map(([line, write]) => {
            const said = sayOf(line);
            const description = fitDescription(said.description);
            const targetUrl = webUrl(said.targetUrl);
            return write({ ...said, sha, context: line.context, description, targetUrl });
        });
        await Promise.all(writes);
    }
    /** The outcome as it may stand on the event's commit: an error unless CircleCI built that very commit. */
    async #onlyIfBuilt(outcome, revision) {
        const sha = await this.#commitOfEvent().catch(() => undefined);
        if (sha !== undefined && sha.toLowerCase() === revision?.toLowerCase())
            return outcome;
        const problem = revision === undefined
            ? 'CircleCI does not say which commit it built'
            : `CircleCI built commit ${revision.slice(0, 10)}, not this one`;
        return { ...outcome, state: 'error', description: `${problem}. ${outcome.description}` };
    }
    /** Sends a status unless that is known to be useless; resolves with whether GitHub took it. */
    #post = async ({ sha: built, ...fields }, superseded) => {
        const { github, onPending } = this.#options;
        if (this.#final)
            return false;
        if (github === undefined) {
            this.#warn(undefined);
            return false;
        }
        try {
            const sha = built ?? (await this.#commitOfEvent());
            if (fields.state === 'pending')
                onPending?.(sha);
            await github.createStatus(sha, fields, superseded);
            return true;
        }
        catch (error) {
            // Whether GitHub takes what is newer is still to be seen.
            if (!superseded.aborted || (0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .toFault */ .ec)(error).kind !== 'unavailable')
                this.#warn(error);
            return false;
        }
    };
    #warn(error) {
        this.#final ||= error === undefined || (0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .toFault */ .ec)(error).kind !== 'unavailable';
        if (this.#warned)
            return;
        this.#warned = true;
        const subject = `The commit status ${this.#names}`;
        this.#options.log.warning((0,_fault_js__WEBPACK_IMPORTED_MODULE_1__/* .notUpToDate */ .KL)(subject, 'statuses: write', error));
    }
    /** Found once; a failure is tried again. */
    async #commitOfEvent() {
        const { github, sha, pullRequest } = this.#options;
        if (sha !== undefined)
            return sha;
        if (pullRequest === undefined || github === undefined) {
            throw new _fault_js__WEBPACK_IMPORTED_MODULE_1__/* .GitHubFault */ .Q4('refused', 'the event has no commit');
        }
        try {
            this.#eventCommit ??= github.pullRequest(pullRequest).then(({ headSha }) => headSha);
            return await this.#eventCommit;
        }
        catch (error) {
            this.#eventCommit = undefined;
            throw error;
        }
    }
}
/**
 * How a verdict shows in a commit status. A run the user lets pass is a success, one that found a fault in the code
 * a failure; one that ended without finding out (cancelled, timed out) is an error, GitHub's word for just that.
 */
function statusState(verdict) {
    if (verdict.passes)
        return 'success';
    const { conclusion } = verdict;
    return conclusion === 'cancelled' || conclusion === 'timed_out' ? 'error' : 'failure';
}
/** A description of at most 140 characters on one line, cut between characters as people see them. */
function fitDescription(text) {
    const line = text.replace(INVISIBLE, ' ').trim();
    if (line.length <= MAX_DESCRIPTION)
        return line;
    let cut = '';
    for (const { segment } of new Intl.Segmenter().segment(line.slice(0, 2 * MAX_DESCRIPTION))) {
        if (cut.length + segment.length > MAX_DESCRIPTION - 1)
            break;
        cut += segment;
    }
    return `${cut.trimEnd()}\u2026`;
}
function finalFields({ artifactGlob: glob }, { state, description, pipelineUrl }, artifactUrl) {
    const artifact = glob === undefined ? undefined : webUrl(artifactUrl(glob));
    if (glob !== undefined && artifact === undefined && state === 'success') {
        return { state: 'error', description: `No artifact matches ${glob}`, targetUrl: pipelineUrl };
    }
    return { state, description, targetUrl: artifact ?? pipelineUrl };
}
/** GitHub refuses a status whose link is not http or https. */
function webUrl(url) {
    return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined;
}
/**
 * Makes a writer of one commit status that sends changes only, one at a time and in order: what is said while a
 * request is under way is sent after it, and of several such things only the newest. The promise resolves when
 * there is nothing left to send. `post` resolves with whether GitHub took the status; its signal aborts when something
 * newer is to be said.
 */
function latestOnly(post) {
    let underWay = new AbortController();
    let wanted;
    let taken;
    let tail = Promise.resolve();
    const sendNewest = async () => {
        const fields = wanted;
        wanted = undefined;
        if (fields === undefined || (0,node_util__WEBPACK_IMPORTED_MODULE_0__.isDeepStrictEqual)(fields, taken))
            return;
        underWay = new AbortController();
        if (await post(fields, underWay.signal))
            taken = fields;
    };
    return fields => {
        wanted = fields;
        underWay.abort();
        tail = tail.then(sendNewest);
        return tail;
    };
}


/***/ }),

/***/ 7239:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DZ: () => (/* binding */ limitTime),
/* harmony export */   KL: () => (/* binding */ notUpToDate),
/* harmony export */   Nw: () => (/* binding */ attempter),
/* harmony export */   Q4: () => (/* binding */ GitHubFault),
/* harmony export */   ec: () => (/* binding */ toFault)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4758);
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3659);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(766);



/**
 * GitHub's API did not do what was asked. `permission`: 403 or 404, which is how GitHub also hides what a token may
 * not see; `credentials`: 401; `unavailable`: no answer, 5xx or a rate limit, worth another try; `refused`: the rest.
 */
class GitHubFault extends Error {
    name = 'GitHubFault';
    kind;
    /** What GitHub asked us to wait, in milliseconds. */
    retryAfterMs;
    constructor(kind, problem, options = {}) {
        super(problem, { cause: options.cause });
        this.kind = kind;
        this.retryAfterMs = options.retryAfterMs;
    }
}
/** A limit without an end: GitHub asks for a minute at least. */
const LIMITED_MS = 60_000;
/** Turns anything a call rejects with into a `GitHubFault`, with GitHub's own words where it gave any. */
function toFault(error) {
    if (error instanceof GitHubFault)
        return error;
    if (error instanceof _base_json_js__WEBPACK_IMPORTED_MODULE_2__/* .ShapeError */ .ym) {
        const problem = "GitHub's answer was incomplete or not what its API documents";
        return new GitHubFault('unavailable', problem, { cause: error });
    }
    const answer = answerOf(error);
    if (answer === undefined) {
        const problem = `GitHub could not be reached: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorMessage */ .gJ)(rootOf(error))}`;
        return new GitHubFault('unavailable', problem, { cause: error });
    }
    const problem = `GitHub answered ${answer.status}${wordsOf(answer.data)}`;
    return new GitHubFault(kindOf(answer), problem, {
        cause: error,
        retryAfterMs: retryAfterOf(answer)
    });
}
function answerOf(error) {
    if (typeof error !== 'object' || error === null || !('response' in error))
        return undefined;
    return error.response;
}
/** The first cause: fetch only says "fetch failed", and its cause why. */
function rootOf(error) {
    let root = error;
    for (let depth = 0; depth < 5; depth += 1) {
        if (typeof root !== 'object' || root === null || !('cause' in root))
            break;
        if (root.cause === undefined || root.cause === null)
            break;
        root = root.cause;
    }
    return root;
}
function kindOf(answer) {
    const { status } = answer;
    if (status >= 500 || isLimited(answer))
        return 'unavailable';
    if (status === 401)
        return 'credentials';
    if (status === 403 || status === 404)
        return 'permission';
    return 'refused';
}
/**
 * Rate limits come as 429, or as a 403 that only a header or its message distinguishes from a missing permission; a
 * secondary limit may have no header. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
 * https://github.com/octokit/octokit.net/issues/2466
 */
function isLimited({ status, headers, data }) {
    if (status !== 403)
        return status === 429;
    if (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0')
        return true;
    const { message } = (data ?? {});
    return typeof message === 'string' && /rate limit/i.test(message.slice(0, 300));
}
function retryAfterOf(answer) {
    const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
    if (Number.isFinite(seconds) && seconds >= 0)
        return seconds * 1000;
    return isLimited(answer) ? LIMITED_MS : undefined;
}
/** GitHub's message and, for a 422, its errors by field; a page of HTML says nothing worth showing. */
function wordsOf(data) {
    if (typeof data !== 'object' || data === null)
        return '';
    const { message, errors } = data;
    if (typeof message !== 'string')
        return '';
    const details = Array.isArray(errors) && errors.length > 0 ? `: ${JSON.stringify(errors)}` : '';
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(`: ${message}${details}`, 300);
}
/** How long one request may take, in milliseconds, and how long once the step has been cancelled. */
const TIMEOUT_MS = { usual: 10_000, hurried: 2_000 };
/** What is waited before the second and the third attempt, unless GitHub asks for more. */
const RETRY_DELAYS_MS = [1_000, 3_000];
/** More patience than this is not worth a side channel. */
const MAX_RETRY_AFTER_MS = 10_000;
/**
 * Returns a function that makes a call until it is answered, three times at most; each attempt gets a signal that aborts
 * it after ten seconds. It rejects with a `GitHubFault`, at once when `closed` aborts. A rate limit that is too long to
 * wait for applies to all calls: nothing is sent until it ends, because GitHub bans clients that continue.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
function attempter(options) {
    const { clock, cancelled, closed } = options;
    let limit = { until: -Infinity, fault: new GitHubFault('unavailable', '') };
    return async (call, { once = false, superseded } = {}) => {
        if (clock.now() < limit.until)
            throw limit.fault;
        const ends = [superseded, closed].filter(signal => signal !== undefined);
        const isOver = () => ends.some(({ aborted }) => aborted);
        for (let made = 0;; made += 1) {
            try {
                return await attemptOnce(options, call);
            }
            catch (error) {
                const fault = toFault(error);
                const { kind, retryAfterMs = 0 } = fault;
                if (retryAfterMs > MAX_RETRY_AFTER_MS)
                    limit = { until: clock.now() + retryAfterMs, fault };
                const delay = once ? Infinity : (RETRY_DELAYS_MS[made] ?? Infinity);
                const wait = Math.max(delay, retryAfterMs);
                const isLast = kind !== 'unavailable' || wait > MAX_RETRY_AFTER_MS;
                if (isLast || cancelled?.aborted === true || isOver())
                    throw fault;
                await clock.sleep(wait, AbortSignal.any([...ends, ...(cancelled ? [cancelled] : [])]));
                if (isOver())
                    throw fault;
            }
        }
    };
}
async function attemptOnce({ clock, cancelled, closed }, call) {
    closed?.throwIfAborted();
    const controller = new AbortController();
    const signal = AbortSignal.any([controller.signal, ...(closed ? [closed] : [])]);
    const stop = limitTime(clock, cancelled, TIMEOUT_MS, ms => {
        controller.abort(new Error(`no answer within ${ms / 1000} s`));
    });
    // Also where the call does not listen to the signal.
    const aborted = new Promise((_, reject) => {
        const abort = () => {
            reject(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true });
    });
    try {
        return await Promise.race([call(signal), aborted]);
    }
    finally {
        stop();
    }
}
/**
 * Calls `expire` when the usual time is over, or, once the step has been cancelled, the hurried one, with that time in
 * milliseconds. Returns what calls it off.
 */
function limitTime(clock, cancelled, { usual, hurried }, expire) {
    const stops = [];
    const arm = (ms) => {
        const alarm = () => {
            expire(ms);
        };
        stops.push(clock.alarm(ms, alarm));
    };
    const hurry = () => {
        arm(hurried);
    };
    arm(cancelled?.aborted === true ? hurried : usual);
    cancelled?.addEventListener('abort', hurry, { once: true });
    return () => {
        cancelled?.removeEventListener('abort', hurry);
        for (const stop of stops)
            stop();
    };
}
/**
 * Says why a status or comment is not up to date, and what to do. `subject` opens the sentence ("The pull request comment");
 * `permission` is what the workflow's token needs (`pull-requests: write`); `error`: `undefined` when there is no token.
 */
function notUpToDate(subject, permission, error) {
    const said = `${subject} is not up to date:`;
    if (error === undefined) {
        return `${said} input "github-token" is empty. Leave that input out to use the token of the workflow.`;
    }
    const { kind, message } = toFault(error);
    const advice = {
        permission: `The job needs "permissions: ${permission}", which workflows for pull requests from forks do not get by default.`,
        credentials: 'Check input "github-token".',
        unavailable: 'The verdict does not depend on it.',
        refused: 'The verdict does not depend on it.'
    };
    return `${said} ${message}. ${advice[kind]}`;
}


/***/ }),

/***/ 4092:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  U: () => (/* binding */ obtainPipeline),
  O: () => (/* binding */ refuseDouble)
});

// EXTERNAL MODULE: ./src/circleci/trigger-request.ts
var trigger_request = __nccwpck_require__(7728);
// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __nccwpck_require__(1525);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __nccwpck_require__(4758);
// EXTERNAL MODULE: ./src/record/record.ts
var record_record = __nccwpck_require__(5380);
// EXTERNAL MODULE: ./src/runner/inputs.ts + 1 modules
var inputs = __nccwpck_require__(6507);
// EXTERNAL MODULE: ./src/trigger/first-read.ts
var first_read = __nccwpck_require__(6891);
// EXTERNAL MODULE: ./src/circleci/retry.ts
var retry = __nccwpck_require__(5770);
// EXTERNAL MODULE: ./src/circleci/faults.ts
var faults = __nccwpck_require__(6899);
// EXTERNAL MODULE: ./src/base/log.ts
var log = __nccwpck_require__(3179);
// EXTERNAL MODULE: ./src/trigger/intent.ts
var trigger_intent = __nccwpck_require__(6788);
;// CONCATENATED MODULE: ./src/trigger/once.ts





/** How long a trigger is tried again, from the first request, in milliseconds. */
const BUDGET_MS = 5 * 60_000;
/** The same while a host set by hand does not resolve: a typo does not heal. */
const UNRESOLVED_BUDGET_MS = 60_000;
/** How long after the answer to a second request the first one's pipeline is looked for once more, in milliseconds. */
const SECOND_LOOK_MS = 2_000;
/** How long CircleCI may take to show the number of a pipeline it made, in milliseconds. */
const NUMBER_WITHIN_MS = 60_000;
/**
 * Triggers exactly one pipeline, or says that it may not have. What was there before is read first. A request that was
 * certainly not acted upon is sent again, with pauses, for five minutes. One whose answer was lost is searched for first:
 * found, its pipeline is adopted; not found by several healthy searches, the request is sent once more. When that one
 * makes none, the first one's is searched for again.
 *
 * Rejects with an `ActionError` (`api-unavailable`: surely nothing was started; `trigger-ambiguous`: a pipeline may be
 * running), with CircleCI's own `RefusedError`, or with an `AbortedError`; whatever may be in flight then is in the
 * saved intent.
 */
async function triggerOnce(request, context) {
    const { circleci, clock, random, requestId, saveIntent, baseline } = context;
    const { slug } = request;
    const project = (0,circleci_slug/* formatSlug */.Hr)(slug);
    const outage = new log/* Outage */.ad(`The trigger of ${project}`, context);
    const after = await baseline.read(slug, outage, context);
    const trigger = { ...context, request, slug, project, outage, startedAt: clock.now() };
    let loss;
    for (let attempts = 1;; attempts += 1) {
        if (context.signal.aborted)
            throw new faults/* AbortedError */.oM('The trigger');
        if (loss !== undefined) {
            const pipeline = await findLost(trigger, loss);
            if (pipeline !== undefined)
                return { kind: 'adopted', pipeline };
        }
        const now = { since: circleci.serverNow(), sentAt: clock.now() };
        const intent = loss?.intent ?? (0,trigger_intent/* intentOf */.oQ)(request, { requestId, after, ...now }, random);
        saveIntent(intent);
        const answer = await send(trigger, loss);
        if (!(answer instanceof faults/* UnavailableError */.hG)) {
            outage.over();
            const refusal = refusalIn(answer);
            if (loss === undefined || refusal === undefined)
                return accept(trigger, answer, loss);
            loss = { ...loss, refusal };
            context.log.warning(`Sent once more, the trigger of ${project} created no pipeline (${refusal}). The first one may have: looking for it again.`);
        }
        else if (answer.processed === 'unknown') {
            const restUntil = clock.now() + (answer.retryAfterMs ?? 0);
            loss = { intent, fault: answer, count: (loss?.count ?? 0) + 1, restUntil };
            context.log.warning(`CircleCI's answer to the trigger of ${project} was lost (${answer.message}). A pipeline may have been created: looking for it before anything is sent again.`);
        }
        else {
            if (loss === undefined)
                saveIntent(undefined);
            await pauseOrGiveUp(trigger, answer, attempts, loss);
        }
    }
}
/** Sends the request once. Resolves with the answer, which may be a refusal, or with the fault that came instead. */
async function send({ request, circleci, signal, saveIntent }, loss) {
    try {
        return await circleci.trigger(request, { signal });
    }
    catch (error) {
        if (error instanceof faults/* RefusedError */.fk || error instanceof faults/* UnavailableError */.hG)
            return error;
        // What never left must not be looked for: the post step might take another's pipeline for it, and cancel that.
        if (error instanceof faults/* AbortedError */.oM && !error.sent && loss === undefined)
            saveIntent(undefined);
        throw error;
    }
}
/** How CircleCI said that a request made no pipeline; `undefined` when it made one. */
function refusalIn(answer) {
    if (answer instanceof faults/* RefusedError */.fk)
        return answer.message;
    return answer.kind === 'created' ? undefined : answer.message || 'CircleCI did not say why';
}
/** Looks for the pipeline of a lost request. Returns it; or `undefined` when the request may be sent again. */
async function findLost(trigger, loss) {
    const { slug, project, log, host, clock, startedAt } = trigger;
    const { intent, count, fault, restUntil, refusal } = loss;
    const deadline = startedAt + BUDGET_MS;
    const mayResend = count === 1 && refusal === undefined && !fault.final && restUntil < deadline;
    const { findIntended } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 6878));
    const result = await findIntended(intent, trigger, mayResend ? restUntil : 0);
    if (result.kind === 'found' && count === 1) {
        const { number } = result.pipeline;
        const url = (0,circleci_slug/* linksFor */.h8)(host).pipeline(slug, number);
        log.notice(`Found: pipeline #${number} is the one that was triggered. ${url}`);
        return result.pipeline;
    }
    if (result.kind !== 'none' || !mayResend || clock.now() >= deadline) {
        throw await giveUp(trigger, loss, result);
    }
    log.warning(`No pipeline of this trigger was found in ${project}: sending it once more. If the first one appears after all, there are two: ${(0,circleci_slug/* linksFor */.h8)(host).project(slug)}`);
    return undefined;
}
/** Handles the last answer. When the pipeline of a first request has turned up besides, the log says that there are two. */
async function accept(trigger, reply, loss) {
    const { slug, project, saveIntent, savePipeline, log, host, clock, signal } = trigger;
    if (reply instanceof faults/* RefusedError */.fk || reply.kind === 'no-pipeline')
        saveIntent(undefined);
    if (reply instanceof faults/* RefusedError */.fk)
        throw reply;
    if (reply.kind === 'no-pipeline')
        return reply;
    const pipeline = await withNumber(trigger, reply.pipeline);
    if (loss === undefined)
        return { kind: 'created', pipeline };
    savePipeline(pipeline);
    await clock.sleep(SECOND_LOOK_MS, signal);
    const { findOthers } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 6878));
    const others = await findOthers(loss.intent, pipeline.id, trigger);
    if (others.length > 0) {
        const name = ({ number }) => `#${number} ${(0,circleci_slug/* linksFor */.h8)(host).pipeline(slug, number)}`;
        const made = others.every(({ sure }) => sure) ? 'has created' : 'may have created';
        log.warning(`The trigger of ${project} ${made} two pipelines. The first request, whose answer was lost: ${others.map(name).join(', ')}. The second, which this step continues with: ${name(pipeline)}. Neither was cancelled: cancel the one you do not want.`);
    }
    return { kind: 'created', pipeline };
}
/**
 * Completes an answer that has an id and no number: the pipeline is ours, so it is asked for by its id. Throws
 * `trigger-ambiguous` when that does not help for a minute.
 */
async function withNumber(trigger, { number, ...made }) {
    if (number !== undefined)
        return { ...made, number };
    const { circleci, clock, signal, saveIntent } = trigger;
    const deadline = clock.now() + NUMBER_WITHIN_MS;
    for (;;) {
        try {
            const pipeline = await circleci.pipeline(made.id, { signal, patienceMs: 0 });
            return { ...made, number: pipeline.number };
        }
        catch (error) {
            if (!(error instanceof faults/* RefusedError */.fk || error instanceof faults/* UnavailableError */.hG))
                throw error;
            if (clock.now() >= deadline) {
                // The error asks a person to look.
                saveIntent(undefined);
                const { numberless } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 982));
                throw numberless(trigger, made.id, error);
            }
        }
        await (0,retry/* pause */.v7)('Asking for the number of the pipeline', 5_000, { clock, signal });
    }
}
/** Waits before the next request, or throws when another would be pointless or too late. */
async function pauseOrGiveUp(trigger, fault, attempts, loss) {
    const { clock, random, signal, host, outage, startedAt } = trigger;
    const isTypo = fault.unresolved && host !== circleci_slug/* CLOUD */.OZ;
    const deadline = startedAt + (isTypo ? UNRESOLVED_BUDGET_MS : BUDGET_MS);
    const pauseMs = (0,retry/* backoffMs */.jo)(attempts, random, fault.retryAfterMs);
    if (fault.final || clock.now() + pauseMs > deadline) {
        if (loss !== undefined)
            throw await giveUp(trigger, loss, { kind: 'none' });
        const { unreachable } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 982));
        throw unreachable({ ...trigger, fault, attempts });
    }
    outage.failed(fault, pauseMs, deadline - clock.now());
    await clock.sleep(pauseMs, signal);
}
async function giveUp(trigger, loss, doubt) {
    // The error asks a person to look; the post step must not cancel what may be another's.
    trigger.saveIntent(undefined);
    const { ambiguous } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 982));
    return ambiguous(trigger, loss, doubt);
}

// EXTERNAL MODULE: ./src/trigger/ref.ts
var ref = __nccwpck_require__(5577);
// EXTERNAL MODULE: ./src/trigger/target.ts
var trigger_target = __nccwpck_require__(7603);
;// CONCATENATED MODULE: ./src/pipeline/obtain.ts










/**
 * The pipeline of an entry: triggered now, attached to, or one that an earlier attempt of the GitHub run made.
 * `undefined` for a dry run. Throws when there is none, saying why.
 */
async function obtainPipeline(context, record) {
    const { inputs, circleci, signal, event, random, turn, log } = context;
    const { pipeline, host } = inputs;
    record.subject = subjectFor(context, record);
    if ('id' in pipeline || 'number' in pipeline)
        return attach(pipeline, context, record);
    if (pipeline.kind !== 'new')
        throw new Error('The pipelines of a commit are taken elsewhere.');
    const user = inputs.dryRun ? await circleci.me({ signal }) : undefined;
    const target = await (0,trigger_target/* resolveTarget */.u1)(record.slug, inputs, event, { ...context, host });
    record.ref = target.ref;
    record.subject = subjectFor(context, record, target.definition?.checkoutRepository);
    record.parameters = inputs.parameters;
    if (user !== undefined) {
        await showRequest(target, user, context);
        return undefined;
    }
    await turn.take(signal);
    // Outside of GitHub the run is one of its own.
    const runId = event.runId ?? Math.floor(random() * 1e15).toString();
    const run = { runId, attempt: event.runAttempt };
    if (inputs.onRerun === 'from-failed' && run.attempt > 1) {
        const earlier = await resumeEarlier(target, run, context, record);
        if (typeof earlier !== 'string')
            return own(earlier, false, context, record);
        log.notice(`"on-rerun" is "from-failed", but a new pipeline is triggered: ${earlier}.`);
    }
    return trigger(target, run, context, record);
}
/** A dry run's last part: looks the project up and shows the request that would be sent. Rejects like the client. */
async function showRequest(target, user, context) {
    const { circleci, signal, inputs, log } = context;
    const { request } = target;
    const project = await circleci.project(request.slug, { signal });
    const path = request.endpoint === 'run' ? 'pipeline/run' : 'pipeline';
    log.info(`Dry run: the token belongs to "${user.login}", and the project is "${project.name}" (${(0,circleci_slug/* linksFor */.h8)(inputs.host).project(request.slug)}).`);
    log.info(`Dry run: would trigger a pipeline of ${(0,trigger_target/* describeTarget */.ff)(target)}.`);
    log.group('The request that would be sent', [
        `POST ${inputs.host}/api/v2/project/${(0,circleci_slug/* formatSlug */.Hr)(request.slug)}/${path}`,
        ...JSON.stringify((0,trigger_request/* triggerBody */.N)(request), null, 2).split('\n')
    ]);
    log.info('Dry run: nothing was triggered.');
}
/** Whether this is about the event's own ref; a definition or a pipeline may show that it is not. */
function subjectFor({ inputs, event }, { slug }, checkoutRepository) {
    const { branch, tag, pipeline } = inputs;
    return (0,ref/* subjectOf */.et)(event, { branch, tag, slug, checkoutRepository, isNamed: pipeline.kind !== 'new' });
}
async function trigger(target, run, context, record) {
    const { inputs, random, log, listener, turn } = context;
    const { request, requestId } = (0,trigger_intent/* withRequestId */.BT)(target.request, run, random);
    record.parameters = request.parameters;
    log.info(`Triggering a pipeline of ${(0,trigger_target/* describeTarget */.ff)({ ...target, request })}.`);
    const outcome = await triggerOnce(request, {
        ...context,
        host: inputs.host,
        requestId,
        baseline: turn.baseline,
        saveIntent: intent => {
            record.intent = intent;
            listener.save();
            // What waiting needs is loaded while the answer is on the way.
            if (inputs.wait)
                __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 3904)).catch(() => undefined);
        },
        savePipeline: pipeline => {
            claim(pipeline, record);
            listener.save();
        }
    });
    if (outcome.kind === 'no-pipeline') {
        throw new errors/* ActionError */.lZ('no-pipeline', `CircleCI accepted the trigger but created no pipeline of ${(0,circleci_slug/* formatSlug */.Hr)(record.slug)}: ${outcome.message || 'it did not say why'}`, { conclusion: 'skipped' });
    }
    const info = own(outcome.pipeline, true, context, record);
    turn.baseline.made(info.number);
    log.info(`Triggered pipeline #${info.number}: ${info.url}`);
    if (!inputs.wait && info.state === 'errored') {
        log.warning(`CircleCI says that pipeline #${info.number} is errored: its config could not be used. ${info.url}`);
    }
    return info;
}
/** The pipeline of an earlier attempt, its failed workflows being rerun; or a clause that says why a new one is needed. */
async function resumeEarlier({ request }, run, context, record) {
    const { inputs, event, step } = context;
    const { headSha: revision } = event;
    if (revision === undefined)
        return 'the event does not say which commit it is about';
    const { findEarlier } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 9272));
    const found = await findEarlier({ request, revision, run }, { ...context, host: inputs.host });
    if (typeof found === 'string')
        return found;
    const isTaken = step.pipelines.some(one => one !== record && one.pipeline?.id === found.id);
    if (isTaken)
        return 'the only one there is belongs to another entry';
    return rerunFailed(found, context, record);
}
/** Reruns what failed in an earlier pipeline. From the first request on, this step answers for it. */
async function rerunFailed(pipeline, context, record) {
    const { inputs, listener, log } = context;
    const { waitContext } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 3904));
    const { resumePipeline } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 4578));
    const info = (0,record_record/* takePipeline */.m2)({ ...record }, pipeline);
    const { number, url } = info;
    const resumed = await resumePipeline(pipeline, waitContext(context, record, info), () => {
        (0,record_record/* takePipeline */.m2)(record, pipeline);
        record.owned = true;
        listener.save();
    });
    if (resumed.kind === 'impossible') {
        if (record.owned) {
            record.pipeline = undefined;
            record.owned = false;
            listener.save();
        }
        return `pipeline #${number} of the earlier attempt cannot be resumed: ${resumed.reason} (${url})`;
    }
    const [lost] = resumed.lost;
    if (lost !== undefined && !inputs.wait) {
        throw new errors/* ActionError */.lZ('api-unavailable', `It is not known whether workflow "${lost.name}" of pipeline #${number} is being rerun: CircleCI's answers were lost, and no rerun was listed. Look at ${url}`);
    }
    record.rerunsAsked = resumed.asked.map(attempt => attempt.id);
    log.info(`Resuming pipeline #${number} of the earlier attempt: ${url}`);
    return pipeline;
}
/** From now on this step answers for the pipeline. */
function own(pipeline, triggered, context, record) {
    const info = claim(pipeline, record);
    record.triggered = triggered;
    record.intent = undefined;
    context.listener.known(record);
    return info;
}
function claim(pipeline, record) {
    const { branch, tag } = { branch: undefined, tag: undefined, ...record.ref };
    record.owned = true;
    return (0,record_record/* takePipeline */.m2)(record, {
        ...pipeline,
        branch: pipeline.branch ?? branch,
        tag: pipeline.tag ?? tag
    });
}
/** Takes the pipeline that was named. */
async function attach(named, context, record) {
    const { inputs, listener, log } = context;
    const pipeline = await (0,first_read/* findPipeline */.GQ)(named, record.slug, { ...context, host: inputs.host });
    refuseDouble(pipeline, record, context);
    record.attached = true;
    // An id may belong to another project than the one named.
    record.slug = (0,circleci_slug/* parseSlug */.dF)(pipeline.projectSlug) ?? record.slug;
    record.subject = subjectFor(context, record);
    const info = (0,record_record/* takePipeline */.m2)(record, pipeline);
    listener.known(record);
    log.info(`Attached to pipeline #${info.number}: ${info.url}`);
    return info;
}
/** Two entries that turn out to be one pipeline are an error: throws an `InputError`. */
function refuseDouble({ id }, { name }, { step }) {
    const double = step.pipelines.find(one => one.pipeline?.id === id && one.name !== name)?.name;
    if (name !== undefined && double !== undefined)
        throw (0,inputs/* onePipeline */.F)(double, name);
}


/***/ }),

/***/ 6221:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Wp: () => (/* binding */ MACHINE),
  Ng: () => (/* binding */ connect),
  Af: () => (/* binding */ folderFor),
  x1: () => (/* binding */ maskTokens),
  Ne: () => (/* binding */ openLog),
  JG: () => (/* binding */ playStep),
  Hz: () => (/* binding */ spellingsOf)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 10 modules
var core = __nccwpck_require__(2420);
// EXTERNAL MODULE: ./src/base/clock.ts
var base_clock = __nccwpck_require__(6412);
// EXTERNAL MODULE: ./src/base/version.ts
var version = __nccwpck_require__(2301);
// EXTERNAL MODULE: ./src/base/json.ts
var base_json = __nccwpck_require__(3659);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __nccwpck_require__(4758);
// EXTERNAL MODULE: ./src/base/log.ts
var base_log = __nccwpck_require__(3179);
// EXTERNAL MODULE: ./src/circleci/answer.ts
var circleci_answer = __nccwpck_require__(3060);
// EXTERNAL MODULE: ./src/circleci/faults.ts
var faults = __nccwpck_require__(6899);
// EXTERNAL MODULE: ./src/circleci/rate-limit.ts
var rate_limit = __nccwpck_require__(4318);
// EXTERNAL MODULE: ./src/circleci/retry.ts
var retry = __nccwpck_require__(5770);
;// CONCATENATED MODULE: ./src/circleci/api.ts







/** How long a call's faults are retried when the caller does not say, in milliseconds. */
const DEFAULT_PATIENCE_MS = 60_000;
/** A guard, not a limit: pages hold 20 rows or more (observed), so this is at least 200,000 artifacts of one job. */
const MAX_PAGES = 10_000;
/** More workflows than any pipeline has, and more jobs than any workflow. */
const MAX_ROWS = 10_000;
/** JSON over HTTP with CircleCI's token: classifies every failure, retries what may be retried, keeps its pace. */
class Api {
    context;
    pacing;
    skewMs;
    outage;
    answered = false;
    warned = false;
    constructor(context) {
        this.context = context;
        this.pacing = new rate_limit/* Pacing */.PT(context);
        this.outage = new base_log/* Outage */.ad('Asking CircleCI', context);
    }
    /** CircleCI's clock in epoch milliseconds, by the `Date` of its last answer; `undefined` while no answer had one. */
    serverNow() {
        return this.skewMs === undefined ? undefined : this.context.clock.now() + this.skewMs;
    }
    /** Reads one resource and decodes it; retries faults for as long as `options.patienceMs` says. */
    get(path, decode, options = {}) {
        return this.paced('GET', path, decode, options);
    }
    /** Every row of a listing. One that moved to the next page while we read comes twice. */
    async all(path, decode, options) {
        const rows = [];
        for await (const page of this.pages(path, decode, options, MAX_ROWS))
            rows.push(...page);
        return rows;
    }
    /**
     * The pages of a listing. One that never ends, or repeats a page, is an error: taken for the whole it could hide a failed
     * workflow, and a million rows handled at once run out of stack.
     */
    async *pages(path, decode, options = {}, maxRows = Infinity) {
        const seen = new Set();
        let rows = 0;
        const decodePage = (json) => {
            const fields = new base_json/* Fields */.C8(json, 'listing');
            const items = fields.requiredList('items').map(decode);
            // Taken for the last page, one whose successor cannot be read could hide a failed workflow.
            const next = fields.optionalString('next_page_token') ?? '';
            if (seen.has(next))
                throw new base_json/* ShapeError */.ym('listing: its pages come again');
            if (seen.size >= MAX_PAGES)
                throw new base_json/* ShapeError */.ym(`listing: more than ${MAX_PAGES} pages`);
            if (rows + items.length > maxRows)
                throw new base_json/* ShapeError */.ym(`listing: more than ${maxRows} rows`);
            return { items, next };
        };
        let { items, next } = await this.get(path, decodePage, options);
        const { onRetry } = options;
        const later = onRetry
            ? {
                ...options,
                onRetry: (fault, pauseMs, leftMs) => {
                    onRetry(fault, pauseMs, leftMs, true);
                }
            }
            : options;
        for (;;) {
            rows += items.length;
            yield items;
            if (next === '')
                return;
            seen.add(next);
            ({ items, next } = await this.get(withQuery(path, { 'page-token': next }), decodePage, later));
        }
    }
    /** Asks for something that may be asked twice (cancel, approve); retries like `get`. */
    post(path, options = {}) {
        return this.paced('POST', path, acknowledged, options);
    }
    /** Sends a request exactly once, whatever happens. */
    postOnce(path, body, decode, signal) {
        return this.once('POST', path, body, decode, signal);
    }
    /** Retries an attempt that rejects with an `UnavailableError`; without `patienceMs` the log reports what keeps failing. */
    async persist(request, options, attempt) {
        const { clock, random } = this.context;
        const { patienceMs = DEFAULT_PATIENCE_MS, onRetry, signal } = options;
        const deadline = clock.now() + patienceMs;
        const isAwaited = options.patienceMs === undefined && onRetry === undefined;
        const value = await (0,retry/* retry */.L5)(request, attempt, {
            clock,
            random,
            signal,
            // Before the first proper answer a bad certificate means a wrong host; later, a passing trouble.
            leftMs: fault => (fault.final && !this.answered ? 0 : deadline - clock.now()),
            onRetry: (fault, pauseMs, leftMs) => {
                if (isAwaited)
                    this.outage.failed(fault, pauseMs, leftMs);
                onRetry?.(fault, pauseMs, leftMs);
            }
        });
        if (isAwaited)
            this.outage.over();
        return value;
    }
    paced(method, path, decode, options) {
        const request = nameOf(method, path);
        // Without patience the answer is wanted now or not at all.
        const hurried = options.urgent === true || options.patienceMs === 0;
        return this.persist(request, options, async () => {
            if (!hurried)
                await this.pacing.hold(request, options.signal);
            return await this.once(method, path, undefined, decode, options.signal);
        });
    }
    async once(method, path, body, decode, signal) {
        const { host, token, transport, clock, log } = this.context;
        const request = nameOf(method, path);
        const started = clock.now();
        const headers = { accept: 'application/json', 'circle-token': token };
        // Without it CircleCI ignores the body and builds the default branch with default parameters.
        if (method === 'POST')
            headers['content-type'] = 'application/json';
        let answer;
        try {
            const reply = await transport.send({
                method,
                url: new URL(path, host),
                headers,
                body: body === undefined ? undefined : JSON.stringify(body),
                signal
            });
            const at = clock.now();
            const limit = (0,rate_limit/* parseRateLimit */.H5)(reply.headers);
            const left = limit === undefined ? '' : `, ${limit.remaining} requests left`;
            log.debug(`${request} \u2192 ${reply.status} in ${at - started} ms${left}`);
            answer = { request, host, reply, at, serverNow: this.serverNow() ?? at };
            const value = await (0,circleci_answer/* readAnswer */.JN)(answer, json => decode(json, reply.status));
            this.answered = true;
            this.learn(answer);
            return value;
        }
        catch (error) {
            // What its headers say is believed only where the answer is CircleCI's.
            if (answer !== undefined && error instanceof faults/* RefusedError */.fk)
                this.learn(answer);
            else if (answer !== undefined && error instanceof faults/* UnavailableError */.hG && !error.foreign) {
                this.pacing.learn(request, answer.reply.headers, answer.at);
            }
            throw this.classify(request, error, started);
        }
    }
    learn(answer) {
        const { request, reply, at } = answer;
        const date = (0,rate_limit/* parseHttpDate */.m6)(reply.headers['date']);
        if (date !== undefined)
            this.skewMs = date - at;
        this.pacing.learn(request, reply.headers, at);
        this.warnOfSunset(request, reply.headers);
    }
    warnOfSunset(request, headers) {
        const { deprecation, sunset } = headers;
        if (this.warned || (deprecation === undefined && sunset === undefined))
            return;
        this.warned = true;
        const end = sunset === undefined ? '' : `, and going away (${sunset})`;
        this.context.log.warning(`CircleCI says that ${request} is deprecated${end}: look for a newer version of this action.`);
    }
    classify(request, error, started) {
        const { log, clock, host } = this.context;
        if (!(error instanceof faults/* WireFault */.ML)) {
            return error instanceof Error ? error : new Error((0,errors/* errorMessage */.gJ)(error));
        }
        log.debug(`${request} failed after ${clock.now() - started} ms: ${error.message}`);
        const where = error.connected ? '' : `no connection to ${host} (input "host"): `;
        return new faults/* UnavailableError */.hG(request, `failed: ${where}${error.message}`, {
            processed: error.connected ? 'unknown' : 'no',
            final: error.certificate,
            unresolved: error.unresolved,
            cause: error
        });
    }
}
/** Method and path. The query is left out: it says nothing that matters to people, and page tokens are long. */
function nameOf(method, path) {
    return `${method} ${path.split('?', 1)[0] ?? path}`;
}
/** What asks for something needs no answer but that there is one of CircleCI's: nothing, or an object. */
function acknowledged(json) {
    if (json !== undefined)
        new base_json/* Fields */.C8(json, 'answer');
}
/** The path with a query, behind the one it may have. */
function withQuery(path, query) {
    return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`;
}

// EXTERNAL MODULE: ./src/circleci/storage.ts
var storage = __nccwpck_require__(2825);
;// CONCATENATED MODULE: ./src/circleci/model.ts

/** Reads a pipeline: `GET /pipeline/{id}`. Throws a `ShapeError` without id, number or state. */
function decodePipeline(json) {
    const fields = new base_json/* Fields */.C8(json, 'pipeline');
    const trigger = fields.object('trigger');
    return {
        id: fields.requiredString('id'),
        number: fields.requiredNumber('number'),
        projectSlug: fields.string('project_slug') ?? '',
        /** `created`, `errored`, `setup-pending`, `setup`, `pending`, or a value unknown today. */
        state: fields.requiredString('state'),
        createdAt: fields.string('created_at') ?? '',
        errors: fields.objects('errors').map(decodeMessage),
        /** What CircleCI says of the config without refusing it. */
        warnings: fields.objects('warnings').map(decodeMessage),
        /** `webhook`, `api`, `explicit`, `scheduled_pipeline`, or another. */
        triggerType: trigger?.string('type') ?? '',
        actorLogin: trigger?.object('actor')?.string('login'),
        ...decodeSource(fields)
    };
}
/**
 * Only pipelines of OAuth and Bitbucket Cloud projects have a `vcs`; for the others, what was built is among the
 * parameters of the trigger, in places that differ by the kind of project. What does not apply may be an empty string.
 * https://circleci.com/docs/outbound-webhooks-reference/
 */
function decodeSource(fields) {
    const parameters = fields.object('trigger_parameters');
    const places = [
        fields.object('vcs'),
        ...['git', 'github_app', 'gitlab'].map(name => parameters?.object(name))
    ];
    const first = (...names) => places
        .flatMap(place => names.map(name => place?.string(name)))
        .find(value => value !== undefined && value !== '');
    return {
        branch: first('branch'),
        tag: first('tag'),
        defaultBranch: first('default_branch'),
        /** The commit built; may be missing for some integrations. */
        revision: first('revision', 'checkout_sha', 'commit_sha')
    };
}
function decodeMessage(fields) {
    return { type: fields.string('type') ?? 'other', message: fields.string('message') ?? '' };
}
/**
 * Reads `GET /pipeline/{id}/config`. CircleCI's document writes `setup-config`, its replies `setup_config`: both are
 * read. Without a setup workflow the two setup texts are '', and all are while CircleCI is compiling.
 * https://github.com/CircleCI-Labs/circleci-editor (internal/circleci/pipeline_test.go, a recorded reply)
 */
function decodeConfig(json) {
    const fields = new base_json/* Fields */.C8(json, 'config');
    const text = (name) => fields.string(name) ?? fields.string(name.replaceAll('_', '-')) ?? '';
    return {
        source: text('source'),
        setupSource: text('setup_config'),
        compiled: text('compiled'),
        compiledSetup: text('compiled_setup_config')
    };
}
/** Reads `GET /pipeline/{id}/values`: a flat map; values of other kinds than string, number and boolean are left out. */
function decodeValues(json) {
    return new base_json/* Fields */.C8(json, 'pipeline values').scalars();
}
/** Reads `GET /workflow/{id}`. Throws a `ShapeError` without id or name. */
function decodeWorkflow(json) {
    new base_json/* Fields */.C8(json, 'workflow').requiredString('id');
    return decodeListedWorkflow(json);
}
/**
 * Reads a row of `GET /pipeline/{id}/workflow`. It may lack an id (then ''): that there is a workflow counts all the
 * same. Throws a `ShapeError` without a name.
 */
function decodeListedWorkflow(json) {
    const fields = new base_json/* Fields */.C8(json, 'workflow');
    return {
        id: fields.string('id') ?? '',
        name: fields.requiredString('name'),
        pipelineNumber: fields.number('pipeline_number') ?? 0,
        /** A status CircleCI left out (seen as null) is one we do not know: it ends nothing. */
        status: fields.string('status') ?? 'unknown',
        createdAt: fields.string('created_at') ?? '',
        stoppedAt: fields.string('stopped_at'),
        /** True for a setup workflow, whose success continues the pipeline. */
        setup: fields.string('tag') === 'setup',
        /** Which automatic rerun this is; 0 for a first run. */
        autoRerunNumber: fields.number('auto_rerun_number') ?? 0,
        /** How many automatic reruns the config allows; 0 for none. */
        maxAutoReruns: fields.number('max_auto_reruns') ?? 0
    };
}
/** Reads a row of `GET /workflow/{id}/job`. Throws a `ShapeError` without id or name. */
function decodeJob(json) {
    const fields = new base_json/* Fields */.C8(json, 'job');
    return {
        id: fields.requiredString('id'),
        name: fields.requiredString('name'),
        /** `build`, `approval`, or another; only `build` has logs, tests and artifacts. */
        type: fields.string('type') ?? 'build',
        status: fields.string('status') ?? 'unknown',
        number: fields.number('job_number'),
        startedAt: fields.string('started_at'),
        stoppedAt: fields.string('stopped_at'),
        /** Ids of the jobs this one waits for. */
        dependencies: fields.strings('dependencies'),
        /** Statuses that satisfy a dependency, by its id; where there are none it is `success`. */
        requires: fields.object('requires')?.lists(),
        approvalRequestId: fields.string('approval_request_id')
    };
}
/** Reads `GET /project/{slug}`. Throws a `ShapeError` without an id. */
function decodeProject(json) {
    const fields = new base_json/* Fields */.C8(json, 'project');
    return {
        id: fields.requiredString('id'),
        name: fields.string('name') ?? '',
        /** `GitHub`, `Bitbucket` or `CircleCI` (the last: GitHub App, GitLab and the like). */
        provider: fields.object('vcs_info')?.string('provider') ?? ''
    };
}
/** Reads a pipeline definition. Throws a `ShapeError` without an id. */
function decodeDefinition(json) {
    const fields = new base_json/* Fields */.C8(json, 'pipeline definition');
    return {
        id: fields.requiredString('id'),
        name: fields.string('name') ?? '',
        configRepository: fields.object('config_source')?.object('repo')?.string('full_name'),
        checkoutRepository: fields.object('checkout_source')?.object('repo')?.string('full_name')
    };
}
/** Reads `GET /me`. Throws a `ShapeError` without an id. */
function decodeUser(json) {
    const fields = new base_json/* Fields */.C8(json, 'user');
    return {
        id: fields.requiredString('id'),
        login: fields.string('login') ?? '',
        name: fields.string('name') ?? ''
    };
}
/** Reads a row of `GET /project/{slug}/{job-number}/artifacts`. Throws a `ShapeError` without a path or an address. */
function decodeArtifact(json) {
    const fields = new base_json/* Fields */.C8(json, 'artifact');
    return {
        path: fields.requiredString('path'),
        nodeIndex: fields.number('node_index') ?? 0,
        url: fields.requiredString('url')
    };
}
/** Reads a row of `GET /project/{slug}/{job-number}/tests`. */
function decodeTest(json) {
    const fields = new base_json/* Fields */.C8(json, 'test');
    return {
        name: fields.string('name') ?? '',
        classname: fields.string('classname') ?? '',
        file: fields.string('file'),
        /** `success`, `skipped`, `failure`, `error`, or another; anything but the first two is a failure. */
        result: fields.string('result') ?? 'unknown',
        message: fields.string('message')
    };
}
/** Reads a row of `GET /insights/{slug}/workflows/{name}`. */
function decodeRun(json) {
    const fields = new base_json/* Fields */.C8(json, 'workflow run');
    return {
        id: fields.string('id') ?? '',
        branch: fields.string('branch'),
        /** Seconds. */
        duration: fields.number('duration'),
        status: fields.string('status'),
        createdAt: fields.string('created_at') ?? ''
    };
}
/** Reads `GET /insights/{slug}/flaky-tests`. CircleCI's document writes `flaky-tests`, its replies `flaky_tests`: both are read. */
function decodeFlakyTests(json) {
    const fields = new base_json/* Fields */.C8(json, 'flaky tests');
    const either = (test, name) => test.string(name) ?? test.string(name.replaceAll('_', '-'));
    return [...fields.objects('flaky_tests'), ...fields.objects('flaky-tests')].map(test => ({
        testName: either(test, 'test_name') ?? '',
        classname: either(test, 'classname'),
        file: either(test, 'file'),
        jobName: either(test, 'job_name') ?? ''
    }));
}

// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __nccwpck_require__(1525);
// EXTERNAL MODULE: ./src/circleci/statuses.ts
var circleci_statuses = __nccwpck_require__(8760);
// EXTERNAL MODULE: ./src/circleci/encoding.ts + 1 modules
var encoding = __nccwpck_require__(1346);
;// CONCATENATED MODULE: ./src/circleci/step-output.ts



/** Where the host sends more than was asked for, so much is read to find the end, in bytes. */
const MAX_READ_BYTES = 64 * 1024 * 1024;
const MAX_SLACK_BYTES = 1024 * 1024;
/** A string of JSON after its opening quote, as far as it goes. */
const STRING = String.raw `[^"\\]*(?:\\.[^"\\]*)*`;
const MESSAGE = new RegExp(String.raw `"message"\s*:\s*"(${STRING})`, 'gs');
/** An escaped line end, or return of a progress bar, that surely is one: in a piece cut anywhere, the `\n` of a `\\n` is not. */
const LINE_END = /[^\\]\\[nr]/;
const ESCAPES = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
/**
 * The last `maxBytes` at most of a step's output, as text; one attempt. It is kept at a presigned address: any credential
 * sent along would leak and be refused. Only the end is asked for; from a host that sends the whole all the same, or
 * keeps it compressed, the end is picked out.
 */
async function readStepOutput(context, address, maxBytes, signal) {
    const url = (0,storage/* storageUrl */.X_)(address, 'a step output', context.host);
    const ask = (range) => (0,storage/* openStorage */.Gz)(context, url, {
        headers: { accept: 'application/json', ...range },
        signal,
        // Shown as a log a web page would only mislead.
        isWanted: reply => [200, 204, 206, 416].includes(reply.status) && !(0,circleci_answer/* isWebPage */.AA)(reply)
    });
    let reply = await ask({ range: `bytes=-${maxBytes}` });
    if ((0,encoding/* isEncoded */.f)(reply) && !fromStart(reply)) {
        // The end of a compressed file cannot be read without its beginning.
        reply.close();
        reply = await ask({});
    }
    try {
        return await decodeReply(reply, maxBytes);
    }
    catch (error) {
        throw (0,storage/* toUnavailable */.aJ)(url, error);
    }
}
async function decodeReply(reply, maxBytes) {
    if (reply.status === 204 || reply.status === 416) {
        reply.close();
        return { text: '', cut: false };
    }
    try {
        const { bytes, whole } = await lastBytes((0,encoding/* decoded */.D)(reply), maxBytes);
        const text = new TextDecoder().decode(bytes);
        return whole && fromStart(reply)
            ? { text: decodeOutput(text), cut: false }
            : { text: decodeOutputEnd(text), cut: true };
    }
    finally {
        reply.close();
    }
}
/** The last bytes of a body. They are its last only as far as it was read: `MAX_READ_BYTES`. */
async function lastBytes(body, maxBytes) {
    let chunks = [];
    let kept = 0;
    let read = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        kept += chunk.length;
        read += chunk.length;
        if (read > MAX_READ_BYTES)
            break;
        // Once in a while, so that many small chunks are not copied again and again.
        if (kept > 2 * maxBytes + MAX_SLACK_BYTES) {
            chunks = [Buffer.concat(chunks).subarray(-maxBytes)];
            kept = maxBytes;
        }
    }
    const all = Buffer.concat(chunks);
    return { bytes: all.subarray(Math.max(0, all.length - maxBytes)), whole: read <= maxBytes };
}
function fromStart({ status, headers }) {
    return status !== 206 || (headers['content-range'] ?? '').startsWith('bytes 0-');
}
/** The text of an output: the messages of CircleCI's JSON (`[{"type","time","message"}]`), or the raw log of some servers. */
function decodeOutput(text) {
    try {
        const parsed = JSON.parse(text);
        if (Array.isArray(parsed))
            return wellFormed(parsed.map(messageOf).join(''));
        return typeof parsed === 'string' ? wellFormed(parsed) : text;
    }
    catch {
        return text;
    }
}
/**
 * The text of an output whose beginning is missing, cut anywhere: in a message, an escape, between two messages. Begins
 * with the first whole line; when no line is whole, with what is left of one. The end may be missing as well.
 */
function decodeOutputEnd(text) {
    const messages = messagesFrom(text);
    if (messages.trim() !== '')
        return messages;
    return isEndOfJson(text) ? onlyLine(text) : fromFirstLine(text);
}
function messagesFrom(text) {
    const lineEnd = LINE_END.exec(text);
    const message = text.search(MESSAGE);
    const pieces = [];
    let rest = text;
    // Only messages hold line ends: one before the first message is in the message that was cut.
    if (lineEnd !== null && (message === -1 || lineEnd.index < message)) {
        rest = text.slice(lineEnd.index + lineEnd[0].length);
        pieces.push(new RegExp(`^${STRING}`, 's').exec(rest)?.[0] ?? '');
    }
    for (const [, piece = ''] of rest.matchAll(MESSAGE))
        pieces.push(piece);
    return wellFormed(pieces.map(step_output_unescape).join(''));
}
function messageOf(item) {
    if (typeof item !== 'object' || item === null || !('message' in item))
        return '';
    return typeof item.message === 'string' ? item.message : '';
}
/** What is left of one very long line. */
function onlyLine(text) {
    const piece = new RegExp(`^(${STRING})"\\s*[,}]`, 's').exec(text)?.[1] ?? '';
    return wellFormed(step_output_unescape(piece));
}
function isEndOfJson(text) {
    return /\}\s*\]\s*$/.test(text);
}
function fromFirstLine(text) {
    return wellFormed(text.slice(text.indexOf('\n') + 1));
}
/** Resolves JSON's escapes; one that is broken off at the end is dropped, one that JSON does not know is its letter. */
function step_output_unescape(piece) {
    return piece.replaceAll(/\\(?:u([0-9a-f]{4})|u[0-9a-f]{0,3}$|(.)|$)/gis, (_, hex, letter) => {
        if (hex !== undefined)
            return String.fromCharCode(parseInt(hex, 16));
        return letter === undefined ? '' : (ESCAPES[letter] ?? letter);
    });
}
/** Half a surrogate pair is no text: it would be mangled differently by everyone who writes it. */
function wellFormed(text) {
    return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

;// CONCATENATED MODULE: ./src/circleci/steps.ts





/** A server that cuts every answer short is asked so often for the rest. */
const MAX_REQUESTS = 20;
const FAILED = new Set(['failed', 'errored', 'timedout', 'infrastructure_fail']);
/**
 * Reads the v1.1 build page. https://circleci.com/docs/api/v1/#single-job. Of the tries of a step that CircleCI reran by
 * itself only the last counts: https://circleci.com/docs/guides/orchestrate/automatic-reruns/
 */
function decodeSteps(json) {
    const fields = new base_json/* Fields */.C8(json, 'job page');
    return fields.objects('steps').flatMap(step => lastTries(step.objects('actions')).map(action => ({
        stepName: step.string('name') ?? '',
        /** The parallel run it belongs to. */
        nodeIndex: action.number('index') ?? 0,
        status: action.string('status') ?? '',
        /** CircleCI may leave this out: then only `status` says. */
        failed: action.boolean('failed'),
        exitCode: action.number('exit_code'),
        command: action.string('bash_command'),
        /** Presigned and short-lived: no token may be sent to it. */
        outputUrl: action.string('output_url'),
        hasOutput: action.boolean('has_output') ?? action.string('output_url') !== undefined
    })));
}
/** The actions of a step without those that another one of the same parallel run came after. */
function lastTries(actions) {
    const byNode = new Map();
    for (const action of actions) {
        const node = action.number('index') ?? 0;
        const attempt = (one) => one.number('auto_rerun_number') ?? 0;
        const other = byNode.get(node);
        if (other === undefined || attempt(action) >= attempt(other))
            byNode.set(node, action);
    }
    return [...byNode.values()];
}
/** Reads `GET /api/v3/jobs/{id}`: the steps of every parallel run; of the tries of a step the last. */
function decodeJobSteps(json, jobPath) {
    const job = new base_json/* Fields */.C8(json, 'job').object('data')?.object('attributes');
    return (job?.objects('parallel_executions') ?? []).flatMap((execution, nodeIndex) => {
        const steps = execution.objects('steps').map(step => actionOf(step, nodeIndex, jobPath));
        return [...new Map(steps).values()];
    });
}
function actionOf(step, nodeIndex, jobPath) {
    const number = step.number('num') ?? 0;
    const outcome = step.string('outcome') ?? '';
    const query = new URLSearchParams({
        'filter[execution]': String(nodeIndex),
        'filter[step_num]': String(number)
    });
    const streams = ['stdout', 'stderr'].map(name => ({
        path: `${jobPath}/${name}?${query.toString()}`,
        bytes: sizeOf(step.number(`${name}_bytes`))
    }));
    const action = {
        stepName: step.string('name') ?? '',
        nodeIndex,
        status: outcome,
        failed: FAILED.has(outcome),
        exitCode: step.number('exit_code'),
        command: step.string('command'),
        outputUrl: undefined,
        hasOutput: streams.some(({ bytes }) => bytes !== 0),
        streams
    };
    return [number, action];
}
function sizeOf(bytes) {
    return Number.isSafeInteger(bytes) && Number(bytes) >= 0 ? bytes : undefined;
}
/** The last `maxBytes` at most of each stream, one after the other; one attempt. */
async function readStepLog(context, streams, maxBytes, signal) {
    const read = [];
    for (const stream of streams) {
        if (stream.bytes !== 0)
            read.push(await readStream(context, stream, maxBytes, signal));
    }
    const texts = read.map(({ text }) => text).filter(text => text !== '');
    return {
        text: texts.map(text => (text.endsWith('\n') ? text : `${text}\n`)).join(''),
        cut: read.some(({ cut }) => cut)
    };
}
async function readStream(context, { path, bytes = 0 }, maxBytes, signal) {
    const url = new URL(path, context.host);
    const start = Math.max(0, bytes - maxBytes);
    let end = Buffer.alloc(0);
    let whole = start === 0;
    for (let at = start, requests = 0; requests < MAX_REQUESTS; requests += 1) {
        const reply = await (0,storage/* openStorage */.Gz)(context, url, {
            headers: { accept: '*/*', 'circle-token': context.token, range: `bytes=${at}-` },
            signal,
            // 404 says that nothing was written, 416 that there is nothing past this byte.
            isWanted: ({ status, headers }) => [200, 206, 404, 416].includes(status) && !(0,circleci_answer/* isWebPage */.AA)({ headers })
        });
        try {
            if (reply.status === 404 || reply.status === 416)
                break;
            const part = await lastBytes((0,encoding/* decoded */.D)(reply), maxBytes);
            // A host that takes no ranges sent all of it.
            const all = reply.status === 200 ? part.bytes : Buffer.concat([end, part.bytes]);
            whole = (reply.status === 200 || whole) && part.whole && all.length <= maxBytes;
            end = Buffer.from(all.subarray(-maxBytes));
            at += part.bytes.length;
            if (reply.status === 200 || reply.headers['x-terminal'] === 'true')
                break;
            if (part.bytes.length === 0 || (bytes > 0 && at >= bytes))
                break;
        }
        catch (error) {
            throw (0,storage/* toUnavailable */.aJ)(url, error);
        }
        finally {
            reply.close();
        }
    }
    return { text: new TextDecoder().decode(end), cut: !whole };
}

// EXTERNAL MODULE: ./src/circleci/trigger-request.ts
var trigger_request = __nccwpck_require__(7728);
;// CONCATENATED MODULE: ./src/circleci/client.ts









const V2 = '/api/v2';
/**
 * CircleCI's API as far as this action uses it: v2 (https://circleci.com/docs/api/v2/), and of v1.1 and v3 the steps of a
 * job. A method is an endpoint. All reject with `RefusedError` when CircleCI answered
 * no (a 4xx in its own JSON), `UnavailableError` when no usable answer came in the time given, `AbortedError` when the
 * signal ended it. What they return is awaited by the caller itself, so that the caller is on the stack of every error.
 */
class CircleCI {
    #context;
    #api;
    #unknown;
    constructor(context) {
        this.#context = context;
        this.#api = new Api(context);
        this.#unknown = new circleci_statuses/* UnknownStatuses */.hh(context.log);
    }
    /** CircleCI's clock in epoch milliseconds, to the second, by the `Date` of its answers; `undefined` while none had one. */
    serverNow() {
        return this.#api.serverNow();
    }
    /** `GET /me`: whose token it is. */
    me(options) {
        return this.#api.get(`${V2}/me`, decodeUser, options);
    }
    /** `GET /project/{slug}`. */
    project(slug, options) {
        return this.#api.get(projectPath(slug), decodeProject, options);
    }
    /** `GET /projects/{id}/pipeline-definitions` (Cloud only). */
    definitions(projectId, options) {
        const path = `${V2}/projects/${segment(projectId)}/pipeline-definitions`;
        return this.#api.get(path, json => rowsOf(json, decodeDefinition), options);
    }
    /**
     * `POST /project/{slug}/pipeline` or `.../pipeline/run`, sent exactly once whatever happens. Rejects with an
     * `UnavailableError` whose `processed` says whether the request can have reached CircleCI.
     */
    trigger(request, options) {
        return this.#api.postOnce(`${projectPath(request.slug)}/pipeline${request.endpoint === 'run' ? '/run' : ''}`, (0,trigger_request/* triggerBody */.N)(request), (json, status) => (0,trigger_request/* decodeTrigger */.b)(json, status, request.endpoint), options?.signal);
    }
    /** `GET /pipeline/{id}`. */
    pipeline(id, options) {
        return this.#api.get(`${V2}/pipeline/${segment(id)}`, decodePipeline, options);
    }
    /** `GET /project/{slug}/pipeline/{number}`. */
    pipelineByNumber(slug, number, options) {
        return this.#api.get(`${projectPath(slug)}/pipeline/${number}`, decodePipeline, options);
    }
    /** `GET /project/{slug}/pipeline` or `.../pipeline/mine`, newest first. */
    pipelines(slug, { mine, branch }, options) {
        const path = `${projectPath(slug)}/pipeline${mine === true ? '/mine' : ''}`;
        const query = branch === undefined ? path : withQuery(path, { branch });
        return this.#api.pages(query, decodePipeline, options);
    }
    /** `GET /pipeline/{id}/values`: pipeline values and parameters, e.g. `pipeline.parameters.x`. */
    pipelineValues(id, options) {
        return this.#api.get(`${V2}/pipeline/${segment(id)}/values`, decodeValues, options);
    }
    /** `GET /pipeline/{id}/config`. */
    pipelineConfig(id, options) {
        return this.#api.get(`${V2}/pipeline/${segment(id)}/config`, decodeConfig, options);
    }
    /** `GET /pipeline/{id}/workflow`: the rows as listed, in any order. An id may come twice, and is '' where there is none. */
    workflows(pipelineId, options) {
        const path = `${V2}/pipeline/${segment(pipelineId)}/workflow`;
        const decode = (json) => this.#unknown.note('workflow', decodeListedWorkflow(json));
        return this.#api.all(path, decode, options);
    }
    /** `GET /workflow/{id}`. https://circleci.com/docs/api/v2/#operation/getWorkflowById */
    workflow(id, options) {
        const decode = (json) => this.#unknown.note('workflow', decodeWorkflow(json));
        return this.#api.get(`${V2}/workflow/${segment(id)}`, decode, options);
    }
    /** `GET /workflow/{id}/job`: the rows as they are listed, in any order; one id may come twice. */
    jobs(workflowId, options) {
        const path = `${V2}/workflow/${segment(workflowId)}/job`;
        const decode = (json) => this.#unknown.note('job', decodeJob(json));
        return this.#api.all(path, decode, options);
    }
    /** `POST /workflow/{id}/approve/{approval_request_id}`. */
    approve(workflowId, approvalRequestId, options) {
        const path = `${V2}/workflow/${segment(workflowId)}/approve/${segment(approvalRequestId)}`;
        return this.#api.post(path, options);
    }
    /** `POST /workflow/{id}/cancel`: asked for, not done yet, when it resolves. */
    cancelWorkflow(workflowId, options) {
        return this.#api.post(`${V2}/workflow/${segment(workflowId)}/cancel`, options);
    }
    /** `POST /workflow/{id}/rerun` from failed, sent once; resolves with the new workflow's id. */
    rerunFromFailed(workflowId, options) {
        return this.#api.postOnce(`${V2}/workflow/${segment(workflowId)}/rerun`, { from_failed: true }, json => new base_json/* Fields */.C8(json, 'rerun').requiredString('workflow_id'), options?.signal);
    }
    /** `GET /project/{slug}/{number}/artifacts`. */
    artifacts(slug, jobNumber, options) {
        return this.#api.pages(`${projectPath(slug)}/${jobNumber}/artifacts`, decodeArtifact, options);
    }
    /** `GET /project/{slug}/{number}/tests`. */
    tests(slug, jobNumber, options) {
        return this.#api.pages(`${projectPath(slug)}/${jobNumber}/tests`, decodeTest, options);
    }
    /** First page of `GET /insights/{slug}/workflows/{name}`; without a branch: all branches. */
    workflowRuns(slug, name, branch, options) {
        const path = `${V2}/insights/${(0,circleci_slug/* slugPath */.ZY)(slug)}/workflows/${segment(name)}`;
        const query = withQuery(path, branch === undefined ? { 'all-branches': 'true' } : { branch });
        return this.#api.get(query, json => rowsOf(json, decodeRun), options);
    }
    /** `GET /insights/{slug}/flaky-tests`. */
    flakyTests(slug, options) {
        const path = `${V2}/insights/${(0,circleci_slug/* slugPath */.ZY)(slug)}/flaky-tests`;
        return this.#api.get(path, decodeFlakyTests, options);
    }
    /** `GET /api/v1.1/project/{slug}/{number}`: the steps of a job. */
    stepActions(slug, jobNumber, options) {
        const path = `/api/v1.1/project/${(0,circleci_slug/* slugPath */.ZY)(slug)}/${jobNumber}`;
        return this.#api.get(path, decodeSteps, options);
    }
    /** Whether there is API v3: on Cloud alone (https://circleci.com/docs/guides/toolkit/api-intro/), or perhaps on loopback. */
    hasV3() {
        const { host } = this.#context;
        return host === circleci_slug/* CLOUD */.OZ || (0,storage/* isLoopback */.U9)(new URL(host).hostname);
    }
    /** `GET /api/v3/jobs/{id}`: the steps of a job, for when v1.1 has none. */
    jobSteps(jobId, options) {
        const path = `/api/v3/jobs/${segment(jobId)}`;
        return this.#api.get(path, json => decodeJobSteps(json, path), options);
    }
    /** What `stepOutput` returns, for a step of `jobSteps`. */
    stepLog(streams, maxBytes, options = {}) {
        return this.#api.persist('GET of a step output', options, () => readStepLog(this.#context, streams, maxBytes, options.signal));
    }
    /** The last `maxBytes` of a step's output as text; `cut` when that is not all. No token goes to the presigned address. */
    stepOutput(outputUrl, maxBytes, options = {}) {
        return this.#api.persist('GET of a step output', options, () => readStepOutput(this.#context, outputUrl, maxBytes, options.signal));
    }
    /**
     * Opens an artifact, from byte `from` on where the host allows ranges (status 206). Redirects are followed; the token
     * goes only where `mayCarryToken` allows. One attempt: callers retry.
     */
    openArtifact(url, from, options) {
        return (0,storage/* openArtifact */.HI)(this.#context, url, from, options);
    }
}
function rowsOf(json, decode) {
    return new base_json/* Fields */.C8(json, 'listing').requiredList('items').map(decode);
}
function projectPath(slug) {
    return `${V2}/project/${(0,circleci_slug/* slugPath */.ZY)(slug)}`;
}
/** One segment of a path. Half a surrogate pair, which JSON can hold, has no encoding. */
function segment(text) {
    return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __nccwpck_require__(4942);
;// CONCATENATED MODULE: ./src/circleci/exchange.ts

/** One request and its answer, held to their time-outs: it always settles, and leaves no timer and no listener. */
class Exchange {
    controller = new AbortController();
    request;
    timeouts;
    name;
    timer;
    total;
    expired;
    connected = false;
    onOver = () => undefined;
    onAbort = () => {
        this.controller.abort();
    };
    constructor(request, timeouts) {
        this.request = request;
        this.timeouts = timeouts;
        this.name = `${request.method} ${request.url.pathname}`;
    }
    /** Aborts when the caller's signal does, when time is up, and when the exchange is abandoned. */
    get signal() {
        return this.controller.signal;
    }
    /**
     * Runs it once. `send` puts the request on the wire: it has to call `connectionStands`, and to give up when the signal
     * aborts. `onOver` is called (at least once) when the body was read or closed, or when nothing came.
     */
    async run(send, onOver) {
        const { signal } = this.request;
        this.onOver = onOver;
        try {
            if (signal?.aborted === true)
                throw new faults/* AbortedError */.oM(this.name, { sent: false });
            signal?.addEventListener('abort', this.onAbort, { once: true });
            this.startTotal();
            this.limit(this.timeouts.connectMs, 'no connection');
            const message = await this.orAborted(send());
            this.limit(undefined);
            return this.replyOf(message);
        }
        catch (error) {
            this.finish();
            throw this.toFault(error);
        }
    }
    /** To be called once bytes of the request can go out. */
    connectionStands() {
        this.connected = true;
        this.limit(this.timeouts.headersMs, 'no answer');
    }
    /** Ends it early, when the transport closes. */
    abandon() {
        this.expire('the transport was closed');
        this.finish();
    }
    /** Some ways in which Node drops a connection leave a request without any event: then the abort has to do. */
    async orAborted(answer) {
        let onAbort = () => undefined;
        const aborted = new Promise((_, reject) => {
            onAbort = () => {
                // What the request itself has to say about its end is said by the next turn.
                setImmediate(reject, new Error('aborted'));
            };
            this.signal.addEventListener('abort', onAbort, { once: true });
        });
        try {
            return await Promise.race([answer, aborted]);
        }
        finally {
            this.signal.removeEventListener('abort', onAbort);
        }
    }
    replyOf(message) {
        let reading = false;
        const read = this.read(message);
        return {
            status: message.statusCode ?? 0,
            headers: flatten(message.headers),
            body: {
                [Symbol.asyncIterator]: () => {
                    reading = true;
                    return read;
                }
            },
            close: () => {
                this.finish();
                // A body that is complete but unread (a redirect's, say) would keep its connection from the others.
                if (message.complete && !reading)
                    message.resume();
                else if (!message.readableEnded)
                    message.destroy();
            }
        };
    }
    /** Node rejects by itself when a body is cut, whether its length was declared or it came in chunks. */
    async *read(message) {
        const chunks = message[Symbol.asyncIterator]();
        try {
            for (;;) {
                this.limit(this.timeouts.idleMs, 'the body stalled');
                const next = await chunks.next();
                this.limit(undefined);
                if (next.done === true)
                    break;
                yield next.value;
            }
        }
        catch (error) {
            throw this.toFault(error);
        }
        finally {
            this.finish();
            if (!message.readableEnded)
                message.destroy();
        }
    }
    startTotal() {
        const { totalMs } = this.timeouts;
        if (!Number.isFinite(totalMs))
            return;
        this.total = setTimeout(() => {
            this.expire(`took longer than ${totalMs / 1000} s`);
        }, totalMs);
    }
    limit(ms, problem = '') {
        clearTimeout(this.timer);
        if (ms === undefined || this.signal.aborted)
            return;
        this.timer = setTimeout(() => {
            this.expire(`${problem} within ${ms / 1000} s`);
        }, ms);
    }
    expire(problem) {
        this.expired ??= problem;
        this.controller.abort();
    }
    finish() {
        clearTimeout(this.timer);
        clearTimeout(this.total);
        this.request.signal?.removeEventListener('abort', this.onAbort);
        this.onOver();
    }
    toFault(error) {
        if (this.expired !== undefined)
            return new faults/* WireFault */.ML(this.expired, this.connected, error);
        if (this.request.signal?.aborted === true) {
            return new faults/* AbortedError */.oM(this.name, { sent: this.connected });
        }
        return error instanceof faults/* WireFault */.ML ? error : (0,faults/* toWireFault */.vQ)(error, this.connected);
    }
}
function flatten(headers) {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? '')
    ]));
}

;// CONCATENATED MODULE: ./src/circleci/transport.ts





/** No API request takes longer than 30 s, whatever the network does. */
const API_TIMEOUTS = {
    connectMs: 10_000,
    headersMs: 25_000,
    idleMs: 15_000,
    totalMs: 30_000
};
/**
 * Makes a transport on @actions/http-client, which honours `https_proxy` and `no_proxy` and keeps connections
 * alive. Only its `requestRaw` is used: its other methods hide headers, follow redirects with the caller's
 * headers, and never settle when a body is cut.
 */
function createTransport(userAgent, timeouts = API_TIMEOUTS) {
    const clients = new Map();
    const running = new Set();
    const clientFor = ({ url, method }) => {
        // A connection kept alive may be closed by the server just as a request is written: harmless for a GET, which is
        // sent again, but it would leave the fate of a POST unknown. Behind a proxy none is ever used again.
        const fresh = isProxied(url) || method === 'POST';
        const key = `${url.protocol} ${fresh ? 'fresh' : 'kept'}`;
        // With a limit of its own a fresh connection would be passed on to the next request that waits for one.
        const sockets = fresh ? { keepAlive: false } : { keepAlive: true, maxSockets: 64 };
        const client = clients.get(key) ?? new lib/* HttpClient */.Qq(userAgent, [], { ...sockets, allowRedirects: false });
        clients.set(key, client);
        return client;
    };
    return {
        send: request => {
            const { isDownload = false } = request;
            const exchange = new Exchange(request, isDownload ? forDownload(timeouts) : timeouts);
            running.add(exchange);
            return exchange.run(() => start(request, exchange, clientFor(request)), () => running.delete(exchange));
        },
        close: () => {
            for (const exchange of running)
                exchange.abandon();
            for (const client of clients.values())
                client.dispose();
            clients.clear();
        }
    };
}
function forDownload(timeouts) {
    return { ...timeouts, idleMs: 2 * timeouts.idleMs, totalMs: Infinity };
}
function isProxied(url) {
    try {
        return (0,lib/* getProxyUrl */.s_)(url.href) !== '';
    }
    catch (cause) {
        const name = `${url.protocol.replace(':', '')}_proxy`;
        throw new faults/* WireFault */.ML(`the environment variable ${name} is not an address`, false, cause);
    }
}
async function start({ url, method, headers, body }, exchange, client) {
    const secure = url.protocol === 'https:';
    const module = secure ? (external_node_https_default()) : (external_node_http_default());
    const hooked = {
        request: (options, onReply) => {
            const sent = module.request(options, onReply);
            sent.once('socket', socket => {
                whenReady(socket, () => {
                    exchange.connectionStands();
                });
            });
            return sent;
        }
    };
    const info = {
        parsedUrl: url,
        // The client only ever calls `request` on it; the hook is how we learn when the connection stands.
        httpModule: hooked,
        options: {
            host: url.hostname.replace(/^\[|\]$/g, ''),
            port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
            path: url.pathname + url.search,
            method,
            headers: { host: url.host, 'user-agent': client.userAgent ?? '', ...headers },
            agent: agentFor(url, exchange, client),
            signal: exchange.signal
        }
    };
    const { message } = await client.requestRaw(info, body ?? null);
    return message;
}
/** The tunnel to a proxy does not end with the request it was opened for, unless its own request has the signal as well. */
function agentFor(url, exchange, client) {
    const agent = client.getAgent(url.href);
    if (agent.proxyOptions !== undefined)
        agent.proxyOptions.signal = exchange.signal;
    return agent;
}
/** Calls back once bytes of ours can go out: after TCP, a proxy's tunnel and the TLS handshake. */
function whenReady(socket, ready) {
    const { secureConnecting } = socket;
    if (secureConnecting === true)
        socket.once('secureConnect', ready);
    else if (socket.connecting)
        socket.once('connect', ready);
    else
        ready();
}

// EXTERNAL MODULE: ./src/base/mask.ts
var base_mask = __nccwpck_require__(777);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __nccwpck_require__(4031);
;// CONCATENATED MODULE: ./src/report/log.ts




/**
 * Makes the log of a step. Whatever it is given, the runner finds no commands but those of this file: messages pass
 * through `escape.ts`, the lines of a group are quoted besides and stand between `stop-commands` and a fresh token.
 */
function createLog(options) {
    const { write, random, isDebug = core/* isDebug */._o, mask = new base_mask/* Mask */.n([]) } = options;
    const log = (0,base_log/* makeLog */.Zp)((level, message) => {
        if (level === 'info')
            write(infoLines(mask.text(message)));
        else if (level !== 'debug' || isDebug()) {
            write(command(level, {}, (0,report_escape/* annotationText */.xr)(mask.text(message))));
        }
    }, (title, lines) => {
        write(groupLines(mask.text(title), mask.data(lines), random()));
    });
    const annotate = (annotation) => {
        const { level, message, title, file, line } = mask.data(annotation);
        const properties = { title: (0,report_escape/* inline */.mG)(title, 255), ...place(file, line) };
        write(command(level, properties, (0,report_escape/* annotationText */.xr)(message)));
    };
    return { ...log, annotate };
}
/** Further lines are quoted, so that remote text with line breaks cannot pass for lines of ours. */
function infoLines(message) {
    const [first = '', ...others] = (0,report_escape/* plainLines */.y1)(message);
    return `${[(0,report_escape/* defuse */.VP)(first), ...(0,report_escape/* quotedLines */.Gi)(others)].join('\n')}\n`;
}
function groupLines(title, lines, token) {
    return [
        command('group', {}, (0,report_escape/* inline */.mG)(title)),
        command('stop-commands', {}, token),
        ...(0,report_escape/* quotedLines */.Gi)(lines).map(line => `${line}\n`),
        command(token, {}, ''),
        command('endgroup', {}, '')
    ].join('');
}
/** A path that had to be changed to be shown is no path any more. */
function place(file, line) {
    if (file === undefined || file === '' || (0,report_escape/* inline */.mG)(file, 4096) !== file)
        return {};
    return line === undefined ? { file } : { file, line: String(line) };
}
/** One workflow command, escaped as the runner unescapes it (actions/runner, `ActionCommand`: `%`, CR, LF; in properties also `:` and `,`). */
function command(name, properties, data) {
    const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
    return `::${[name, pairs.join(',')].filter(part => part !== '').join(' ')}::${escapeData(data)}\n`;
}
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

// EXTERNAL MODULE: ./src/report/delivery.ts
var delivery = __nccwpck_require__(7004);
// EXTERNAL MODULE: ./src/github/commit-status.ts
var commit_status = __nccwpck_require__(7593);
// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __nccwpck_require__(766);
;// CONCATENATED MODULE: ./src/report/progress.ts


/** What a poll means for the log. `now` is by CircleCI's clock, in epoch milliseconds. */
function progressUpdate(progress, facts) {
    const latest = progress.rollup.attempts.filter(attempt => attempt.latest);
    // A workflow that decides nothing is not waited for.
    const needed = latest.filter(({ deciding, setup }) => deciding || setup);
    const open = needed.filter(({ status }) => (0,circleci_statuses/* isUnfinished */.ui)(status));
    const etas = open.flatMap(attempt => etaOf(attempt, progress, facts.now) ?? []);
    const last = etas.toSorted((a, b) => b.remainingMs - a.remainingMs)[0];
    return {
        workflows: latest.map(attempt => describe(attempt, progress, facts.now)),
        state: progress.state,
        open: open.map(attempt => describe(attempt, progress, facts.now)),
        failing: needed.some(({ status }) => (0,circleci_statuses/* anyStatus */.L)(status).kind === 'failed'),
        remarks: [
            ...holdRemarks(progress, latest, facts.pipelineUrl),
            ...etas.flatMap(({ remarks }) => remarks)
        ],
        eta: last?.text,
        elapsedMs: facts.elapsedMs
    };
}
function describe(attempt, progress, now) {
    const { id, name, status, stoppedAt } = attempt;
    const isOpen = (0,circleci_statuses/* isUnfinished */.ui)(status);
    const jobs = isOpen ? progress.jobsOf(id) : undefined;
    return {
        id,
        name,
        status,
        attempt: attempt.attempt,
        elapsedMs: elapsed(attempt, Date.parse(stoppedAt ?? '') || now),
        jobs: jobs === undefined ? undefined : countJobs(jobs.map(job => job.status)),
        remainingMs: isOpen ? etaOf(attempt, progress, now)?.remainingMs : undefined
    };
}
function elapsed({ createdAt }, until) {
    return Math.max(0, until - (Date.parse(createdAt) || until));
}
function countJobs(statuses) {
    const rows = statuses.map(status => (0,circleci_statuses/* jobStatus */.WB)(status));
    const done = rows.filter(({ ended }) => ended).length;
    const waiting = rows.filter(({ kind }) => kind === 'waiting' || kind === 'held').length;
    return { done, running: rows.length - done - waiting, waiting };
}
function holdRemarks(progress, latest, url) {
    return latest.flatMap(attempt => {
        const holds = progress.holdsOf(attempt.id);
        if (holds.length === 0)
            return [];
        const names = holds.map(name => `"${name}"`).join(', ');
        return [`\u23f8 ${attempt.name} waits for a person to approve ${names}: ${url}`];
    });
}
/** Only a first run is like the runs before it: a rerun repeats a part, and a hold takes as long as people do. */
function etaOf(attempt, progress, now) {
    const history = progress.histories.get(attempt.name);
    const isOnHold = (0,circleci_statuses/* phaseOf */.hU)(attempt.status) === 'on-hold';
    if (history === undefined || attempt.attempt > 1 || isOnHold)
        return undefined;
    const elapsedMs = elapsed(attempt, now);
    const text = describeEta(history, elapsedMs);
    if (text === undefined)
        return undefined;
    const { branch = 'all branches', runs, medianSeconds, p95Seconds } = history;
    const p95 = `p95 ${(0,base_text/* formatDuration */.a3)(p95Seconds * 1000)}`;
    const usually = `\u00b7 ${attempt.name} usually takes ${(0,base_text/* formatDuration */.a3)(medianSeconds * 1000)} (${p95}, ${(0,base_text/* countOf */.pq)(runs, 'run')} on ${branch})`;
    const late = `\u00b7 ${attempt.name} has been running longer than 95% of its earlier runs (${p95})`;
    const remarks = elapsedMs > p95Seconds * 1000 ? [usually, late] : [usually];
    return { text, remainingMs: medianSeconds * 1000 - elapsedMs, remarks };
}
/**
 * When a run is likely to end, in words for the log: `usually 12m, p95 15m; 7m so far`, or `last run 12m; 7m so far`
 * when only one is known. Once it is past its p95, `, longer than that` follows. `undefined` when history gives no
 * estimate.
 */
function describeEta({ runs, medianSeconds, p95Seconds }, elapsedMs) {
    if (runs === 0 || ![medianSeconds, p95Seconds].every(s => Number.isFinite(s) && s >= 0)) {
        return undefined;
    }
    const median = roughly(medianSeconds);
    const p95 = roughly(p95Seconds);
    const known = runs === 1 ? `last run ${median}` : `usually ${median}`;
    const late = elapsedMs > p95Seconds * 1000 ? ', longer than that' : '';
    return `${known}${p95 === median ? '' : `, p95 ${p95}`}; ${roughly(elapsedMs / 1000)} so far${late}`;
}
/** As exact as an estimate is: whole minutes from five on, tens of seconds from one on. */
function roughly(seconds) {
    const unit = seconds >= 5 * 60 ? 60 : seconds >= 60 ? 10 : 1;
    const rounded = Math.round(seconds / unit) * unit;
    return rounded < 1 ? '0s' : (0,base_text/* formatDuration */.a3)(rounded * 1000).replace(/m 00s$/, 'm');
}

// EXTERNAL MODULE: ./src/record/record.ts
var record_record = __nccwpck_require__(5380);
// EXTERNAL MODULE: ./src/record/result.ts
var record_result = __nccwpck_require__(9496);
// EXTERNAL MODULE: ./src/report/github-reports.ts + 1 modules
var github_reports = __nccwpck_require__(7922);
// EXTERNAL MODULE: ./src/report/views.ts
var report_views = __nccwpck_require__(8360);
// EXTERNAL MODULE: ./src/runner/state.ts
var state = __nccwpck_require__(6003);
;// CONCATENATED MODULE: ./src/report/reporter.ts









/** Shows a step while it goes on and when it has ended: log, state, outputs, summary, annotations, commit status, comment. */
class Reporter {
    context;
    delivery;
    shown;
    onGitHub;
    warned = new Set();
    waitingSince;
    constructor(context) {
        this.context = context;
        const { inputs, step, log, mask, clock, signal } = context;
        this.delivery = context.delivery ?? (0,delivery/* toRunner */.Ym)(log, context.context.runnerTemp);
        this.shown = this.delivery.progress(step.pipelines);
        this.onGitHub = (0,github_reports/* openGitHubReports */.z)(inputs, context.context, {
            log,
            mask,
            clock,
            cancelled: signal,
            onPending: sha => {
                step.statusSha = sha;
                this.save();
            }
        });
    }
    save() {
        this.delivery.save(this.context.mask.data((0,state/* stateOf */.L4)(this.context.step)));
    }
    known(pipeline) {
        this.save();
        this.delivery.known(this.result());
        this.pending(`Pipeline #${pipeline.pipeline?.number ?? ''} is running`, pipeline);
    }
    progress(progress, pipeline) {
        this.aside('The progress', () => {
            this.save();
            this.showProgress(progress, pipeline);
        });
    }
    showProgress(progress, pipeline) {
        const { circleci, clock, mask } = this.context;
        this.waitingSince ??= clock.now();
        const elapsedMs = clock.now() - this.waitingSince;
        const pipelineUrl = pipeline.pipeline?.url ?? '';
        const facts = { now: circleci.serverNow() ?? clock.now(), elapsedMs, pipelineUrl };
        const update = mask.data(progressUpdate(progress, facts));
        if (this.shown.show(update, pipeline) && update.workflows.length > 0) {
            const words = update.workflows.map(({ name, status }) => `${name}: ${status}`).join(', ');
            this.pending(words, pipeline);
        }
    }
    pending(words, { pipeline }) {
        const { mask, step } = this.context;
        const { pipelines, eventCommit } = step;
        const isSeveral = pipelines.length > 1;
        // Its link stays what it is while they go on.
        const linked = isSeveral ? pipelines.find(one => one.pipeline !== undefined) : { pipeline };
        const said = isSeveral ? this.shown.counts() : words;
        const url = mask.data(linked?.pipeline?.url);
        void this.onGitHub.statuses?.pending(said, url, (0,record_result/* builtTogether */.Dr)(pipelines, eventCommit));
    }
    result() {
        const { step, mask, clock } = this.context;
        // Before anything is cut or escaped: of what is left of a token then, a mask would not know it.
        return mask.data((0,record_record/* resultOf */.Bg)(step, clock.now()));
    }
    /** Everything there is to show at the end. Nothing in here changes the verdict; rejects only without outputs. */
    async finish() {
        const result = this.result();
        try {
            this.delivery.result(result);
        }
        finally {
            try {
                await this.show(result);
            }
            finally {
                this.context.step.ended = true;
                this.save();
            }
        }
    }
    async show(result) {
        const { log, inputs } = this.context;
        const { verdict } = result;
        const notWaited = (0,record_result/* notWaitedFor */.xK)(result);
        if (verdict === undefined && notWaited === undefined)
            return;
        if (inputs.summary)
            await this.delivery.summary(result);
        if (verdict === undefined) {
            if (notWaited !== undefined)
                log.info(notWaited);
            return;
        }
        const failures = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 7999));
        this.aside('What failed', () => {
            for (const { title, lines } of failures.failureGroups(result))
                log.group(title, lines);
            if (inputs.annotations)
                this.annotate(failures.pickAnnotations(result));
        });
        try {
            await this.onGitHub.end(() => Promise.all([this.endStatuses(result, verdict), this.endComment(result)]));
        }
        catch (error) {
            this.warn('The commit status or comment', error);
        }
        await (0,delivery/* sayVerdict */.FQ)(result, log);
    }
    annotate({ annotations, rest }) {
        const { log } = this.context;
        for (const annotation of annotations)
            log.annotate(annotation);
        if (rest !== undefined)
            log.info(rest);
    }
    async endStatuses(result, verdict) {
        const { statuses } = this.onGitHub;
        if (statuses === undefined)
            return;
        const { signal, step } = this.context;
        const views = (0,report_views/* viewsOf */.W6)(result);
        const outcome = {
            state: (0,commit_status/* statusState */._6)(verdict),
            description: verdict.message,
            pipelineUrl: result.pipeline?.url
        };
        const { artifactMatcher } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 6461));
        const urlOf = (glob) => {
            const { matches } = artifactMatcher([glob]);
            const artifacts = views.flatMap(view => view.artifacts);
            return artifacts.find(artifact => matches(artifact) === 'yes')?.url;
        };
        await statuses.finish(outcome, urlOf, (0,record_result/* builtTogether */.Dr)(views, result.eventCommit));
        // Cancelled, there may have been no time for it: then the post step ends what is pending.
        if (!signal.aborted)
            step.statusSha = undefined;
    }
    async endComment(result) {
        const { comment } = this.onGitHub;
        if (comment === undefined)
            return;
        const { renderComment } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 4231));
        await comment(result.slug, renderComment(result));
    }
    /** Shows something that is not worth a verdict. */
    aside(what, show) {
        try {
            show();
        }
        catch (error) {
            this.warn(what, error);
        }
    }
    warn(what, error) {
        if (this.warned.has(what))
            return;
        this.warned.add(what);
        this.context.log.warning(`${what} could not be shown. ${(0,errors/* unexpected */.os)(error)}`);
    }
}

// EXTERNAL MODULE: ./src/runner/input-values.ts
var input_values = __nccwpck_require__(2173);
// EXTERNAL MODULE: ./src/pipeline/obtain.ts + 1 modules
var obtain = __nccwpck_require__(4092);
// EXTERNAL MODULE: ./src/trigger/first-read.ts
var first_read = __nccwpck_require__(6891);
;// CONCATENATED MODULE: ./src/trigger/turns.ts


/** Ends an entry whose request is not sent, because another one failed. */
class NotSentError extends Error {
    name = 'NotSentError';
}
/**
 * Has the entries of a step send their requests in their order: one after another within a project, as each could be taken
 * for another's whose answer was lost; projects side by side; and nothing before all of them are checked. `projects`: that
 * of each entry. `maySend`: whether anything is to be sent still.
 */
function turnsOf(projects, maySend) {
    const baselines = new Map();
    const lasts = new Map();
    const entries = projects.map(project => ({ project, checked: new Signal(), sent: new Signal() }));
    const allChecked = Promise.all(entries.map(({ checked }) => checked.given));
    return entries.map(({ project, checked, sent }) => {
        const baseline = baselines.get(project) ?? new first_read/* Baseline */.q5();
        const before = lasts.get(project);
        baselines.set(project, baseline);
        lasts.set(project, sent.given);
        return {
            baseline,
            take: async (signal) => {
                checked.give();
                await allChecked;
                await before;
                if (signal.aborted)
                    throw new faults/* AbortedError */.oM('The step');
                if (!maySend())
                    throw new NotSentError('Another entry has failed.');
            },
            done: () => {
                checked.give();
                sent.give();
            }
        };
    });
}
/** Something that is waited for, given once. */
class Signal {
    give = () => undefined;
    given = new Promise(resolve => {
        this.give = resolve;
    });
}

;// CONCATENATED MODULE: ./src/pipeline/run.ts





/**
 * The story of one pipeline: obtain it (trigger one, attach to one, or rerun an earlier one), wait for its verdict, collect
 * what a developer needs. Always resolves, and writes whatever it finds out into the record.
 */
async function runPipeline(record, context) {
    const { inputs, signal, limit, log, step, turn } = context;
    const bounded = { ...context, signal: limit };
    try {
        if (inputs.pipeline.kind === 'commit') {
            const { runCommit } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 4853));
            return await runCommit(record, context);
        }
        const pipeline = await (0,obtain/* obtainPipeline */.U)(bounded, record);
        turn.done();
        if (pipeline !== undefined && signal.aborted)
            throw new faults/* AbortedError */.oM('The step');
        const waits = inputs.wait && !inputs.dryRun;
        const approves = !inputs.wait && inputs.approve.length > 0;
        if (pipeline !== undefined && (waits || approves || record.attached)) {
            const { awaitApproval, awaitVerdict, collectFor, look } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 3904));
            if (waits) {
                record.verdict = await awaitVerdict(context, record, pipeline);
                await collectFor(context, record);
            }
            else if (approves)
                await awaitApproval(context, record, pipeline);
            else
                await look(bounded, record, pipeline);
        }
    }
    catch (error) {
        if (error instanceof NotSentError)
            return { verdict: undefined, decidedBy: record };
        const { conclude } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 2523));
        const { name } = record;
        const ofEntry = error instanceof errors/* InputError */.dz && name !== undefined ? error.inEntry(name) : error;
        record.verdict = await conclude(ofEntry, context, record);
    }
    const other = (0,record_result/* otherCommit */.e4)({ ...record, eventCommit: step.eventCommit });
    if (other !== undefined)
        log.warning(other);
    return { verdict: record.verdict, decidedBy: record };
}

;// CONCATENATED MODULE: ./src/step.ts







/**
 * The story of a step: runs its pipelines to their ends within one timeout, and gives its verdict. `ownSlug`: the project of
 * this repository, for those that name none. Always resolves: what goes wrong is a verdict with a reason, and whatever was
 * found by then is in the record.
 */
async function runStep(context, ownSlug) {
    const { inputs, step, clock, signal } = context;
    const entries = entriesOf(inputs, ownSlug);
    step.pipelines.push(...entries.map(({ record }) => record));
    const timeoutMs = inputs.timeoutSeconds * 1000;
    const limit = (0,base_clock/* timeLimit */.zc)(clock, timeoutMs, signal);
    const deadline = clock.now() + timeoutMs;
    const over = new AbortController();
    const shared = {
        deadline,
        limit: limit.signal,
        beside: AbortSignal.any([limit.signal, over.signal]),
        histories: new Map(),
        written: new Set()
    };
    try {
        const ended = await runEntries(entries, { ...context, ...shared });
        if (inputs.pipelines !== undefined)
            step.conclusions = conclusionsOf(ended);
        const worst = (0,record_result/* verdictOfAll */.O1)(ended.flatMap(({ verdict }) => verdict ?? []));
        step.decidedBy = ended.find(({ verdict }) => verdict === worst)?.decidedBy;
        step.verdict = entries.length === 0 ? nothingToRun(inputs) : worst && sumUp(worst, ended);
    }
    finally {
        over.abort();
        limit.end();
    }
}
function entriesOf(inputs, ownSlug) {
    return (inputs.pipelines ?? [inputs]).map(wanted => {
        const slug = wanted.slug ?? ownSlug;
        if (slug === undefined)
            throw new Error('The project is not known.');
        const name = 'name' in wanted ? wanted.name : undefined;
        const record = { ...(0,record_record/* pipelineRecord */.Kt)(slug, inputs.host), name };
        return { record, inputs: { ...inputs, ...wanted } };
    });
}
/** Runs them side by side. One that fails stops none of the others, but with `fail-fast` nothing more is sent. */
async function runEntries(entries, context) {
    const { failFast } = context.inputs;
    const done = [];
    // What is wrong with an entry before it has a pipeline keeps all of them from being sent.
    const isWrong = ({ verdict, decidedBy }) => verdict?.reason === 'input' && decidedBy.pipeline === undefined;
    const maySend = () => !done.some(one => isWrong(one) || (failFast && one.verdict?.passes === false));
    const projects = entries.map(({ record }) => (0,circleci_slug/* formatSlug */.Hr)(record.slug).toLowerCase());
    const turns = turnsOf(projects, maySend);
    const run = async ({ record, inputs }, index) => {
        const turn = turns[index];
        if (turn === undefined)
            throw new Error('There is a turn for each.');
        const log = (0,base_log/* namedLog */.Os)(context.log, record.name);
        const ended = await runPipeline(record, { ...context, inputs, log, turn });
        done.push(ended);
        turn.done();
        return ended;
    };
    return Promise.all(entries.map(run));
}
function conclusionsOf(ended) {
    return Object.fromEntries(ended.map(({ decidedBy, verdict }) => [decidedBy.name ?? '', verdict?.conclusion ?? null]));
}
function nothingToRun({ onNoWorkflows }) {
    return {
        conclusion: 'skipped',
        reason: 'no-pipeline',
        passes: onNoWorkflows === 'succeed',
        message: 'Input "pipelines" is "{}": there is no pipeline to run.'
    };
}
/** The worst verdict in the words of all of them. */
function sumUp(worst, ended) {
    const [first] = ended;
    if (first?.decidedBy.name === undefined)
        return worst;
    const failed = ended.filter(({ verdict }) => verdict?.passes === false);
    const decided = ended.find(({ verdict }) => verdict === worst);
    const count = failed.length === 0 ? 'All' : `${failed.length} of`;
    const end = failed.length === 0 ? 'passed' : 'did not pass';
    const why = worst.conclusion === 'success' ? '' : ` "${decided?.decidedBy.name}": ${worst.message}`;
    return { ...worst, message: `${count} ${ended.length} pipelines ${end}.${why}` };
}

;// CONCATENATED MODULE: ./src/play.ts











/** Plays a step to its end, and shows it. Rejects with an unexpected error only. */
async function playStep(prepared, stage) {
    const { inputs, context, ownSlug, token, downloadFolder } = prepared;
    const { step, log, signal, world } = stage;
    const { clock, random } = world;
    for (const { level, text } of inputs.remarks)
        log[level](text);
    const { circleci, transport } = connect(inputs.host, token, log, world);
    const reporter = new Reporter({ ...stage, inputs, context, circleci, clock });
    try {
        await runStep({
            inputs,
            event: context,
            step,
            circleci,
            clock,
            random,
            log,
            signal,
            downloadFolder,
            fileExists: inputs.wait ? await checkout(context) : undefined,
            listener: reporter
        }, ownSlug);
        await reporter.finish();
    }
    finally {
        transport.close();
    }
}
/** Where `artifacts-path` leads. */
async function folderFor({ artifactsPath }, { workspace = process.cwd(), runnerTemp: temp }) {
    if (artifactsPath === undefined)
        return undefined;
    const { checkDownloadFolder } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 4730));
    return checkDownloadFolder(artifactsPath, { workspace, temp });
}
async function checkout({ workspace }) {
    const { filesOfCheckout } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 4082));
    return filesOfCheckout(workspace);
}
/** The log on standard output. */
function openLog(mask) {
    return createLog({
        mask,
        write: text => {
            process.stdout.write(text);
        },
        random: external_node_crypto_.randomUUID
    });
}
/**
 * Has the runner mask CircleCI's token before anything else is printed: as given, without its surrounding white space, and
 * each of its lines, because the runner masks within lines. Lines too short to be a secret are left, or half the log
 * would be stars. Returns the mask of both tokens for where the runner does not mask; GitHub's it knows by itself.
 */
function maskTokens(env) {
    const circleci = spellingsOf((0,input_values/* rawToken */.EM)(core/* getInput */.V4('token', { trimWhitespace: false }), env));
    for (const secret of circleci)
        core/* setSecret */.Pq(secret);
    return new base_mask/* Mask */.n([...circleci, ...spellingsOf(core/* getInput */.V4('github-token'))]);
}
/** What a token is to be masked as: as it was given, trimmed, and each of its lines. */
function spellingsOf(raw = '') {
    if (raw.trim() === '')
        return [];
    const lines = raw
        .split(/\r?\n|\r/)
        .map(line => line.trim())
        .filter(line => line.length > 3);
    return [...new Set([raw, raw.trim(), ...lines])];
}
/** The machine's own. */
const MACHINE = { clock: base_clock/* systemClock */.ml, random: base_clock/* systemRandom */.vg };
/** The client of one host, and the transport to close at the end. */
function connect(host, token, log, { clock, random, timeouts } = MACHINE) {
    const transport = createTransport(version/* USER_AGENT */._, timeouts);
    const circleci = new CircleCI({ host, token, transport, clock, random, log });
    return { circleci, transport };
}


/***/ }),

/***/ 6661:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IT: () => (/* binding */ finishStep),
/* harmony export */   bE: () => (/* binding */ post)
/* harmony export */ });
/* unused harmony export finishLeft */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1525);
/* harmony import */ var _base_clock_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6412);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4758);
/* harmony import */ var _runner_context_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(1953);
/* harmony import */ var _runner_inputs_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(6507);
/* harmony import */ var _play_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6221);
/* harmony import */ var _report_github_reports_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(7922);
/* harmony import */ var _runner_state_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(6003);
/* harmony import */ var _trigger_intent_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(6788);
/* harmony import */ var _trigger_search_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(6878);
/* harmony import */ var _wait_cancel_js__WEBPACK_IMPORTED_MODULE_12__ = __nccwpck_require__(5739);













/**
 * The post step: when the main step was cancelled or killed, finds and cancels what it left running, also a pipeline
 * whose trigger was under way. Does nothing after a step that came to its end. Never fails the job.
 */
async function post() {
    const mask = (0,_play_js__WEBPACK_IMPORTED_MODULE_7__/* .maskTokens */ .x1)(process.env);
    const log = (0,_play_js__WEBPACK_IMPORTED_MODULE_7__/* .openLog */ .Ne)(mask);
    try {
        const inputs = await inputsOrNothing(log);
        const context = (0,_runner_context_js__WEBPACK_IMPORTED_MODULE_5__/* .readContext */ .yI)(process.env, path => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'));
        const state = (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_9__/* .readState */ .un)(context.runnerTemp ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)());
        if (inputs?.token === undefined)
            return;
        await finishStep(state, inputs, inputs.token, { context, log, mask });
    }
    catch (error) {
        log.warning(`What the step started may still be running. ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .unexpected */ .os)(error)}`);
    }
}
/** Finishes what a step left: its pipelines and triggers under way, and its commit statuses. Takes a minute at most. */
async function finishStep(state, inputs, token, { context, log, mask, world = _play_js__WEBPACK_IMPORTED_MODULE_7__/* .MACHINE */ .Wp }) {
    const { circleci, transport } = (0,_play_js__WEBPACK_IMPORTED_MODULE_7__/* .connect */ .Ng)(inputs.host, token, log, world);
    try {
        await Promise.all([
            finishLeft(state, inputs, { ...world, circleci, log }),
            endStatuses(state, inputs, { context, log, mask })
        ]);
    }
    finally {
        transport.close();
    }
}
/** A step that was killed could not say how it ended: its commit statuses would stay pending. */
async function endStatuses({ statusSha, pipelines: [pipeline] }, inputs, { context, log, mask }) {
    if (statusSha === undefined)
        return;
    const options = { log, mask, clock: _base_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .ml };
    const { statuses, end } = (0,_report_github_reports_js__WEBPACK_IMPORTED_MODULE_8__/* .openGitHubReports */ .z)(inputs, context, options);
    const pipelineUrl = pipeline && (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .linksFor */ .h8)(inputs.host).pipeline(pipeline.slug, pipeline.number);
    const description = 'The step ended before it had a verdict.';
    await end(async () => statuses?.finish({ state: 'error', description, pipelineUrl }, () => undefined, {
        subject: 'other',
        revision: statusSha
    }));
}
/** The main step has said what is wrong with its inputs. */
async function inputsOrNothing(log) {
    try {
        return await (0,_runner_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .readInputs */ .K)(process.env);
    }
    catch (error) {
        if (!(error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ))
            throw error;
        log.debug(error.message);
        return undefined;
    }
}
/** Longest time spent on all pipelines together, in milliseconds: GitHub ends a cancelled job after five minutes. */
const BUDGET_MS = 60_000;
/**
 * Cancels what a step left, or says that it is left running: the pipelines that are known at once, those of triggers
 * under way as soon as they are found. Takes a minute at most; never rejects.
 */
async function finishLeft(state, { host, onCancel }, context) {
    const until = context.clock.now() + BUDGET_MS;
    const isLeft = !state.cancelling && onCancel === 'leave';
    const finish = async (pipelines) => {
        const known = pipelines.map(({ id, number, slug, workflows: ids = [] }) => {
            const workflows = ids.map(workflow => ({ id: workflow, name: workflow }));
            const url = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .linksFor */ .h8)(host).pipeline(slug, number);
            return { id, number, workflows, url, reported: state.cancelling };
        });
        if (!isLeft)
            return (0,_wait_cancel_js__WEBPACK_IMPORTED_MODULE_12__/* .cancelForGood */ .p)(known, { ...context, until });
        for (const { number, url } of known) {
            context.log.notice(`Pipeline #${number} is left running, because "on-cancel" is "leave": ${url}`);
        }
    };
    await Promise.all([
        finish(state.pipelines),
        ...state.intents.map(async (intent) => finish(await findInFlight(intent, { host, until }, context)))
    ]);
}
async function findInFlight(intent, { host, until }, context) {
    const { clock, log } = context;
    const slug = (0,_trigger_intent_js__WEBPACK_IMPORTED_MODULE_10__/* .slugOfIntent */ .DB)(intent);
    log.info('The step ended while its trigger was under way: looking for the pipeline.');
    const { signal, end } = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .timeLimit */ .zc)(clock, until - clock.now());
    try {
        const found = await (0,_trigger_search_js__WEBPACK_IMPORTED_MODULE_11__.findIntended)(intent, { ...context, host, signal });
        if (found.kind === 'found')
            return [{ ...found.pipeline, slug }];
        if (found.kind === 'none') {
            log.info('There is none: the trigger did not reach CircleCI.');
            return [];
        }
        throw found.kind === 'failed'
            ? found.cause
            : new Error(`one of ${found.pipelines.map(({ number }) => `#${number}`).join(', ')}`);
    }
    catch (error) {
        log.warning(`The step may have started a pipeline, and it is not clear which (${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .errorMessage */ .gJ)(error)}): nothing was cancelled. Look at ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .linksFor */ .h8)(host).project(slug)}`);
        return [];
    }
    finally {
        end();
    }
}


/***/ }),

/***/ 5380:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bg: () => (/* binding */ resultOf),
/* harmony export */   Kt: () => (/* binding */ pipelineRecord),
/* harmony export */   _c: () => (/* binding */ takeAttempts),
/* harmony export */   m2: () => (/* binding */ takePipeline),
/* harmony export */   oU: () => (/* binding */ stepRecord)
/* harmony export */ });
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1525);

/** The record of a step that begins. */
function stepRecord(facts) {
    return {
        ...facts,
        pipelines: [],
        decidedBy: undefined,
        conclusions: undefined,
        verdict: undefined,
        statusSha: undefined,
        ended: false
    };
}
/** The record of a pipeline of which nothing is known but its project. */
function pipelineRecord(slug, host, name) {
    return {
        name,
        slug,
        host,
        ref: undefined,
        subject: 'event',
        parameters: {},
        triggered: false,
        attached: false,
        owned: false,
        cancelling: false,
        intent: undefined,
        rerunsAsked: [],
        pipeline: undefined,
        verdict: undefined,
        workflows: [],
        jobs: [],
        failedTests: [],
        logTails: [],
        artifacts: [],
        artifactsPath: undefined,
        history: [],
        omissions: []
    };
}
/** Takes what was read of the pipeline itself; what it lacks stays as it was. */
function takePipeline(record, read) {
    const before = record.pipeline;
    const { id, number, state, actorLogin } = read;
    record.pipeline = {
        id,
        number,
        state,
        createdAt: read.createdAt || (before?.createdAt ?? ''),
        url: (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_0__/* .linksFor */ .h8)(record.host).pipeline(record.slug, number),
        branch: read.branch ?? before?.branch,
        tag: read.tag ?? before?.tag,
        revision: read.revision ?? before?.revision,
        triggerType: read.triggerType === '' ? undefined : read.triggerType,
        actorLogin,
        warnings: read.warnings ?? before?.warnings ?? []
    };
    return record.pipeline;
}
/** Takes the attempts that a poll read. */
function takeAttempts(record, attempts) {
    const { pipeline, slug, host } = record;
    if (pipeline === undefined)
        return;
    const links = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_0__/* .linksFor */ .h8)(host);
    record.workflows = attempts.map(attempt => ({
        ...attempt,
        pipelineNumber: attempt.pipelineNumber || pipeline.number,
        url: links.workflow(slug, pipeline.number, attempt.id)
    }));
}
/** Everything known by now, as plain data. */
function resultOf(step, finishedAt) {
    const { startedAt, eventCommit, verdict, conclusions } = step;
    const pipelines = step.pipelines.map(resultOfPipeline);
    const record = step.decidedBy ?? step.pipelines[0];
    const decidedBy = record === undefined ? { ...pipelineRecord(NO_PROJECT, ''), slug: '' } : resultOfPipeline(record);
    return { ...decidedBy, verdict, pipelines, conclusions, eventCommit, startedAt, finishedAt };
}
const NO_PROJECT = { provider: 'gh', organization: '', project: '' };
function resultOfPipeline(record) {
    return { ...record, slug: (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSlug */ .Hr)(record.slug), omissions: [...record.omissions] };
}


/***/ }),

/***/ 9496:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dr: () => (/* binding */ builtTogether),
/* harmony export */   Mf: () => (/* binding */ failedJobs),
/* harmony export */   O1: () => (/* binding */ verdictOfAll),
/* harmony export */   e4: () => (/* binding */ otherCommit),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   xK: () => (/* binding */ notWaitedFor)
/* harmony export */ });
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8760);

/** Says which commit CircleCI built instead of the event's; `undefined` when it did not, or does not say. */
function otherCommit(result) {
    const { subject, eventCommit, pipeline } = result;
    const built = pipeline?.revision?.toLowerCase();
    if (subject !== 'event' || eventCommit === undefined || built === undefined)
        return undefined;
    if (built === eventCommit.toLowerCase())
        return undefined;
    return `CircleCI built commit ${built} instead of the event's commit ${eventCommit}: somebody may have pushed in between. The results of pipeline #${pipeline?.number ?? ''} are those of the commit it built.`;
}
/**
 * The same for a step of several pipelines, which have one status: on the event's commit when any of them is about the
 * event's own ref (then all of those have to have built it), or else about another repository.
 */
function builtTogether(pipelines, eventCommit) {
    const subjects = ['event', 'elsewhere', 'other'];
    const isAny = (one) => pipelines.some(({ subject }) => subject === one);
    const subject = subjects.find(isAny) ?? 'event';
    const revisions = pipelines
        .filter(one => one.subject === subject && one.pipeline !== undefined)
        .map(({ pipeline }) => pipeline?.revision?.toLowerCase());
    if (new Set(revisions).size <= 1)
        return { subject, revision: revisions[0] };
    const isOther = subject !== 'event' || eventCommit === undefined;
    const wrong = revisions.find(revision => revision !== eventCommit?.toLowerCase());
    return { subject, revision: isOther ? undefined : wrong };
}
/** Says that a step proves nothing of its pipelines; `undefined` when it has a verdict, or no pipeline. */
function notWaitedFor({ verdict, pipelines }) {
    const numbers = pipelines.flatMap(({ pipeline }) => pipeline?.number ?? []);
    if (verdict !== undefined || numbers.length === 0)
        return undefined;
    const list = numbers.map(number => `#${number}`).join(', ');
    return `Not waited for: this step passes whatever becomes of pipeline${numbers.length > 1 ? 's' : ''} ${list}.`;
}
/** The verdict of a step or pipeline that an error ended. */
function failed({ conclusion, reason, message }) {
    return { conclusion, reason, passes: false, message };
}
/** Of the verdicts that do not pass, those further up are worse. */
const WORST = [
    'failure',
    'timed_out',
    'cancelled',
    'action_required',
    'skipped'
];
/**
 * The one verdict of several pipelines: the worst of those that do not pass. When all pass it is a success if any is, else
 * the first. `undefined` without any.
 */
function verdictOfAll(verdicts) {
    const bad = verdicts.filter(({ passes }) => !passes);
    const worst = WORST.map(conclusion => bad.find(one => one.conclusion === conclusion));
    const green = verdicts.find(({ conclusion }) => conclusion === 'success');
    return worst.find(one => one !== undefined) ?? bad[0] ?? green ?? verdicts[0];
}
/** The failed jobs of the latest attempts. */
function failedJobs({ jobs }) {
    return jobs.filter(job => job.latest && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isFailed */ .Ix)(job.status));
}


/***/ }),

/***/ 7004:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $E: () => (/* binding */ checkCommandFiles),
/* harmony export */   FQ: () => (/* binding */ sayVerdict),
/* harmony export */   Kn: () => (/* binding */ writeOutputs),
/* harmony export */   Vb: () => (/* binding */ sayProblem),
/* harmony export */   Ym: () => (/* binding */ toRunner)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2420);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4758);
/* harmony import */ var _runner_state_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(6003);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5468);
/* harmony import */ var _progress_log_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(8340);









/** To GitHub's runner; `temp` is its folder for temporary files. */
function toRunner(log, temp = (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)()) {
    const keeper = new _runner_state_js__WEBPACK_IMPORTED_MODULE_6__/* .StateKeeper */ .oN(temp);
    return {
        save: state => {
            keeper.save(state);
        },
        known: result => {
            writeOutputs((0,_outputs_js__WEBPACK_IMPORTED_MODULE_7__/* .pipelineOutputs */ .lh)(result));
        },
        result: result => {
            writeResult(result, log);
        },
        summary: result => writeSummary(result, log),
        progress: pipelines => new _progress_log_js__WEBPACK_IMPORTED_MODULE_8__/* .ProgressLog */ .qw(log, pipelines)
    };
}
/** Outputs, summary and error of a step that ended before it could ask CircleCI anything: its inputs may be what is wrong. */
async function sayProblem(result, log) {
    try {
        writeResult(result, log);
    }
    catch (cause) {
        // The file for outputs may be just what is wrong.
        log.debug((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .gJ)(cause));
    }
    if (!/^false$/i.test(_actions_core__WEBPACK_IMPORTED_MODULE_4__/* .getInput */ .V4('summary')))
        await writeSummary(result, log);
    log.error(result.verdict?.message ?? '');
}
/** Sets every output and writes the report file; what had to be cut off is said in warnings. */
function writeResult(result, log) {
    const path = result.verdict === undefined ? undefined : writeReport(result, log);
    const { outputs, cuts } = (0,_outputs_js__WEBPACK_IMPORTED_MODULE_7__/* .resultOutputs */ .wg)(result, path);
    writeOutputs(outputs);
    for (const sentence of cuts)
        log.warning(sentence);
}
/** Sets outputs; each may be set again later, and the last value counts (the runner reads the file when the step ends). */
function writeOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .setOutput */ .uH(name, value);
}
/** Writes the report file into the runner's folder for temporary files; the step goes on without when it cannot. */
function writeReport(result, log) {
    const folder = process.env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)();
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, `circleci-pipeline-report-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.json`);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(path, `${JSON.stringify((0,_outputs_js__WEBPACK_IMPORTED_MODULE_7__/* .reportDocument */ .ce)(result), null, 2)}\n`, { flag: 'wx' });
        return path;
    }
    catch (error) {
        log.warning(`The report file could not be written to ${folder}: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .gJ)(error)}.`);
        return undefined;
    }
}
/** Writes the job summary; a summary that cannot be written is a warning. */
async function writeSummary(result, log) {
    // Not set outside a runner, and on old GitHub Enterprise Servers.
    if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') === '')
        return;
    try {
        const { renderSummary } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 7520));
        await _actions_core__WEBPACK_IMPORTED_MODULE_4__/* .summary */ .z.addRaw(renderSummary(result)).write();
    }
    catch (error) {
        log.warning(`The job summary could not be written: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .gJ)(error)}.`);
    }
}
/** The last words of the log: the verdict, the pipeline's address again (of several, how each ended), and the error when the step fails. */
async function sayVerdict(result, log) {
    const { verdict, pipeline } = result;
    if (verdict === undefined)
        return;
    const ends = (0,_progress_log_js__WEBPACK_IMPORTED_MODULE_8__/* .renderEnds */ .zW)(result);
    for (const line of ends)
        log.info(line);
    log.info((0,_progress_log_js__WEBPACK_IMPORTED_MODULE_8__/* .renderVerdict */ .gM)(result, verdict));
    if (ends.length === 0 && pipeline !== undefined)
        log.info(pipeline.url);
    if (verdict.passes)
        return;
    const { renderFailure } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 7999));
    log.error(renderFailure(result, verdict));
}
/**
 * Finds out whether the files that GitHub names for a step's words to it are there and can be written, before the step
 * does anything that it could not report. A variable that is not set is fine: @actions/core then prints commands, as
 * old runners want it. Throws an `ActionError` that names the variable and the file.
 */
function checkCommandFiles(env, { summary }) {
    for (const name of [
        'GITHUB_OUTPUT',
        'GITHUB_STATE',
        ...(summary ? ['GITHUB_STEP_SUMMARY'] : [])
    ]) {
        const path = env[name] ?? '';
        const why = path === '' ? undefined : problemOf(path);
        if (why === undefined)
            continue;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .ActionError */ .lZ('input', `${name} names ${path}, which this step cannot write to (${why}): nothing was triggered. GitHub's runner creates that file for every step; when the step runs in a container, it must be mounted there${name === 'GITHUB_STEP_SUMMARY' ? ', or set "summary" to "false"' : ''}.`);
    }
}
function problemOf(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(path).isDirectory() ? 'it is a folder' : undefined;
    }
    catch (error) {
        return (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .errorMessage */ .gJ)(error);
    }
}


/***/ }),

/***/ 4031:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EC: () => (/* binding */ preformatted),
/* harmony export */   EU: () => (/* binding */ fence),
/* harmony export */   Gi: () => (/* binding */ quotedLines),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   VP: () => (/* binding */ defuse),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   mG: () => (/* binding */ inline),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   tb: () => (/* binding */ chartLabel),
/* harmony export */   wD: () => (/* binding */ markdown),
/* harmony export */   xr: () => (/* binding */ annotationText),
/* harmony export */   y1: () => (/* binding */ plainLines)
/* harmony export */ });
/* unused harmony export linkTarget */
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(766);
/**
 * Every string that came from CircleCI passes through here on its way out. Each function takes raw text
 * and returns text that is only text where it is going: the log, Markdown, a chart, an annotation.
 */

/**
 * Control characters, bidirectional overrides and everything invisible. The runner looks for `##[` with .NET's
 * culture-sensitive `IndexOf`, which skips such characters (actions/runner, `ActionCommand.TryParse`): a zero-width
 * space inside `##[` hides nothing from it, so they are removed and not merely moved.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Nearly all lines: nothing in them needs a closer look. */
const PLAIN = /^[ -~]*$/;
const LONE_SURROGATE = /\p{Cs}/gu;
/** How many times what is shown is read at most: enough for codes and blanks in it, and no hostile megabytes. */
const SCANNED = 20;
const ZERO_WIDTH_SPACE = '&#8203;';
/** Splits text at every kind of line break; the lines hold no ANSI codes, control or invisible characters. */
function plainLines(text) {
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .linesOf */ .Dx)(text).map(plain);
}
function plain(line) {
    if (PLAIN.test(line))
        return line;
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutTerminalCodes */ .zQ)(line)
        .replaceAll('\t', '    ')
        .replace(INVISIBLE, '')
        .replace(LONE_SURROGATE, '\ufffd');
}
/** One line without markup of its own, for use inside a sentence; what comes of it still goes through one of the others. */
function oneLine(text, max = 300) {
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(plainLines(text.slice(0, SCANNED * max))
        .join(' ')
        .replace(/\s+/gu, ' ')
        .trim(), max);
}
/**
 * One line for the log in which the runner finds no command, neither `::name::` at its start nor `##[name]`
 * anywhere (actions/runner, `ActionCommand.TryParseV2` and `TryParse`).
 */
function inline(text, max = 300) {
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(defuse(oneLine(text, max)), max);
}
/** The lines of a block for the log, each with a mark before it: it cannot start a command, and is plainly quoted. */
function quotedLines(lines, max = 4000) {
    return lines.flatMap(plainLines).map(line => `| ${defuse((0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(line, max))}`.trimEnd());
}
/** Makes one plain line harmless to the runner. Cutting it afterwards is safe, joining it with other text is not. */
function defuse(line) {
    return line.replaceAll('##[', '## [').replace(/^(\s*)::/u, '$1: :');
}
/** The text of an annotation: lines are kept, commands are not; at most 4,096 characters, where the runner cuts. */
function annotationText(text, max = 4096) {
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(plainLines(text.slice(0, SCANNED * max))
        .map(defuse)
        .join('\n')
        .trim(), max);
}
/**
 * Markdown that shows exactly this one line and nothing else: safe in a paragraph, a table cell, a link's text and
 * between HTML tags (not inside an attribute). Entities are used for that reason: a backslash means nothing in HTML.
 * Mentions, issue numbers and e-mail addresses are looked for in the rendered text, so only a zero-width space stops them.
 */
function markdown(text, max = 300) {
    return oneLine(text, max)
        .replace(/^[-+=]|^\d{1,9}(?=[.)])|[&<>`*_[\]\\|~$]|:(?=\/\/)|:(?=[a-z+-][\w+-]*:)|(?<=www)\.|@(?=[\w-])|#(?=\d)|^#|\bGH-(?=\d)/giu, escapeMarkup)
        .replace(/^(\d{1,9})([.)])/u, (_, digits, mark) => digits + entity(mark));
}
function escapeMarkup(found, offset, whole) {
    const next = whole.charAt(offset + found.length);
    if (found === '@' || /^GH-$/i.test(found))
        return found + ZERO_WIDTH_SPACE;
    if (found === '#')
        return (offset === 0 ? entity('#') : '#') + (/\d/.test(next) ? ZERO_WIDTH_SPACE : '');
    if (found === ':')
        return entity(':') + (next === '/' ? '' : ZERO_WIDTH_SPACE);
    return /^\d/.test(found) ? found : entity(found);
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}
/**
 * A code span that shows this one line; `''` when nothing is left of it. HTML and not backticks, as that is also right in
 * table cells and HTML blocks. GitHub looks for no mentions or issue numbers inside code.
 */
function code(text, max = 200) {
    const shown = oneLine(text, max);
    return shown === '' ? '' : `<code>${escapeCode(shown)}</code>`;
}
function escapeCode(text) {
    return text.replace(/[&<>`*_[\]\\|~$]|:(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@(?=[\w-]+\.)/giu, found => (found === '@' ? found + ZERO_WIDTH_SPACE : entity(found)));
}
/** Several lines as code that fits into a table cell, indentation kept; one line becomes a code span. */
function preformatted(text, maxLines, max = 90) {
    const lines = plainLines(text.slice(0, SCANNED * maxLines * max)).filter(line => line.trim() !== '');
    const [first = ''] = lines;
    if (lines.length <= 1)
        return code(first, 2 * max);
    const shown = lines.slice(0, maxLines).map(line => escapeCode((0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(line.trimEnd(), max)));
    return `<pre>${[...shown, ...(lines.length > maxLines ? ['\u2026'] : [])].join('<br>')}</pre>`;
}
/** A fenced block that nothing inside can close: its fence is longer than any run of backticks in the lines. */
function fence(lines, max = 2000) {
    const shown = lines.flatMap(plainLines).map(line => (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(line, max));
    const longest = shown.reduce((most, line) => Math.max(most, longestBackticks(line)), 2);
    const marks = '`'.repeat(longest + 1);
    return [`${marks}text`, ...shown, marks].join('\n');
}
function longestBackticks(line) {
    return Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
}
/** A link when the address is http or https and of sensible length, else just its text. `text` is finished Markdown. */
function link(text, url) {
    const address = url === undefined ? undefined : linkTarget(url);
    return address === undefined ? text : `[${text}](${address})`;
}
/** The address as a link target that cannot end early; `undefined` unless it is http or https without credentials. */
function linkTarget(url) {
    const parsed = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAddress */ .or)(url);
    if (parsed === undefined || !/^https?:$/.test(parsed.protocol))
        return undefined;
    if (parsed.username !== '' || parsed.password !== '' || parsed.href.length > 2048)
        return undefined;
    return parsed.href
        .replace(/[^\w\-.~:/?#@!$&*+,;=%]/g, character => encodeURIComponent(character).replace(/[()']/g, hex))
        .replaceAll('&', '&amp;')
        .replace(/[*_~$@]/g, entity);
}
function hex(character) {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
/**
 * A label for a mermaid chart. Mermaid gives meaning to `:`, `;`, `#`, `%%`, braces and quotes (and reads keywords at a line's
 * start: put something before the label), so only letters, digits and a few harmless marks stay.
 */
function chartLabel(text, max = 40) {
    return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(oneLine(text, 2 * max)
        .replaceAll(':', '\u2236')
        .replace(/[^\p{L}\p{M}\p{N} ._/@+()=\u2236-]/gu, '\u00b7'), max);
}


/***/ }),

/***/ 7922:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z: () => (/* binding */ openGitHubReports)
});

// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __nccwpck_require__(4758);
// EXTERNAL MODULE: ./src/github/client.ts
var client = __nccwpck_require__(6584);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: ./src/github/fault.ts
var fault = __nccwpck_require__(7239);
;// CONCATENATED MODULE: ./src/github/comment.ts


/** A conversation longer than this many pages of 100 comments is not searched to its end. */
const MAX_PAGES = 30;
/**
 * Brings the one comment of a pull request up to date, or makes it; it is found again in later runs by a hidden marker at
 * its start. Only a comment written by the token's own user is touched: anybody can quote the marker, or begin with it.
 * Never rejects, and changes no verdict.
 */
async function keepComment({ github, pullRequest, key, log }, body) {
    if (pullRequest === undefined) {
        log.info('There is no pull request to comment on.');
        return;
    }
    const warn = (error) => {
        log.warning((0,fault/* notUpToDate */.KL)('The pull request comment', 'pull-requests: write', error));
    };
    if (github === undefined) {
        warn();
        return;
    }
    const marker = markerOf(key);
    await write({ github, pullRequest, marker }, `${marker}\n${body}`).catch(warn);
}
/** The hidden first line of the comment: an HTML comment of 67 characters, whatever the names in its key. */
function markerOf({ workflow, job, project, name }) {
    const key = JSON.stringify([workflow ?? '', job ?? '', project, name ?? '']);
    const hash = (0,external_node_crypto_.createHash)('sha256').update(key).digest('hex').slice(0, 32);
    return `<!-- circleci-pipeline-action: ${hash} -->`;
}
async function write(place, body) {
    const existing = await findOwn(place);
    if (existing !== undefined) {
        if (!isSameText(existing.body, body))
            await place.github.updateComment(existing.id, body);
        return;
    }
    try {
        await place.github.createComment(place.pullRequest, body);
    }
    catch (error) {
        if ((0,fault/* toFault */.ec)(error).kind !== 'unavailable')
            throw error;
        // The answer was lost, not necessarily the comment: look before making another.
        if ((await findOwn(place)) === undefined) {
            await place.github.createComment(place.pullRequest, body);
        }
    }
}
async function findOwn({ github, pullRequest, marker }) {
    let login;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
        const { items, isLast } = await github.commentPage(pullRequest, page);
        for (const comment of items.filter(item => item.body.startsWith(marker))) {
            login ??= await github.ownLogin();
            if (comment.author === login)
                return comment;
        }
        if (isLast)
            break;
    }
    return undefined;
}
/** GitHub's editor turns line ends into CR LF. */
function isSameText(one, other) {
    const normal = (text) => text.replaceAll('\r\n', '\n').trimEnd();
    return normal(one) === normal(other);
}

// EXTERNAL MODULE: ./src/github/commit-status.ts
var commit_status = __nccwpck_require__(7593);
;// CONCATENATED MODULE: ./src/report/github-reports.ts





/** How long GitHub's API may delay the end of a step, in milliseconds, and once the step has been cancelled. */
const LAST_WORDS_MS = { usual: 15_000, hurried: 1_000 };
/** Opens the reports that the inputs ask for. Never throws; sends nothing yet. */
function openGitHubReports(inputs, context, options) {
    const closing = new AbortController();
    const end = say => withinLimit(say, closing, options);
    try {
        return { end, ...reportsOf(inputs, context, { ...options, closed: closing.signal }) };
    }
    catch (error) {
        options.log.warning(`The commit status and the comment cannot be kept up to date: ${(0,errors/* errorMessage */.gJ)(error)}.`);
        return { end, statuses: undefined, comment: undefined };
    }
}
function reportsOf(inputs, context, options) {
    const { log, onPending } = options;
    const { repository, apiUrl, headSha: sha } = context;
    const { wait, dryRun, githubToken: token, commitStatuses: lines } = inputs;
    const wantsStatus = wait && !dryRun && lines.length > 0;
    const wantsComment = inputs.comment !== false;
    const isReachable = (wantsStatus || wantsComment) && token !== undefined;
    const github = isReachable && repository !== undefined
        ? new client/* GitHub */.g({ token, apiUrl, repository, ...options })
        : undefined;
    const shared = { github, pullRequest: context.pullRequest?.number, log };
    return {
        statuses: wantsStatus ? new commit_status/* CommitStatuses */.aF({ ...shared, lines, sha, onPending }) : undefined,
        comment: wantsComment
            ? (project, body) => keepComment({ ...shared, key: commentKey(inputs, context, project) }, body)
            : undefined
    };
}
async function withinLimit(say, closing, { clock, cancelled }) {
    const stop = (0,fault/* limitTime */.DZ)(clock, cancelled, LAST_WORDS_MS, ms => {
        const which = ms === LAST_WORDS_MS.usual ? 'finished' : 'cancelled';
        closing.abort(new Error(`no answer within the ${ms / 1000} s that a ${which} step waits`));
    });
    try {
        await say();
    }
    finally {
        stop();
    }
}
/** Of several pipelines it is one comment, whatever their projects and definitions are. */
function commentKey({ comment, definition, pipelines }, { workflow, job }, project) {
    const own = pipelines === undefined ? { project, name: definition } : { project: '', name: undefined };
    return { workflow, job, ...own, ...(typeof comment === 'string' ? { name: comment } : {}) };
}


/***/ }),

/***/ 5468:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ce: () => (/* binding */ reportDocument),
/* harmony export */   lh: () => (/* binding */ pipelineOutputs),
/* harmony export */   wg: () => (/* binding */ resultOutputs)
/* harmony export */ });
/* unused harmony exports MAX_OUTPUT_CHARACTERS, OUTPUT_NAMES */
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(766);
/* harmony import */ var _record_result_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9496);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1935);



/**
 * Most characters all outputs may have together. GitHub drops a job's outputs beyond 1 MB, counted as UTF-16.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const MAX_OUTPUT_CHARACTERS = 499_000;
/** Every output but `report`, in the order of action.yml. */
const OUTPUTS = {
    'pipeline-id': { early: true, of: ({ pipeline }) => pipeline?.id },
    'pipeline-number': { early: true, of: ({ pipeline }) => pipeline?.number },
    'pipeline-url': { early: true, of: ({ pipeline }) => pipeline?.url },
    'pipeline-state': { early: true, of: ({ pipeline }) => pipeline?.state },
    'created-at': { early: true, of: ({ pipeline }) => pipeline?.createdAt },
    triggered: { early: true, of: ({ triggered }) => triggered },
    conclusion: { of: ({ verdict }) => verdict?.conclusion },
    'failure-reason': { of: ({ verdict }) => verdict?.reason },
    duration: { of: result => result.verdict && secondsOf(result) },
    pipelines: { early: true, of: pipelineRows },
    conclusions: { of: ({ conclusions }) => conclusions },
    workflows: {
        cut: 6,
        of: rowsOf('workflows', [
            ...['id', 'name', 'status', 'url', 'attempt', 'latest', 'deciding'],
            ...['createdAt', 'stoppedAt']
        ]),
        reportOnly: ['latest', 'deciding']
    },
    jobs: {
        cut: 3,
        of: rowsOf('jobs', [
            ...['workflow', 'workflowId', 'attempt', 'latest', 'name', 'type', 'deciding'],
            ...['number', 'status', 'url', 'startedAt', 'stoppedAt']
        ]),
        reportOnly: ['workflow_id', 'attempt', 'latest', 'type', 'deciding']
    },
    'failed-jobs': { cut: 5, lines: true, of: failedJobNames },
    'failed-tests': {
        cut: 4,
        of: rowsOf('failedTests', [
            ...['workflow', 'job', 'jobNumber', 'name', 'classname'],
            ...['file', 'line', 'message', 'flaky']
        ]),
        reportOnly: ['workflow', 'job_number']
    },
    artifacts: {
        cut: 1,
        of: rowsOf('artifacts', ['workflow', 'job', 'jobNumber', 'nodeIndex', 'path', 'url']),
        reportOnly: ['workflow']
    },
    'artifact-urls': {
        cut: 2,
        lines: true,
        of: result => eachOf(result).flatMap(({ artifacts }) => artifacts.map(({ url }) => url))
    },
    'artifacts-path': {
        of: result => eachOf(result).find(one => one.artifactsPath)?.artifactsPath
    }
};
const ALL = Object.entries(OUTPUTS);
/** Every output of action.yml. */
const OUTPUT_NAMES = [...ALL.map(([name]) => name), 'report'];
/** The report file (`docs/report.schema.json`): everything uncut, with every attempt of workflows and jobs. */
function reportDocument(result) {
    const entries = ALL.map(([name, { of }]) => [name, of(result) ?? null]);
    return {
        ...Object.fromEntries(entries),
        omissions: eachOf(result).flatMap(({ omissions }) => omissions)
    };
}
/** What is known of a pipeline before there is a verdict, as outputs. */
function pipelineOutputs(result) {
    const outputs = {};
    for (const [name, { early, of }] of ALL) {
        const value = early === true ? of(result) : undefined;
        if (value !== undefined)
            outputs[name] = plainText(value);
    }
    return outputs;
}
/** All outputs of a result, and a sentence for each that had to be cut. Without a verdict only the pipeline's. */
function resultOutputs(result, reportPath, max = MAX_OUTPUT_CHARACTERS) {
    const outputs = pipelineOutputs(result);
    const lists = [];
    for (const [name, output] of ALL) {
        if (output.early === true)
            continue;
        // Without a wait, workflows were read of a pipeline that was taken, and workflows and jobs for approvals.
        const isRead = (name === 'workflows' || name === 'jobs') && eachOf(result).some(one => one[name].length > 0);
        if (result.verdict === undefined && !isRead)
            continue;
        if (output.cut === undefined)
            outputs[name] = plainText(output.of(result) ?? '');
        else
            lists.push(listOf(name, output.cut, output, result));
    }
    if (reportPath !== undefined)
        outputs.report = reportPath;
    return fit(outputs, lists, max);
}
/** Of rows the fields of the output; of workflows and jobs only the latest attempts. */
function listOf(name, cut, { of, lines, reportOnly = [] }, result) {
    const items = of(result);
    if (lines === true) {
        return {
            name,
            cut,
            items: items.map(item => (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .onOneLine */ .GJ)(String(item))),
            join: all => all.join('\n')
        };
    }
    const rows = items.filter(({ latest }) => latest !== false);
    const texts = rows.map(row => {
        const fields = Object.entries(row).filter(([field]) => !reportOnly.includes(field));
        return JSON.stringify(Object.fromEntries(fields));
    });
    return { name, cut, items: texts, join: all => `[${all.join(',')}]` };
}
/** Cuts whole items off the lists, one list after the other, until everything fits. */
function fit(fixed, lists, max) {
    const outputs = { ...fixed };
    for (const { name, items, join } of lists)
        outputs[name] = join(items);
    const cuts = [];
    for (const { name, items, join } of lists.toSorted((a, b) => a.cut - b.cut)) {
        const excess = Object.values(outputs).reduce((sum, value) => sum + value.length, -max);
        if (excess <= 0)
            break;
        if (items.length === 0)
            continue;
        const kept = longestPrefix(items, join([]).length, (outputs[name]?.length ?? 0) - excess);
        outputs[name] = join(items.slice(0, kept));
        const whole = fixed.report === undefined ? '' : ' All of them are in the report file.';
        cuts.push(`Output "${name}" holds ${kept} of ${items.length} items: all outputs together are limited to ${max} characters, because GitHub drops a job's outputs above 1 MB.${whole}`);
    }
    return { outputs, cuts };
}
/** How many items from the start fit into so many characters, with one between them and `around` around all. */
function longestPrefix(items, around, room) {
    let length = around - 1;
    const first = items.findIndex(item => (length += item.length + 1) > room);
    return first === -1 ? items.length : first;
}
function plainText(value) {
    return typeof value === 'string' ? value : JSON.stringify(value);
}
/** All pipelines of the step; the only one with the step's own verdict. */
function eachOf(result) {
    return result.pipelines.length > 1 ? result.pipelines : [result];
}
/** A row for each item of a listing of all pipelines; of several, each row with the id of its pipeline. */
function rowsOf(list, fields) {
    const columns = fields.map(field => [snakeCase(field), field]);
    return result => eachOf(result).flatMap(one => one[list].map((item) => ({
        ...(result.pipelines.length > 1 ? { pipeline_id: one.pipeline?.id ?? null } : {}),
        ...Object.fromEntries(columns.map(([name, field]) => [name, item[field] ?? null]))
    })));
}
function snakeCase(name) {
    return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}
function secondsOf(result) {
    return Math.round((0,_timeline_js__WEBPACK_IMPORTED_MODULE_2__/* .pipelineDurationMs */ .lF)(result) / 1000);
}
/** A row for each pipeline: in the order of the entries, those of one entry by their numbers. */
function pipelineRows(result) {
    const { pipelines } = result;
    const names = pipelines.map(({ name }) => name);
    const placeOf = ({ name }) => names.indexOf(name);
    const numberOf = ({ pipeline }) => pipeline?.number ?? 0;
    return pipelines
        .toSorted((a, b) => placeOf(a) - placeOf(b) || numberOf(a) - numberOf(b))
        .map(one => {
        const { name, slug, pipeline, verdict, triggered } = one;
        const hasEnded = pipeline !== undefined && verdict !== undefined;
        return {
            name: name ?? null,
            project_slug: slug,
            id: pipeline?.id ?? null,
            number: pipeline?.number ?? null,
            url: pipeline?.url ?? null,
            state: pipeline?.state ?? null,
            triggered,
            conclusion: verdict?.conclusion ?? null,
            failure_reason: verdict?.reason ?? null,
            duration: hasEnded ? secondsOf({ ...result, ...one }) : null
        };
    });
}
/** Names of the failed jobs of the latest attempts, each once. */
function failedJobNames(result) {
    const failed = eachOf(result).flatMap(_record_result_js__WEBPACK_IMPORTED_MODULE_1__/* .failedJobs */ .Mf);
    return [...new Set(failed.map(({ name }) => name))];
}


/***/ }),

/***/ 8340:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   gM: () => (/* binding */ renderVerdict),
/* harmony export */   qw: () => (/* binding */ ProgressLog),
/* harmony export */   vN: () => (/* binding */ renderChange),
/* harmony export */   zW: () => (/* binding */ renderEnds)
/* harmony export */ });
/* unused harmony exports renderCounts, renderHeartbeat */
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(766);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8760);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4031);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1935);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8360);





/** The log says what is still running after this long without news, in milliseconds ... */
const HEARTBEAT_MS = 2 * 60_000;
/** ... and the longer the wait, the more seldom: after a fifth of it, but every ten minutes. */
const HEARTBEAT_SHARE = 1 / 5;
const LONGEST_HEARTBEAT_MS = 10 * 60_000;
const LISTED = 8;
/** Of several pipelines, so many open workflows of each. */
const LISTED_OF_EACH = 2;
/** The verdict's line says how long the step took when that differs from its pipeline by this much. */
const WORTH_SAYING_MS = 10_000;
/** Turns what polls find out into log lines: what changed, and a sign of life when nothing does. */
class ProgressLog {
    log;
    pipelines;
    news = new Map();
    lastLineMs = 0;
    /** `pipelines` are all of the step's, and may grow. */
    constructor(log, pipelines) {
        this.log = log;
        this.pipelines = pipelines;
    }
    /** Logs what is new of a pipeline. Returns whether there was anything. */
    show(update, pipeline) {
        const { elapsedMs } = update;
        const known = this.news.get(pipeline) ?? new PipelineNews();
        this.news.set(pipeline, known);
        const news = known.take(update);
        const share = Math.max(HEARTBEAT_MS, elapsedMs * HEARTBEAT_SHARE);
        const isQuiet = elapsedMs - this.lastLineMs >= Math.min(share, LONGEST_HEARTBEAT_MS);
        const prefix = (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .prefixOf */ .MT)((0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .labelOf */ .Wy)(pipeline, this.pipelines));
        for (const line of news)
            this.log.info(prefix + line);
        if (news.length === 0 && isQuiet)
            this.log.info(this.heartbeat(update));
        if (news.length > 0 || isQuiet)
            this.lastLineMs = elapsedMs;
        return news.length > 0;
    }
    /** `3 of 5 pipelines done, 1 failing`. */
    counts() {
        const done = this.pipelines.filter(one => one.verdict !== undefined).length;
        const failing = this.pipelines.filter(one => one.verdict === undefined ? this.news.get(one)?.last?.failing : (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .isRed */ .iI)(one)).length;
        const count = `${done} of ${this.pipelines.length} pipelines done`;
        return failing === 0 ? count : `${count}, ${failing} failing`;
    }
    heartbeat({ elapsedMs, open, eta }) {
        if (this.pipelines.length <= 1) {
            return [renderHeartbeat(elapsedMs, open), ...(eta === undefined ? [] : [eta])].join(' \u00b7 ');
        }
        const rest = this.pipelines.filter(one => one.verdict === undefined);
        const listed = rest.slice(0, LISTED).map(one => {
            const workflows = this.news.get(one)?.last?.open ?? [];
            const label = (0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .inline */ .mG)((0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .labelOf */ .Wy)(one, this.pipelines) ?? '', 80);
            return `${label}: ${listOpen(workflows, LISTED_OF_EACH) || 'no workflow yet'}`;
        });
        if (rest.length > listed.length)
            listed.push(`${rest.length - listed.length} more`);
        return `\u2026 after ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(elapsedMs)}: ${[this.counts(), ...listed].join(' \u00b7 ')}`;
    }
}
/** What has been said of one pipeline. */
class PipelineNews {
    last;
    statuses = new Map();
    remarked = new Set();
    state;
    /** What is new, in lines. */
    take(update) {
        this.last = update;
        return [...this.stateLine(update), ...this.changes(update), ...this.remarks(update)];
    }
    stateLine({ state, workflows }) {
        if (state === undefined || state === this.state || workflows.length > 0)
            return [];
        this.state = state;
        return state === 'created' ? [] : [`\u25cc The pipeline's state is "${state}"`];
    }
    changes({ workflows }) {
        const changed = workflows.filter(({ id, status }) => this.statuses.get(id) !== status);
        for (const { id, status } of changed)
            this.statuses.set(id, status);
        return changed.map(renderChange);
    }
    remarks({ remarks }) {
        const fresh = new Set(remarks.filter(remark => !this.remarked.has(remark)));
        for (const remark of fresh)
            this.remarked.add(remark);
        return [...fresh];
    }
}
/** The line for a workflow whose status, attempt or job counts changed. */
function renderChange(workflow) {
    const { icon, words } = (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .lookOf */ .Li)(workflow.status);
    const isFinished = !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_1__/* .isUnfinished */ .ui)(workflow.status);
    const facts = [
        ...(workflow.attempt > 1 ? [`attempt ${workflow.attempt}`] : []),
        ...(workflow.elapsedMs < 1000
            ? []
            : [`${isFinished ? 'after' : 'for'} ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(workflow.elapsedMs)}`]),
        ...(workflow.jobs === undefined ? [] : [renderCounts(workflow.jobs)]),
        ...(isFinished ? [] : renderRemaining(workflow.remainingMs))
    ];
    return [`${icon} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .inline */ .mG)(workflow.name, 100)}: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .inline */ .mG)(words, 60)}`, ...facts].join(' \u00b7 ');
}
/** `3 of 9 jobs done, 2 running, 4 waiting`. */
function renderCounts({ done, running, waiting }) {
    const parts = [
        `${done} of ${done + running + waiting} jobs done`,
        ...(running > 0 ? [`${running} running`] : []),
        ...(waiting > 0 ? [`${waiting} waiting`] : [])
    ];
    return parts.join(', ');
}
function renderRemaining(remainingMs) {
    if (remainingMs === undefined || !Number.isFinite(remainingMs))
        return [];
    if (remainingMs >= 1000)
        return [`about ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(remainingMs)} left`];
    return remainingMs <= -1000 ? [`${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(-remainingMs)} longer than usual`] : [];
}
/** The line that shows the step is alive: `... still running after 12m 00s: build-test (running 11m 40s), deploy (on hold)`. */
function renderHeartbeat(elapsedMs, open) {
    const after = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(elapsedMs);
    if (open.length === 0)
        return `\u2026 no workflow yet after ${after}`;
    const isHeld = open.every(({ status }) => (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .lookOf */ .Li)(status).kind === 'held');
    return `\u2026 still ${isHeld ? 'waiting' : 'running'} after ${after}: ${listOpen(open, LISTED)}`;
}
function listOpen(open, max) {
    const listed = open.slice(0, max).map(workflow => {
        const { words, kind } = (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .lookOf */ .Li)(workflow.status);
        const since = kind === 'held' ? '' : ` ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(workflow.elapsedMs)}`;
        return `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .inline */ .mG)(workflow.name, 100)} (${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .inline */ .mG)(words, 60)}${since})`;
    });
    if (open.length > listed.length)
        listed.push(`${open.length - listed.length} more`);
    return listed.join(', ');
}
/**
 * The last line: whether the step passes, how long pipeline and step took, the conclusion where it says more, and the
 * verdict's sentence, cut where the error has all of it.
 */
function renderVerdict(result, verdict) {
    return verdictLine(verdict, renderDurations(result));
}
/** How each of several pipelines ended, a line each with its address; none for a step that has one. */
function renderEnds(result) {
    return (0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewsOf */ .W6)(result).flatMap(view => {
        const { label, verdict, pipeline } = view;
        if (label === undefined || verdict === undefined)
            return [];
        const took = pipeline && (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_3__/* .pipelineDurationMs */ .lF)(view));
        const url = pipeline === undefined ? '' : ` ${pipeline.url}`;
        return [(0,_views_js__WEBPACK_IMPORTED_MODULE_4__/* .prefixOf */ .MT)(label) + verdictLine(verdict, took) + url];
    });
}
function verdictLine(verdict, took) {
    const { conclusion, passes, message } = verdict;
    const isCancelled = verdict.reason === 'github-cancelled';
    const isPlain = isCancelled || conclusion === (passes ? 'success' : 'failure');
    const parts = [
        isCancelled ? '\u2298 Cancelled' : passes ? '\u2713 Passed' : '\u2717 Failed',
        ...(took === undefined ? [] : [` after ${took}`]),
        ...(isPlain ? [] : [`, conclusion ${conclusion}`])
    ];
    return `${parts.join('')}: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .inline */ .mG)(message, 400)}`;
}
function renderDurations(result) {
    const stepMs = result.finishedAt - result.startedAt;
    if (result.pipelines.length > 1)
        return (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(stepMs);
    if (result.pipeline === undefined)
        return undefined;
    const pipelineMs = (0,_timeline_js__WEBPACK_IMPORTED_MODULE_3__/* .pipelineDurationMs */ .lF)(result);
    const took = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(pipelineMs);
    return Math.abs(stepMs - pipelineMs) < WORTH_SAYING_MS
        ? took
        : `${took} (this step took ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(stepMs)})`;
}


/***/ }),

/***/ 1935:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   cV: () => (/* binding */ workflowDurationMs),
/* harmony export */   lF: () => (/* binding */ pipelineDurationMs),
/* harmony export */   w1: () => (/* binding */ timeJobs)
/* harmony export */ });
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8760);

/** When each job of a result was queued and ran, with the critical path marked. */
function timeJobs(result) {
    const byId = new Map(result.jobs.map(job => [key(job), job]));
    const workflows = new Map(result.workflows.map(workflow => [workflow.id, workflow]));
    const timings = result.jobs.map(job => timeJob(job, byId, workflows.get(job.workflowId), result.finishedAt));
    const critical = criticalPath(timings, result.workflows);
    return timings.map(timing => ({ ...timing, critical: critical.has(timing) }));
}
function key(job, id = job.id) {
    return `${job.workflowId} ${id}`;
}
function timeJob(job, byId, workflow, now) {
    const dependencies = job.dependencies.map(id => byId.get(key(job, id)));
    const createdAt = time(workflow?.createdAt);
    const stoppedAt = time(job.stoppedAt);
    const carriedOver = stoppedAt !== undefined && createdAt !== undefined && stoppedAt < createdAt;
    const readyAt = latest([
        createdAt,
        ...dependencies.map(dependency => time(dependency?.stoppedAt))
    ]);
    const startedAt = job.type === 'approval' ? heldSince(job, readyAt) : startOf(job);
    const endedAt = startedAt === undefined ? undefined : Math.max(startedAt, stoppedAt ?? now);
    const isQueued = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).phase === 'queued';
    const waitedUntil = startedAt ?? (isQueued ? now : undefined);
    return {
        job,
        startedAt,
        endedAt,
        queuedMs: job.type === 'approval' || carriedOver ? undefined : span(readyAt, waitedUntil),
        ranMs: span(startedAt, endedAt),
        carriedOver
    };
}
function startOf(job) {
    // What has not started may have a `started_at` all the same.
    return (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).started ? time(job.startedAt) : undefined;
}
/** An approval's own `started_at` is when its workflow started; it is on hold from when nothing else is missing. */
function heldSince(job, readyAt) {
    return ['on-hold', 'success'].includes((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .jobStatus */ .WB)(job.status).phase) ? readyAt : undefined;
}
/** Milliseconds between two times, never negative: clocks of different machines disagree by a little. */
function span(from, to) {
    return from === undefined || to === undefined ? undefined : Math.max(0, to - from);
}
/**
 * The chain that decided the end: from the job that ended last, each time to the dependency that ended last, and from a
 * workflow's first job to the earlier attempt or the setup workflow that had to end before this one could begin.
 */
function criticalPath(timings, workflows) {
    const byId = new Map(timings.map(timing => [key(timing.job), timing]));
    const path = new Set();
    let next = lastEnded(timings.filter(({ job }) => job.latest));
    while (next !== undefined && !path.has(next)) {
        path.add(next);
        const { job } = next;
        const dependencies = job.dependencies.map(id => byId.get(key(job, id))).filter(isDefined);
        const before = predecessors(job, workflows);
        next =
            lastEnded(dependencies) ?? lastEnded(timings.filter(one => before.has(one.job.workflowId)));
    }
    return path;
}
/** Ids of the workflows whose end let this job's workflow begin. */
function predecessors(job, workflows) {
    const own = workflows.find(({ id }) => id === job.workflowId);
    if (own === undefined)
        return new Set();
    const isBefore = (other) => other.id !== own.id &&
        (own.attempt > 1
            ? other.name === own.name && other.attempt === own.attempt - 1
            : other.setup && !own.setup);
    return new Set(workflows.filter(isBefore).map(({ id }) => id));
}
function lastEnded(timings) {
    return timings
        .filter(({ endedAt, carriedOver }) => endedAt !== undefined && !carriedOver)
        .reduce((last, timing) => last === undefined || (timing.endedAt ?? 0) > (last.endedAt ?? 0) ? timing : last, undefined);
}
/** How long the pipeline took, in milliseconds: until the step ended where a workflow has not; without one, the step. */
function pipelineDurationMs(result) {
    const from = time(result.pipeline?.createdAt) ?? result.startedAt;
    const ends = result.workflows.map(({ stoppedAt }) => time(stoppedAt) ?? result.finishedAt);
    return Math.max(0, (latest(ends) ?? result.finishedAt) - from);
}
/** How long one attempt of a workflow took or has taken so far, in milliseconds. */
function workflowDurationMs(workflow, now) {
    return span(time(workflow.createdAt), time(workflow.stoppedAt) ?? now);
}
/** Epoch milliseconds of an ISO 8601 time; `undefined` for anything else. */
function time(text) {
    const parsed = text === undefined ? Number.NaN : Date.parse(text);
    return Number.isNaN(parsed) ? undefined : parsed;
}
function latest(times) {
    const known = times.filter(isDefined);
    return known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b));
}
function isDefined(value) {
    return value !== undefined;
}


/***/ }),

/***/ 8360:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Li: () => (/* binding */ lookOf),
/* harmony export */   MT: () => (/* binding */ prefixOf),
/* harmony export */   W6: () => (/* binding */ viewsOf),
/* harmony export */   Wy: () => (/* binding */ labelOf),
/* harmony export */   cD: () => (/* binding */ pipelineLook),
/* harmony export */   gG: () => (/* binding */ inTurns),
/* harmony export */   iI: () => (/* binding */ isRed),
/* harmony export */   pG: () => (/* binding */ conclusionLook)
/* harmony export */ });
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8760);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4031);


/**
 * The pipelines of a step, each as a result of its own, in the order in which they were asked for. Of a step that passes
 * all do: one that did not, such as one of a commit that ran nothing, did not count beside the others.
 */
function viewsOf(result) {
    const { pipelines, verdict } = result;
    if (pipelines.length <= 1)
        return [{ ...result, label: undefined }];
    return pipelines.map(one => ({
        ...result,
        ...one,
        pipelines,
        verdict: one.verdict && {
            ...one.verdict,
            passes: one.verdict.passes || verdict?.passes === true
        },
        label: labelOf(one, pipelines)
    }));
}
/** Whether a pipeline has ended, and so that the step cannot pass. */
function isRed({ verdict }) {
    return verdict?.passes === false;
}
/**
 * What a pipeline is called among others: by its entry's name, and by its number where that is missing or shared.
 * `undefined` when there are no others.
 */
function labelOf(one, all) {
    if (all.length <= 1)
        return undefined;
    const { name, pipeline } = one;
    const number = pipeline === undefined ? undefined : `#${pipeline.number}`;
    if (name === undefined)
        return number ?? 'no pipeline';
    const isShared = all.some(other => other !== one && other.name === name);
    return isShared && number !== undefined ? `${name} ${number}` : name;
}
/** The label as it stands before lines: `[api] `; nothing without one. Raw text of one line. */
function prefixOf(label) {
    return label === undefined ? '' : `[${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(label, 80)}] `;
}
/** What `of` finds in each pipeline, in turns: one of each, then a second of each, ... First of those that do not pass. */
function inTurns(views, of) {
    const found = views.flatMap(view => of(view).map((item, turn) => ({ item, turn, round: isRed(view) ? 0 : 1 })));
    return found.sort((a, b) => a.round - b.round || a.turn - b.turn).map(({ item }) => item);
}
const LOOKS = {
    passed: { icon: '\u2713', emoji: '\u2705' },
    failed: { icon: '\u2717', emoji: '\u274c' },
    running: { icon: '\u25cf', emoji: '\ud83d\udd35' },
    waiting: { icon: '\u25cc', emoji: '\u26aa' },
    held: { icon: '\u23f8', emoji: '\u23f8\ufe0f' },
    stopped: { icon: '\u2298', emoji: '\ud83d\udeab' },
    unknown: { icon: '?', emoji: '\u2754' }
};
/** How a workflow's or job's status is shown. A status that is not known is shown as it came (still remote text). */
function lookOf(status) {
    const { kind, words } = (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .anyStatus */ .L)(status);
    return { ...LOOKS[kind], kind, words: words ?? status.replaceAll('_', ' ') };
}
const CONCLUSIONS = {
    success: { emoji: '\u2705', words: 'succeeded' },
    failure: { emoji: '\u274c', words: 'failed' },
    cancelled: { emoji: '\ud83d\udeab', words: 'was cancelled' },
    skipped: { emoji: '\u23ed\ufe0f', words: 'ran nothing' },
    timed_out: { emoji: '\u231b', words: 'did not finish in time' },
    action_required: { emoji: '\u23f8\ufe0f', words: 'waits for approval' }
};
/** How a verdict is shown: a mark for Markdown, and words that complete a sentence that starts with "The pipeline". */
function conclusionLook({ conclusion, passes }) {
    const look = CONCLUSIONS[conclusion];
    return conclusion === 'skipped' && !passes ? { ...look, emoji: LOOKS.failed.emoji } : look;
}
/** How a pipeline is shown: by how it ended, or by what became of it so far. */
function pipelineLook({ pipeline, verdict, triggered }) {
    if (verdict !== undefined)
        return conclusionLook(verdict);
    const isNone = pipeline === undefined;
    return {
        emoji: '\ud83d\udd35',
        words: isNone ? 'not triggered' : triggered ? 'triggered' : 'found'
    };
}


/***/ }),

/***/ 8181:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ DEFAULTS)
/* harmony export */ });
// Written by the build from action.yml, the one place where defaults are kept. Those that are expressions, which
// only the runner can evaluate, count as none.
/** Every input, and its default as text; `undefined` where it has none. */
const DEFAULTS = new Map([
    ['token', undefined],
    ['host', 'https://circleci.com'],
    ['project-slug', undefined],
    ['branch', undefined],
    ['tag', undefined],
    ['definition', undefined],
    ['config-branch', undefined],
    ['config-tag', undefined],
    ['parameters', undefined],
    ['pipeline', 'new'],
    ['pipelines', 'none'],
    ['dry-run', 'false'],
    ['wait', 'false'],
    ['timeout', '1h'],
    ['poll-interval', 'auto'],
    ['workflows', undefined],
    ['jobs', undefined],
    ['fail-fast', 'false'],
    ['rerun-failed', '0'],
    ['approve', undefined],
    ['on-hold', 'wait'],
    ['on-timeout', 'cancel'],
    ['on-cancel', 'cancel'],
    ['on-no-workflows', 'fail'],
    ['on-rerun', 'new'],
    ['artifacts', '**'],
    ['artifacts-path', undefined],
    ['summary', 'true'],
    ['annotations', 'true'],
    ['log-lines', '40'],
    ['github-token', undefined],
    ['commit-status', undefined],
    ['comment', 'false']
]);


/***/ }),

/***/ 1953:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   pX: () => (/* binding */ withPullRequest),
/* harmony export */   po: () => (/* binding */ apiUrlOf),
/* harmony export */   yI: () => (/* binding */ readContext)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4758);
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3659);
/* harmony import */ var _trigger_event_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5308);



/**
 * Reads the context from the runner's environment and the event payload, a file that `readFile` returns the text of.
 * Never throws: what is missing or broken is `undefined`, and `payloadProblem` says why.
 * Variables: https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
function readContext(environment, readFile) {
    const get = (name) => {
        const value = environment[name]?.trim();
        return value === '' ? undefined : value;
    };
    const eventName = get('GITHUB_EVENT_NAME') ?? '';
    const { payload, problem } = readPayload(get('GITHUB_EVENT_PATH'), get('GITHUB_REPOSITORY'), readFile);
    const repository = get('GITHUB_REPOSITORY') ?? payload.repository;
    return {
        eventName,
        repository,
        ref: get('GITHUB_REF'),
        payload,
        payloadProblem: problem,
        headSha: headShaOf(eventName, payload, get('GITHUB_SHA')),
        pullRequest: pullRequestOf(payload, repository),
        actor: get('GITHUB_ACTOR'),
        workflow: get('GITHUB_WORKFLOW'),
        job: get('GITHUB_JOB'),
        runId: /^\d{1,20}$/.exec(get('GITHUB_RUN_ID') ?? '')?.[0],
        runAttempt: attemptOf(get('GITHUB_RUN_ATTEMPT')),
        ownPipeline: get('CIRCLE_PIPELINE_ID'),
        workspace: get('GITHUB_WORKSPACE'),
        runnerTemp: get('RUNNER_TEMP'),
        apiUrl: apiUrlOf(get('GITHUB_API_URL'))
    };
}
/** The context of a comment on a pull request, once that pull request was read from GitHub. */
function withPullRequest(context, pullRequest) {
    const payload = { ...context.payload, pullRequest };
    return {
        ...context,
        payload,
        headSha: pullRequest.headSha,
        pullRequest: pullRequestOf(payload, context.repository)
    };
}
function readPayload(path, repository, readFile) {
    if (path === undefined)
        return { payload: _trigger_event_js__WEBPACK_IMPORTED_MODULE_1__/* .EMPTY_PAYLOAD */ .vg, problem: 'GITHUB_EVENT_PATH is not set' };
    try {
        const text = readFile(path);
        if (text.trim() === '')
            return unreadable(path, 'it is empty');
        const json = JSON.parse(text);
        if (!(0,_base_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(json))
            return unreadable(path, 'it does not contain a JSON object');
        return { payload: (0,_trigger_event_js__WEBPACK_IMPORTED_MODULE_1__/* .decodePayload */ .D)(json, repository), problem: undefined };
    }
    catch (error) {
        return unreadable(path, (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorMessage */ .gJ)(error));
    }
}
function unreadable(path, why) {
    const problem = `the event payload, ${path} (GITHUB_EVENT_PATH), could not be read: ${why}`;
    return { payload: _trigger_event_js__WEBPACK_IMPORTED_MODULE_1__/* .EMPTY_PAYLOAD */ .vg, problem };
}
function headShaOf(eventName, payload, sha) {
    switch (eventName) {
        case 'pull_request':
        case 'pull_request_target':
        case 'pull_request_review':
        case 'pull_request_review_comment':
            return payload.pullRequest?.closed?.merged === true
                ? payload.pullRequest.closed.mergeSha
                : payload.pullRequest?.headSha;
        case 'issue_comment':
            return payload.issue?.isPullRequest === true ? undefined : sha;
        case 'workflow_run':
            return payload.workflowRun?.headSha;
        case 'merge_group':
            return payload.mergeGroup?.sha ?? sha;
        case 'deployment':
        case 'deployment_status':
            return payload.deployment?.sha ?? sha;
        case 'check_run':
        case 'check_suite':
        case 'status':
            return payload.checkedSha ?? sha;
        default:
            return sha;
    }
}
function pullRequestOf({ pullRequest, issue, workflowRun }, repository) {
    const isFork = (head) => head === undefined ? undefined : !(0,_trigger_event_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameRepository */ .ve)(head, repository);
    if (pullRequest !== undefined) {
        return { number: pullRequest.number, fork: isFork(pullRequest.headRepository) };
    }
    if (issue?.isPullRequest === true)
        return { number: issue.number, fork: undefined };
    const [pull, ...others] = workflowRun?.pullRequests ?? [];
    if (workflowRun === undefined || pull === undefined || others.length > 0)
        return undefined;
    return { number: pull.number, fork: isFork(workflowRun.headRepository) };
}
function attemptOf(text) {
    return /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 1;
}
/** The address of GitHub's API as the variable GITHUB_API_URL gives it, without a slash at the end. */
function apiUrlOf(variable = 'https://api.github.com') {
    return variable.replace(/\/+$/, '');
}


/***/ }),

/***/ 7344:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   cJ: () => (/* binding */ EntryReader),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   i_: () => (/* binding */ InputReader)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4758);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(766);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1525);
/* harmony import */ var _action_defaults_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8181);




/** Most of a value that an error shows, in characters. */
const MAX_SHOWN = 80;
/** Two names of one setting each: who sets one does not inherit the other. */
const OTHER_NAME = {
    branch: 'tag',
    tag: 'branch',
    'config-branch': 'config-tag',
    'config-tag': 'config-branch'
};
/** What means nothing in another project. */
const OF_PROJECT = ['definition', 'config-branch', 'config-tag'];
/**
 * Reads inputs as the runner passes them (`INPUT_<NAME>`), and keeps every problem until `finish`, so that a user sees
 * all of them at once. A blank value counts as not set, as expressions often leave one: then the default of action.yml holds.
 */
class InputReader {
    problems = [];
    env;
    constructor(env) {
        this.env = env;
    }
    /** As it was given; `undefined`: not at all. */
    given(name) {
        return this.env[`INPUT_${name.toUpperCase()}`];
    }
    text(name) {
        const given = this.given(name)?.trim() ?? '';
        if (given !== '')
            return given;
        return _action_defaults_js__WEBPACK_IMPORTED_MODULE_3__/* .DEFAULTS */ .z.get(name);
    }
    /** Parses an input; `undefined` when `parse` throws an `ActionError`. `blank`: what is wrong with one set to nothing. */
    value(name, parse, { blank } = {}) {
        try {
            if (blank !== undefined && this.given(name)?.trim() === '')
                throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, blank);
            return parse(this.text(name));
        }
        catch (error) {
            if (!(error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ))
                throw error;
            this.problems.push(error);
            return undefined;
        }
    }
    boolean(name) {
        // The YAML 1.2 core schema, like @actions/core's getBooleanInput.
        const words = { true: true, True: true, TRUE: true, false: false, False: false, FALSE: false };
        const value = this.value(name, text => {
            const found = Object.entries(words).find(([word]) => word === text);
            if (found !== undefined)
                return found[1];
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `must be "true" or "false", got ${quote(text)}.`);
        });
        return value ?? false;
    }
    choice(name, choices) {
        const value = this.value(name, text => {
            const found = choices.find(choice => choice === text);
            if (found !== undefined)
                return found;
            const list = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .listOf */ .c3)(choices.map(quote), 'or');
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `must be ${list}, got ${quote(text)}.`);
        });
        return value ?? choices[0];
    }
    integer(name, min, max) {
        const value = this.value(name, text => {
            const number = /^\d{1,9}$/.test(text ?? '') ? Number(text) : NaN;
            if (number >= min && number <= max)
                return number;
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `must be a whole number from ${min} to ${max}, got ${quote(text)}.`);
        });
        return value ?? min;
    }
    /** Seconds. */
    duration(name, min, max) {
        const value = this.value(name, text => parseBoundedDuration(name, text, min, max));
        return value ?? min;
    }
    /** Seconds, or `undefined` for the given word. */
    durationOr(name, word, min, max) {
        return this.value(name, text => text === word ? undefined : parseBoundedDuration(name, text, min, max, `"${word}" or `));
    }
    /** One item a line; blank lines are left out. With `keepEmpty`, an input set to nothing means an empty list. */
    lines(name, { keepEmpty = false } = {}) {
        const text = (keepEmpty ? this.given(name) : undefined) ?? this.text(name) ?? '';
        return text
            .split(/\r?\n/)
            .map(line => line.trim())
            .filter(line => line !== '');
    }
    /** Adds what a check across inputs finds, once every single one was fine. */
    check(find) {
        if (this.problems.length === 0)
            this.problems.push(...find());
    }
    fail(problem) {
        this.problems.push(problem);
    }
    /** Throws everything found wrong, as one error. */
    finish() {
        const [first, ...more] = this.problems;
        if (first === undefined)
            return;
        if (more.length === 0)
            throw first;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .lZ('input', this.problems.map(problem => problem.message).join('\n'));
    }
}
/** Reads the inputs of one entry of `pipelines`: what it sets, and what it inherits from the step. */
class EntryReader extends InputReader {
    own;
    step;
    dropped;
    /** `repository`: the step's own, `owner/name`. */
    constructor(entry, step, repository) {
        super({});
        // Blank counts as not set, but where an expression that came out empty must not trigger something else.
        const isSet = ([name, text]) => text?.trim() !== '' || name === 'pipeline';
        this.own = new Map([...entry.values].filter(isSet));
        this.step = step;
        this.dropped = new Set([...this.own.keys()].flatMap(name => OTHER_NAME[name] ?? []));
        const projectOf = (read) => {
            const slug = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .parseSlug */ .dF)(read.text('project-slug') ?? `gh/${repository ?? ''}`);
            return slug && (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSlug */ .Hr)(slug).toLowerCase();
        };
        if (projectOf(this) !== projectOf(step))
            this.drop(OF_PROJECT);
    }
    given(name) {
        const own = this.own.get(name);
        if (own !== undefined)
            return own?.trim();
        return this.dropped.has(name) ? undefined : this.step.given(name);
    }
    /** Whether the entry sets it itself. */
    sets(name) {
        return this.own.has(name);
    }
    /** Inherits these no longer. */
    drop(names) {
        for (const name of names)
            this.dropped.add(name);
    }
    /** What is wrong with what the entry sets; what it inherits is the step's to report. */
    ownProblems() {
        return this.problems.filter((problem) => problem instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz && this.sets(problem.input));
    }
}
function parseBoundedDuration(name, text, min, max, or = '') {
    const seconds = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDuration */ .E9)(text ?? '');
    if (seconds !== undefined && seconds >= min && seconds <= max)
        return seconds;
    const example = `${or}a duration such as "90s", "30m" or "1h30m"`;
    const range = seconds === undefined ? '' : `, at least ${min}s and at most ${Math.floor(max / 3600)}h`;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(name, `must be ${example}${range}, got ${quote(text)}.`);
}
/** A value as shown in an error: quoted, and cut when it is long. */
function quote(text) {
    return text === undefined || text === '' ? 'nothing' : `"${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_1__/* .cut */ .Jj)(text, MAX_SHOWN)}"`;
}


/***/ }),

/***/ 2173:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EM: () => (/* binding */ rawToken),
/* harmony export */   MG: () => (/* binding */ parseProjectSlug),
/* harmony export */   N0: () => (/* binding */ BLANK_PIPELINES),
/* harmony export */   Qd: () => (/* binding */ parseBranch),
/* harmony export */   R4: () => (/* binding */ parsePipelineChoice),
/* harmony export */   bW: () => (/* binding */ parseCommitStatuses),
/* harmony export */   o6: () => (/* binding */ parseHost),
/* harmony export */   ow: () => (/* binding */ tokenFrom),
/* harmony export */   vj: () => (/* binding */ parseComment),
/* harmony export */   wz: () => (/* binding */ BLANK_PIPELINE)
/* harmony export */ });
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(766);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1525);
/* harmony import */ var _circleci_storage_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2825);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4758);
/* harmony import */ var _input_reader_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7344);





/** Where a token is looked for when the input is empty, in this order. */
const TOKEN_VARIABLES = ['CIRCLE_TOKEN', 'CIRCLECI_TOKEN', 'CCI_TOKEN'];
/** The token as it was given, untouched: what has to be masked before anything is printed. */
function rawToken(input, env) {
    return [input, ...TOKEN_VARIABLES.map(name => env[name])].find(value => value !== undefined && value.trim() !== '');
}
/**
 * The token: the input, else the environment. Surrounding white space (a secret pasted with its line end) is dropped;
 * anything else that cannot be part of a token is refused without showing it.
 */
function tokenFrom(input, env) {
    const token = rawToken(input ?? '', env)?.trim();
    if (token !== undefined && !/^[\u0021-\u007e]+$/.test(token)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('token', 'contains spaces or other characters that no CircleCI token has: something else was probably pasted with it. Set the secret again with nothing but the token.');
    }
    return token;
}
/** An origin, trimmed of a trailing `/`, `/api` or `/api/vN`. */
function parseHost(text) {
    const trimmed = (text ?? '').trim().replace(/\/+$/, '');
    const bare = trimmed.replace(/\/api(\/v[\d.]+)?$/i, '').replace(/\/+$/, '');
    const url = (0,_base_text_js__WEBPACK_IMPORTED_MODULE_0__/* .parseAddress */ .or)(bare);
    if (!/^https?:\/\//i.test(bare) || url === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('host', `must be an address such as "https://circleci.com" or "https://circleci.example.com", got ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(text?.includes('@') === true ? 'an address with credentials' : text)}.`);
    }
    if (url.username !== '' || url.password !== '') {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('host', 'must not contain credentials: pass the token with the input \"token\".');
    }
    if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('host', `must be an address without a path, such as ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(url.origin)}, got ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(text)}.`);
    }
    if (url.protocol === 'http:' && !(0,_circleci_storage_js__WEBPACK_IMPORTED_MODULE_2__/* .isLoopback */ .U9)(url.hostname)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('host', `must start with "https://", got ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(text)}: over plain http the token could be read on the network.`);
    }
    // The address people have in their browser; the API is on the other one.
    return url.origin === 'https://app.circleci.com' ? 'https://circleci.com' : url.origin;
}
/** A slug as CircleCI writes it; `undefined` when the input is empty. */
function parseProjectSlug(text) {
    if (text === undefined)
        return undefined;
    const slug = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .parseSlug */ .dF)(text);
    if (slug !== undefined)
        return slug;
    const meant = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .meantSlug */ .t9)(text);
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('project-slug', `must look like "gh/org/repo", "bb/org/repo" or "circleci/<org>/<project>" (Project Settings > Overview shows it), got ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(text)}.${meant === undefined ? '' : ` Write ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(meant)}.`}`);
}
/**
 * A branch as it is given. `12/merge` is none: GITHUB_REF_NAME is that in a pull request.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
function parseBranch(input, text) {
    if (text === undefined || !/^\d+\/merge$/.test(text))
        return text;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(input, `is ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(text)}, which is not a branch: it is the value of github.ref_name in a pull request. Leave it out to build the pull request's head, or name a branch, such as "\${{ github.head_ref }}".`);
}
/** What is wrong with a blank `pipeline`. */
const BLANK_PIPELINE = 'is blank: an expression probably came out empty. Set it to "new", "commit", a full commit SHA, a number or an id, or leave it out to trigger a new one.';
/** What is wrong with a blank `pipelines`. */
const BLANK_PIPELINES = 'is blank: an expression probably came out empty. Give a mapping of names to inputs, "{}" for no pipeline at all, or leave it out for one pipeline.';
/** Commits are 40 hex digits, 64 in repositories that use SHA-256. */
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i;
/** `new`, `commit`, a commit's full SHA, a pipeline's id (UUID) or its number. */
function parsePipelineChoice(text) {
    const value = (text ?? '').trim();
    if (value === 'new' || value === 'commit')
        return { kind: value };
    if (SHA.test(value))
        return { kind: 'commit', revision: value.toLowerCase() };
    if (/^#?[1-9]\d{0,14}$/.test(value)) {
        return { kind: 'number', number: Number(value.replace('#', '')) };
    }
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) {
        return { kind: 'id', id: value.toLowerCase() };
    }
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('pipeline', `must be "new", "commit", a commit's full SHA (40 digits), a pipeline's number such as "1234" or its id (a UUID of 36 characters), got ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(text)}.`);
}
/** Longest name of a comment, in characters. */
const MAX_COMMENT_NAME = 100;
/** Whether to comment, or the name of the comment to keep: one line, and no other word for yes or no. */
function parseComment(text) {
    const value = (text ?? '').trim();
    if (/^(?:true|True|TRUE)$/.test(value))
        return true;
    if (/^(?:|false|False|FALSE)$/.test(value))
        return false;
    const isName = value.length <= MAX_COMMENT_NAME && !/[\p{Cc}\u2028\u2029]/u.test(value);
    if (isName && !/^(?:true|false|yes|no|on|off|y|n)$/i.test(value))
        return value;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('comment', `must be "true", "false" or a name for the comment, of at most ${MAX_COMMENT_NAME} characters on one line, got ${(0,_input_reader_js__WEBPACK_IMPORTED_MODULE_4__/* .quote */ .hD)(text)}.`);
}
/**
 * Parses input `commit-status`: one status a line, `context` or `context -> artifact glob`. Blank lines are left
 * out. Throws an `InputError` on a line without a context or without a glob after its arrow, and on a context that
 * is named twice.
 */
function parseCommitStatuses(text = '') {
    const statuses = text.split(/\r?\n/).flatMap(line => {
        const trimmed = line.trim();
        return trimmed === '' ? [] : [parseStatusLine(trimmed)];
    });
    const seen = new Set();
    for (const { context } of statuses) {
        // GitHub ignores case in contexts: the two would overwrite each other.
        const name = context.toLowerCase();
        if (seen.has(name))
            failStatus(`names the context "${context}" twice; name each once.`);
        seen.add(name);
    }
    return statuses;
}
function parseStatusLine(line) {
    const arrow = line.indexOf('->');
    if (arrow === -1)
        return { context: line, artifactGlob: undefined };
    const context = line.slice(0, arrow).trim();
    const artifactGlob = line.slice(arrow + 2).trim();
    if (context === '' || artifactGlob === '') {
        failStatus(`must have lines such as "docs" or "docs -> **/index.html", got "${line}".`);
    }
    return { context, artifactGlob };
}
function failStatus(problem) {
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('commit-status', problem);
}


/***/ }),

/***/ 6507:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  F: () => (/* binding */ onePipeline),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./src/runner/input-values.ts
var input_values = __nccwpck_require__(2173);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __nccwpck_require__(4758);
// EXTERNAL MODULE: ./src/base/matcher.ts + 1 modules
var matcher = __nccwpck_require__(6601);
// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __nccwpck_require__(766);
// EXTERNAL MODULE: ./src/runner/action-defaults.ts
var action_defaults = __nccwpck_require__(8181);
;// CONCATENATED MODULE: ./src/runner/input-checks.ts




/** Events that are a comment: by then the pull request may have moved on. */
const SAY_NO_COMMIT = ['issue_comment', 'pull_request_review_comment'];
/** At most so many letters of a name may be wrong for it to count as a typing mistake. */
const MAX_DISTANCE = 2;
/** Inputs that contradict each other: doing only one of two things asked for would be a guess. */
function* contradictions(inputs, eventName) {
    const { artifacts, artifactsPath, commitStatuses } = inputs;
    if (artifactsPath !== undefined && artifacts.length === 0) {
        yield new errors/* InputError */.dz('artifacts-path', 'needs artifacts to download, and "artifacts" is empty: name some, or leave "artifacts-path" out.');
    }
    const linked = commitStatuses.find(({ artifactGlob }) => artifactGlob !== undefined);
    if (linked !== undefined && artifacts.length === 0) {
        yield new errors/* InputError */.dz('commit-status', `links "${linked.context}" to an artifact, and "artifacts" is empty: name some.`);
    }
    yield* emptyExclusions('artifacts', artifacts);
    yield* wrongLists(inputs);
    // With entries it is theirs to be usable.
    if (inputs.pipelines === undefined)
        yield* unusable(inputs, eventName);
}
function* emptyExclusions(name, lines) {
    if (!lines.includes('!'))
        return;
    yield new errors/* InputError */.dz(name, 'has a line "!" that excludes nothing: put a name or a glob after it.');
}
/** What is wrong with the lists and refs of one pipeline, whether the step's only one or an entry. */
function* wrongLists(inputs) {
    const { workflows, jobs, approve, branch, tag } = inputs;
    yield* emptyExclusions('workflows', workflows);
    yield* emptyExclusions('jobs', jobs);
    yield* emptyExclusions('approve', approve);
    if (approve.length > 0 && approve.every(matcher/* isExclusion */.VB)) {
        yield new errors/* InputError */.dz('approve', 'only says what not to approve: name the approval jobs to approve, one a line, besides the lines that begin with "!".');
    }
    if (branch !== undefined && tag !== undefined) {
        yield new errors/* InputError */.dz('tag', 'cannot be used together with "branch": set one of them.');
    }
}
/** What was asked for and cannot be had with the rest of what was. */
function* unusable(inputs, eventName) {
    const { pipeline, configRef: config, definition, slug, approve } = inputs;
    if (approve.length > 0)
        yield* approvedUnseen(pipeline, eventName);
    if (pipeline.kind !== 'new') {
        yield* uselessWhenAttached(inputs);
    }
    else if (config !== undefined && definition === undefined && slug?.provider !== 'circleci') {
        yield new errors/* InputError */.dz(nameOfConfigRef(config), 'needs "definition", or a "project-slug" that starts with "circleci/": only pipelines triggered through a definition can read their config from another ref.');
    }
}
/** What is approved must be what was looked at: a branch may have moved since, and a comment names no commit. */
function* approvedUnseen(pipeline, eventName) {
    const isReview = eventName === 'pull_request_review';
    if (!isReview && !SAY_NO_COMMIT.includes(eventName ?? ''))
        return;
    const isOwn = pipeline.kind === 'commit' && pipeline.revision === undefined;
    if (pipeline.kind !== 'new' && (isReview || !isOwn))
        return;
    const why = isReview
        ? 'is "new", and the new pipeline would build the branch as it is now, not as it was reviewed. Set "pipeline" to "commit", which takes the reviewed commit'
        : `is "${pipeline.kind}", and a comment does not say which commit its author looked at. Set "pipeline" to that commit's full SHA`;
    yield new errors/* InputError */.dz('pipeline', `${why}, or to the id or number of the pipeline: with "approve", what is approved must be what was looked at.`);
}
function* uselessWhenAttached(inputs) {
    const { pipeline, parameters, definition, configRef: config, branch, tag } = inputs;
    // The pipelines of a commit are looked for on a ref, and `definition` narrows them.
    const refCounts = pipeline.kind === 'commit';
    const names = [
        Object.keys(parameters).length > 0 ? 'parameters' : undefined,
        definition === undefined || refCounts ? undefined : 'definition',
        config === undefined ? undefined : nameOfConfigRef(config),
        branch === undefined || refCounts ? undefined : 'branch',
        tag === undefined || refCounts ? undefined : 'tag'
    ];
    for (const name of names) {
        if (name === undefined)
            continue;
        yield new errors/* InputError */.dz(name, 'cannot be used when "pipeline" takes a pipeline that already exists: leave it out, or set "pipeline" to "new".');
    }
}
function nameOfConfigRef(ref) {
    return 'branch' in ref ? 'config-branch' : 'config-tag';
}
/**
 * Looks through the variables of a step for inputs that do not exist. GitHub's runner passes on all that stands under
 * `with:` (`AddInputsToEnvironment` in `Handler.cs` of actions/runner), for that step alone. In a composite action other
 * runners leave there what that one was given: of those what an input of a like name says as well is passed over.
 */
function unknownInputs(env) {
    const isInComposite = (env['GITHUB_ACTION_PATH'] ?? '') !== '';
    const mistakes = [];
    const ignored = [];
    for (const [variable, value = ''] of Object.entries(env)) {
        const name = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase();
        if (name === undefined || action_defaults/* DEFAULTS */.z.has(name))
            continue;
        const meant = meantBy(name);
        if (meant === undefined)
            ignored.push(name);
        else if (!isInComposite || value.trim() !== env[`INPUT_${meant.toUpperCase()}`]?.trim()) {
            mistakes.push(new errors/* InputError */.dz(name, `does not exist: write "${meant}" instead.`));
        }
    }
    return { mistakes, ignored };
}
function meantBy(name) {
    const [best] = [...action_defaults/* DEFAULTS */.z.keys()]
        .map(input => ({
        input,
        distance: bare(input) === bare(name) ? 0 : (0,base_text/* editDistance */.YC)(name, input)
    }))
        .toSorted((a, b) => a.distance - b.distance);
    return best !== undefined && best.distance <= MAX_DISTANCE ? best.input : undefined;
}
function bare(name) {
    return name.replaceAll(/[-_ ]/g, '');
}
/** Names of the inputs that were set and do nothing, because the step does not wait. */
function idleInputs(inputs, read) {
    const { wait, dryRun, onRerun } = inputs;
    if (wait || dryRun)
        return [];
    const pipelines = inputs.pipelines ?? [inputs];
    const isNew = pipelines.every(({ pipeline }) => pipeline.kind === 'new');
    const approves = pipelines.some(({ approve }) => approve.length > 0);
    const names = [
        // It also ends the search for a pipeline, and of an earlier pipeline only what decides is rerun.
        ...(isNew && !approves ? ['timeout'] : []),
        ...(onRerun === 'new' && !approves ? ['workflows'] : []),
        ...['jobs', 'fail-fast', 'rerun-failed', 'on-timeout'],
        // A step that only approves waits for that, and reports why when it fails.
        ...(approves ? [] : ['poll-interval', 'on-hold', 'on-no-workflows']),
        ...(approves ? [] : ['artifacts', 'annotations', 'log-lines']),
        ...['artifacts-path', 'commit-status', 'comment']
    ];
    return names.filter(name => read.text(name) !== action_defaults/* DEFAULTS */.z.get(name) || isInEntry(name, inputs));
}
/** Whether an entry of `pipelines` sets one of the lists that only a wait reads. */
function isInEntry(name, { pipelines = [] }) {
    if (name !== 'workflows' && name !== 'jobs')
        return false;
    return pipelines.some(pipeline => pipeline[name].length > 0);
}

// EXTERNAL MODULE: ./src/runner/input-reader.ts
var input_reader = __nccwpck_require__(7344);
;// CONCATENATED MODULE: ./src/runner/inputs.ts




const NEW = { kind: 'new' };
/** Longest `timeout`, in seconds: a timer beyond 2^31 ms would go off at once. */
const MAX_TIMEOUT_SECONDS = 24 * 24 * 3600;
/**
 * Reads every input once. Everything that can be checked without a request is checked here, all of it, so that one
 * run shows every mistake. Throws an `ActionError` with reason `input`. Defaults come from action.yml alone.
 */
async function readInputs(env) {
    const read = new input_reader/* InputReader */.i_(env);
    const notices = new Set();
    const notice = (text) => notices.add(text);
    const parseParameters = await parametersParser(read, notice);
    const own = { ...readPipeline(read, parseParameters), ...readStep(read, env) };
    const pipelines = await readEntries({ read, parseParameters, notice, env });
    const inputs = { ...own, pipelines };
    const { mistakes, ignored } = unknownInputs(env);
    for (const mistake of mistakes)
        read.fail(mistake);
    read.check(() => contradictions(inputs, env['GITHUB_EVENT_NAME']));
    read.finish();
    const remarks = [
        ...remarkOnIgnored(ignored),
        ...[...notices].map((text) => ({ level: 'notice', text }))
    ];
    return { ...inputs, remarks, idle: idleInputs(inputs, read) };
}
/** One warning for all names that are no inputs. */
function remarkOnIgnored(names) {
    if (names.length === 0)
        return [];
    const [are, have] = names.length === 1 ? ['is no input', 'has'] : ['are no inputs', 'have'];
    const list = names.map(name => `"${name}"`).join(', ');
    return [{ level: 'warning', text: `${list} ${are} of this action and ${have} no effect.` }];
}
function readPipeline(read, parseParameters) {
    return {
        /** `undefined`: this repository's. */
        slug: read.value('project-slug', input_values/* parseProjectSlug */.MG),
        branch: read.value('branch', text => (0,input_values/* parseBranch */.Qd)('branch', text)),
        tag: read.text('tag'),
        definition: read.text('definition'),
        configRef: configRef(read),
        parameters: read.value('parameters', text => parseParameters(text ?? '')) ?? {},
        pipeline: read.value('pipeline', input_values/* parsePipelineChoice */.R4, { blank: input_values/* BLANK_PIPELINE */.wz }) ?? NEW,
        workflows: read.lines('workflows'),
        jobs: read.lines('jobs'),
        approve: read.lines('approve')
    };
}
function readStep(read, env) {
    return {
        /** `undefined` when none was given: the caller knows the event and can say why. */
        token: read.value('token', text => (0,input_values/* tokenFrom */.ow)(text, env)),
        /** An origin without a trailing slash. */
        host: read.value('host', input_values/* parseHost */.o6) ?? '',
        dryRun: read.boolean('dry-run'),
        wait: read.boolean('wait'),
        timeoutSeconds: read.duration('timeout', 1, MAX_TIMEOUT_SECONDS),
        /** `undefined` for `auto`. */
        pollIntervalSeconds: read.durationOr('poll-interval', 'auto', 1, MAX_TIMEOUT_SECONDS),
        failFast: read.boolean('fail-fast'),
        rerunFailed: read.integer('rerun-failed', 0, 100),
        onHold: read.choice('on-hold', ['wait', 'fail', 'succeed']),
        onTimeout: read.choice('on-timeout', ['cancel', 'leave']),
        onCancel: read.choice('on-cancel', ['cancel', 'leave']),
        onNoWorkflows: read.choice('on-no-workflows', ['fail', 'succeed']),
        onRerun: read.choice('on-rerun', ['new', 'from-failed']),
        artifacts: read.lines('artifacts', { keepEmpty: true }),
        artifactsPath: read.text('artifacts-path'),
        summary: read.boolean('summary'),
        annotations: read.boolean('annotations'),
        logLines: read.integer('log-lines', 0, 10_000),
        githubToken: read.text('github-token'),
        commitStatuses: read.value('commit-status', input_values/* parseCommitStatuses */.bW) ?? [],
        /** A name makes a comment of its own. */
        comment: read.value('comment', input_values/* parseComment */.vj) ?? false
    };
}
/** YAML is read only where there is some: few steps set parameters, and loading what reads them takes its time. */
async function parametersParser(read, notice) {
    if (read.text('parameters') === undefined && !hasEntries(read))
        return () => ({});
    const { parseParameters } = await Promise.all(/* import() | yaml */[__nccwpck_require__.e(815), __nccwpck_require__.e(602)]).then(__nccwpck_require__.bind(__nccwpck_require__, 5158));
    return given => parseParameters(given, notice);
}
function hasEntries(read) {
    return read.text('pipelines') !== 'none';
}
async function readEntries(context) {
    const { read } = context;
    read.value('pipelines', () => undefined, { blank: input_values/* BLANK_PIPELINES */.N0 });
    if (!hasEntries(read))
        return undefined;
    const { parseEntries } = await Promise.all(/* import() | yaml */[__nccwpck_require__.e(815), __nccwpck_require__.e(602)]).then(__nccwpck_require__.bind(__nccwpck_require__, 468));
    const entries = read.value('pipelines', text => {
        const parsed = parseEntries(text ?? '', context.notice);
        if (parsed === undefined)
            throw new errors/* InputError */.dz('pipelines', input_values/* BLANK_PIPELINES */.N0);
        return parsed;
    });
    const pipelines = (entries ?? []).map(entry => {
        const { pipeline, problems } = readEntry(entry, [], context);
        for (const problem of problems)
            read.fail(problem.inEntry(entry.name));
        return { name: entry.name, ...pipeline };
    });
    for (const problem of doubles(pipelines))
        read.fail(problem);
    return pipelines;
}
/** What an entry inherits and cannot use is ignored, and comes into `dropped`; what it sets and cannot use is a problem. */
function readEntry(entry, dropped, context) {
    const read = new input_reader/* EntryReader */.cJ(entry, context.read, context.env['GITHUB_REPOSITORY']);
    read.drop(dropped);
    const pipeline = readPipeline(read, context.parseParameters);
    const problems = [
        ...wrongLists(pipeline),
        ...unusable(pipeline, context.env['GITHUB_EVENT_NAME'])
    ];
    const useless = problems
        .map(({ input }) => input)
        .filter(input => !read.sets(input) && !dropped.includes(input));
    if (useless.length > 0)
        return readEntry(entry, [...dropped, ...useless], context);
    return { pipeline, problems: [...read.ownProblems(), ...problems] };
}
/** Entries that are one pipeline, as far as that is seen without a request. */
function* doubles(pipelines) {
    const seen = new Map();
    for (const { name, slug, branch, tag, definition, pipeline } of pipelines) {
        if (pipeline.kind === 'new')
            continue;
        const facts = pipeline.kind === 'commit' ? [slug, branch, tag, definition] : [slug];
        const key = JSON.stringify(pipeline.kind === 'id' ? pipeline : [pipeline, ...facts]);
        const other = seen.get(key);
        if (other !== undefined)
            yield onePipeline(other, name);
        seen.set(key, name);
    }
}
/** Says that two entries turned out to be one pipeline. */
function onePipeline(one, other) {
    return new errors/* ActionError */.lZ('input', `Input "pipelines" has two entries, "${one}" and "${other}", that are one and the same pipeline: leave one of them out.`);
}
function configRef(read) {
    const branch = read.value('config-branch', text => (0,input_values/* parseBranch */.Qd)('config-branch', text));
    const tag = read.text('config-tag');
    if (branch !== undefined && tag !== undefined) {
        read.fail(new errors/* InputError */.dz('config-tag', 'cannot be used together with "config-branch": set one of them.'));
    }
    return branch === undefined ? (tag === undefined ? undefined : { tag }) : { branch };
}


/***/ }),

/***/ 6003:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D8: () => (/* binding */ isNothingLeft),
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   oN: () => (/* binding */ StateKeeper),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* unused harmony export NOTHING_LEFT */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2420);
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(3659);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1525);
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8760);
/* harmony import */ var _trigger_intent_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(6788);








/** Nothing is left. */
const NOTHING_LEFT = {
    intents: [],
    pipelines: [],
    statusSha: undefined,
    cancelling: false
};
/** Whether there is nothing for the post step to do. */
function isNothingLeft({ intents, pipelines, statusSha }) {
    return intents.length === 0 && pipelines.length === 0 && statusSha === undefined;
}
/**
 * Most bytes of a state that is handed over in an environment variable: on Windows one holds 32,767 characters, and all
 * of them together some more. (https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-setenvironmentvariable)
 */
const MAX_BYTES = 30_000;
/** Longest text that is read back. */
const MAX_FILE_LENGTH = 8 * 1024 * 1024;
/** Name of a file that holds a longer state, in the runner's folder for temporary files. */
const FILE = /^circleci-pipeline-state-[0-9a-f-]{36}\.json$/;
/** Nothing that could be more than one segment of a path. */
const ID = /^[\w-]{1,100}$/;
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** What of a step's record the post step would have to see to, were the step to end now. */
function stateOf({ pipelines, statusSha, ended }) {
    // Cancelled before CircleCI answered a trigger: what that made could not be cancelled.
    const isOut = ({ verdict, pipeline }) => verdict?.reason === 'github-cancelled' && pipeline === undefined;
    const left = ended ? pipelines.filter(one => one.cancelling || isOut(one)) : pipelines;
    return {
        intents: left.flatMap(({ intent }) => intent ?? []),
        pipelines: left.flatMap(({ owned, pipeline, slug, workflows }) => {
            if (!owned || pipeline === undefined)
                return [];
            const { id, number } = pipeline;
            const open = workflows.filter(one => one.id !== '' && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_5__/* .isUnfinished */ .ui)(one.status));
            const ids = workflows.length === 0 ? {} : { workflows: open.map(one => one.id) };
            return [{ id, number, slug, ...ids }];
        }),
        statusSha,
        cancelling: pipelines.some(one => one.cancelling)
    };
}
/**
 * Keeps the state of one step where the post step finds it; each save replaces the one before. A long state goes to a
 * file in `folder`, the runner's for temporary files, and only the file's name is handed over.
 */
class StateKeeper {
    folder;
    file = `circleci-pipeline-state-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.json`;
    saved = '';
    constructor(folder) {
        this.folder = folder;
    }
    save(state) {
        const text = isNothingLeft(state) ? '' : JSON.stringify(plain(state));
        if (text === this.saved)
            return;
        _actions_core__WEBPACK_IMPORTED_MODULE_3__/* .saveState */ .LZ('left', text === '' ? '' : this.fit(text));
        this.saved = text;
    }
    fit(text) {
        if (Buffer.byteLength(text) <= MAX_BYTES)
            return text;
        // A kill in the middle of writing must not leave half a state.
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, this.file);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(`${path}.new`, text, { mode: 0o600 });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)(`${path}.new`, path);
        return JSON.stringify({ file: this.file });
    }
}
function plain({ pipelines, ...state }) {
    return { ...state, pipelines: pipelines.map(one => ({ ...one, slug: (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_4__/* .formatSlug */ .Hr)(one.slug) })) };
}
/**
 * Reads the state back; `folder` is the runner's for temporary files. Anything that is not exactly what the main step
 * writes counts as not there: what is found here is cancelled, and other steps of the job could have written it.
 */
function readState(folder) {
    const json = parseObject(_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .getState */ .Gu('left'));
    const { file, ...others } = json;
    if (file === undefined)
        return stateFrom(json);
    if (typeof file !== 'string' || !FILE.test(file) || Object.keys(others).length > 0) {
        return NOTHING_LEFT;
    }
    try {
        return stateFrom(parseObject((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, file), 'utf8')));
    }
    catch {
        return NOTHING_LEFT;
    }
}
function stateFrom(json) {
    const { intents, pipelines, statusSha, cancelling, ...more } = json;
    if (Object.keys(more).length > 0)
        return NOTHING_LEFT;
    return {
        intents: listOf(intents, one => (0,_trigger_intent_js__WEBPACK_IMPORTED_MODULE_6__/* .parseIntent */ .Gf)(JSON.stringify(one))),
        pipelines: listOf(pipelines, parsePipeline),
        statusSha: typeof statusSha === 'string' && SHA.test(statusSha) ? statusSha : undefined,
        cancelling: cancelling === true
    };
}
function listOf(json, parse) {
    if (!Array.isArray(json))
        return [];
    return json.map(parse).filter(one => one !== undefined);
}
function parseObject(text) {
    if (text.length > MAX_FILE_LENGTH)
        return {};
    try {
        const json = JSON.parse(text);
        return (0,_base_json_js__WEBPACK_IMPORTED_MODULE_7__/* .isObject */ .Gv)(json) ? { ...json } : {};
    }
    catch {
        return {};
    }
}
function parsePipeline(json) {
    const { id, number, slug, workflows, ...more } = Object(json);
    const parsed = typeof slug === 'string' ? (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_4__/* .parseSlug */ .dF)(slug) : undefined;
    if (parsed === undefined || (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_4__/* .formatSlug */ .Hr)(parsed) !== slug)
        return undefined;
    if (typeof id !== 'string' || !ID.test(id) || Object.keys(more).length > 0)
        return undefined;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number <= 0)
        return undefined;
    if (workflows === undefined)
        return { id, number, slug: parsed };
    const ids = listOf(workflows, one => (typeof one === 'string' && ID.test(one) ? one : undefined));
    return { id, number, slug: parsed, workflows: ids };
}


/***/ }),

/***/ 2252:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ refOfEvent),
/* harmony export */   m: () => (/* binding */ branchOrTag)
/* harmony export */ });
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5308);

/**
 * Finds the branch or tag that GitHub's event is about, never guessing one. What GITHUB_REF and the payload hold for
 * each event: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 *
 * Events that are not listed (repository_dispatch, check_run, issues, ...) run with GITHUB_REF naming the default
 * branch whatever they are about, so that would be a guess: they have no ref.
 */
function refOfEvent(event) {
    return event.own ?? (RULES.get(event.eventName) ?? unlisted)(event);
}
const RULES = new Map([
    ['push', pushed],
    ['create', created],
    ['delete', () => 'a delete event is about a branch or tag that no longer exists'],
    ['release', released],
    ['workflow_dispatch', event => named(event, event.ref, 'the workflow was dispatched on')],
    ['schedule', event => named(event, event.ref, 'the schedule ran on')],
    ['workflow_run', followed],
    ['merge_group', queued],
    ['deployment', deployed],
    ['deployment_status', deployed],
    ['pull_request', pullRequested],
    ['pull_request_target', pullRequested],
    ['pull_request_review', pullRequested],
    ['pull_request_review_comment', pullRequested],
    ['issue_comment', commented]
]);
function unlisted({ eventName }) {
    if (eventName === '')
        return 'GITHUB_EVENT_NAME is not set';
    return `the ${eventName} event has no branch or tag of its own`;
}
/** The branch or tag of a full ref name; `how` completes "the branch ...". */
function named(event, name, how) {
    const ref = branchOrTag(name);
    if (ref !== undefined)
        return [ref, `the ${'tag' in ref ? 'tag' : 'branch'} ${how}`];
    return event.ref === undefined
        ? `the ${event.eventName} event names none and GITHUB_REF is not set`
        : `GITHUB_REF of the ${event.eventName} event is ${event.ref}`;
}
function pushed(event) {
    const { deleted, ref } = event.payload;
    // After a deletion GITHUB_REF is the default branch, which nobody pushed.
    if (deleted)
        return `this push deleted ${ref ?? 'the branch or tag'}`;
    return named(event, event.ref ?? ref, 'that was pushed');
}
function created(event) {
    const { ref, refType } = event.payload;
    const isTold = ref !== undefined && (refType === 'branch' || refType === 'tag');
    const full = isTold ? `refs/${refType === 'tag' ? 'tags' : 'heads'}/${ref}` : event.ref;
    return named(event, full, 'that was created');
}
function released({ payload, ref }) {
    const own = branchOrTag(ref);
    const tag = payload.releaseTag ?? (own !== undefined && 'tag' in own ? own.tag : undefined);
    return tag === undefined ? 'the release event names no tag' : [{ tag }, 'the tag of the release'];
}
function queued(event) {
    return named(event, event.payload.mergeGroup?.ref ?? event.ref, 'of the merge group');
}
function pullRequested({ eventName, payload, ref, repository }) {
    const pull = payload.pullRequest;
    const number = pull?.number ?? pullNumber(ref);
    if (number === undefined)
        return `the ${eventName} event names no pull request`;
    const name = `pull request #${number}`;
    if (pull?.closed !== undefined) {
        // Its own branch may be gone, and what was merged is on the base branch.
        const { merged, baseRef } = pull.closed;
        if (!merged)
            return `${name} was closed without being merged`;
        if (baseRef === undefined)
            return `the event does not say which branch ${name} was merged into`;
        return [{ branch: baseRef }, `the branch that ${name} was merged into`];
    }
    if (pull?.headRef !== undefined && (0,_event_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameRepository */ .ve)(pull.headRepository, repository)) {
        return [{ branch: pull.headRef }, `the head branch of ${name}`];
    }
    const head = pull?.headRepository;
    const elsewhere = typeof head === 'string' ? `, which lives in ${head}` : '';
    return [pullHead(number), `the head of ${name}${elsewhere}`];
}
function commented(event) {
    const { issue, pullRequest } = event.payload;
    if (pullRequest !== undefined)
        return pullRequested(event);
    if (issue === undefined)
        return 'the issue_comment event names no pull request';
    if (!issue.isPullRequest)
        return `the comment is on issue #${issue.number}, which has no branch`;
    return [pullHead(issue.number), `the head of pull request #${issue.number}, commented on`];
}
function followed({ payload: { workflowRun: run }, repository }) {
    if (run?.headBranch === undefined)
        return 'the workflow_run event names no head branch';
    const { headBranch, headRepository } = run;
    const isOurs = (0,_event_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameRepository */ .ve)(headRepository, repository);
    // The head branch of a fork's run is a name in that fork: this repository may have another branch of that name.
    if (headRepository !== undefined && !isOurs) {
        return followedPull(run, isOurs, `a branch of ${headRepository ?? 'a repository that is gone'}`);
    }
    // Such a run is one of the default branch on behalf of a pull request.
    if (run.event === 'pull_request_target')
        return followedPull(run, isOurs, 'a pull request');
    // GitHub gives the tag's name as the head branch of a run that a release started.
    if (run.event === 'release') {
        return [{ tag: headBranch }, 'the tag of the release whose run this follows'];
    }
    return [{ branch: headBranch }, 'the head branch of the run this follows'];
}
function followedPull(run, isOurs, what) {
    const [pull, ...others] = run.pullRequests;
    if (pull === undefined || others.length > 0) {
        return `the run this follows was for ${what}, and GitHub does not say for which pull request`;
    }
    const source = `pull request #${pull.number}, whose run this follows`;
    return pull.headRef !== undefined && isOurs
        ? [{ branch: pull.headRef }, `the head branch of ${source}`]
        : [pullHead(pull.number), `the head of ${source}`];
}
function deployed(event) {
    const { ref: name, sha } = event.payload.deployment ?? {};
    const source = 'the ref of the deployment';
    const ran = branchOrTag(event.ref);
    if (name === undefined)
        return ran === undefined ? named(event, undefined, '') : [ran, source];
    if (isCommit(name, sha))
        return `the deployment is of commit ${name}, not of a branch or tag`;
    if (/^refs\/|^pull\/\d+\/merge$/.test(name)) {
        const ref = branchOrTag(name);
        if (ref !== undefined)
            return [ref, source];
        return `the deployment is of ${name}, which is neither a branch nor a tag`;
    }
    // The payload gives a bare name; only GITHUB_REF distinguishes a tag from a branch.
    const isTag = ran !== undefined && 'tag' in ran && ran.tag === name;
    return [isTag ? { tag: name } : { branch: name }, source];
}
/** The branch or tag a full ref name (`refs/heads/...`, `refs/tags/...`) stands for; `undefined` for any other. */
function branchOrTag(ref) {
    const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref ?? '') ?? [];
    if (name === undefined)
        return undefined;
    return kind === 'tags' ? { tag: name } : { branch: name };
}
/** The number in `refs/pull/<n>/...`; `undefined` for any other ref. */
function pullNumber(ref) {
    const digits = /^refs\/pull\/(\d{1,15})\//.exec(ref ?? '')?.[1];
    return digits === undefined ? undefined : Number(digits);
}
/**
 * The head of a pull request as CircleCI calls it, which works for forks too: `branch` may be `pull/<n>/head` in
 * projects on GitHub (`POST /project/{slug}/pipeline` in CircleCI's API reference).
 */
function pullHead(number) {
    return { branch: `pull/${number}/head` };
}
/** Whether a name is a commit's: a full hash, or the beginning of `sha`. */
function isCommit(name, sha) {
    return (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(name) ||
        (/^[0-9a-f]{7,}$/i.test(name) && sha?.startsWith(name.toLowerCase()) === true));
}


/***/ }),

/***/ 5308:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ decodePayload),
/* harmony export */   ZO: () => (/* binding */ decodePullRequest),
/* harmony export */   ve: () => (/* binding */ isSameRepository),
/* harmony export */   vg: () => (/* binding */ EMPTY_PAYLOAD)
/* harmony export */ });
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3659);

/** Whether two `owner/name` are one repository; GitHub's names ignore case. An unknown one equals no other. */
function isSameRepository(one, other) {
    return (typeof one === 'string' &&
        typeof other === 'string' &&
        one.toLowerCase() === other.toLowerCase());
}
/** The payload of an event whose file is missing or broken: nothing is known. */
const EMPTY_PAYLOAD = decodePayload({}, undefined);
/**
 * Picks the pieces this project uses out of an event payload, a file that anybody can have written: a field that is
 * missing or of another type is `undefined` in the result, and nothing throws. `repository` is GITHUB_REPOSITORY.
 * Shapes: https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
function decodePayload(json, repository) {
    const payload = new _base_json_js__WEBPACK_IMPORTED_MODULE_0__/* .Fields */ .C8(json, 'the event');
    const home = payload.object('repository');
    const isClosed = payload.string('action') === 'closed';
    return {
        /** `owner/name`. */
        repository: text(home, 'full_name'),
        /** Of push (full), create and delete (bare). */
        ref: text(payload, 'ref'),
        /** Of create and delete: `branch` or `tag`. */
        refType: text(payload, 'ref_type'),
        /** True for the push that deletes a branch or tag. */
        deleted: payload.boolean('deleted') === true,
        releaseTag: text(payload.object('release'), 'tag_name'),
        pullRequest: decodePullRequest(payload.object('pull_request'), isClosed),
        /** The commit that a reviewer looked at. */
        reviewedSha: commit(payload.object('review'), 'commit_id'),
        issue: decodeIssue(payload.object('issue')),
        workflowRun: decodeWorkflowRun(payload.object('workflow_run'), home, repository),
        mergeGroup: decodeCommit(payload.object('merge_group'), 'head_ref', 'head_sha'),
        deployment: decodeCommit(payload.object('deployment'), 'ref', 'sha'),
        /** The commit a check_run, check_suite or status event is about. */
        checkedSha: commit(payload.object('check_run'), 'head_sha') ??
            commit(payload.object('check_suite'), 'head_sha') ??
            commit(payload, 'sha')
    };
}
/** Reads a pull request of a payload or of GitHub's API, which have the same fields. `undefined` without a number. */
function decodePullRequest(pull, isClosed = false) {
    const number = positive(pull, 'number');
    if (number === undefined)
        return undefined;
    const head = pull?.object('head');
    const closed = {
        merged: pull?.boolean('merged') === true,
        /** The branch it was to be merged into. */
        baseRef: text(pull?.object('base'), 'ref'),
        /** The commit on the base branch, once it is merged. */
        mergeSha: commit(pull, 'merge_commit_sha')
    };
    return {
        number,
        headRef: text(head, 'ref'),
        headSha: commit(head, 'sha'),
        headRepository: repositoryName(head, 'repo'),
        /** Set when the event is that it was closed. */
        closed: isClosed ? closed : undefined
    };
}
function decodeIssue(issue) {
    const number = positive(issue, 'number');
    if (number === undefined)
        return undefined;
    return { number, isPullRequest: issue?.object('pull_request') !== undefined };
}
function decodeWorkflowRun(run, home, repository) {
    if (run === undefined)
        return undefined;
    const event = text(run, 'event');
    // After pull_request_target, head_sha is the default branch's: see actions/checkout, which guards against that.
    const headSha = event === 'pull_request_target'
        ? commit(run.object('head_commit'), 'id')
        : commit(run, 'head_sha');
    return {
        /** The event that started that run. */
        event,
        headBranch: text(run, 'head_branch'),
        /** The commit it built; after pull_request_target the head of the pull request. */
        headSha,
        headRepository: repositoryName(run, 'head_repository'),
        /** This repository's pull requests with that head commit; GitHub lists none for a fork's. */
        pullRequests: run.objects('pull_requests').flatMap(pull => {
            const number = positive(pull, 'number');
            const head = pull.object('head');
            const isOurs = headSha !== undefined && targets(pull, home, repository) && commit(head, 'sha') === headSha;
            return number !== undefined && isOurs ? [{ number, headRef: text(head, 'ref') }] : [];
        })
    };
}
/** Whether a listed pull request is into this repository: GitHub also lists a fork's pull requests upstream. */
function targets(pull, home, repository = text(home, 'full_name')) {
    const base = pull.object('base')?.object('repo');
    const [id, homeId] = [base?.number('id'), home?.number('id')];
    if (id !== undefined && homeId !== undefined)
        return id === homeId;
    const path = /\/repos\/([^/]+\/[^/]+)$/.exec(text(base, 'url') ?? '')?.[1];
    return isSameRepository(path, repository);
}
function decodeCommit(object, ref, sha) {
    return object && { ref: text(object, ref), sha: commit(object, sha) };
}
/** `owner/name`; `null` when that repository is gone, `undefined` when the payload does not say. */
function repositoryName(object, name) {
    return object?.isNull(name) === true ? null : text(object?.object(name), 'full_name');
}
/** A text that is not empty. */
function text(object, name) {
    const value = object?.string(name);
    return value === '' ? undefined : value;
}
/** A full commit hash (SHA-1 or SHA-256); anything else could end up in a request's path. */
function commit(object, name) {
    const value = object?.string(name);
    return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value ?? '') ? value : undefined;
}
/** A positive whole number, and not one that was sent as text. */
function positive(object, name) {
    const value = object?.string(name) === undefined ? object?.number(name) : undefined;
    return value !== undefined && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}


/***/ }),

/***/ 6891:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GQ: () => (/* binding */ findPipeline),
/* harmony export */   d_: () => (/* binding */ patiently),
/* harmony export */   q5: () => (/* binding */ Baseline)
/* harmony export */ });
/* unused harmony export firstReadPatienceMs */
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6899);
/* harmony import */ var _circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5770);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1525);
/* harmony import */ var _base_clock_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6412);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4758);
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(3659);
/* harmony import */ var _base_log_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(3179);







/** How long nothing but errors is outlasted where `host` may be what is wrong, in milliseconds. */
const DOUBTED_PATIENCE_MS = 60_000;
/** How long CircleCI may not know a pipeline that was named, in milliseconds: it may have been made a moment ago. */
const KNOWN_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 5_000;
/** How long the baseline may take, in milliseconds: it must not hold up a trigger. */
const BASELINE_LIMIT_MS = 3_000;
/**
 * How long faults are retried before anything was read from a host, in milliseconds: less where something else answers in
 * CircleCI's place, and where a host that was set by hand does not resolve, as a typo does not heal.
 */
function firstReadPatienceMs({ foreign, unresolved }, host) {
    return foreign || (unresolved && host !== _circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .CLOUD */ .OZ) ? DOUBTED_PATIENCE_MS : _circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .PATIENCE_MS */ .xR;
}
/** Repeats a request after faults, for as long as `patienceMs` says, and logs that. Rejects like `retry`. */
async function patiently(what, ask, context, patienceMs = (fault) => firstReadPatienceMs(fault, context.host), outage = new _base_log_js__WEBPACK_IMPORTED_MODULE_5__/* .Outage */ .ad(what, context)) {
    const { clock } = context;
    const began = clock.now();
    const answer = await (0,_circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .retry */ .L5)(what, ask, {
        ...context,
        leftMs: fault => began + patienceMs(fault) - clock.now(),
        onRetry: (fault, pauseMs, leftMs) => {
            outage.failed(fault, pauseMs, leftMs);
        }
    });
    outage.over();
    return answer;
}
/** Finds a pipeline by its id or number. Throws `not-found` when CircleCI does not know it for half a minute. */
async function findPipeline(named, slug, context) {
    const { circleci, clock, signal } = context;
    const options = { signal, patienceMs: 0 };
    const [name, ask] = 'id' in named
        ? [named.id, () => circleci.pipeline(named.id, options)]
        : [`#${named.number}`, () => circleci.pipelineByNumber(slug, named.number, options)];
    const began = clock.now();
    for (;;) {
        try {
            return await patiently(`Reading pipeline ${name}`, ask, context);
        }
        catch (error) {
            if (!(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk) || error.status !== 404)
                throw error;
            if (clock.now() >= began + KNOWN_WITHIN_MS)
                throw unknownPipeline(named, slug, error);
        }
        await clock.sleep(LOOK_AGAIN_MS, signal);
    }
}
function unknownPipeline(named, slug, refusal) {
    const project = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSlug */ .Hr)(slug);
    const [what, check] = 'id' in named
        ? [`no pipeline with the id ${named.id}`, '']
        : [`no pipeline number ${named.number} in ${project}`, `, "project-slug" (${project})`];
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ActionError */ .lZ('not-found', `Input "pipeline": CircleCI has ${what}, or the token has no access to it (CircleCI says: ${refusal.words || 'not found'}). Check the value${check} and that the token's user can open the project.`, { cause: refusal });
}
/** What was there in a project before the first trigger of a step: none of it is what a trigger made. */
class Baseline {
    #after;
    #isRead = false;
    /**
     * The highest number that `pipeline/mine` listed before the first trigger, whatever clocks say; 0 when it listed none,
     * `undefined` when it could not be read. Read once: without an answer, or with a fault or a refusal, the trigger goes
     * ahead. When something else answers in CircleCI's place, it is asked again for a minute, then nothing is triggered:
     * rejects with an `ActionError` (`api-unavailable`); with an `AbortedError` when the signal ended it.
     */
    async read(slug, outage, context) {
        if (context.signal?.aborted === true)
            throw new _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM('The trigger');
        if (!this.#isRead)
            this.made((await readNewest(slug, outage, context)) ?? -1);
        this.#isRead = true;
        return this.#after;
    }
    /** The step made this one itself: no later trigger of its did. */
    made(number) {
        if (number > (this.#after ?? -1))
            this.#after = number;
    }
}
async function readNewest(slug, outage, context) {
    const ask = () => readOnce(slug, context);
    try {
        return await patiently('The trigger', ask, context, () => DOUBTED_PATIENCE_MS, outage);
    }
    catch (error) {
        if (!(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG))
            throw error;
        const { notCircleCI } = await __nccwpck_require__.e(/* import() | later */ 707).then(__nccwpck_require__.bind(__nccwpck_require__, 982));
        throw notCircleCI({ slug, host: context.host }, error);
    }
}
/** One attempt. Rejects with an `UnavailableError` only when something else answered in CircleCI's place. */
async function readOnce(slug, { circleci, clock, signal }) {
    const limit = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_3__/* .timeLimit */ .zc)(clock, BASELINE_LIMIT_MS, signal);
    try {
        const options = { signal: limit.signal, patienceMs: 0 };
        const page = await circleci.pipelines(slug, { mine: true }, options).next();
        const newest = page.done === true ? [] : page.value;
        return Math.max(0, ...newest.map(({ number }) => number));
    }
    catch (error) {
        const passes = error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk ||
            (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG && !isForeign(error)) ||
            (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM && signal?.aborted !== true);
        if (!passes)
            throw error;
        return undefined;
    }
    finally {
        limit.end();
    }
}
/** JSON that is no list of pipelines is no answer of CircleCI's either: enough to hold a trigger back. */
function isForeign({ foreign, cause }) {
    return foreign || cause instanceof _base_json_js__WEBPACK_IMPORTED_MODULE_6__/* .ShapeError */ .ym;
}


/***/ }),

/***/ 6788:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BT: () => (/* binding */ withRequestId),
/* harmony export */   CV: () => (/* binding */ MAX_REQUEST_ID_LENGTH),
/* harmony export */   DB: () => (/* binding */ slugOfIntent),
/* harmony export */   Gf: () => (/* binding */ parseIntent),
/* harmony export */   Kx: () => (/* binding */ PLACEHOLDER),
/* harmony export */   Pm: () => (/* binding */ requestIdsIn),
/* harmony export */   Rj: () => (/* binding */ fingerprint),
/* harmony export */   _y: () => (/* binding */ refOfRequest),
/* harmony export */   b6: () => (/* binding */ earlierIds),
/* harmony export */   oQ: () => (/* binding */ intentOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _base_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3659);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1525);



/** Stands in a string parameter for the id of the request. */
const PLACEHOLDER = '{request-id}';
/**
 * An id as it is sent: `ccp-<run id>-<attempt>-<hash of the request>-<random>`. Where CircleCI shows it in a pipeline,
 * the pipeline is this very request's, whatever else is unknown: its API has no idempotency key and shows no
 * parameters, but `GET /pipeline/{id}/config` shows the config compiled with them.
 */
const REQUEST_ID = /ccp-[0-9a-z]{1,40}-\d{1,9}-[0-9a-z]{1,64}-[0-9a-z]{1,64}/g;
/** The longest of ours, in characters. */
const MAX_REQUEST_ID_LENGTH = 64;
/**
 * The request with every `{request-id}` in its string parameters replaced by one new id, and that id; `undefined` for
 * the id when there is none to replace. `random` is uniform in [0, 1).
 */
function withRequestId(request, run, random) {
    if (!takesRequestId(request))
        return { request, requestId: undefined };
    const requestId = `${prefixOf(request, run)}${hexDigits(12, random)}`;
    const parameters = Object.fromEntries(Object.entries(request.parameters).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replaceAll(PLACEHOLDER, requestId) : value
    ]));
    return { request: { ...request, parameters }, requestId };
}
/** Recognises the ids that earlier attempts of the run gave to the same request, as it was before the replacement. */
function earlierIds(request, run) {
    if (!takesRequestId(request))
        return () => false;
    const prefixes = Array.from({ length: run.attempt - 1 }, (_, index) => prefixOf(request, { ...run, attempt: index + 1 }));
    return id => prefixes.some(prefix => id.startsWith(prefix));
}
/** The ids in a pipeline's values and its compiled config, each with the letters and digits that may follow it. */
function requestIdsIn(values, config) {
    const texts = [
        ...Object.values(values ?? {}).filter(value => typeof value === 'string'),
        config?.compiled ?? '',
        config?.compiledSetup ?? ''
    ];
    return texts.flatMap(text => [...text.matchAll(REQUEST_ID)].map(([id]) => id));
}
function takesRequestId({ parameters }) {
    return Object.values(parameters).some(value => typeof value === 'string' && value.includes(PLACEHOLDER));
}
function prefixOf(request, { runId, attempt }) {
    return `ccp-${runId}-${attempt}-${hashOf(request)}-`;
}
function hexDigits(count, random) {
    return Math.floor(random() * 16 ** count)
        .toString(16)
        .padStart(count, '0');
}
/** 12 hex digits that distinguish requests of one run, whatever the order of their parameters. */
function hashOf(request) {
    const parameters = Object.entries(request.parameters).sort(([a], [b]) => (a < b ? -1 : 1));
    const facts = request.endpoint === 'classic'
        ? [request.ref]
        : [request.definitionId, request.checkout, request.config];
    return sha256([request.endpoint, (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(request.slug), facts, parameters]).slice(0, 12);
}
/** The ref a trigger asks for, whichever endpoint it uses; `undefined` when CircleCI is to choose. */
function refOfRequest(request) {
    return request.endpoint === 'classic' ? request.ref : request.checkout;
}
/** Makes the intent of a request that is about to leave. `random` is uniform in [0, 1). */
function intentOf(request, { requestId, after, since, sentAt }, random) {
    const nonce = Array.from({ length: 4 }, () => hexDigits(8, random)).join('');
    const [definition, config] = request.endpoint === 'run' ? [request.definitionId, request.config] : [];
    const parameters = Object.entries(request.parameters);
    const intent = {
        version: 2,
        nonce,
        slug: (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(request.slug),
        ref: refOfRequest(request),
        definition,
        config,
        parameters: Object.fromEntries(parameters.map(([name, value]) => [name, fingerprint(nonce, name, value)])),
        requestId,
        after,
        since: since === undefined ? undefined : Math.floor(since),
        sentAt: Math.floor(sentAt)
    };
    // As it is read back from state: without what is not known.
    return JSON.parse(JSON.stringify(intent));
}
/**
 * Condenses one parameter into a SHA-256 in hex: of the salt, its name and its value with its type (`"1"` is not
 * `1`). State is a file that later steps of the job can read, so values are kept there only in this form; the
 * salt keeps equal values of two runs from looking alike.
 */
function fingerprint(salt, name, value) {
    return sha256([salt, name, value]);
}
/** In hex, of a value as JSON. */
function sha256(value) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(value)).digest('hex');
}
/** The project of an intent. */
function slugOfIntent(intent) {
    const slug = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .parseSlug */ .dF)(intent.slug);
    if (slug === undefined)
        throw new Error(`"${intent.slug}" is not a project slug`);
    return slug;
}
/** More than 100 parameters with names of 128 characters (CircleCI's limits) and a ref can need. */
const MAX_TEXT_LENGTH = 64 * 1024;
const HEX_32 = /^[0-9a-f]{32}$/;
const HEX_64 = /^[0-9a-f]{64}$/;
const WORD = /^[\w-]{1,100}$/;
/**
 * Reads an intent back from state. Returns `undefined` for anything but exactly what `JSON.stringify` made of an
 * `Intent`: other steps of the job can write to state, and the post step cancels what it finds by it.
 */
function parseIntent(text) {
    if (text.length > MAX_TEXT_LENGTH)
        return undefined;
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    return isIntent(json) ? json : undefined;
}
function isIntent(json) {
    if (!(0,_base_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(json) || !Object.keys(json).every(key => Object.hasOwn(CHECKS, key)))
        return false;
    const fields = new Map(Object.entries(json));
    return Object.entries(CHECKS).every(([key, check]) => check(fields.get(key)));
}
const CHECKS = {
    version: value => value === 2,
    nonce: matches(HEX_32),
    slug: isShortSlug,
    ref: optional(isRef),
    definition: optional(matches(WORD)),
    config: optional(isRef),
    parameters: value => (0,_base_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) && Object.values(value).every(matches(HEX_64)),
    requestId: optional(matches(WORD)),
    after: optional(isWhole(0)),
    since: optional(isWhole(1)),
    sentAt: isWhole(1)
};
/** In JSON, what is not there is the only thing that is `undefined`. */
function optional(check) {
    return value => value === undefined || check(value);
}
function isWhole(least) {
    return value => Number.isSafeInteger(value) && Number(value) >= least;
}
function matches(pattern) {
    return value => typeof value === 'string' && pattern.test(value);
}
function isShortSlug(json) {
    const slug = typeof json === 'string' ? (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .parseSlug */ .dF)(json) : undefined;
    return slug !== undefined && (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug) === json;
}
function isRef(json) {
    const [[kind, name] = [], ...others] = (0,_base_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(json) ? Object.entries(json) : [];
    return (others.length === 0 &&
        (kind === 'branch' || kind === 'tag') &&
        typeof name === 'string' &&
        name !== '');
}


/***/ }),

/***/ 8480:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ OwnPipelines),
/* harmony export */   Y: () => (/* binding */ MAX_PAGES)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6899);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1525);
/* harmony import */ var _intent_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6788);
/* harmony import */ var _match_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1249);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7603);





/** Most pages read of one listing; 20 pipelines a page were observed. */
const MAX_PAGES = 10;
/**
 * What the token's user started in an intent's project: listed, and read as far as it takes to know whether it is the
 * intent's. A pipeline's values and config do not change once they are there, so each is read once.
 */
class OwnPipelines {
    #intent;
    #context;
    #options;
    #isOurs;
    #values = new Map();
    #configs = new Map();
    #login;
    #hasDefinitions;
    /** `isOurs` recognises the ids that the intent's request was, or may have been, sent with. */
    constructor(intent, context, options, isOurs = (id) => intent.requestId !== undefined && id.startsWith(intent.requestId)) {
        this.#intent = intent;
        this.#context = context;
        this.#options = options;
        this.#isOurs = isOurs;
    }
    /**
     * Lists `pipeline/mine`, and where that is denied or holds nothing new, the project's list, of which the pipelines are
     * kept whose actor has the login of `GET /me` or that `pipeline/mine` shows, or none. Ends with a page whose last
     * pipeline `isPast` says is old enough. Rejects with a `RefusedError` when neither list can be relied upon.
     */
    async list(isPast) {
        const mine = await unlessRefused(this.#readPages({ mine: true }, isPast));
        const { pipelines: own, complete } = mine instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk ? { pipelines: [], complete: false } : mine;
        const rows = own.map((pipeline) => ({ pipeline, user: 'yes', mine: true }));
        const listed = { rows, complete };
        if (own.some(pipeline => !isPast(pipeline)))
            return listed;
        const project = await unlessRefused(this.#listByLogin(isPast, own));
        // A list without a single entry may be one that is not kept for this user: it proves nothing.
        const isKept = own.length > 0;
        if (project instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk) {
            if (isKept)
                return listed;
            throw mine instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk ? mine : project;
        }
        if (!isKept)
            return project;
        return { rows: [...rows, ...project.rows], complete: complete && project.complete };
    }
    /**
     * Nothing says that an actor's login is that of `GET /me` (GitHub App projects, users without a GitHub account): until
     * one of ours is seen, another's may be ours. `own` are surely.
     */
    async #listByLogin(isPast, own) {
        const { circleci } = this.#context;
        this.#login ??= (await circleci.me(this.#options)).login.toLowerCase();
        const { pipelines, complete } = await this.#readPages({}, isPast);
        const logins = new Set([this.#login, ...own.map(loginOf)]);
        const ids = new Set(own.map(({ id }) => id));
        const isUsers = (pipeline) => {
            const login = loginOf(pipeline);
            return ids.has(pipeline.id) || (login !== undefined && logins.has(login));
        };
        const known = [...own, ...pipelines].some(one => isUsers(one) && loginOf(one) !== undefined);
        const rows = pipelines.flatMap((pipeline) => {
            if (isUsers(pipeline))
                return [{ pipeline, user: 'yes', mine: ids.has(pipeline.id) }];
            const isAnothers = known && loginOf(pipeline) !== undefined;
            return isAnothers ? [] : [{ pipeline, user: 'unsure', mine: false }];
        });
        return { rows, complete };
    }
    async #readPages(query, isPast) {
        const slug = (0,_intent_js__WEBPACK_IMPORTED_MODULE_2__/* .slugOfIntent */ .DB)(this.#intent);
        const pipelines = [];
        let pages = 0;
        for await (const page of this.#context.circleci.pipelines(slug, query, this.#options)) {
            if (pages === MAX_PAGES)
                return { pipelines, complete: false };
            pages += 1;
            pipelines.push(...page);
            if (endsInPast(page, isPast))
                break;
        }
        return { pipelines, complete: true };
    }
    /**
     * Compares a pipeline with the intent, whose request left at `since` by CircleCI's clock (epoch milliseconds). Rejects
     * with `UnavailableError` or `AbortedError` when that could not be found out.
     */
    async examine(row, since) {
        const { pipeline } = row;
        const match = (facts) => (0,_match_js__WEBPACK_IMPORTED_MODULE_3__/* .matchPipeline */ .Q5)(facts, this.#intent, this.#isOurs);
        const listed = { ...row, since, values: undefined, config: undefined };
        const byListing = match(listed);
        if (byListing.match === 'no')
            return byListing;
        const values = await this.readValues(pipeline);
        const read = { ...listed, values, hasDefinitions: await this.#askDefinitions(values) };
        const byValues = match(read);
        if (byValues.match !== 'unsure')
            return byValues;
        return match({ ...read, config: await this.#readConfig(pipeline) });
    }
    /** A pipeline's values; `undefined` while CircleCI refuses them, as it may for one made this moment. */
    readValues(pipeline) {
        const { circleci } = this.#context;
        const read = () => circleci.pipelineValues(pipeline.id, this.#options);
        return readOnce(pipeline, this.#values, read, () => true);
    }
    #readConfig(pipeline) {
        const { circleci } = this.#context;
        const read = () => circleci.pipelineConfig(pipeline.id, this.#options);
        return readOnce(pipeline, this.#configs, read, ({ source }) => source !== '');
    }
    /** Whether this host has definitions at all; asked only when one was named, and the values hold none. */
    async #askDefinitions(values) {
        const isTold = values?.['pipeline.definition.id'] !== undefined;
        if (this.#intent.definition === undefined || isTold)
            return undefined;
        this.#hasDefinitions ??= await this.#readDefinitions();
        return this.#hasDefinitions;
    }
    /** CircleCI Cloud has definitions, and a Server no list of them. `undefined`: the list was refused. */
    async #readDefinitions() {
        if (this.#context.host === _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .CLOUD */ .OZ)
            return true;
        const slug = (0,_intent_js__WEBPACK_IMPORTED_MODULE_2__/* .slugOfIntent */ .DB)(this.#intent);
        const definitions = await unlessRefused((0,_target_js__WEBPACK_IMPORTED_MODULE_4__/* .readDefinitions */ .TL)(slug, this.#context, this.#options));
        return definitions instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk ? undefined : definitions !== undefined;
    }
}
function loginOf({ actorLogin }) {
    return actorLogin === '' ? undefined : actorLogin?.toLowerCase();
}
/** Whether nothing new can follow a page: its last entry is past, and it is in order (nothing promises that). */
function endsInPast(pipelines, isPast) {
    const last = pipelines.at(-1);
    const inOrder = pipelines.every(({ number }, index) => number <= (pipelines[index - 1]?.number ?? Infinity));
    return last !== undefined && inOrder && isPast(last);
}
/** What was asked for, or CircleCI's no. Rejects with any other error. */
async function unlessRefused(promise) {
    try {
        return await promise;
    }
    catch (error) {
        if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk)
            return error;
        throw error;
    }
}
/** What is read of a pipeline, kept once it changes no more; `undefined` while CircleCI refuses it. */
async function readOnce(pipeline, known, read, isWhole) {
    const before = known.get(pipeline.id);
    if (before !== undefined)
        return before;
    const answer = await unlessRefused(read());
    if (answer instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk)
        return undefined;
    if ((0,_match_js__WEBPACK_IMPORTED_MODULE_3__/* .isMade */ .sX)(pipeline) && isWhole(answer))
        known.set(pipeline.id, answer);
    return answer;
}


/***/ }),

/***/ 1249:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fg: () => (/* binding */ definitionOf),
/* harmony export */   Q5: () => (/* binding */ matchPipeline),
/* harmony export */   RP: () => (/* binding */ valueOf),
/* harmony export */   ho: () => (/* binding */ matchAge),
/* harmony export */   sX: () => (/* binding */ isMade)
/* harmony export */ });
/* unused harmony export mayDeclareParameters */
/* harmony import */ var _event_ref_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2252);
/* harmony import */ var _intent_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6788);
/* harmony import */ var _ref_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5577);



/** How far CircleCI's own clocks may be apart, in milliseconds: that of its `Date` headers and that of `created_at`. */
const CLOCK_DOUBT_MS = 5 * 60_000;
/**
 * Compares a pipeline with what was sent: user, trigger type, age, ref, definition, the ref of the config, parameters.
 * What CircleCI does not show proves nothing (`unsure`); only what contradicts is a `no`. The id of the request, where
 * the pipeline shows it, settles every doubt, and so does the id of another request; `isOurs` recognises ours.
 */
function matchPipeline(facts, intent, isOurs) {
    const listed = worst([
        finding(facts.user, 'CircleCI does not say whether this token started it'),
        matchTriggerType(facts.pipeline.triggerType),
        matchAge(facts, intent),
        matchRef(facts, intent.ref)
    ]);
    if (listed.match === 'no')
        return listed;
    const ids = (0,_intent_js__WEBPACK_IMPORTED_MODULE_1__/* .requestIdsIn */ .Pm)(facts.values, facts.config);
    if (ids.some(isOurs))
        return { match: 'yes', why: '', proven: true };
    if (ids.length > 0)
        return finding('no', 'it has the id of another request');
    return worst([
        listed,
        matchDefinition(facts, intent.definition),
        matchConfigRef(facts.values, intent.config),
        matchParameters(facts, intent)
    ]);
}
const YES = { match: 'yes', why: '', proven: false };
function finding(match, why) {
    return match === 'yes' ? YES : { match, why, proven: false };
}
function worst(findings) {
    const of = (wanted) => findings.find(({ match }) => match === wanted);
    return of('no') ?? of('unsure') ?? YES;
}
/** Types that are surely not of a trigger by the API. The list is open; both endpoints make `api`. */
const OTHER_TYPES = new Set(['webhook', 'scheduled_pipeline', 'schedule']);
function matchTriggerType(type) {
    if (type === 'api')
        return YES;
    return finding(OTHER_TYPES.has(type) ? 'no' : 'unsure', `its trigger type is "${type}"`);
}
/**
 * Numbers grow: one that was listed before the request left is no question of clocks. `created_at` and `Date` come from
 * different machines of CircleCI's, so what is older by less than `CLOCK_DOUBT_MS` may be ours all the same.
 */
function matchAge({ pipeline: { number, createdAt }, since, mine }, { after }) {
    if (after !== undefined && number <= after)
        return finding('no', 'it is older');
    // A list without an entry may be one that is not kept for this user: then it proved nothing.
    const isNewer = after !== undefined && (after > 0 || mine);
    const why = 'it may be older';
    if (since === undefined)
        return finding(isNewer ? 'yes' : 'unsure', why);
    // A time without a fraction of a second may have been cut: it stands for the whole second.
    const created = Date.parse(createdAt) + (createdAt.includes('.') ? 0 : 999);
    if (created >= since)
        return YES;
    return finding(created < since - CLOCK_DOUBT_MS && !isNewer ? 'no' : 'unsure', why);
}
/** Without a ref CircleCI builds the default branch. */
function matchRef({ pipeline, values }, wanted) {
    const branch = text(pipeline.branch) ?? valueOf(values, 'pipeline.git.branch');
    const tag = text(pipeline.tag) ?? valueOf(values, 'pipeline.git.tag');
    if (wanted === undefined) {
        const match = tag === undefined ? matchDefault({ ...pipeline, branch }, values) : 'no';
        return finding(match, 'CircleCI does not say whether its branch is the default branch');
    }
    if ((branch ?? tag) === undefined)
        return finding('unsure', 'CircleCI does not name its ref');
    const match = matchRefs({ branch, tag }, wanted);
    return finding(match, match === 'no' ? 'it is for another ref' : 'it may be for another ref');
}
/** GitHub App pipelines show the default branch in the parameters of their trigger, the values whether theirs is it. */
function matchDefault({ branch, defaultBranch }, values) {
    const isDefault = String(values?.['pipeline.git.branch.is_default']);
    if (isDefault === 'true')
        return 'yes';
    if (isDefault === 'false')
        return 'no';
    if (branch === undefined || defaultBranch === undefined)
        return 'unsure';
    return branch === defaultBranch ? 'yes' : 'no';
}
/** A pipeline of a tag may show a branch besides. */
function matchRefs({ branch, tag }, wanted) {
    if ('tag' in wanted)
        return tag === wanted.tag ? 'yes' : 'no';
    const match = branch === undefined ? 'no' : matchBranch(branch, wanted.branch);
    return match === 'yes' && tag !== undefined ? 'unsure' : match;
}
/** `pull/<n>` and `pull/<n>/head` are one ref, and CircleCI may show either. The merge may be shown in short too. */
function matchBranch(branch, wanted) {
    if ((0,_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)({ branch }) === (0,_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .nameOf */ .Vb)({ branch: wanted }))
        return 'yes';
    return /^pull\/\d+$/.test(branch) && wanted === `${branch}/merge` ? 'unsure' : 'no';
}
/**
 * Whether a pipeline is of the definition asked for, by `pipeline.definition.id`; one that does not tell it is only where
 * the host has none. https://circleci.com/docs/reference/variables/#pipeline-values (no reply was seen)
 */
function matchDefinition({ values, hasDefinitions }, wanted) {
    if (wanted === undefined)
        return YES;
    const definition = definitionOf(values);
    if (definition === undefined) {
        const match = hasDefinitions === false ? 'yes' : 'unsure';
        return finding(match, 'CircleCI does not name its definition');
    }
    const isSame = definition === wanted.toLowerCase();
    return finding(isSame ? 'yes' : 'no', 'it has another definition');
}
/** Only GitHub App pipelines show it, as `refs/heads/main`; one that does not differs in nothing known. */
function matchConfigRef(values, wanted) {
    const ref = valueOf(values, 'pipeline.config.ref');
    if (wanted === undefined || ref === undefined)
        return YES;
    const why = 'its config is from another ref';
    const full = (0,_event_ref_js__WEBPACK_IMPORTED_MODULE_0__/* .branchOrTag */ .m)(ref);
    if (full !== undefined)
        return finding(matchRefs(full, wanted), why);
    if (/^[0-9a-f]{40,64}$/.test(ref))
        return finding('unsure', why);
    const bare = ref.replace(/^refs\//, '');
    return finding(matchRefs('tag' in wanted ? { tag: bare } : { branch: bare }, wanted), why);
}
/**
 * CircleCI's own clients say that the values do not hold the parameters of a request, and nothing else of API v2 shows
 * them; no reply was seen that does. Where some are shown, all must be, and equal. Where none is, only a config that
 * takes none proves that there were none.
 * https://github.com/CircleCI-Labs/terraform-provider-circleci (internal/circleci/pipeline_values.go)
 */
function matchParameters({ values, config }, { nonce, parameters }) {
    const shown = new Map(Object.entries(values ?? {})
        .filter(([key]) => key.startsWith(PREFIX))
        .map(([key, value]) => [key.slice(PREFIX.length), value]));
    const sent = Object.entries(parameters);
    for (const [name, wanted] of sent) {
        const value = shown.get(name);
        if (value !== undefined && (0,_intent_js__WEBPACK_IMPORTED_MODULE_1__/* .fingerprint */ .Rj)(nonce, name, value) !== wanted) {
            return finding('no', `its parameter "${name}" differs`);
        }
    }
    const areSame = shown.size === sent.length &&
        (sent.length > 0
            ? sent.every(([name]) => shown.has(name))
            : config !== undefined && !mayDeclareParameters(config));
    const why = 'CircleCI does not say which parameters it was triggered with';
    return finding(areSame ? 'yes' : 'unsure', why);
}
const PREFIX = 'pipeline.parameters.';
/** The text that a pipeline value holds; `undefined` where there is none. */
function valueOf(values, name) {
    return text(values?.[name]);
}
function text(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}
/** Whether CircleCI has made a pipeline: its values and its config change no more. */
function isMade({ state }) {
    return state === 'created' || state === 'errored';
}
/**
 * The id of the definition that made a pipeline, in lower case; `undefined`: its values do not hold it, and no reply was
 * seen that does. https://circleci.com/docs/reference/variables/#pipeline-values
 */
function definitionOf(values) {
    return valueOf(values, 'pipeline.definition.id')?.toLowerCase();
}
/**
 * Whether a config, or that of its setup workflow, may declare parameters: `false` only where there is a text, every line
 * of it that begins in the first column is a plain key of the top level, and none of them is `parameters`.
 * https://circleci.com/docs/reference/configuration-reference/#parameters
 */
function mayDeclareParameters({ source, setupSource }) {
    const texts = [source, setupSource].filter(text => text !== '');
    return texts.length === 0 || texts.some(mayDeclareAny);
}
function mayDeclareAny(text) {
    // Those of YAML 1.1, which CircleCI reads.
    const lines = text.replace(/^\ufeff/, '').split(/\r\n|[\r\n\x85\u2028\u2029]/);
    const [first = '', ...others] = lines.filter(line => !/^\s*(?:#|$)/.test(line));
    const [top = '', ...rest] = first.trimEnd() === '---' ? others : [first, ...others];
    const keys = [top, ...rest.filter(line => !line.startsWith(' '))];
    return !keys.every(line => {
        const [, key, value = ''] = /^([\w-]+)\s*:(?:\s+(.*))?$/.exec(line) ?? [];
        return key !== undefined && (key !== 'parameters' || /^\{\s*\}\s*$/.test(value));
    });
}


/***/ }),

/***/ 5577:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ro: () => (/* binding */ describeRef),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   et: () => (/* binding */ subjectOf),
/* harmony export */   lI: () => (/* binding */ chooseRef),
/* harmony export */   pp: () => (/* binding */ refsOfCommit)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4758);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1525);
/* harmony import */ var _event_ref_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2252);
/* harmony import */ var _event_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5308);




/**
 * Chooses the ref to build. An explicit branch or tag wins, and alone; a project of another repository gets none,
 * because this repository's branch means nothing there; otherwise the event decides. An opaque slug whose
 * definition does not say what it checks out counts as this repository's: CircleCI refuses a branch it does not
 * have, whereas leaving it out would silently build the default branch. Throws an `InputError` when the event has no ref.
 */
function chooseRef(event, options) {
    const explicit = explicitRef(options);
    const elsewhere = otherRepository(event, options);
    if (explicit === undefined && elsewhere !== undefined)
        return { ref: undefined, reason: elsewhere };
    return explicit ?? requireRef(event);
}
function requireRef(event) {
    const own = (0,_event_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .refOfEvent */ .h)(event);
    if (typeof own !== 'string')
        return { ref: own[0], reason: own[1] };
    const unread = event.payloadProblem === undefined ? '' : ` (${event.payloadProblem})`;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('branch', `is needed: ${own}${unread}. Set "branch" or "tag" to say what to build.`);
}
/** What is asked for, compared with what the event is about: an explicit ref that is the event's own is no other. */
function subjectOf(event, options) {
    if (otherRepository(event, options) !== undefined)
        return 'elsewhere';
    if (options.isNamed === true)
        return 'other';
    const explicit = explicitRef(options);
    if (explicit === undefined)
        return 'event';
    return ownNames(event).includes(nameOf(explicit.ref)) ? 'event' : 'other';
}
/**
 * Names of the ref whose pipelines of a commit are taken, as `nameOf` writes them: the given ref's, else the event's own.
 * `undefined` (any ref) for a commit that is not the event's, and in a project of another repository. Throws an
 * `InputError` when the event has no ref.
 */
function refsOfCommit(event, options) {
    const explicit = explicitRef(options);
    if (explicit !== undefined)
        return [nameOf(explicit.ref)];
    if (subjectOf(event, options) !== 'event')
        return undefined;
    requireRef(event);
    return ownNames(event);
}
/** Every name of the event's own ref. */
function ownNames(event) {
    const own = (0,_event_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .refOfEvent */ .h)(event);
    const pull = event.payload.pullRequest;
    return [
        ...(typeof own === 'string' ? [] : [nameOf(own[0])]),
        ...(pull !== undefined && pull.closed === undefined ? [`pull/${pull.number}`] : [])
    ];
}
/** A ref with its kind, to show: `tag v1`, `branch main`. */
function describeRef(ref) {
    return 'tag' in ref ? `tag ${ref.tag}` : `branch ${ref.branch}`;
}
/** A ref's name, to compare and to show: `tag v1`, `main`; `pull/<n>/head` is `pull/<n>`, as they are one ref. */
function nameOf(ref) {
    return 'tag' in ref ? `tag ${ref.tag}` : ref.branch.replace(/^(pull\/\d+)\/head$/, '$1');
}
function explicitRef({ branch, tag }) {
    if (tag !== undefined)
        return { ref: bareRef(tag, 'tag'), reason: 'input "tag"' };
    if (branch !== undefined)
        return { ref: bareRef(branch, 'branch'), reason: 'input "branch"' };
    return undefined;
}
/** People pass `github.ref`; CircleCI wants the name alone, and `pull/<n>/head` as a branch. */
function bareRef(text, input) {
    const [, pull] = /^refs\/(pull\/.+)$/s.exec(text) ?? [];
    if (pull !== undefined)
        return { branch: pull };
    return (0,_event_ref_js__WEBPACK_IMPORTED_MODULE_2__/* .branchOrTag */ .m)(text) ?? (input === 'tag' ? { tag: text } : { branch: text });
}
function otherRepository({ repository, provider = 'gh' }, options) {
    const { slug, checkoutRepository } = options;
    const shown = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSlug */ .Hr)(slug);
    if (checkoutRepository !== undefined && !(0,_event_js__WEBPACK_IMPORTED_MODULE_3__/* .isSameRepository */ .ve)(checkoutRepository, repository)) {
        return `${shown} checks out ${checkoutRepository}, not ${repository ?? 'this repository'}`;
    }
    if (slug.provider === 'circleci')
        return undefined;
    const named = `${slug.organization}/${slug.project}`;
    if (slug.provider === provider && (0,_event_js__WEBPACK_IMPORTED_MODULE_3__/* .isSameRepository */ .ve)(named, repository))
        return undefined;
    return `${shown} is a different repository from ${repository ?? 'this one'}`;
}


/***/ }),

/***/ 6878:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   findIntended: () => (/* binding */ findIntended),
/* harmony export */   findOthers: () => (/* binding */ findOthers)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6899);
/* harmony import */ var _circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5770);
/* harmony import */ var _base_log_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3179);
/* harmony import */ var _listing_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8480);
/* harmony import */ var _match_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1249);





/** A pipeline counts as absent only when a healthy search began this long after the first, in milliseconds. */
const WINDOW_MS = 15_000;
/** Pauses between healthy searches; together they make the window. */
const GAPS_MS = [1_000, 2_000, 4_000, 8_000];
/** Fewer healthy searches than this prove nothing. */
const HEALTHY_SEARCHES = 3;
/** How long a pipeline must have been the only one before it is taken: a second one may be late in the listing. */
const SETTLE_MS = 2_000;
/** How long an uncertain pipeline is watched before that is final, in milliseconds. */
const CLEARING_UP_MS = 8_000;
/** Longest time of nothing but failed searches, in milliseconds; refusals among them, of what was readable before. */
const PATIENCE_MS = 60_000;
/** Pause after a search that was refused, in milliseconds. */
const REFUSED_PAUSE_MS = 10_000;
/** How long one search retries its own faults, in milliseconds; another search follows. */
const SEARCH_PATIENCE_MS = 4_000;
/**
 * Searches for the pipeline of an intent, several times with growing gaps, because listings lag behind, forget and come
 * in any order. The trigger uses it before it sends a request again, the post step to find what a killed step had in
 * flight. That there is none is not said before `until` (by the clock). Rejects only with an `AbortedError`.
 */
async function findIntended(intent, context, until = 0) {
    const { clock, random } = context;
    const search = new Search(intent, context);
    const outage = new _base_log_js__WEBPACK_IMPORTED_MODULE_2__/* .Outage */ .ad(`The search for the pipeline in ${intent.slug}`, context);
    const window = { from: clock.now(), until: Math.max(until, clock.now() + WINDOW_MS) };
    let healthy = 0;
    let failures = 0;
    let failingSince;
    for (;;) {
        const began = clock.now();
        let pauseMs;
        try {
            const candidates = await search.look();
            outage.over();
            healthy += 1;
            failures = 0;
            failingSince = undefined;
            const result = judge(candidates, { healthy, began, window });
            if (result !== undefined)
                return result;
            const last = candidates.length > 0 ? SETTLE_MS : 8_000;
            pauseMs = (GAPS_MS[healthy - 1] ?? last) * (1 + 0.1 * random());
        }
        catch (error) {
            const isRefused = error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk;
            if (!isRefused && !(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG))
                throw error;
            failures += 1;
            failingSince ??= began;
            const leftMs = failingSince + PATIENCE_MS - clock.now();
            const wasReadable = intent.after !== undefined || healthy > 0;
            if (leftMs <= 0 || (isRefused && !wasReadable))
                return { kind: 'failed', cause: error };
            const wishedMs = isRefused
                ? REFUSED_PAUSE_MS
                : 500 + (0,_circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .backoffMs */ .jo)(failures, random, error.retryAfterMs);
            pauseMs = Math.min(leftMs, wishedMs);
            outage.failed(error, pauseMs, leftMs);
        }
        await (0,_circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .pause */ .v7)('The search for the pipeline', pauseMs, context);
    }
}
/**
 * What may be the pipeline of an intent's first request, after its second made the pipeline `id`: one search. That
 * pipeline is surely ours, so a fault here, or the end of the job, takes nothing away: it resolves with none.
 */
async function findOthers(intent, id, context) {
    try {
        const candidates = await new Search(intent, context).look();
        return candidates.filter(candidate => candidate.id !== id);
    }
    catch (error) {
        if (error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .AbortedError */ .oM)
            return [];
        if (!(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk || error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG))
            throw error;
        context.log.warning(`It is not known whether the first request created a pipeline, too: ${error.message}`);
        return [];
    }
}
/** The result; `undefined` while another search may show more. */
function judge(candidates, progress) {
    const proven = candidates.filter(candidate => candidate.proven);
    const [only, ...others] = proven.length > 0 ? proven : candidates;
    if (only?.sure === true && others.length === 0) {
        const isSettled = progress.began - only.seenAt >= SETTLE_MS;
        return isSettled ? { kind: 'found', pipeline: only } : undefined;
    }
    if (!isEnough(candidates, progress))
        return undefined;
    return only === undefined ? { kind: 'none' } : { kind: 'several', pipelines: candidates };
}
/** CircleCI may soon show more of a pipeline that has only just turned up. */
function isEnough(candidates, { healthy, began, window }) {
    const until = candidates.length === 0 ? window.until : window.from + WINDOW_MS;
    if (healthy < HEALTHY_SEARCHES || began < until)
        return false;
    const clearsUp = candidates.some(({ sure, seenAt }) => !sure && began - seenAt < CLEARING_UP_MS);
    return !clearsUp || began >= window.from + 2 * WINDOW_MS;
}
/** Searches for the pipeline of one intent, once at a time, and forgets nothing it saw. */
class Search {
    #intent;
    #context;
    #own;
    #seen = new Map();
    constructor(intent, context) {
        this.#intent = intent;
        this.#context = context;
        // A cancel may be waiting for what is found.
        const options = { signal: context.signal, patienceMs: SEARCH_PATIENCE_MS, urgent: true };
        this.#own = new _listing_js__WEBPACK_IMPORTED_MODULE_3__/* .OwnPipelines */ .C(intent, context, options);
    }
    /**
     * Searches once: what it sees, and what it saw before. Rejects with `RefusedError` when the listings are denied,
     * `UnavailableError` when they cannot be read to the end, `AbortedError` when the signal ended it.
     */
    async look() {
        const at = this.#context.clock.now();
        const rows = await this.#list();
        // Remembered before more is read of them: when that fails, the next listing may lack them.
        for (const row of rows) {
            const { id } = row.pipeline;
            if (!this.#seen.has(id))
                this.#seen.set(id, { row, sure: false, at });
        }
        const candidates = [];
        for (const [id, seen] of this.#seen) {
            const listed = rows.filter(({ pipeline }) => pipeline.id === id);
            const findings = [];
            for (const row of listed.length > 0 ? listed : [seen.row])
                findings.push(await this.#own.examine(row, this.#since()));
            const { match, why, proven } = agreed(findings, seen.sure);
            if (match === 'no') {
                this.#seen.delete(id);
                continue;
            }
            const sure = match === 'yes';
            seen.row = listed[0] ?? seen.row;
            seen.sure ||= sure;
            candidates.push({ ...seen.row.pipeline, sure, why, proven, seenAt: seen.at });
        }
        return candidates.sort((a, b) => b.number - a.number);
    }
    async #list() {
        const { slug, after = 0 } = this.#intent;
        const isPast = (pipeline) => (0,_match_js__WEBPACK_IMPORTED_MODULE_4__/* .matchAge */ .ho)({ pipeline, since: this.#since(), mine: false }, this.#intent).match === 'no';
        const { rows, complete } = await this.#own.list(isPast);
        const isOutdated = after > 0 && rows.every(({ pipeline }) => pipeline.number < after);
        if (complete && !isOutdated)
            return rows;
        const problem = complete
            ? 'is older than the trigger'
            : `has more than ${_listing_js__WEBPACK_IMPORTED_MODULE_3__/* .MAX_PAGES */ .Y} pages since the trigger`;
        throw new _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .UnavailableError */ .hG(`The list of pipelines of ${slug}`, problem, { processed: 'no' });
    }
    /** When the request left by CircleCI's clock: as the intent has it, or computed from a `Date` that came later. */
    #since() {
        const { circleci, clock } = this.#context;
        const { since, sentAt } = this.#intent;
        const now = circleci.serverNow();
        return since ?? (now === undefined ? undefined : now - (clock.now() - sentAt));
    }
}
/** What the rows of one pipeline say together. One that was sure once is never ruled out again. */
function agreed(findings, wasSure) {
    const [first = NO, ...others] = findings;
    const proof = findings.find(({ proven }) => proven);
    if (proof !== undefined)
        return proof;
    const isOne = others.every(({ match }) => match === first.match);
    if (isOne && (first.match === 'yes' || !wasSure))
        return first;
    return { match: 'unsure', why: 'the lists contradict each other about it', proven: false };
}
const NO = { match: 'no', why: '', proven: false };


/***/ }),

/***/ 7603:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   TL: () => (/* binding */ readDefinitions),
/* harmony export */   ff: () => (/* binding */ describeTarget),
/* harmony export */   u1: () => (/* binding */ resolveTarget)
/* harmony export */ });
/* harmony import */ var _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6899);
/* harmony import */ var _circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5770);
/* harmony import */ var _circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1525);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4758);
/* harmony import */ var _base_log_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3179);
/* harmony import */ var _ref_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5577);






const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/**
 * Decides endpoint, definition and ref. The run endpoint is used for a `circleci/` project and whenever a definition is
 * asked for; every other project takes the classic one. Requests are made only to find a definition. Throws an
 * `InputError` when definition or ref are missing or ambiguous; rejects like the client.
 */
async function resolveTarget(slug, inputs, event, context) {
    const { branch, tag, parameters, configRef } = inputs;
    const run = inputs.definition !== undefined || slug.provider === 'circleci';
    const { id, definition } = run ? await findDefinition(slug, inputs, context) : {};
    const { checkoutRepository } = definition ?? {};
    const { ref, reason } = (0,_ref_js__WEBPACK_IMPORTED_MODULE_5__/* .chooseRef */ .lI)(event, { branch, tag, slug, checkoutRepository });
    const request = run
        ? {
            endpoint: 'run',
            slug,
            definitionId: id,
            checkout: ref,
            config: configRef ?? configRefFor(ref, definition),
            parameters
        }
        : { endpoint: 'classic', slug, ref, parameters };
    return { request, ref, reason, definition };
}
/** The config comes from the same ref as the code, unless it lives in another repository, where that ref means nothing. */
function configRefFor(ref, definition) {
    const { configRepository, checkoutRepository } = definition ?? {};
    const elsewhere = configRepository !== undefined &&
        checkoutRepository !== undefined &&
        configRepository.toLowerCase() !== checkoutRepository.toLowerCase();
    return elsewhere ? undefined : ref;
}
async function findDefinition(slug, inputs, context) {
    const wanted = inputs.definition;
    const isId = wanted !== undefined && UUID.test(wanted);
    // An id needs no lookup, unless what it checks out decides whether this repository's ref means anything.
    const isRefGiven = (inputs.branch ?? inputs.tag) !== undefined;
    if (isId && !inputs.dryRun && (isRefGiven || slug.provider !== 'circleci'))
        return { id: wanted };
    const definitions = await readDefinitions(slug, context);
    if (definitions === undefined) {
        if (wanted === undefined || isId)
            return { id: wanted };
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('definition', `names "${wanted}", but this CircleCI cannot list the definitions of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSlug */ .Hr)(slug)} (a CircleCI Server has no such list): give the definition's id instead.`);
    }
    const definition = pickDefinition(slug, wanted, definitions);
    return { id: definition.id, definition };
}
/** The definition with that id or name, or the only one there is. */
function pickDefinition(slug, wanted, definitions) {
    const project = (0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSlug */ .Hr)(slug);
    const isWanted = ({ id, name }) => wanted === undefined || id.toLowerCase() === wanted.toLowerCase() || name === wanted;
    const [first, ...others] = definitions.filter(isWanted);
    if (first !== undefined && others.length === 0)
        return first;
    const list = definitions.map(({ name, id }) => `"${name}" (${id})`).join(', ');
    const problem = definitions.length === 0
        ? `cannot be chosen: ${project} has no pipeline definitions. Add one in its Project Settings > Pipelines.`
        : wanted === undefined
            ? `is needed, because ${project} has several pipeline definitions: ${list}. Name one of them.`
            : first === undefined
                ? `names "${wanted}", which ${project} does not have. Its pipeline definitions are ${list}.`
                : `names "${wanted}", which several pipeline definitions of ${project} are called: give an id instead. They are ${list}.`;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz('definition', problem);
}
/** Pause before a missing list is asked for again, in milliseconds. */
const PAUSE_MS = 10_000;
/** How many 404 in a row mean that it is missing. */
const ASKED = { cloud: 4, server: 2 };
/**
 * Lists the pipeline definitions of a project. Resolves with `undefined` on a CircleCI Server, which finds the project
 * and has no such list: a 404, twice. Cloud has the list, whatever one answer says: rejects with an `ActionError`
 * (`not-found`) when it answers 404 for half a minute. Rejects else like the client.
 */
async function readDefinitions(slug, context, options = { signal: context.signal }) {
    const { circleci, host, clock } = context;
    const { id } = await circleci.project(slug, options);
    const most = host === _circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .CLOUD */ .OZ ? ASKED.cloud : ASKED.server;
    const outage = new _base_log_js__WEBPACK_IMPORTED_MODULE_4__/* .Outage */ .ad(`Listing the pipeline definitions of ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSlug */ .Hr)(slug)}`, context);
    for (let asked = 1;; asked += 1) {
        try {
            const definitions = await circleci.definitions(id, options);
            outage.over();
            return definitions;
        }
        catch (error) {
            if (!(error instanceof _circleci_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk) || error.status !== 404)
                throw error;
            if (asked === most && host === _circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .CLOUD */ .OZ)
                throw missing(slug, error);
            if (asked === most)
                return undefined;
            outage.failed(error, PAUSE_MS, (most - asked) * PAUSE_MS);
        }
        await (0,_circleci_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .pause */ .v7)('Listing the definitions', PAUSE_MS, { clock, signal: options.signal });
    }
}
function missing(slug, refusal) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ActionError */ .lZ('not-found', `CircleCI found the project ${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSlug */ .Hr)(slug)}, but not the list of its pipeline definitions (${refusal.message.replace(/\.+$/, '')}): nothing was triggered. Run the job again. If that does not help, set "definition" to the definition's id, and "branch" or "tag": then the list is not needed.`, { cause: refusal });
}
/** What is to be triggered, for the line before: project, ref and why, definition, parameters. Raw text. */
function describeTarget(target) {
    const { request, ref, reason, definition } = target;
    const what = ref === undefined ? 'its default branch' : (0,_ref_js__WEBPACK_IMPORTED_MODULE_5__/* .describeRef */ .Ro)(ref);
    const parts = [`${(0,_circleci_slug_js__WEBPACK_IMPORTED_MODULE_2__/* .formatSlug */ .Hr)(request.slug)}: ${what} (${reason})`];
    if (definition !== undefined)
        parts.push(`definition "${definition.name}" (${definition.id})`);
    else if (request.endpoint === 'run' && request.definitionId !== undefined) {
        parts.push(`definition ${request.definitionId}`);
    }
    if (request.endpoint === 'run' && request.config !== undefined && request.config !== ref) {
        parts.push(`config from ${(0,_ref_js__WEBPACK_IMPORTED_MODULE_5__/* .describeRef */ .Ro)(request.config)}`);
    }
    const parameters = Object.entries(request.parameters).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    if (parameters.length > 0)
        parts.push(`parameters ${parameters.join(', ')}`);
    return parts.join(', ');
}


/***/ }),

/***/ 5739:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ cancelPipeline),
/* harmony export */   p: () => (/* binding */ cancelForGood)
/* harmony export */ });
/* harmony import */ var _circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8760);
/* harmony import */ var _base_clock_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6412);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4758);
/* harmony import */ var _base_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(766);




/** Longest that one round may take, in milliseconds. */
const ROUND_MS = 10_000;
/** Pause between two rounds. */
const ROUND_AGAIN_MS = 2_000;
/** When nothing new was listed for this long, nothing will come: a rerun or a continuation starts sooner. */
const QUIET_MS = 20_000;
/** How long the faults of one request are retried, in milliseconds. */
const PATIENCE_MS = 2_000;
/** States in which CircleCI is still making workflows. */
const GROWING = new Set(['setup-pending', 'setup', 'pending']);
/**
 * Cancels every unfinished workflow of a pipeline, all at once, and says what was cancelled and what was not. It is one
 * round: what appears later is left. Never rejects.
 */
async function cancelPipeline(pipeline, context, signal) {
    const cancelling = new Cancelling(pipeline, context);
    await cancelling.round(signal);
    cancelling.concludeRound();
}
/**
 * Cancels the workflows of pipelines until no more of them appear, or it is `until` (epoch milliseconds): a setup
 * workflow's continuation, or a rerun, may come after the first round. Never rejects.
 */
async function cancelForGood(pipelines, context) {
    const { clock, until } = context;
    let left = pipelines.map(pipeline => new Cancelling(pipeline, context));
    for (let round = 1; left.length > 0; round += 1) {
        const done = await Promise.all(left.map(one => one.roundAndLook()));
        const isLast = clock.now() >= until;
        for (const [index, one] of left.entries())
            if (done[index] === true || isLast)
                one.conclude();
        left = isLast ? [] : left.filter((_, index) => done[index] !== true);
        if (round === 1)
            for (const one of left)
                one.sayItWaits();
        if (left.length > 0)
            await clock.sleep(Math.min(ROUND_AGAIN_MS, until - clock.now()));
    }
}
/** The cancelling of one pipeline; there is no request that cancels a pipeline, only one for each workflow. */
class Cancelling {
    pipeline;
    context;
    name;
    /** Names by id; a workflow that no answer has shown is called by what it was known as. */
    names;
    /** Ids of the workflows that no answer has shown ended. */
    open;
    /** Ids of the workflows of which CircleCI took the cancel, and which had not ended by themselves. */
    cancelled = new Set();
    /** Ids of those of which the log has said so. */
    reported;
    /** Why CircleCI did not take a cancel in the last round, by the workflow's id. */
    refused = new Map();
    /** Why the workflows could not be listed in the last round. */
    unlisted;
    quietSince;
    /** Why nothing shows yet that all have ended. */
    problem;
    constructor(pipeline, context) {
        this.pipeline = pipeline;
        this.context = context;
        this.name = `Pipeline #${pipeline.number}`;
        this.names = new Map(pipeline.workflows.map(({ id, name }) => [id, name]));
        this.open = new Set(this.names.keys());
        this.reported = new Set(pipeline.reported === true ? this.open : []);
        this.quietSince = context.clock.now();
    }
    /**
     * Asks CircleCI to cancel what is unfinished. Those known as unfinished do not wait for the listing that may add others
     * to them. Cancelling is asynchronous, and asking twice does no harm. Returns what was listed.
     */
    async round(signal) {
        const { circleci } = this.context;
        const options = { signal, patienceMs: PATIENCE_MS, urgent: true };
        this.refused = new Map();
        this.unlisted = undefined;
        const cancel = async (id) => {
            try {
                await circleci.cancelWorkflow(id, options);
                this.cancelled.add(id);
            }
            catch (error) {
                this.refused.set(id, (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .gJ)(error));
            }
        };
        const known = new Set(this.open);
        const list = async () => {
            try {
                const rows = await circleci.workflows(this.pipeline.id, options);
                const listed = [...(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .distinct */ .dM)('workflow', rows).values()];
                const others = listed.filter(({ id, status }) => (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status) && !known.has(id));
                await Promise.all(others.map(({ id }) => cancel(id)));
                return listed;
            }
            catch (error) {
                this.unlisted = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .gJ)(error);
                return [];
            }
        };
        const [listed] = await Promise.all([list(), ...[...known].map(cancel)]);
        this.take(listed);
        return listed;
    }
    /** One round, and whether nothing more is to come. */
    async roundAndLook() {
        const { clock, circleci } = this.context;
        const { signal, end } = (0,_base_clock_js__WEBPACK_IMPORTED_MODULE_1__/* .timeLimit */ .zc)(clock, ROUND_MS);
        const options = { signal, patienceMs: PATIENCE_MS, urgent: true };
        try {
            const known = [...this.open];
            const listed = await this.round(signal);
            const missing = known.filter(id => !listed.some(one => one.id === id));
            const asked = await Promise.allSettled(missing.map(id => circleci.workflow(id, options)));
            this.take(asked.flatMap(one => (one.status === 'fulfilled' ? [one.value] : [])));
            this.report();
            this.problem = this.open.size > 0 ? 'its workflows did not stop in time' : this.unlisted;
            if (this.open.size > 0)
                this.quietSince = clock.now();
            if (this.unlisted !== undefined || clock.now() - this.quietSince < QUIET_MS)
                return false;
            const { state } = await circleci.pipeline(this.pipeline.id, options);
            return !GROWING.has(state) || listed.some(isBrokenSetup);
        }
        catch (error) {
            this.problem = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorMessage */ .gJ)(error);
            return false;
        }
        finally {
            end();
        }
    }
    take(workflows) {
        for (const { id, name, status } of workflows) {
            if (!this.names.has(id))
                this.quietSince = this.context.clock.now();
            this.names.set(id, name);
            if ((0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status))
                this.open.add(id);
            else
                this.open.delete(id);
            if (!(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status) && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .phaseOf */ .hU)(status) !== 'canceled')
                this.cancelled.delete(id);
        }
    }
    /** Says what has been cancelled since this was last said. */
    report() {
        const fresh = [...this.cancelled].filter(id => !this.reported.has(id));
        for (const id of fresh)
            this.reported.add(id);
        const names = fresh.map(id => this.quoted(id)).join(', ');
        if (names !== '') {
            this.context.log.notice(`${this.name}: cancelled ${names}: ${this.pipeline.url}`);
        }
    }
    /** Says what one round could do, and what not. */
    concludeRound() {
        this.report();
        for (const [id, why] of this.refused) {
            if (!this.open.has(id))
                continue;
            this.context.log.warning(`${this.name}: workflow ${this.quoted(id)} could not be cancelled and may be running: ${why}. ${this.pipeline.url}`);
        }
        if (this.unlisted !== undefined) {
            this.warnOfRest(`its workflows could not be listed: ${this.unlisted}`);
        }
    }
    /** Says how it ended. */
    conclude() {
        if (this.problem !== undefined)
            this.warnOfRest(this.problem);
        else if (this.reported.size === 0) {
            this.context.log.info(`${this.name} has no running workflows. ${this.pipeline.url}`);
        }
    }
    /** What goes on in silence otherwise: a setup workflow may have continued meanwhile. */
    sayItWaits() {
        this.context.log.info(`${this.name}: waiting until no workflow has appeared for ${(0,_base_text_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(QUIET_MS)}, to cancel those too.`);
    }
    warnOfRest(why) {
        this.context.log.warning(`${this.name} could not be cancelled completely and may be running: ${why}. ${this.pipeline.url}`);
    }
    quoted(id) {
        return `"${this.names.get(id) ?? id}"`;
    }
}
/** A setup workflow that ended in anything but success continues nothing: its pipeline waits in `setup` for ever. */
function isBrokenSetup({ setup, status }) {
    return setup && !(0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnfinished */ .ui)(status) && (0,_circleci_statuses_js__WEBPACK_IMPORTED_MODULE_0__/* .phaseOf */ .hU)(status) !== 'success';
}


/***/ }),

/***/ 7268:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
module.exports = x({ ["ProxyAgent"]: () => (__WEBPACK_EXTERNAL_MODULE__github_undici_js_3cdd90a1__.ProxyAgent), ["fetch"]: () => (__WEBPACK_EXTERNAL_MODULE__github_undici_js_3cdd90a1__.fetch) });

/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 2420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  V4: () => (/* binding */ getInput),
  Gu: () => (/* binding */ getState),
  _o: () => (/* binding */ isDebug),
  LZ: () => (/* binding */ saveState),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ core_setSecret),
  z: () => (/* reexport */ summary)
});

// UNUSED EXPORTS: ExitCode, addPath, debug, endGroup, error, exportVariable, getBooleanInput, getIDToken, getMultilineInput, group, info, markdownSummary, notice, platform, setCommandEcho, setFailed, startGroup, toPlatformPath, toPosixPath, toWin32Path, warning

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function utils_toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __nccwpck_require__(4942);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return __awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return __awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return __awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "./runner/exec.js"
var x = (y) => {
	var x = {}; __nccwpck_require__.d(x, y); return x
} 
var y = (x) => (() => (x))
const exec_js_namespaceObject = x({  });
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_.platform();
const arch = external_os_.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + os.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', file_command_prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, utils_toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ }),

/***/ 4942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Qq: () => (/* binding */ HttpClient),
  s_: () => (/* binding */ lib_getProxyUrl)
});

// UNUSED EXPORTS: Headers, HttpClientError, HttpClientResponse, HttpCodes, MediaTypes, isHttps

// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(8611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(5692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var tunnel = __nccwpck_require__(770);
// EXTERNAL MODULE: external "./github/undici.js"
var undici_js_ = __nccwpck_require__(7268);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new undici_js_.ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  G5: () => (/* binding */ command),
  iW: () => (/* reexport */ main),
  bE: () => (/* reexport */ post/* post */.bE)
});

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __nccwpck_require__(1525);
// EXTERNAL MODULE: ./src/report/delivery.ts
var delivery = __nccwpck_require__(7004);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __nccwpck_require__(4758);
// EXTERNAL MODULE: ./src/github/client.ts
var client = __nccwpck_require__(6584);
// EXTERNAL MODULE: ./src/github/fault.ts
var github_fault = __nccwpck_require__(7239);
// EXTERNAL MODULE: ./src/trigger/event.ts
var trigger_event = __nccwpck_require__(5308);
// EXTERNAL MODULE: ./src/runner/context.ts
var runner_context = __nccwpck_require__(1953);
;// CONCATENATED MODULE: ./src/runner/comment-head.ts





/** How long nothing but errors from GitHub is outlasted, and the pause between two attempts, in milliseconds. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 5_000;
/**
 * The event of a comment on a pull request, with the commit and the branch of its head, when `pipeline: commit` asks for
 * them: the payload has neither. Any other event as it is. Throws an `ActionError` when GitHub does not answer.
 */
async function withHeadOfComment(context, inputs, options) {
    const { eventName, pullRequest, repository, apiUrl } = context;
    const { githubToken: token, pipelines = [inputs] } = inputs;
    const wanted = pipelines.some(({ pipeline }) => pipeline.kind === 'commit' && pipeline.revision === undefined);
    if (!wanted || eventName !== 'issue_comment' || pullRequest === undefined)
        return context;
    if (token === undefined || repository === undefined) {
        throw new errors/* InputError */.dz('github-token', `is empty, and ${NEEDED} of pull request #${pullRequest.number}: leave that input out to use the token of the workflow.`);
    }
    const { clock, mask, signal: cancelled } = options;
    const connection = { token, apiUrl, repository, mask, clock, cancelled };
    const pull = await read(new client/* GitHub */.g(connection), pullRequest.number, options);
    options.log.info(`Pull request #${pull.number}, commented on, is at commit ${pull.headSha} of ${placeOf(pull, repository)}.`);
    return (0,runner_context/* withPullRequest */.pX)(context, pull);
}
const NEEDED = '"pipeline: commit" on a comment needs it to read the head';
async function read(github, number, { clock, signal }) {
    const until = clock.now() + PATIENCE_MS;
    for (;;) {
        try {
            return await github.pullRequest(number);
        }
        catch (error) {
            const fault = (0,github_fault/* toFault */.ec)(error);
            const isOver = clock.now() >= until || signal.aborted;
            if (fault.kind !== 'unavailable' || isOver)
                throw explain(fault, number, signal.aborted);
            await clock.sleep(Math.max(LOOK_AGAIN_MS, fault.retryAfterMs ?? 0), signal);
        }
    }
}
function explain(fault, number, isCancelled) {
    if (isCancelled) {
        const message = 'GitHub cancelled the job while its head was read.';
        return new errors/* ActionError */.lZ('github-cancelled', message, { conclusion: 'cancelled' });
    }
    const problem = `${NEEDED} of pull request #${number}, and ${fault.message}`;
    switch (fault.kind) {
        case 'permission':
            return new errors/* InputError */.dz('github-token', `may not do enough: ${problem}. The job needs "permissions: pull-requests: read".`, { cause: fault });
        case 'credentials':
        case 'refused':
            return new errors/* InputError */.dz('github-token', `did not help: ${problem}.`, { cause: fault });
        case 'unavailable':
            return new errors/* ActionError */.lZ('api-unavailable', `The head of pull request #${number} could not be read: ${fault.message}. Nothing was triggered; run the job again (https://www.githubstatus.com).`, { cause: fault });
    }
}
function placeOf(pull, repository) {
    const { number, headRef, headRepository } = pull;
    if (headRef !== undefined && (0,trigger_event/* isSameRepository */.ve)(headRepository, repository)) {
        return `branch ${headRef}`;
    }
    return `pull/${number}, from ${headRepository ?? 'a repository that is gone'}`;
}

// EXTERNAL MODULE: ./src/runner/inputs.ts + 1 modules
var runner_inputs = __nccwpck_require__(6507);
// EXTERNAL MODULE: ./src/record/record.ts
var record = __nccwpck_require__(5380);
// EXTERNAL MODULE: ./src/record/result.ts
var result = __nccwpck_require__(9496);
// EXTERNAL MODULE: ./src/play.ts + 15 modules
var play = __nccwpck_require__(6221);
;// CONCATENATED MODULE: ./src/main.ts











/** The main step: reads inputs and event, runs, reports, and alone decides the exit code. Never rejects. */
async function main(cancellation) {
    const mask = (0,play/* maskTokens */.x1)(process.env);
    const log = (0,play/* openLog */.Ne)(mask);
    // One signal ends everything, this one or one that follows it: however many listen is no leak, and no warning.
    (0,external_node_events_.setMaxListeners)(0);
    (0,external_node_events_.setMaxListeners)(0, cancellation.signal);
    try {
        const { verdict } = await perform(log, mask, cancellation.signal);
        if (verdict?.passes === false)
            process.exitCode = 1;
    }
    catch (error) {
        process.exitCode = 1;
        crash(error, log);
    }
    if (!cancellation.signal.aborted) {
        cancellation.dispose();
        return;
    }
    // Nothing that is still under way, such as a commit status, is worth the seconds the runner grants. Signals are listened
    // for until the end: one that follows must not take the exit code away.
    process.stdout.write('', () => process.exit());
}
function crash(error, log) {
    log.error((0,errors/* unexpected */.os)(error));
    log.debug(error instanceof Error ? (error.stack ?? '') : String(error));
    try {
        (0,delivery/* writeOutputs */.Kn)({ conclusion: 'failure', 'failure-reason': '' });
    }
    catch (cause) {
        log.debug((0,errors/* errorMessage */.gJ)(cause));
    }
}
/** Everything a step does between its masks and its exit code. Rejects with an unexpected error only. */
async function perform(log, mask, signal, world = play/* MACHINE */.Wp) {
    const { clock } = world;
    const event = (0,runner_context/* readContext */.yI)(process.env, path => (0,external_node_fs_.readFileSync)(path, 'utf8'));
    const step = (0,record/* stepRecord */.oU)({ startedAt: clock.now(), eventCommit: event.headSha });
    const prepared = await prepare(event, step, { log, mask, signal, clock });
    if (prepared === undefined) {
        await (0,delivery/* sayProblem */.Vb)(mask.data((0,record/* resultOf */.Bg)(step, clock.now())), log);
        return step;
    }
    await (0,play/* playStep */.JG)(prepared, { step, log, mask, signal, world });
    return step;
}
/** Everything that can be checked without asking CircleCI; `undefined` once what is wrong is the step's verdict. */
async function prepare(event, step, options) {
    try {
        const inputs = await (0,runner_inputs/* readInputs */.K)(process.env);
        (0,delivery/* checkCommandFiles */.$E)(process.env, inputs);
        const isOwnNeeded = (inputs.pipelines ?? [inputs]).some(({ slug }) => slug === undefined);
        const ownSlug = isOwnNeeded ? slugOf(event) : undefined;
        const token = inputs.token ?? missingToken(event);
        if (inputs.idle.length > 0) {
            const names = inputs.idle.map(name => `"${name}"`).join(', ');
            const verb = inputs.idle.length === 1 ? 'has' : 'have';
            options.log.warning(`${names} ${verb} no effect without "wait: true".`);
        }
        const downloadFolder = await (0,play/* folderFor */.Af)(inputs, event);
        const context = await withHeadOfComment(event, inputs, options);
        step.eventCommit = context.headSha;
        return { inputs, context, ownSlug, token, downloadFolder };
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.lZ))
            throw error;
        step.verdict = (0,result/* failed */.gz)(error);
        return undefined;
    }
}
function slugOf(context) {
    const slug = (0,circleci_slug/* parseSlug */.dF)(`gh/${context.repository ?? ''}`);
    if (slug !== undefined)
        return slug;
    throw new errors/* InputError */.dz('project-slug', 'is required: the environment does not say which repository this workflow runs in.');
}
function missingToken(context) {
    throw new errors/* InputError */.dz('token', `is empty, and so are CIRCLE_TOKEN, CIRCLECI_TOKEN and CCI_TOKEN. ${whereToGetOne(context)}`);
}
/**
 * Which runs get no secrets, or others:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflows-in-forked-repositories
 * https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
function whereToGetOne({ actor, eventName, pullRequest }) {
    if (actor === 'dependabot[bot]') {
        return "Dependabot started this run, and GitHub gives such a run only the secrets kept for Dependabot: add the token there as well, under the same name (the repository's Settings > Secrets and variables > Dependabot).";
    }
    const isRestricted = eventName.startsWith('pull_request') && eventName !== 'pull_request_target';
    if (pullRequest?.fork === true && isRestricted) {
        return 'This pull request comes from a fork, and GitHub gives workflows of forks no secrets, whichever there are: let CircleCI build pull requests from forks by itself, or have a maintainer start the pipeline after reading the change ("Pull requests from forks" in docs/security.md of this action).';
    }
    return 'Create a personal API token in CircleCI (User Settings > Personal API Tokens), keep it as a secret of this repository, and pass it with "token: ${{ secrets.CIRCLECI_TOKEN }}".';
}

// EXTERNAL MODULE: ./src/post.ts
var post = __nccwpck_require__(6661);
;// CONCATENATED MODULE: ./src/steps.ts
// What both steps run, bundled once. The entries load it when they know that they need it.


/** The step as a command; a step of GitHub's never loads it. */
const command = async (...args) => (await Promise.all(/* import() | command */[__nccwpck_require__.e(73), __nccwpck_require__.e(998)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6691))).command(...args);

var __webpack_exports__command = __webpack_exports__.G5;
var __webpack_exports__main = __webpack_exports__.iW;
var __webpack_exports__post = __webpack_exports__.bE;
export { __webpack_exports__command as command, __webpack_exports__main as main, __webpack_exports__post as post };
