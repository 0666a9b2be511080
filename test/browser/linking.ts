import { expect, test } from "vitest";
import { describeInBrowser, sharedSandbox } from "./browser.js";

describeInBrowser("linking an account", (visits) => {
  const sandbox = sharedSandbox();

  test("goes from the chat to the login and back, and opens what is one's own", async () => {
    const person = await visits.open(sandbox());
    expect(await person.links("marten")).toMatch(/marten/);
    await person.uses("character list");
    await person.message("Quiet_Marten").waitFor();
  });

  test("may be refused: nothing is linked", async () => {
    const person = await visits.open(sandbox(), { person: "mira", channel: "alerts" });
    await person.uses("link");
    const [exbo] = await Promise.all([
      person.page.waitForEvent("popup"),
      person.messages.last().getByRole("link").last().click(),
    ]);
    await exbo.getByRole("button", { name: "Deny" }).click();
    await exbo
      .getByText(/nothing was linked/i)
      .first()
      .waitFor();
    await person.uses("account");
    await person.message(/None is linked yet/).waitFor();
  });

  test("is told in one's own language", async () => {
    const person = await visits.open(sandbox(), { person: "mira", channel: "trading", locale: "ru" });
    expect(await person.links("heron", "привязать")).toMatch(/аккаунт/i);
    await person
      .message("heron")
      .filter({ hasText: /аккаунт/i })
      .waitFor();
  });

  test("one's data comes as a file to keep", async () => {
    const person = await visits.open(sandbox(), { channel: "@me" });
    await person.links("lynx");
    await person.uses("privacy export");
    const file = person.message(/Everything stored about you/).getByRole("link", { name: /\.json/ });
    const [download] = await Promise.all([person.page.waitForEvent("download"), file.click()]);
    expect(download.suggestedFilename()).toMatch(/\.json$/);
  });
});
