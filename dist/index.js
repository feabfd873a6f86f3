import { systemClock } from "./base/clock.js";
import { onCancel } from "./runner/signals.js";
// First of all, before the steps' code is even read: a signal in the first milliseconds has to end this step with its
// outputs, not kill it.
const cancellation = onCancel(process, code => process.exit(code), systemClock);
const { main } = await import("./steps.js");
// The `await` is load-bearing: without it a promise that never settles would end the process with 0, a false green.
await main(cancellation);
