import { expect, test } from "vitest";
import { actions } from "../registered.js";
import { describeInBrowser, eventually, sharedSandbox } from "./browser.js";
import { startScriptedBot } from "./scripted-bot.js";

describeInBrowser("the command line", (visits) => {
  const sandbox = sharedSandbox();

  test("takes a command, a suggestion of the bot, and gives the answer, by the keyboard alone", async () => {
    const person = await visits.open(sandbox());
    await person.types("/pri");
    await person.takes("Check what an item costs on the auction");
    await person.types("cind");
    await person.suggestion("Cinder Seed").waitFor();
    await person.presses("Enter");
    await person.suggestion("Cinder Seed").waitFor({ state: "hidden" });
    await person.presses("Enter");
    const answer = person.message("Cinder Seed · EU");
    await answer.waitFor();
    const text = await answer.innerText();
    expect(text).toContain("Cheapest now");
    expect(text).toContain("Simulated world: no real prices, no real people");
    // Ready for the next one.
    await person.types("/");
    await person.suggestion("/emission").waitFor();
  });

  test("narrows the list to what is typed, and sends nothing while an option is missing", async () => {
    const person = await visits.open(sandbox(), { channel: "trading" });
    await person.types("/");
    await person.suggestion("/emission").waitFor();
    expect(await person.suggestions.count()).toBeGreaterThan(6);
    await person.types("clan");
    const fitting = actions.filter(({ path }) => /\bclan/.test(path)).length;
    await eventually(() => person.suggestions.allInnerTexts()).toHaveLength(fitting);
    await person.presses("Escape");
    await person.begins("price");
    await person.presses("Enter");
    await person.page.getByRole("alert").filter({ hasText: "item" }).waitFor();
    expect(await person.messages.count()).toBe(0);
  });

  test("takes a click where one has a mouse", async () => {
    const person = await visits.open(sandbox(), { channel: "alerts" });
    await person.line.first().click();
    await person.types("/reg");
    await person.suggestion("/regions").click();
    await person.button("Send").click();
    await person.message("NORTH AMERICA").waitFor();
  });

  test("offers optional options and their suggestions", async () => {
    const person = await visits.open(sandbox(), { channel: "@me" });
    await person.begins("emission");
    await person.types("reg");
    await person.takes("region");
    await person.types("NA");
    await person.takes("NORTH AMERICA");
    await person.presses("Enter");
    await person.message("Emission · NA").waitFor();
  });

  test("has a picker for every kind of option", async () => {
    const { address } = await startScriptedBot();
    const person = await visits.open(address);
    await person.begins("order");
    await person.types("med");
    await person.takes("medium");
    for (const [option, typed, offered] of [
      ["note", "fresh"],
      ["count", "7"],
      ["weight", "2.5"],
      ["fragile", "t", "true"],
      ["buyer", "mi", "Mira"],
      ["where", "tra", "trading"],
      ["team", "every", "everyone"],
      ["anyone", "ves", "Vesper"],
    ] as const) {
      await person.types(option);
      await person.takes(option);
      await person.option(option).waitFor();
      await person.types(typed);
      if (offered === undefined) await person.presses("Tab");
      else await person.takes(offered);
    }
    await person.presses("Enter");
    const ordered = /size=m note=fresh count=7 weight=2.5 fragile=true buyer=\d+ where=\d+ team=\d+ anyone=\d+/;
    await person.message(ordered).waitFor();
  });

  test("sends no value that the option does not take", async () => {
    const { address } = await startScriptedBot();
    const person = await visits.open(address);
    const problem = person.page.getByRole("alert");
    for (const [option, typed] of [
      ["count", "11"],
      ["count", "many"],
      ["weight", "heavy"],
      ["note", "a text that is longer than twenty letters"],
    ] as const) {
      await person.begins("order");
      await person.types("small");
      await person.presses("Tab");
      await person.types(option);
      await person.presses("Tab");
      await person.option(option).waitFor();
      await person.types(typed);
      await person.presses("Enter");
      await problem.filter({ hasText: option }).waitFor();
      await person.presses("Escape");
      await problem.filter({ hasText: option }).waitFor({ state: "hidden" });
    }
    expect(await person.messages.count()).toBe(0);
  });
});
