/**
 * Runs in a page before its own scripts, and measures in the page's own time. Plain JavaScript as text, as it is compiled
 * for no browser here.
 *
 * - `bench.usable`: resolves to the milliseconds from the navigation's start until the command line has the focus, knows
 *   its commands (where the page asks for some), and is painted.
 * - `bench.arm(wanted)`: the next key press is timed until the suggestions are `wanted` and painted; `bench.read()` gives
 *   the milliseconds, or null when they have not come.
 */
export const IN_PAGE = `(() => {
  const painted = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  });

  const isUsable = () => {
    const focused = document.activeElement?.getAttribute("role") === "combobox";
    const asked = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/api/commands"));
    const asks = document.querySelector("script[src]") !== null;
    return focused && (!asks || asked.some(({ responseEnd }) => responseEnd > 0));
  };
  const usable = new Promise((resolve) => {
    const look = () => (isUsable() ? painted(resolve) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });

  let wanted, pressedAt, took;
  const shown = () =>
    [...document.querySelectorAll("footer [role=listbox] [role=option]")].filter((one) => one.offsetParent !== null);
  const check = () => {
    if (wanted === undefined || pressedAt === undefined) return;
    const options = shown();
    if (options.length !== wanted.length || !options.every((one, at) => one.textContent.includes(wanted[at]))) return;
    const since = pressedAt;
    wanted = pressedAt = undefined;
    painted((now) => { took = now - since; });
  };
  addEventListener("keydown", ({ timeStamp }) => { pressedAt = timeStamp; }, true);
  new MutationObserver(check).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  globalThis.bench = {
    usable,
    arm(list) { wanted = list; pressedAt = took = undefined; },
    read() { const result = took ?? null; wanted = undefined; return result; },
  };
})();`;
