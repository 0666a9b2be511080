import { setFlagsFromString } from "node:v8";

/*
 * Flags of V8 that keep a process small which waits most of its time. Measured on Node 20 with `npm run bench -- memory`.
 */

// The embedded database is 9 MB of WebAssembly. Compiled twice, as is the default, its code takes some 60 MB more and the
// second compilation competes with the first answers; its queries are not slower with the first one alone.
setFlagsFromString("--liftoff-only");
// By default the heap may grow to several times what is alive before V8 collects.
setFlagsFromString("--heap-growing-percent=40");
// The space for young objects stays at its first size, instead of growing to 32 MB at the start and keeping it.
setFlagsFromString("--semi-space-growth-factor=1");
// Each function is compiled, simply, before it runs for the first time instead of after some rounds in the interpreter: right
// after a start, when everything is new, a crowd is answered in three quarters of the time.
setFlagsFromString("--always-sparkplug");
