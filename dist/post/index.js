"use strict";
// The usual end: nothing is left to do, and the steps' code is not even read.
if ((process.env['STATE_left'] ?? '') !== '') {
    const { post } = await import("../steps.js");
    await post();
}
