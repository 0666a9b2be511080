import { expect, test } from "vitest";
import { fingerprint } from "../../../src/kernel/messages/fingerprint.js";

const sent = {
  content: "Emission in EU ",
  embeds: [{ title: "Emission", description: "It runs.\n", fields: [{ name: "Since", value: "<t:1:R>" }], color: 5 }],
  components: [],
};

test("a message that comes back from Discord says the same as it was sent", () => {
  const stored = {
    id: "1",
    content: "Emission in EU",
    embeds: [
      {
        type: "rich",
        title: "Emission",
        description: "It runs.",
        footer: null,
        fields: [{ name: "Since", value: "<t:1:R>", inline: false }],
      },
    ],
    flags: 4096,
  };
  expect(fingerprint(stored)).toBe(fingerprint(sent));
});

test.each([
  ["the content", { ...sent, content: "Emission in RU" }],
  ["a title", { ...sent, embeds: [{ ...sent.embeds[0], title: "Boost" }] }],
  ["a field", { ...sent, embeds: [{ ...sent.embeds[0], fields: [{ name: "Since", value: "<t:2:R>" }] }] }],
  ["a footer", { ...sent, embeds: [{ ...sent.embeds[0], footer: { text: "1" } }] }],
  ["another card", { ...sent, embeds: [...sent.embeds, { title: "two" }] }],
  ["no card", { content: sent.content }],
])("it differs by %s", (_, other) => {
  expect(fingerprint(other)).not.toBe(fingerprint(sent));
});
