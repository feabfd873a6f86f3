#!/usr/bin/env node
import { onCancel } from "../runner/signals.js";
// First of all, as in a step of GitHub's. A second signal ends the command at once, and leaves only a few words.
let lastWords = () => '';
const atOnce = {
    alarm: (_ms, action) => {
        action();
        return () => undefined;
    }
};
const end = () => {
    process.stderr.write(lastWords());
    process.exit(6);
};
const cancellation = onCancel(process, end, atOnce, 'This command was interrupted');
const { command } = await import("../steps.js");
// The `await` is load-bearing: without it a promise that never settles would end the process with 0, a false green.
process.exitCode = await command(process.argv.slice(2), {
    signal: cancellation.signal,
    lastWords: words => {
        lastWords = words;
    }
}, process);
// Nothing that is still under way is worth waiting for once it was interrupted.
if (cancellation.signal.aborted)
    process.stdout.write('', () => process.exit());
else
    cancellation.dispose();
