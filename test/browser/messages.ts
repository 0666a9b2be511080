import { expect, test } from "vitest";
import { describeInBrowser, eventually, sharedSandbox } from "./browser.js";
import { HOSTILE, PLACES, startScriptedBot } from "./scripted-bot.js";

describeInBrowser("a message", (visits) => {
  const sandbox = sharedSandbox();

  test("turns its pages by the keyboard, and the focus stays on the button", async () => {
    const person = await visits.open(sandbox());
    await person.uses("clan list");
    const next = person.button("›");
    await next.waitFor();
    await next.focus();
    await person.presses("Enter");
    await person.button("2 / 4").waitFor();
    await person.presses("Space");
    await person.button("3 / 4").waitFor();
    await person.button("«").press("Enter");
    await person.button("1 / 4").waitFor();
    expect(await person.button("«").isDisabled()).toBe(true);
  });

  test("opens a form; closed, it changes nothing; filled in and sent, it does", async () => {
    const person = await visits.open(sandbox(), { channel: "trading" });
    await person.uses("clan list");
    await person.button("1 / 4").press("Enter");
    const form = person.page.getByRole("dialog", { name: "Go to page" });
    await form.waitFor();
    await person.presses("Escape");
    await form.waitFor({ state: "detached" });
    await person.button("1 / 4").press("Enter");
    await form.getByRole("textbox", { name: "Page, 1 to 4" }).waitFor();
    await person.types("3");
    await person.presses("Enter");
    await person.button("3 / 4").waitFor();
    await form.waitFor({ state: "detached" });
  });

  test("opens a form with lines, paragraphs and a menu, which is sent once all of it is right", async () => {
    const { address } = await startScriptedBot();
    const person = await visits.open(address);
    await person.uses("form");
    const form = person.page.getByRole("dialog", { name: "Report" });
    const headline = form.getByRole("textbox", { name: "Headline" });
    await headline.fill("No");
    await person.presses("Enter");
    await eventually(() => headline.getAttribute("aria-invalid")).toBe("true");
    await headline.fill("Anomaly");
    await form.getByRole("textbox", { name: "Details" }).fill("by the river");
    await form.getByRole("group", { name: "Danger" }).getByRole("button").press("Enter");
    await person.presses("End", "Enter");
    await form.getByRole("button", { name: "Submit" }).press("Enter");
    await person.message("reported: Anomaly / by the river / high").waitFor();
  });

  test("takes choices in menus of every kind", async () => {
    const { address } = await startScriptedBot();
    const person = await visits.open(address);
    for (const [menu, choice, said] of [
      ["Pick one", "Epic", "chosen: epic"],
      ["Pick a person", "Mira", /chosen: \d+/],
      ["Pick a role", "everyone", /chosen: \d+/],
      ["Pick anyone", "Vesper", /chosen: \d+/],
      ["Pick a channel", "trading", /chosen: \d+/],
    ] as const) {
      await person.uses("menus");
      const message = person.message("one of each");
      await message.getByRole("button", { name: menu }).press("Enter");
      await message.getByRole("option", { name: choice }).waitFor();
      await person.types(choice.slice(0, 3));
      await person.presses("Enter");
      await person.message(said).waitFor();
      await person.line.first().focus();
    }
    await person.button("Pick two").last().press("Enter");
    const several = person.page.getByRole("listbox", { name: "Pick two" });
    await several.getByRole("option", { name: "Bread" }).click();
    await several.getByRole("option", { name: "Bandage" }).click();
    await person.page.getByRole("button", { name: /^Done/ }).click();
    await person.message("chosen: bread and bandage").waitFor();
  });

  test("that never comes is a failure that one can read and dismiss", async () => {
    const { address } = await startScriptedBot(100);
    const person = await visits.open(address);
    await person.uses("silence");
    const failure = person.message("The application did not respond");
    await failure.waitFor();
    await person.button("Dismiss message").click();
    await failure.waitFor({ state: "detached" });
  });

  test("has a picture with words for it, which opens in full size", async () => {
    const person = await visits.open(sandbox(), { channel: "alerts" });
    await person.uses("history", "Cinder Seed");
    const picture = person.page.getByRole("button", { name: /^Chart of Cinder Seed, EU, 7 days/ });
    await picture.waitFor();
    await picture.getByRole("img", { name: /^Chart of Cinder Seed/ }).waitFor();
    const width = "document.querySelector('.embed-image img').naturalWidth";
    await eventually(() => person.page.evaluate<number>(width)).toBe(1_000);
    await picture.press("Enter");
    await person.page.getByRole("dialog", { name: /^Chart of Cinder Seed/ }).waitFor();
    await person.presses("Escape");
    await picture.waitFor();
  });

  test("about a clan and a character with hostile names shows them as text", async () => {
    const person = await visits.open(sandbox(), { channel: "@me" });
    await person.begins("clan info");
    await person.types("<b>");
    await person.takes("[<b>] <script>alert(1)</script>");
    await person.presses("Enter");
    await person.message("[<b>] <script>alert(1)</script>").waitFor();
    await person.uses("clan info", "<@123>");
    await person.message("<img src=x onerror=alert(1)>").waitFor();
    await person.begins("character profile");
    await person.types("name");
    await person.presses("Tab");
    await person.writes("<img src=x onerror=alert(1)>");
    await person.presses("Enter");
    await person.message("There is no character <img src=x onerror=alert(1)>").waitFor();
    expect(await person.page.locator("img[src=x], [onerror], b, a[href*=evil]").count()).toBe(0);
  });

  test("shows hostile texts as text wherever a bot can put them", async () => {
    const { address } = await startScriptedBot();
    const person = await visits.open(address);
    for (const text of HOSTILE) {
      await person.begins("hostile");
      await person.types("text");
      await person.presses("Tab");
      await person.writes(text);
      await person.presses("Enter");
      const message = person.message(`shown ${text}`);
      await message.waitFor();
      expect((await message.innerText()).split(text).length - 1).toBeGreaterThanOrEqual(PLACES);
      await message.getByRole("button", { name: text }).first().press("Enter");
      await person.page.getByRole("dialog", { name: text }).waitFor();
      await person.presses("Escape");
      await person.line.first().focus();
    }
    expect(await person.page.locator("article a, article b, [onerror], [src=x], iframe, object").count()).toBe(0);
  });
});
