export const id = 998;
export const ids = [998];
export const modules = {

/***/ 6691:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  command: () => (/* binding */ command)
});

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: ./src/circleci/slug.ts
var circleci_slug = __webpack_require__(1525);
// EXTERNAL MODULE: ./src/base/errors.ts
var errors = __webpack_require__(4758);
// EXTERNAL MODULE: ./src/base/mask.ts
var base_mask = __webpack_require__(777);
// EXTERNAL MODULE: ./src/base/version.ts
var version = __webpack_require__(2301);
// EXTERNAL MODULE: ./src/play.ts + 15 modules
var play = __webpack_require__(6221);
// EXTERNAL MODULE: ./src/post.ts
var post = __webpack_require__(6661);
// EXTERNAL MODULE: ./src/record/record.ts
var record = __webpack_require__(5380);
// EXTERNAL MODULE: ./src/record/result.ts
var record_result = __webpack_require__(9496);
// EXTERNAL MODULE: ./src/runner/input-values.ts
var input_values = __webpack_require__(2173);
// EXTERNAL MODULE: ./src/runner/inputs.ts + 1 modules
var runner_inputs = __webpack_require__(6507);
// EXTERNAL MODULE: ./src/runner/state.ts
var runner_state = __webpack_require__(6003);
// EXTERNAL MODULE: ./src/trigger/intent.ts
var trigger_intent = __webpack_require__(6788);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./src/runner/context.ts
var runner_context = __webpack_require__(1953);
// EXTERNAL MODULE: ./src/trigger/event.ts
var trigger_event = __webpack_require__(5308);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/env-ci/index.js + 62 modules
var env_ci = __webpack_require__(5073);
;// CONCATENATED MODULE: ./src/terminal/surroundings.ts


/**
 * Reads where this runs from a CI's variables. env-ci knows which CI it is, and all there is to read for most of them;
 * where a service has the head of a pull request, a tag or a fork in variables that env-ci does not look at, they are in
 * the table below. Where variables say nothing env-ci asks git, and would take whatever is checked out: it gets a folder
 * that cannot exist.
 */
