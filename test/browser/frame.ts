import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { describeInBrowser, eventually, sharedSandbox } from "./browser.js";
import type { Person } from "./person.js";

const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const background = "getComputedStyle(document.body).backgroundColor";

describeInBrowser("the page", (visits) => {
  const sandbox = sharedSandbox();

  test("speaks Russian to whoever chooses it: its words, the commands and the answers", async () => {
    const person = await visits.open(sandbox());
    const languages = person.page.getByRole("combobox", { name: "Language" });
    await person.moves(() => languages.selectOption("Русский"));
    await person.page.getByText("Симуляция: цены и люди ненастоящие").waitFor();
    expect(await person.page.locator("html").getAttribute("lang")).toBe("ru");
    await person.types("/");
    await person.suggestion("/выброс").waitFor();
    await person.presses("Escape", "Backspace");
    await person.uses("выброс");
    await person.message("Выброс · RU").waitFor();
    await person.moves(() => person.page.reload());
    await person.message("Выброс · RU").waitFor();
    expect(await person.page.locator("html").getAttribute("lang")).toBe("ru");
  });

  test("speaks the browser's language to whoever chose none", async () => {
    const person = await visits.open(sandbox(), {}, { locale: "ko-KR" });
    await person.page.getByText("시뮬레이션").first().waitFor();
  });

  test("is light where the system is, and dark where that is", async () => {
    const light = await visits.open(sandbox(), {}, { colorScheme: "light" });
    const dark = await visits.open(light.page.url(), {}, { colorScheme: "dark" });
    expect(await lightness(light)).toBeGreaterThan(await lightness(dark));
  });

  test("keeps the theme that was chosen, from the first picture on", async () => {
    const person = await visits.open(sandbox(), {}, { colorScheme: "dark" });
    const dark = await person.page.evaluate<string>(background);
    await person.page.getByRole("button", { name: /^Theme/ }).click();
    await person.page.getByRole("button", { name: "Theme: light" }).waitFor();
    await eventually(() => person.page.evaluate<string>(background)).not.toBe(dark);
    const light = await person.page.evaluate<string>(background);
    await person.moves(() => person.page.reload());
    await person.page.getByRole("button", { name: "Theme: light" }).waitFor();
    expect(await person.page.evaluate<string>(background)).toBe(light);
  });

  test("fits a phone: nothing sticks out, channels and panel open and close", async () => {
    const person = await visits.open(sandbox(), { channel: "alerts" }, phone);
    await person.uses("clan list");
    await person.button("1 / 4").waitFor();
    expect(await person.page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(
      0,
    );
    const channel = person.page.getByRole("link", { name: "trading" });
    expect(await isInside(channel)).toBe(false);
    await person.button("Channels and who you are").click();
    await eventually(() => isInside(channel)).toBe(true);
    await person.presses("Escape");
    await eventually(() => isInside(channel)).toBe(false);
    const clock = person.page.getByRole("heading", { name: "Simulated world" });
    expect(await isInside(clock)).toBe(false);
    await person.button("World and requests").click();
    await eventually(() => isInside(clock)).toBe(true);
  });
});

/** From 0 (black) to 765 (white). */
async function lightness(person: Person): Promise<number> {
  const colour = await person.page.evaluate<string>(background);
  return [...colour.matchAll(/[\d.]+/g)].slice(0, 3).reduce((sum, [part]) => sum + Number(part), 0);
}

/** Whether it is shown and lies in the phone's window. */
async function isInside(element: Locator): Promise<boolean> {
  if (!(await element.isVisible())) return false;
  const box = await element.boundingBox();
  return box !== null && box.x >= 0 && box.x + box.width <= phone.viewport.width;
}
