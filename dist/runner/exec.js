// Stands in for @actions/exec in the bundle: of it @actions/core takes what describes the machine, which no step asks for,
// and with it all that starts processes.
/** Starts nothing. */
export function getExecOutput() {
    throw new Error('This action starts no processes.');
}
