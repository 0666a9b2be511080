import { Session } from "node:inspector";
import { setFlagsFromString } from "node:v8";

/*
 * Flags of V8 that keep a process small which waits most of its time. Measured on Node 20 with `npm run bench -- memory`.
 */

// The embedded database is 9 MB of WebAssembly. Compiled twice, as is the default, its code takes some 60 MB more and the
// second compilation competes with the first answers; its queries are not slower with the first one alone.
setFlagsFromString("--liftoff-only");
// By default the heap may grow to several times what is alive before V8 collects.
setFlagsFromString("--heap-growing-percent=40");
// Each function is compiled, simply, before it runs for the first time instead of after some rounds in the interpreter: right
// after a start, when everything is new, a crowd is answered in three quarters of the time.
setFlagsFromString("--always-sparkplug");

/**
 * What a start leaves behind goes back to the machine: 40 MB that V8 would keep, as a bot that waits allocates too little to
 * make it collect. Takes a tenth of a second. This way also gives back the space for young objects, which `gc` keeps as large
 * as it was: so it may grow when there is much to do.
 */
export function collectGarbage(): void {
  const session = new Session();
  session.connect();
  session.post("HeapProfiler.collectGarbage", () => {
    // Not before the answer has returned: to disconnect within it waits for itself.
    setImmediate(() => {
      session.disconnect();
    });
  });
}
