import { expect, test } from "vitest";
import { ShiftedClock } from "../bot/bot.js";
import { describeInBrowser, eventually, sharedSandbox } from "./browser.js";
import type { Person } from "./person.js";

const HOUR_MS = 3_600_000;

describeInBrowser("the world's panel", (visits) => {
  const clock = new ShiftedClock();
  const sandbox = sharedSandbox(clock);

  test("breaks the game's API: a polite line, or what was known; repaired, the answer", async () => {
    const person = await visits.open(sandbox());
    const troubles = panelOf(person).getByRole("combobox", { name: "The game's API" });
    for (const [trouble, said] of [
      // At first nothing is known that could be shown.
      ["fails (500)", ["The game's API is down right now", "Only you can see this"]],
      ["refuses (429)", ["The request limit of the game's API is used up. This is what I knew", "Emission · EU"]],
      ["is down", ["The game's API does not answer. This is what I knew", "Emission · EU"]],
    ] as const) {
      await troubles.selectOption(trouble);
      await person.line.first().focus();
      await person.uses("emission");
      for (const words of said) await eventually(() => newest(person)).toContain(words);
      await troubles.selectOption("works");
      // The bot spares an API that failed for a while.
      clock.shift += 60_000;
      await person.line.first().focus();
      await person.uses("emission");
      await eventually(() => newest(person)).toMatch(/^(?![^]*what I knew)[^]*Emission · EU/);
    }
  });

  test("starts and ends an emission, which the bot then tells of, and puts up a lot of anything", async () => {
    const person = await visits.open(sandbox(), { channel: "trading" });
    const panel = panelOf(person);
    const region = panel.getByRole("combobox", { name: "Region" }).first();
    await region.selectOption("EU");
    for (const [deed, said] of [
      ["Start one now", "An emission is under way"],
      ["End it", "no emission right now"],
    ] as const) {
      await panel.getByRole("button", { name: deed }).click();
      // The bot does not ask the game twice within a second, however fast somebody types.
      clock.shift += 60_000;
      await person.line.first().focus();
      await person.uses("emission");
      await person.message(said).waitFor();
    }
    await panel.getByText("The bot is not waiting for any lots here.").waitFor();
    await panel.getByText("Add any lot").click();
    await panel.getByRole("combobox", { name: "Item" }).selectOption("Cinder Seed");
    await panel.getByLabel("Price per piece").fill("1");
    await panel.getByRole("button", { name: "Add lot", exact: true }).click();
    await panel.getByText("Lot added.").waitFor();
    await person.page.getByRole("link", { name: "news" }).waitFor();
    expect(await person.page.getByRole("link", { name: "board" }).count()).toBe(0);
  });

  test("stops time, hurries it sixtyfold, and every page with it", async () => {
    const person = await visits.open(sandbox());
    const other = await visits.open(sandbox(), { person: "mira" });
    const speed = async (name: string) => {
      await panelOf(person).getByRole("button", { name }).click();
      await eventually(() => pressed(other, name)).toBe("true");
      return worldTime(person);
    };
    const stopped = await speed("Pause");
    clock.shift += HOUR_MS;
    expect(await worldTime(person)).toBe(stopped);
    await speed("×60");
    clock.shift += 60_000;
    const hurried = await worldTime(person);
    expect(hurried).toBeGreaterThanOrEqual(stopped + HOUR_MS);
    await speed("×1");
    clock.shift += HOUR_MS;
    expect(await worldTime(person)).toBeGreaterThanOrEqual(hurried + HOUR_MS);
  });

  test("shows a clock that stands still when time does, and else moves", async () => {
    const person = await visits.open(sandbox(), {}, {});
    const { clock: pageClock } = person.page;
    const shown = panelOf(person).getByRole("time").first();
    await pageClock.install();
    await person.page.reload();
    await shown.waitFor();
    const seconds = async () => Date.parse((await shown.getAttribute("datetime")) ?? "") / 1000;
    await panelOf(person).getByRole("button", { name: "Pause" }).click();
    await eventually(() => pressed(person, "Pause")).toBe("true");
    const [still, text] = [await seconds(), await shown.innerText()];
    await pageClock.runFor(10_000);
    expect([await seconds(), await shown.innerText()]).toEqual([still, text]);
    await panelOf(person).getByRole("button", { name: "×60" }).click();
    await eventually(() => pressed(person, "×60")).toBe("true");
    await pageClock.runFor(10_000);
    await eventually(seconds).toBeGreaterThanOrEqual(still + 600);
    await panelOf(person).getByRole("button", { name: "×1" }).click();
    await eventually(() => pressed(person, "×1")).toBe("true");
  });

  test("slows the game's API down: the bot is seen thinking, then answers", async () => {
    const person = await visits.open(sandbox(), { channel: "alerts" });
    const troubles = panelOf(person).getByRole("combobox", { name: "The game's API" });
    await troubles.selectOption("is slow (2.5 s)");
    await person.line.first().focus();
    await person.uses("emission");
    await person.message("is thinking…").waitFor();
    await person.message("Emission · EU").waitFor();
    expect(await person.messages.count()).toBe(1);
    await troubles.selectOption("works");
  });
});

describeInBrowser("the requests' panel", (visits) => {
  const sandbox = sharedSandbox();

  test("shows what the last command asked of Discord and of the game, with status and time", async () => {
    const person = await visits.open(sandbox());
    await person.uses("price", "Cinder Seed");
    await person.message("Cinder Seed · EU").waitFor();
    const command = panelOf(person)
      .getByRole("group")
      .filter({ hasText: /\/price\s+command/ })
      .last();
    const steps = command.getByRole("listitem");
    await steps.filter({ hasText: "Discord" }).first().waitFor();
    const text = (await steps.allInnerTexts()).join("\n");
    expect(text).toMatch(/Game\s+GET \/EU\/auction\/vq7jd\/lots\?\S*\s+200\s+\+\d+ ms · \d+ ms/);
    expect(text).toMatch(/GET \/EU\/auction\/vq7jd\/history\?/);
    expect(text).toMatch(/Discord\s+POST \/interactions\/\S+\s+20\d\s+\+\d+ ms · \d+ ms/);
    // What was sent can be read.
    const answer = steps.filter({ hasText: '"title": "Cinder Seed · EU"' });
    await answer.getByText("what was sent").click();
    await answer.getByText('"title": "Cinder Seed · EU"').waitFor();
  });

  test("tells nobody of what somebody else did", async () => {
    const vesper = await visits.open(sandbox(), { person: "vesper", channel: "trading" });
    const mira = await visits.open(sandbox(), { person: "mira", channel: "trading" });
    await vesper.uses("regions");
    await mira.message("NORTH AMERICA").waitFor();
    expect(await panelOf(mira).getByText("/regions").count()).toBe(0);
  });
});

function panelOf({ page }: Person) {
  return page.getByRole("complementary");
}

function newest({ messages }: Person): Promise<string> {
  return messages.last().innerText();
}

function pressed(person: Person, name: string): Promise<string | null> {
  return panelOf(person).getByRole("button", { name }).getAttribute("aria-pressed");
}

/** In milliseconds since the epoch, as the server tells it. */
async function worldTime({ page }: Person): Promise<number> {
  const answer = await page.request.get(new URL("/api/place", page.url()).href);
  const place = (await answer.json()) as { world: { now: number } };
  return place.world.now;
}
