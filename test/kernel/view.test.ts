import { ActionRowBuilder, EmbedBuilder, ModalBuilder } from "@discordjs/builders";
import { expect, test } from "vitest";
import { button, card, linkButton, menu, row } from "../../src/kernel/card.js";
import { messageBody, withFootnote, type Form, type View } from "../../src/kernel/view.js";

const look = { title: "Emission", fields: [{ name: "now", value: "yes" }], footer: "by minutes" };

/** As it is in a command's hands. */
const view: View = Object.freeze({
  content: "there",
  embeds: [card({ ...look, title: "first" }), card(look)],
  components: [
    row(button({ label: "Refresh", customId: "v1:a:b::" }), linkButton({ label: "Open", url: "https://exbo.net" })),
    row(menu({ customId: "v1:a:c::", options: [{ label: "one", value: "1", emoji: "🔥" }], placeholder: "Choose" })),
  ],
});

test("what is shown is plain data from the start: nothing of it is built when it is sent", () => {
  expect(structuredClone(view)).toEqual(view);
  expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  const { components } = messageBody(view, { private: false });
  for (const [index, one] of (view.components ?? []).entries()) expect(components?.[index]).toBe(one);
});

test("a builder is no part of a view, by type", () => {
  const embed = new EmbedBuilder({ title: "x" });
  // @ts-expect-error it would have to be built once more
  const views: readonly View[] = [{ embeds: [embed] }];
  // @ts-expect-error nor is a row of them
  const rows: View["components"] = [new ActionRowBuilder()];
  // @ts-expect-error nor a form
  const form: Form = { modal: new ModalBuilder() };
  expect([views, rows, form]).toHaveLength(3);
});

test("sending a view changes nothing in it, also where a line is put under the last embed", () => {
  const before = structuredClone(view);
  const footers = (footnote?: string) =>
    messageBody(view, { private: true, footnote }).embeds?.map(({ footer }) => footer?.text);
  expect(footers("simulated")).toEqual(["By minutes", "By minutes · simulated"]);
  expect(footers()).toEqual(["By minutes", "By minutes"]);
  expect(view).toEqual(before);
  expect(withFootnote([{ title: "t" }], "simulated")[0]?.footer?.text).toBe("Simulated");
});
