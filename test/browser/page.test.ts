// One file, for a worker has a Chromium of its own: to start another one takes longer than most of these tests. Alone:
// `npx vitest test/browser -t "linking an account"`.
import "./messages.js";
import "./accessibility.js";
import "./world.js";
import "./command-line.js";
import "./conversation.js";
import "./frame.js";
import "./linking.js";