function surroundingsOf(given) {
    // Some services set what they have nothing to say about to an empty text.
    const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    const nowhere = (0,external_node_path_.join)(process.execPath, 'nowhere');
    const ci = (0,env_ci/* default */.A)({ env, cwd: nowhere });
    const { pr, service, slug } = ci;
    if (!ci.isCi || service === undefined)
        return NOWHERE;
    const common = {
        branch: pr === undefined ? ci.branch : ci.prBranch,
        tag: ci.tag,
        commit: ci.commit,
        pullRequest: pr,
        repositoryUrl: service === 'github' ? `https://github.com/${slug ?? ''}` : undefined
    };
    const facts = { ...common, ...SERVICES[service]?.(env) };
    const place = placeOf(facts.repositoryUrl);
    const number = /^[1-9]\d{0,14}$/.test(facts.pullRequest ?? '')
        ? Number(facts.pullRequest)
        : undefined;
    return {
        name: ci.name,
        repository: place?.repository ?? slug ?? undefined,
        provider: place?.provider,
        ref: refOf(facts, place?.provider === 'gh' ? number : undefined),
        commit: /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.exec(facts.commit ?? '')?.[0],
        pullRequest: number
    };
}
const NOWHERE = {
    name: undefined,
    repository: undefined,
    provider: undefined,
    ref: undefined,
    commit: undefined,
    pullRequest: undefined
};
const SERVICES = {
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    gitlab: env => {
        if (!env['CI_MERGE_REQUEST_IID'])
            return { branch: env['CI_COMMIT_BRANCH'], pullRequest: undefined };
        return {
            pullRequest: env['CI_MERGE_REQUEST_IID'],
            // In a pipeline for the merged result CI_COMMIT_SHA is no commit of the branch.
            commit: env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] ?? env['CI_COMMIT_SHA'],
            isFork: env['CI_MERGE_REQUEST_SOURCE_PROJECT_PATH'] !== env['CI_MERGE_REQUEST_PROJECT_PATH']
        };
    },
    // https://buildkite.com/docs/pipelines/configure/environment-variables
    buildkite: env => {
        const fork = placeOf(env['BUILDKITE_PULL_REQUEST_REPO'])?.repository;
        return {
            repositoryUrl: env['BUILDKITE_REPO'],
            isFork: fork !== undefined && fork !== placeOf(env['BUILDKITE_REPO'])?.repository
        };
    },
    // https://learn.microsoft.com/azure/devops/pipelines/build/variables
    azurePipelines: env => {
        const ref = env['BUILD_SOURCEBRANCH'] ?? '';
        const repositoryUrl = env['BUILD_REPOSITORY_URI'];
        if (!ref.startsWith('refs/pull/')) {
            const isTag = ref.startsWith('refs/tags/');
            const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
            return { repositoryUrl, branch: isTag ? undefined : name, tag: isTag ? name : undefined };
        }
        return {
            repositoryUrl,
            // BUILD_SOURCEVERSION is the merge commit, and the id of GitHub's pull requests is not their number.
            commit: env['SYSTEM_PULLREQUEST_SOURCECOMMITID'],
            pullRequest: env['SYSTEM_PULLREQUEST_PULLREQUESTNUMBER'] ?? env['SYSTEM_PULLREQUEST_PULLREQUESTID'],
            isFork: /^true$/i.test(env['SYSTEM_PULLREQUEST_ISFORK'] ?? '')
        };
    },
    // https://www.jenkins.io/doc/book/pipeline/multibranch/ and https://plugins.jenkins.io/git/#plugin-content-environment-variables
    jenkins: env => {
        const repositoryUrl = env['GIT_URL'];
        const tag = env['TAG_NAME'];
        if (!env['CHANGE_ID'] && !env['ghprbPullId'] && !env['gitlabMergeRequestId']) {
            // GIT_BRANCH has the remote in front, and in a multibranch project BRANCH_NAME has not.
            const branch = env['BRANCH_NAME'] ?? env['GIT_LOCAL_BRANCH'];
            return { repositoryUrl, tag, branch: branch ?? env['GIT_BRANCH']?.replace(/^origin\//, '') };
        }
        return {
            repositoryUrl,
            branch: env['CHANGE_BRANCH'] ?? env['ghprbSourceBranch'] ?? env['gitlabSourceBranch'],
            // GIT_COMMIT may be a merge that only Jenkins has.
            commit: env['ghprbActualCommit'] ?? env['gitlabMergeRequestLastCommit'],
            isFork: Boolean(env['CHANGE_FORK'])
        };
    },
    // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
    bitbucket: env => ({
        repositoryUrl: `https://bitbucket.org/${env['BITBUCKET_REPO_FULL_NAME'] ?? ''}`,
        pullRequest: env['BITBUCKET_PR_ID'],
        branch: env['BITBUCKET_BRANCH']
    }),
    // https://circleci.com/docs/reference/variables/; the branch of a fork's pull request is called pull/<number>.
    circleci: env => ({
        repositoryUrl: env['CIRCLE_REPOSITORY_URL'],
        branch: env['CIRCLE_BRANCH'],
        isFork: /^pull\/\d+$/.test(env['CIRCLE_BRANCH'] ?? '')
    })
};
/** A tag wins, as services name a branch too; the head of a fork's pull request is `pull/<number>/head`, on GitHub alone. */
function refOf({ tag, branch, isFork }, pullRequest) {
    if (tag)
        return { tag };
    if (isFork === true) {
        return pullRequest === undefined ? undefined : { branch: `pull/${pullRequest}/head` };
    }
    return branch ? { branch } : undefined;
}
/** The repository of a Git address, `https://...` or `git@...`. */
function placeOf(url) {
    const [, host = '', repository] = /^(?:\w+:\/\/)?(?:[^/@]*@)?([\w.-]+)(?::\d+)?[/:]([\w.-]+(?:\/[\w.-]+)+)$/.exec((url ?? '').replace(/(?:\.git)?\/?$/, '')) ?? [];
    if (repository === undefined)
        return undefined;
    const provider = PROVIDERS[host.toLowerCase()];
    // Only these two name every repository by an owner and a name.
    if (provider !== undefined && repository.split('/').length !== 2)
        return undefined;
    return { repository, provider };
}
const PROVIDERS = {
    'github.com': 'gh',
    'ssh.github.com': 'gh',
    'bitbucket.org': 'bb',
    'altssh.bitbucket.org': 'bb'
};

;// CONCATENATED MODULE: ./src/terminal/context.ts







const run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
/**
 * Reads the Git checkout in a folder: its branch, its commit, and the repository it was cloned from. Throws an
 * `ActionError` when there is none, when no branch is checked out, and when its commits were not pushed: CircleCI would
 * build something else than what is here.
 */
async function checkoutOf(folder) {
    const git = async (...args) => {
        const { stdout } = await run('git', args, { cwd: folder, timeout: 30_000 });
        return stdout.trim();
    };
    const ask = async (problem, ...args) => {
        try {
            return await git(...args);
        }
        catch (error) {
            throw new errors/* ActionError */.lZ('input', `--here ${problem} (${(0,errors/* errorMessage */.gJ)(error).split('\n')[0] ?? ''}).`);
        }
    };
    const commit = await ask('finds no commit of a Git checkout', 'rev-parse', 'HEAD');
    const branch = await ask('finds no branch checked out', 'symbolic-ref', '--short', 'HEAD');
    const upstream = await ask(`cannot tell whether "${branch}" was pushed, as it follows no remote branch: push it with "git push -u"`, ...['rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}']);
    const ahead = await ask('cannot compare with it', 'rev-list', '--count', `${upstream}..HEAD`);
    if (ahead !== '0') {
        throw new errors/* ActionError */.lZ('input', `--here is refused: "${branch}" has ${ahead === '1' ? 'a commit that was' : `${ahead} commits that were`} not pushed to ${upstream}. Push first.`);
    }
    const remote = await git('config', '--get', `branch.${branch}.remote`);
    const merge = await git('config', '--get', `branch.${branch}.merge`);
    const place = placeOf(await git('config', '--get', `remote.${remote}.url`).catch(() => undefined));
    return {
        name: undefined,
        repository: place?.repository,
        provider: place?.provider,
        ref: { branch: merge.replace(/^refs\/heads\//, '') },
        commit,
        pullRequest: undefined
    };
}
/**
 * What is to be built, as an event of which only the ref, the commit and the pull request are known, and the project of
 * this repository, where an input leaves it at that. Throws an `InputError` when it is not known what to build.
 */
function contextOf(found, { githubRepository }, inputs, { env, folder }) {
    const place = githubRepository === undefined
        ? found
        : { ...found, repository: githubRepository, provider: 'gh' };
    const targets = inputs.pipelines ?? [inputs];
    const ownSlug = targets.some(({ slug }) => slug === undefined) ? slugOf(place) : undefined;
    // Without a repository of its own every project is another one, and would be built without a ref.
    const isRefless = targets.some(({ branch, tag, pipeline }) => (branch ?? tag) === undefined && pipeline.kind === 'new');
    if (isRefless && found.ref === undefined && found.repository === undefined) {
        throw new errors/* InputError */.dz('branch', `is required, or "tag": ${nowhere(place)}. Give --branch or --tag, or --here to take the branch of the Git checkout in this folder.`);
    }
    const { name = 'the checkout', ref, commit, pullRequest } = place;
    const source = pullRequest === undefined ? `what ${name} builds` : `the head of pull request #${pullRequest}`;
    const context = {
        eventName: '',
        ...repositoryOf(place, ownSlug ?? inputs.slug),
        own: ref === undefined ? nowhere(place) : [ref, source],
        ref: undefined,
        payload: trigger_event/* EMPTY_PAYLOAD */.vg,
        payloadProblem: undefined,
        headSha: commit,
        pullRequest: pullRequest === undefined ? undefined : { number: pullRequest, fork: undefined },
        actor: undefined,
        workflow: undefined,
        job: undefined,
        runId: undefined,
        runAttempt: 1,
        ownPipeline: env['CIRCLE_PIPELINE_ID'],
        workspace: folder,
        runnerTemp: undefined,
        apiUrl: (0,runner_context/* apiUrlOf */.po)(env['GITHUB_API_URL'])
    };
    return { context, ownSlug };
}
function slugOf({ repository, provider }) {
    const slug = (0,circleci_slug/* parseSlug */.dF)(provider === undefined ? '' : `${provider}/${repository ?? ''}`);
    if (slug !== undefined)
        return slug;
    throw new errors/* InputError */.dz('project-slug', 'is required: give --project-slug, as no repository on GitHub or Bitbucket was found here.');
}
function nowhere({ name }) {
    return name === undefined
        ? 'no variables of a CI say what to build'
        : `the variables of ${name} name neither a branch nor a tag`;
}
/** Where no repository was found, it is the project's own: another one would be built without the ref that was given. */
function repositoryOf({ repository, provider }, slug) {
    if (repository !== undefined || slug === undefined || slug.provider === 'circleci') {
        return { repository, provider };
    }
    return { repository: `${slug.organization}/${slug.project}`, provider: slug.provider };
}

;// CONCATENATED MODULE: ./src/terminal/exit-codes.ts
/** What each exit code says. Numbers: `internal/errors` of CircleCI's own tool (CircleCI-Public/circleci-cli). */
const EXIT_CODES = {
    0: 'passed',
    1: 'failed, whatever CircleCI said',
    2: 'wrong flags or inputs',
    3: 'CircleCI does not accept the token',
    4: 'CircleCI could not be reached, or did not answer the trigger',
    5: 'not found on CircleCI',
    6: 'this command was interrupted',
    8: 'timeout'
};
const BY_REASON = {
    input: 2,
    auth: 3,
    'api-unavailable': 4,
    'trigger-ambiguous': 4,
    'not-found': 5,
    'github-cancelled': 6,
    timeout: 8
};
/** The exit code of a step that ended; one without a verdict did what it was to do. */
function exitCodeOf(verdict) {
    if (verdict === undefined || verdict.passes)
        return 0;
    return (verdict.reason === undefined ? undefined : BY_REASON[verdict.reason]) ?? 1;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(4031);
// EXTERNAL MODULE: ./src/report/progress-log.ts
var progress_log = __webpack_require__(8340);
// EXTERNAL MODULE: ./src/report/outputs.ts
var report_outputs = __webpack_require__(5468);
;// CONCATENATED MODULE: ./src/terminal/files.ts





/** GitLab's limits for a dotenv report: https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */
const ENV_BYTES = 5_000;
const ENV_LINES = 20;
/**
 * Empties the files that were asked for, before anything is triggered: what an earlier run left there is not taken for
 * this one's. Throws an `ActionError` about one it cannot write.
 */
function prepareFiles(files) {
    for (const flag of ['outputs', 'summary', 'report']) {
        const path = files[flag];
        try {
            if (path !== undefined)
                (0,external_node_fs_.writeFileSync)(path, path.endsWith('.json') ? '{}\n' : '');
        }
        catch (error) {
            throw new errors/* ActionError */.lZ('input', `--${flag} names ${path ?? ''}, which cannot be written (${(0,errors/* errorMessage */.gJ)(error)}): nothing was triggered.`);
        }
    }
}
/** Where a command's results go: its files, and the lines or the live view that show how it goes on. */
function toFiles(files, log, view) {
    return {
        // What is left to do is done by the process itself.
        save: () => undefined,
        known: result => {
            writeOutputFile(files, (0,report_outputs/* pipelineOutputs */.lh)(result), result, log);
        },
        result: result => {
            view?.end();
            const report = writeReport(files, result, log);
            writeOutputFile(files, (0,report_outputs/* resultOutputs */.wg)(result, report, Infinity).outputs, result, log);
        },
        summary: async (result) => {
            if (files.summary === undefined)
                return;
            const { renderSummary } = await __webpack_require__.e(/* import() | later */ 707).then(__webpack_require__.bind(__webpack_require__, 7520));
            writeOr(log, 'summary', files.summary, renderSummary(result));
        },
        progress: name => view?.progress(name) ?? new progress_log/* ProgressLog */.qw(log, name)
    };
}
/** Writes the report; returns its path, `undefined` when none was asked for or it cannot be written, which is a warning. */
function writeReport({ report }, result, log) {
    const text = `${JSON.stringify((0,report_outputs/* reportDocument */.ce)(result), null, 2)}\n`;
    return writeOr(log, 'report', report, text) ? report : undefined;
}
/** Writes the outputs as they are known by now; what a `.env` file cannot hold is said in a warning. */
function writeOutputFile({ outputs: path }, outputs, result, log) {
    if (path === undefined)
        return;
    if (path.endsWith('.json')) {
        writeOr(log, 'outputs', path, renderJson(outputs, (0,report_outputs/* reportDocument */.ce)(result)));
        return;
    }
    const { text, left } = renderEnv(outputs, (0,report_outputs/* reportDocument */.ce)(result));
    writeOr(log, 'outputs', path, text);
    if (left.length > 0) {
        log.warning(`${path} leaves out ${left.join(', ')}: GitLab takes at most ${ENV_BYTES} bytes and ${ENV_LINES} variables. A file that ends in ".json" holds them.`);
    }
}
/** Writes a file that was asked for; one that cannot be written is a warning. */
function writeOr(log, flag, path, text) {
    if (path === undefined)
        return false;
    try {
        (0,external_node_fs_.writeFileSync)(path, text);
        return true;
    }
    catch (error) {
        log.warning(`--${flag}: ${path} could not be written: ${(0,errors/* errorMessage */.gJ)(error)}.`);
        return false;
    }
}
/** The outputs under their own names: JSON as JSON, lines as a list, and none of them cut. */
function renderJson(outputs, report) {
    const values = report;
    const entries = Object.entries(outputs).map(([name, text]) => [name, values[name] ?? text]);
    return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
/**
 * `CIRCLECI_PIPELINE_ID=value` lines, one for each output: plain ones always, lists and objects while they fit into what
 * GitLab takes. `left` names those left out.
 */
function renderEnv(outputs, report) {
    const values = report;
    const isPlain = (name) => typeof values[name] !== 'object' || values[name] === null;
    const names = Object.keys(outputs);
    const lines = [];
    const left = [];
    for (const name of [...names.filter(isPlain), ...names.filter(name => !isPlain(name))]) {
        const value = (0,report_escape/* plainLines */.y1)(outputs[name] ?? '').join(' ');
        const line = `CIRCLECI_${name.toUpperCase().replaceAll('-', '_')}=${value}\n`;
        const bytes = Buffer.byteLength([...lines, line].join(''));
        if (isPlain(name) || (bytes < ENV_BYTES && lines.length < ENV_LINES))
            lines.push(line);
        else
            left.push(name);
    }
    return { text: lines.join(''), left };
}

// EXTERNAL MODULE: ./src/base/text.ts
var base_text = __webpack_require__(766);
// EXTERNAL MODULE: ./src/runner/action-defaults.ts
var action_defaults = __webpack_require__(8181);
;// CONCATENATED MODULE: ./src/terminal/action-inputs.ts
// Written by the build from action.yml and the headings of the README's tables, so that the help never drifts.
/** What each input means, by the README's heading above it. */
const DESCRIPTIONS = {
    'Access, and what to build': {
        token: "CircleCI personal API token (project tokens do not work). When empty, the environment's `CIRCLE_TOKEN`, `CIRCLECI_TOKEN` or `CCI_TOKEN` is used. It is masked before anything is printed.",
        host: 'Address of CircleCI - Cloud, or the `https` address of your CircleCI Server.',
        'project-slug': 'Project to build, as `gh/org/repo`, `bb/org/repo` or `circleci/<org>/<project>`. Default - `gh/<this repository>`.',
        branch: 'Branch to build. Default - the ref of the event that started the workflow. Excludes `tag`.',
        tag: 'Tag to build. Excludes `branch`.',
        definition: 'Pipeline definition, by name or id (GitHub App projects and others that are triggered through definitions).',
        'config-branch': 'Branch the CircleCI config is read from, when it differs from what is built. Needs a `definition` or a `circleci/` project. Excludes `config-tag`.',
        'config-tag': 'Tag the CircleCI config is read from, when it differs from what is built. Needs a `definition` or a `circleci/` project. Excludes `config-branch`.',
        parameters: 'Pipeline parameters, a YAML or JSON mapping of strings, integers and booleans; `null` is none. `{request-id}` in a string is replaced by an id of this request, by which its pipeline is found again.',
        pipeline: "`new` triggers a pipeline; `commit` takes every one that CircleCI itself started for the event's commit on its ref, a full SHA those of that commit; an id or a number takes that one. What was taken is never cancelled.",
        pipelines: "Several pipelines in one step - a YAML or JSON mapping of a name to what differs from this step's inputs (`project-slug`, `branch`, `tag`, `definition`, `config-branch`, `config-tag`, `parameters`, `pipeline`, `workflows`, `jobs`, `approve`). `none` is one pipeline, `{}` none at all.",
        'dry-run': 'Check the inputs, the token, the project, the definition and the ref, show the request that would be sent, and trigger nothing.'
    },
    Waiting: {
        wait: "Wait for the verdict of the pipeline's workflows.",
        timeout: 'Longest wait, from the first request on - whole seconds (`90`), or `90s`, `30m`, `1h30m`.',
        'poll-interval': "`auto` (asks when an answer is likely, from the workflow's own history), or a fixed duration of at least `1s`.",
        workflows: 'Names or globs of the workflows that decide the verdict, one a line. A line that begins with `!` excludes (quote it, or use a block). Default - all.',
        jobs: 'Names or globs of the jobs that decide the verdict, one a line, whatever else still runs; nothing is cancelled when they are done. Jobs of the kind `build` by name or glob, others by their exact name, approvals never. A line that begins with `!` excludes (quote it, or use a block). Default - none, whole workflows decide.',
        'fail-fast': 'End as soon as a deciding workflow is failing, or a deciding job has failed; the pipeline is left running.',
        'rerun-failed': 'How many times to rerun a failed workflow from its failed jobs (with `jobs`, one in which a deciding job failed).',
        approve: 'Names or globs of approval jobs, one a line, to approve when they come on hold. Without `wait` the step ends when all of them are approved, by whomever. A line that begins with `!` excludes.',
        'on-hold': 'What to do once only unapproved holds are left - `wait`, `fail` or `succeed`.',
        'on-timeout': 'What becomes of the pipeline this step triggered when the timeout is reached - `cancel` or `leave`.',
        'on-cancel': 'What becomes of the pipeline this step triggered when GitHub cancels the job - `cancel` or `leave`.',
        'on-no-workflows': 'Whether a pipeline that runs no workflows makes the step `fail` or `succeed`.',
        'on-rerun': 'On GitHub\'s "Re-run jobs" - a `new` pipeline, or `from-failed` to rerun what failed in the pipeline of the earlier attempt.'
    },
    'What comes back': {
        artifacts: 'Globs of the artifacts to report, one a line; `job:path` selects by job. A line that begins with `!` excludes (quote it, or use a block). Empty turns it off.',
        'artifacts-path': "Folder in the workspace (or below the runner's temp folder) to download the artifacts into. What lies at the workspace's root is not overwritten.",
        summary: 'Write the job summary.',
        annotations: 'Annotate failed jobs and failed tests.',
        'log-lines': "Lines of each failed step's log to show; `0` turns it off.",
        'github-token': "GitHub token, used only for `commit-status`, `comment`, and to read a pull request's head for `pipeline - commit` on `issue_comment` (`pull-requests read`).",
        'commit-status': 'Context name of a commit status to keep up to date. `context -> glob` makes one that links to an artifact. One a line. Needs `statuses write` permission.',
        comment: '`true`, or a name - keep one pull request comment up to date for this workflow, job, project and name. Steps in parallel give each its name. Needs `pull-requests write` permission.'
    }
};

;// CONCATENATED MODULE: ./src/terminal/flags.ts





/** Inputs that are no flags: tokens would be seen in the list of processes, and the others only mean something on GitHub. */
const NO_FLAGS = new Map([
    [
        'token',
        'is not a flag, as others on the machine could read it: set CIRCLE_TOKEN in the environment'
    ],
    ['github-token', 'is not a flag: set GITHUB_TOKEN in the environment'],
    ['annotations', 'is not a flag: only GitHub shows annotations'],
    ['on-rerun', 'is not a flag: only GitHub can re-run a job in this sense']
]);
/** Where `--commit-status` and `--comment` go: only with this and GITHUB_TOKEN. */
const REPOSITORY = 'github-repository';
/** Every flag, in the order of the inputs and then those the command alone has. */
const FLAGS = [
    ...Object.entries(DESCRIPTIONS).flatMap(([group, inputs]) => Object.entries(inputs).flatMap(([name, description]) => inputFlag(name, group, description))),
    ...ownFlags()
];
function inputFlag(name, group, description) {
    if (NO_FLAGS.has(name) || name === 'summary')
        return [];
    const preset = action_defaults/* DEFAULTS */.z.get(name);
    const value = preset === 'true' || preset === 'false' ? undefined : 'VALUE';
    const repeats = /one a line|mapping/i.test(description);
    return [{ name, group, description, default: preset, value, repeats }];
}
function ownFlags() {
    const groupOf = (input) => Object.entries(DESCRIPTIONS).find(([, inputs]) => input in inputs)?.[0] ?? '';
    return [
        {
            name: 'here',
            group: groupOf('branch'),
            description: 'Take the branch of the Git checkout in this folder, and its commit for `--pipeline commit`. Refused when the branch has commits that were not pushed.'
        },
        {
            name: REPOSITORY,
            group: groupOf('commit-status'),
            description: 'Repository on GitHub that gets `commit-status` and `comment`. Both need it and GITHUB_TOKEN in the environment.',
            value: 'OWNER/NAME'
        },
        {
            name: 'outputs',
            group: 'Files',
            description: 'Write the outputs there: as JSON when the name ends in `.json`, as `CIRCLECI_PIPELINE_ID=value` lines when it ends in `.env`.',
            value: 'FILE'
        },
        {
            name: 'summary',
            group: 'Files',
            description: 'Write the summary there, as Markdown.',
            value: 'FILE'
        },
        {
            name: 'report',
            group: 'Files',
            description: 'Write the whole report there, as JSON.',
            value: 'FILE'
        },
        { name: 'help', group: 'Help', description: 'Show this.' },
        { name: 'version', group: 'Help', description: 'Show the version.' }
    ];
}
const BY_NAME = new Map(FLAGS.map(flag => [flag.name, flag]));
/** Reads the command line. Throws an `ActionError` with everything wrong with it; never shows a value of an unknown flag. */
function parseCommandLine(args) {
    const problems = [];
    const given = valuesOf(args, problems);
    if (given.has('help'))
        return 'help';
    if (given.has('version'))
        return 'version';
    const text = (name) => given.get(name)?.join('\n');
    const repository = text(REPOSITORY);
    if (repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
        problems.push(`--${REPOSITORY} must look like "owner/name".`);
    }
    const asked = ['commit-status', 'comment'].find(name => given.has(name));
    if (asked !== undefined && repository === undefined) {
        problems.push(`--${asked} needs --${REPOSITORY}, and GITHUB_TOKEN in the environment.`);
    }
    const outputs = text('outputs');
    if (outputs !== undefined && !/\.(json|env)$/.test(outputs)) {
        problems.push(`--outputs must name a file that ends in ".json" or ".env".`);
    }
    const inputs = [...given].flatMap(([name, values]) => action_defaults/* DEFAULTS */.z.has(name) && name !== 'summary'
        ? [[`INPUT_${name.toUpperCase()}`, join(name, values, problems)]]
        : []);
    if (problems.length > 0) {
        throw new errors/* ActionError */.lZ('input', [...problems, '"--help" shows every flag.'].join('\n'));
    }
    return {
        inputs: Object.fromEntries(inputs),
        here: text('here') === 'true',
        githubRepository: repository,
        outputs,
        summary: text('summary'),
        report: text('report')
    };
}
/** The values of every flag that was given. */
function valuesOf(args, problems) {
    const options = Object.fromEntries(FLAGS.map(({ name, value }) => [
        name,
        {
            type: value === undefined ? 'boolean' : 'string',
            ...(name === 'help' ? { short: 'h' } : {})
        }
    ]));
    const { tokens } = (0,external_node_util_.parseArgs)({ args: [...args], options, strict: false, tokens: true });
    const given = new Map();
    let knowsAll = true;
    for (const token of tokens) {
        if (token.kind === 'option-terminator')
            continue;
        if (token.kind === 'positional') {
            // Behind an unknown flag it is that one's value, which may be a secret.
            if (knowsAll)
                problems.push(`"${token.value}" is not a flag.`);
            continue;
        }
        const isNegative = token.name.startsWith('no-') && token.value === undefined;
        const name = isNegative ? token.name.slice(3) : token.name;
        const flag = BY_NAME.get(name);
        if (flag === undefined || (isNegative && flag.value !== undefined)) {
            knowsAll = false;
            problems.push(unknown(token.rawName, token.name));
            continue;
        }
        const value = isNegative ? 'false' : flags_valueOf(flag, token, problems);
        const before = given.get(name);
        if (before !== undefined && !flag.repeats)
            problems.push(`--${name} is given twice.`);
        given.set(name, [...(before ?? []), value]);
    }
    return given;
}
function flags_valueOf({ name, value: placeholder }, { value, inlineValue }, problems) {
    if (placeholder === undefined)
        return typeof value === 'string' ? value : 'true';
    if (typeof value !== 'string')
        problems.push(`--${name} needs a value.`);
    else if (inlineValue !== true && value.startsWith('--')) {
        problems.push(`--${name} needs a value; one that begins with "-" is given as --${name}=VALUE.`);
    }
    return typeof value === 'string' ? value : '';
}
function unknown(rawName, name) {
    const why = NO_FLAGS.get(name);
    if (why !== undefined)
        return `--${name} ${why}.`;
    const names = FLAGS.flatMap(flag => flag.value === undefined ? [flag.name, `no-${flag.name}`] : [flag.name]);
    const meant = (0,base_text/* nearest */.pA)(name, names);
    return `${rawName} is not a flag.${meant === undefined ? '' : ` Did you mean --${meant}?`}`;
}
/** Lines of a list, or of a mapping, in which `key=value` stands for the line `key: value`. */
function join(name, values, problems) {
    if (name !== 'parameters')
        return values.join('\n');
    const lines = values.map(value => {
        const [, key, text = ''] = /^([\w.-]+)=(.*)$/s.exec(value) ?? [];
        if (key === undefined)
            return value;
        const isText = text.trim() === '' || text.includes('\n');
        return `${JSON.stringify(key)}: ${isText ? JSON.stringify(text) : text}`;
    });
    if (lines.length > 1 && lines.some(line => line.trimStart().startsWith('{'))) {
        problems.push('--parameters: give one JSON mapping, or a flag for each parameter.');
    }
    return lines.join('\n');
}

;// CONCATENATED MODULE: ./src/terminal/help.ts


const WIDTH = 80;
/** What `--help` shows: every flag in the groups of the README, in the words of action.yml. */
function renderHelp() {
    const groups = [...new Set(FLAGS.map(({ group }) => group))];
    return [
        'Usage: circleci-pipeline [flags]',
        '',
        ...wrap('Triggers a CircleCI pipeline, waits for its true verdict, and shows what failed: the step of the GitHub Action of the same name, for any other CI and for a terminal. On a CI whose variables are known, branch, commit and project are taken from them; flags win.'),
        ...groups.flatMap(group => [
            '',
            `${group}:`,
            ...FLAGS.filter(flag => flag.group === group).flatMap(renderFlag)
        ]),
        '',
        'Environment:',
        '  CIRCLE_TOKEN (or CIRCLECI_TOKEN, CCI_TOKEN)',
        ...wrap('CircleCI personal API token. There is no flag for it.', '      '),
        '  GITHUB_TOKEN',
        ...wrap('Only for --commit-status and --comment, with --github-repository.', '      '),
        '  NO_COLOR, FORCE_COLOR',
        ...wrap('No colours, or colours where there is no terminal.', '      '),
        '',
        'Exit codes:',
        ...Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code}  ${meaning}`),
        '',
        ...wrap('A flag that needs no value is switched off by --no-\u2026, as in --no-wait. A flag for a list or a mapping is given again for each further line. --parameters also takes key=value, typed like YAML.'),
        ''
    ].join('\n');
}
function renderFlag({ name, value, repeats, description, default: preset }) {
    const shown = value === undefined ? '' : ` ${value}${repeats ? ' \u2026' : ''}`;
    const end = preset === undefined || preset === 'false' ? '' : ` (default: ${preset})`;
    return [`  --${name}${shown}`, ...wrap(`${description}${end}`, '      ')];
}
function wrap(text, indent = '') {
    const lines = [];
    let line = indent;
    for (const word of text.split(' ')) {
        if (line !== indent && line.length + 1 + word.length > WIDTH) {
            lines.push(line);
            line = indent;
        }
        line += line === indent ? word : ` ${word}`;
    }
    return [...lines, line];
}

// EXTERNAL MODULE: ./src/circleci/statuses.ts
var statuses = __webpack_require__(8760);
// EXTERNAL MODULE: ./src/report/views.ts
var views = __webpack_require__(8360);
;// CONCATENATED MODULE: ./src/terminal/live-view.ts





const TICK_MS = 1_000;
/**
 * A block at the end of a terminal that shows how the pipelines are doing, redrawn in place after every poll and every
 * second. Whatever else is printed meanwhile goes above it. Lines are not wrapped while it is drawn: it would lose count.
 */
class LiveView {
    write;
    clock;
    rows;
    shown = new Map();
    height = 0;
    stopTick;
    /** `rows`: how many lines the terminal has. */
    constructor(write, clock, rows) {
        this.write = write;
        this.clock = clock;
        this.rows = rows;
    }
    /** The block for these pipelines, which may become more. */
    progress(pipelines) {
        const news = new progress_log/* ProgressLog */.qw({ info: () => undefined }, pipelines);
        return {
            show: (update, pipeline) => {
                this.shown.set(pipeline, { update, at: this.clock.now(), pipelines });
                this.redraw();
                return news.show(update, pipeline);
            },
            counts: () => news.counts()
        };
    }
    /** Prints above the block. */
    print(text) {
        this.write(this.erased() + text);
        this.draw();
    }
    /** Leaves the block as it is: what comes now goes below it. */
    end() {
        this.stopTick?.();
        this.stopTick = undefined;
        this.shown.clear();
        this.height = 0;
    }
    redraw() {
        this.write(this.erased());
        this.draw();
        this.stopTick?.();
        this.stopTick = this.clock.alarm(TICK_MS, () => {
            this.redraw();
        });
    }
    erased() {
        const { height } = this;
        this.height = 0;
        return height === 0 ? '' : `\x1b[${height}A\x1b[0J`;
    }
    draw() {
        const lines = [...this.shown].flatMap(([one, { update, at, pipelines }]) => renderBlock((0,views/* labelOf */.Wy)(one, pipelines), later(update, this.clock.now() - at)));
        // What has scrolled off cannot be erased.
        const fitting = lines.slice(-Math.max(1, this.rows() - 1));
        if (fitting.length === 0)
            return;
        this.height = fitting.length;
        this.write(`\x1b[?7l${fitting.map(line => `${line}\n`).join('')}\x1b[?7h`);
    }
}
/** The lines for one pipeline: its workflows, what is to be known beside them, and how long it has been. */
function renderBlock(label, { workflows, remarks, state, elapsedMs, eta }) {
    const waiting = state === undefined ? 'waiting for workflows' : `the pipeline's state is "${state}"`;
    const lines = [
        ...(workflows.length === 0 ? [`\u25cc ${waiting}`] : workflows.map(progress_log/* renderChange */.vN)),
        ...remarks,
        `\u2026 ${(0,base_text/* formatDuration */.a3)(elapsedMs)}${eta === undefined ? '' : ` \u00b7 ${eta}`}`
    ];
    return lines.map(line => (0,report_escape/* plainLines */.y1)((0,views/* prefixOf */.MT)(label) + line).join(' '));
}
function later(update, ms) {
    return {
        ...update,
        elapsedMs: update.elapsedMs + ms,
        workflows: update.workflows.map(workflow => (0,statuses/* isUnfinished */.ui)(workflow.status)
            ? {
                ...workflow,
                elapsedMs: workflow.elapsedMs + ms,
                remainingMs: workflow.remainingMs === undefined ? undefined : workflow.remainingMs - ms
            }
            : workflow)
    };
}

// EXTERNAL MODULE: ./src/base/log.ts
var base_log = __webpack_require__(3179);
;// CONCATENATED MODULE: ./src/terminal/log.ts


/** Every CI's words for a command, wherever they stand in a line (GitLab's and Azure's) or at its start (Buildkite's). */
const COMMANDS = /##(?=vso\[)|section_(?=start:|end:)/gi;
const LINE_START = /^\s*(?:---|\+\+\+|~~~|\^\^\^)/;
const RED = 31;
const YELLOW = 33;
const BOLD = 1;
/**
 * Makes the log of a command. No place takes anything of it for its own syntax but what this file writes: text loses
 * its control characters, the words of every CI's commands are taken apart, and all but the first line of a message is quoted.
 *
 * GitLab: https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
 * Buildkite: https://buildkite.com/docs/pipelines/configure/managing-log-output
 * Azure: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
function createTerminalLog(options) {
    const { write, mask, sections, isDebug } = options;
    const paint = (code, text) => options.colour ? `\x1b[${code}m${text}\x1b[0m` : text;
    const isAzure = sections === 'azure';
    let isInSection = false;
    let count = 0;
    const say = (text, label = '', code) => {
        // Buildkite's sections only end where the next begins.
        if (isInSection && sections === 'buildkite')
            write('+++ CircleCI pipeline\n');
        isInSection = false;
        const [first = '', ...others] = (0,report_escape/* plainLines */.y1)(mask.text(text));
        const start = code === undefined ? label : paint(code, label);
        const line = label === '' ? harmless(first) : `${start} ${inside(first)}`;
        write(`${[line, ...(0,report_escape/* quotedLines */.Gi)(others).map(inside)].join('\n')}\n`);
    };
    const log = (0,base_log/* makeLog */.Zp)((level, message) => {
        if (level === 'warning')
            say(message, isAzure ? '##[warning]' : 'Warning:', YELLOW);
        else if (level === 'error')
            say(message, isAzure ? '##[error]' : 'Error:', RED);
        else if (level !== 'debug')
            say(message);
        else if (isDebug)
            say(message, 'Debug:');
    }, (title, lines) => {
        count += 1;
        const id = `${Math.floor(options.now() / 1000)}:circleci_pipeline_${count}`;
        const heading = paint(BOLD, harmless((0,report_escape/* plainLines */.y1)(mask.text(title)).join(' ')));
        const body = (0,report_escape/* quotedLines */.Gi)(mask.data(lines)).map(line => `${inside(line)}\n`);
        write([...opening(sections, heading, id), ...body, ...closing(sections, id)].join(''));
        isInSection = true;
    });
    // Only GitHub shows annotations; what they say is in the groups and the error.
    return { ...log, annotate: () => undefined };
}
function opening(sections, title, id) {
    if (sections === 'gitlab')
        return [`\x1b[0Ksection_start:${id}[collapsed=true]\r\x1b[0K${title}\n`];
    if (sections === 'azure')
        return [`##[group]${title}\n`];
    return [`${sections === 'buildkite' ? '---' : '\u25b8'} ${title}\n`];
}
function closing(sections, id) {
    if (sections === 'gitlab')
        return [`\x1b[0Ksection_end:${id}\r\x1b[0K\n`];
    return sections === 'azure' ? ['##[endgroup]\n'] : [];
}
/** One whole line in which no CI finds a command. */
function harmless(line) {
    const safe = inside(line);
    return LINE_START.test(safe) ? `| ${safe}` : safe;
}
/** The same for text that does not stand at the start of a line. */
function inside(line) {
    return (0,report_escape/* defuse */.VP)(line).replace(COMMANDS, '$& ');
}
/** How the CI that set these variables folds a block. */
function sectionsOf(env) {
    if (env['GITLAB_CI'] === 'true')
        return 'gitlab';
    if (env['BUILDKITE'] === 'true')
        return 'buildkite';
    return env['TF_BUILD'] === undefined ? undefined : 'azure';
}
/** Whether to colour, by the usual conventions: https://no-color.org, https://force-color.org. */
function wantsColour(env, isTerminal) {
    const forced = env['FORCE_COLOR'] ?? '';
    if ((env['NO_COLOR'] ?? '') !== '')
        return false;
    if (forced !== '')
        return !/^(?:0|false)$/i.test(forced);
    return isTerminal && env['TERM'] !== 'dumb';
}

;// CONCATENATED MODULE: ./src/command.ts





















/** The step as a command, outside of GitHub: `args` are its flags. Returns its exit code; never rejects. */
async function command(args, interruption, process, world = play/* MACHINE */.Wp) {
    let line;
    try {
        line = parseCommandLine(args);
    }
    catch (error) {
        process.stderr.write(`${(0,errors/* errorMessage */.gJ)(error)}\n`);
        return 2;
    }
    if (line === 'help' || line === 'version') {
        process.stdout.write(line === 'help' ? renderHelp() : `${version/* VERSION */.x}\n`);
        return 0;
    }
    const { env } = process;
    const mask = new base_mask/* Mask */.n([...(0,play/* spellingsOf */.Hz)((0,input_values/* rawToken */.EM)('', env)), ...(0,play/* spellingsOf */.Hz)(env['GITHUB_TOKEN'])]);
    const { log, delivery } = outputOf(line, mask, process, world);
    try {
        return await command_run({ line, log, mask, delivery, process, world }, interruption);
    }
    catch (error) {
        log.error((0,errors/* unexpected */.os)(error));
        log.debug(error instanceof Error ? (error.stack ?? '') : String(error));
        return 1;
    }
}
/** The log, and where results go: on a terminal with a live view in between. */
function outputOf(line, mask, { env, stdout }, { clock }) {
    const print = (text) => {
        stdout.write(text);
    };
    const sections = sectionsOf(env);
    const isTerminal = stdout.isTTY === true && sections === undefined;
    const view = isTerminal ? new LiveView(print, clock, () => stdout.rows ?? 24) : undefined;
    const log = createTerminalLog({
        write: text => {
            if (view === undefined)
                print(text);
            else
                view.print(text);
        },
        mask,
        sections,
        colour: wantsColour(env, stdout.isTTY === true),
        isDebug: env['RUNNER_DEBUG'] === '1',
        now: () => clock.now()
    });
    return { log, delivery: toFiles(line, log, view) };
}
async function command_run(one, { signal, lastWords }) {
    const { log, mask, delivery, world } = one;
    (0,external_node_events_.setMaxListeners)(0);
    (0,external_node_events_.setMaxListeners)(0, signal);
    const startedAt = world.clock.now();
    let prepared;
    try {
        prepared = await prepare(one);
    }
    catch (error) {
        if (!(error instanceof errors/* ActionError */.lZ))
            throw error;
        const step = (0,record/* stepRecord */.oU)({ startedAt, eventCommit: undefined });
        step.verdict = (0,record_result/* failed */.gz)(error);
        const result = mask.data((0,record/* resultOf */.Bg)(step, world.clock.now()));
        delivery.result(result);
        await delivery.summary(result);
        log.error(error.message);
        return exitCodeOf(step.verdict);
    }
    const step = (0,record/* stepRecord */.oU)({ startedAt, eventCommit: prepared.context.headSha });
    lastWords(() => mask.text(whatMayRun(step, prepared.inputs.host)));
    await (0,play/* playStep */.JG)(prepared, { step, log, mask, signal, world, delivery });
    if (signal.aborted)
        await finish(step, prepared, one);
    return exitCodeOf(step.verdict);
}
/** There is no post step: after a cancel the command itself does its work. */
async function finish(step, { inputs, token, context }, { log, mask, world }) {
    const state = (0,runner_state/* stateOf */.L4)(step);
    if ((0,runner_state/* isNothingLeft */.D8)(state))
        return;
    log.info('Interrupted: this command goes on for at most a minute to cancel what it started. A second signal ends it at once.');
    await (0,post/* finishStep */.IT)(state, inputs, token, { context, log, mask, world });
}
/** What is said when a second signal leaves no time to cancel. */
function whatMayRun(step, host) {
    const { intents, pipelines } = (0,runner_state/* stateOf */.L4)(step);
    const links = (0,circleci_slug/* linksFor */.h8)(host);
    return [
        ...pipelines.map(({ number, slug }) => `Pipeline #${number} may run on: ${links.pipeline(slug, number)}\n`),
        ...intents.map(intent => {
            const slug = (0,trigger_intent/* slugOfIntent */.DB)(intent);
            return `A pipeline of ${(0,circleci_slug/* formatSlug */.Hr)(slug)} may have been triggered: look at ${links.project(slug)}\n`;
        })
    ].join('');
}
/** Everything that can be checked without a request. Throws an `ActionError`. */
async function prepare({ line, log, process }) {
    const { env } = process;
    prepareFiles(line);
    const place = line.here ? await checkoutOf(process.cwd()) : surroundingsOf(env);
    const { CIRCLE_TOKEN, CIRCLECI_TOKEN, CCI_TOKEN, GITHUB_TOKEN } = env;
    const github = line.githubRepository === undefined ? {} : { 'INPUT_GITHUB-TOKEN': GITHUB_TOKEN };
    const inputs = await (0,runner_inputs/* readInputs */.K)({
        ...line.inputs,
        ...github,
        CIRCLE_TOKEN,
        CIRCLECI_TOKEN,
        CCI_TOKEN
    });
    if (inputs.token === undefined) {
        throw new errors/* InputError */.dz('token', 'is missing: set CIRCLE_TOKEN in the environment to a personal API token of CircleCI (User Settings > Personal API Tokens).');
    }
    const wantsGitHub = inputs.commitStatuses.length > 0 || inputs.comment !== false;
    if (wantsGitHub && inputs.githubToken === undefined) {
        throw new errors/* InputError */.dz(inputs.comment === false ? 'commit-status' : 'comment', 'needs a token of GitHub: set GITHUB_TOKEN in the environment.');
    }
    const { context, ownSlug } = contextOf(place, line, inputs, { env, folder: process.cwd() });
    const idle = inputs.idle.map(name => `--${name}`);
    if (idle.length > 0)
        log.warning(`Without --wait there is no effect of ${idle.join(', ')}.`);
    const downloadFolder = await (0,play/* folderFor */.Af)(inputs, context);
    return { inputs, context, ownSlug, token: inputs.token, downloadFolder };
}


/***/ })

};
