import type { Locator, Page } from "playwright-core";

/** Somebody at the page: finds things as a person or a screen reader does, and waits for what they wait for. */
export class Person {
  readonly page: Page;
  /** Of the current command: also the fields of its options. */
  readonly line: Locator;
  readonly suggestions: Locator;
  readonly messages: Locator;

  constructor(page: Page) {
    this.page = page;
    const typing = page.getByRole("contentinfo");
    this.line = typing.getByRole("combobox");
    this.suggestions = typing.getByRole("listbox").getByRole("option");
    this.messages = page.getByRole("log").getByRole("article");
  }

  /** Opens an address, and waits until one can type. */
  async goes(address: string): Promise<void> {
    await this.page.goto(address);
    await this.#arrived();
  }

  /** Does what leads to another page, and waits until one can type there. */
  async moves(act: () => Promise<unknown>): Promise<void> {
    await Promise.all([this.page.waitForEvent("load"), act()]);
    await this.#arrived();
  }

  async #arrived(): Promise<void> {
    await this.page.getByRole("contentinfo").locator("[role=combobox]:focus").waitFor();
  }

  /** Another tab of the same browser, on the same page. */
  async anotherTab(): Promise<Person> {
    const tab = new Person(await this.page.context().newPage());
    await tab.goes(this.page.url());
    return tab;
  }

  /** Types where the focus is, key by key. */
  async types(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** The same with keys for the first letter, which may move the focus, and the last one alone; the rest comes at once. */
  async writes(text: string): Promise<void> {
    const { keyboard } = this.page;
    const letters = Array.from(text);
    await keyboard.type(letters.slice(0, 1).join(""));
    if (letters.length > 2) await keyboard.insertText(letters.slice(1, -1).join(""));
    await keyboard.type(letters.slice(1).slice(-1).join(""));
  }

  async presses(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types a command's name and takes it from the list. */
  async begins(command: string): Promise<void> {
    await this.writes(`/${command}`);
    await this.takes(`/${command}`);
  }

  /** Waits for a suggestion, which is to be the marked one, and takes it. */
  async takes(text: string): Promise<void> {
    await this.suggestion(text).waitFor();
    await this.presses("Tab");
    await this.suggestion(text).waitFor({ state: "hidden" });
  }

  /** Types a command's name and suggestions for its required options, and sends it. */
  async uses(command: string, ...values: readonly string[]): Promise<void> {
    await this.begins(command);
    for (const value of values) {
      await this.writes(value);
      await this.takes(value);
    }
    await this.presses("Enter");
  }

  /** Links an account of the simulated game: the command, the page it leads to, and back. Resolves when the chat says so too. */
  async links(login: string, command = "link"): Promise<string> {
    const before = await this.messages.count();
    await this.uses(command);
    const answer = this.messages.nth(before);
    const [exbo] = await Promise.all([this.page.waitForEvent("popup"), answer.getByRole("link").last().click()]);
    await exbo.getByRole("button", { name: `Continue as ${login}` }).click();
    const told = await exbo.getByRole("main").innerText();
    await exbo.close();
    await answer.getByText(login).waitFor();
    return told;
  }

  suggestion(text: string): Locator {
    return this.suggestions.filter({ hasText: text }).first();
  }

  /** The field of an option. */
  option(name: string): Locator {
    return this.page.getByRole("contentinfo").getByRole("combobox", { name, exact: true });
  }

  /** The newest message with this text. */
  message(text: string | RegExp): Locator {
    return this.messages.filter({ hasText: text }).last();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }
}
