import axe, { type AxeResults } from "axe-core";
import { expect, test } from "vitest";
import { describeInBrowser, eventually, sharedSandbox } from "./browser.js";
import type { Person } from "./person.js";

const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };

describeInBrowser("people with a screen reader, without colours or with weak eyes", (visits) => {
  const sandbox = sharedSandbox();

  test.each([
    ["a dark page", "general", { colorScheme: "dark" }],
    ["a light page", "trading", { colorScheme: "light" }],
    ["a page on a phone", "alerts", { colorScheme: "dark", ...phone }],
  ] as const)("can use %s, empty, while typing, with answers, with a form", async (_name, channel, device) => {
    const person = await visits.open(sandbox(), { channel }, device);
    expect(await obstacles(person)).toEqual([]);

    await person.types("/");
    await person.suggestion("/emission").waitFor();
    expect(await obstacles(person)).toEqual([]);

    await person.types("price");
    await person.presses("Tab");
    await person.types("cind");
    await person.suggestion("Cinder Seed").waitFor();
    // Suggestions for less than what stands there are pale for a moment.
    await eventually(() => obstacles(person)).toEqual([]);

    await person.takes("Cinder Seed");
    await person.presses("Enter");
    await person.message("Cheapest now").waitFor();
    await person.uses("help");
    await person.message("Only you can see this").waitFor();
    await person.uses("clan list");
    await person.button("1 / 4").waitFor();
    expect(await obstacles(person)).toEqual([]);

    await person.button("1 / 4").click();
    await person.page.getByRole("dialog").waitFor();
    expect(await obstacles(person)).toEqual([]);
    await person.presses("Escape");

    for (const drawer of ["World and requests", "Channels and who you are"]) {
      const button = person.button(drawer);
      if (!(await button.isVisible())) continue;
      if ((await button.getAttribute("aria-expanded")) === "false") await button.click();
      expect(await obstacles(person)).toEqual([]);
    }
  });
});

/** What axe finds serious or worse, in words. */
async function obstacles({ page }: Person): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
