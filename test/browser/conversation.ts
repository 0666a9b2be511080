import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { describeInBrowser, eventually, sharedSandbox } from "./browser.js";

describeInBrowser("a conversation", (visits) => {
  const sandbox = sharedSandbox();

  test("can begin with an example, in the words of the page's language", async () => {
    const person = await visits.open(sandbox(), { channel: "alerts", locale: "ru" });
    await person.page.getByRole("button", { name: "/цена предмет: Ржавая жемчужина" }).click();
    await person.message("Ржавая жемчужина · RU").waitFor();
    expect(await person.messages.count()).toBe(1);
  });

  test("keeps the tail of a channel in sight, and leaves whoever reads above it where they are", async () => {
    const person = await visits.open(sandbox(), {}, { viewport: { width: 900, height: 500 } });
    for (let times = 0; times < 3; times++) {
      await person.uses("regions");
      await eventually(() => person.messages.count()).toBe(times + 1);
    }
    await eventually(() => isSeen(person.messages.last())).toBe(true);
    await person.page.mouse.move(450, 200);
    // As people do: a turn of the wheel while the last message is still being laid out does not count.
    const turnBack = async () => {
      await person.page.mouse.wheel(0, -5_000);
      return isSeen(person.messages.first());
    };
    await eventually(turnBack).toBe(true);
    const other = await visits.open(sandbox(), { person: "mira" });
    await other.uses("regions");
    await eventually(() => person.messages.count()).toBe(4);
    expect(await isSeen(person.messages.first())).toBe(true);
    expect(await isSeen(person.messages.last())).toBe(false);
  });

  test("is the same in two tabs, as it happens", async () => {
    const first = await visits.open(sandbox());
    const second = await first.anotherTab();
    await first.uses("clan list");
    await second.button("1 / 4").waitFor();
    await second.button("›").press("Enter");
    await first.button("2 / 4").waitFor();
  });

  test("is seen by others, but not what only one may see", async () => {
    const vesper = await visits.open(sandbox(), { person: "vesper", channel: "trading" });
    const mira = await visits.open(sandbox(), { person: "mira", channel: "trading" });
    await vesper.uses("help");
    await vesper.message("Only you can see this").waitFor();
    await vesper.uses("regions");
    await mira.message("NORTH AMERICA").waitFor();
    expect(await mira.messages.count()).toBe(1);
    expect(await mira.messages.innerText()).toContain("Vesper used /regions");
  });

  test("is there after a reload, in the same channel, for the same person", async () => {
    const person = await visits.open(sandbox());
    await person.moves(() => person.page.getByRole("link", { name: "alerts" }).click());
    const people = person.page.getByRole("combobox", { name: "You are" });
    await person.moves(() => people.selectOption("Mira"));
    await person.uses("regions");
    await person.message("NORTH AMERICA").waitFor();
    await person.moves(() => person.page.reload());
    await person.page.getByRole("heading", { name: "# alerts" }).waitFor();
    await person.message("Mira used /regions").waitFor();
    expect(await people.inputValue()).toBe("mira");
  });

  test("with the bot alone is nobody else's", async () => {
    const vesper = await visits.open(sandbox(), { person: "vesper" });
    const mira = await visits.open(sandbox(), { person: "mira", channel: "@me" });
    await vesper.moves(() => vesper.page.getByRole("link", { name: "Zonewire" }).click());
    await vesper.page.getByRole("heading", { name: "@ Zonewire" }).waitFor();
    await vesper.uses("regions");
    await vesper.message("NORTH AMERICA").waitFor();
    await mira.uses("status");
    await mira.message("Requests left").waitFor();
    expect(await mira.messages.count()).toBe(1);
  });
});

/** Whether some of it lies in the window. */
async function isSeen(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y + box.height > 0 && box.y + box.height <= 500;
}
