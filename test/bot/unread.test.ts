import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { startBot, textOf, type Bot } from "./bot.js";

/** Nothing of the item database is there: no names, no recipes. */
describe("before the items are read", () => {
  let bot: Bot;
  const source = createServer((_request, response) => response.end("<!doctype html>"));
  beforeAll(async () => {
    source.listen(0, "127.0.0.1");
    await once(source, "listening");
    bot = await startBot({ itemsSource: `http://127.0.0.1:${(source.address() as AddressInfo).port}` });
  });
  afterAll(async () => {
    await bot.close();
    source.close();
  });

  const COMMANDS = ["price", "lots", "history", "item", "craft", "barter"];
  const unread = { "en-US": "The items are not read yet.", ru: "Список предметов ещё не загружен" } as const;

  // Some look like ids, some are.
  test.each(["Gauss Rifle", "m4a1", "ak74", "гроза", "Prima · lots · EU"])(
    "no command knows %s, and says why",
    async (item) => {
      for (const command of COMMANDS) {
        for (const locale of ["en-US", "ru"] as const) {
          const { message, ephemeral } = await bot.as(locale).slash(command, { item, region: "EU" });
          expect(textOf(message), `${command} ${locale}`).toContain(unread[locale]);
          expect(ephemeral).toBe(true);
        }
      }
    },
  );

  test("nothing is suggested", async () => {
    for (const command of COMMANDS) expect(await bot.as().autocomplete(command, "item", "gau")).toEqual([]);
  });
});

test("what the recipes would tell is not denied while only the names are there", async () => {
  const game = await GameSimulator.start();
  // Passes on all files but the recipes.
  const source = createServer((request, response) => {
    void fetch(`${game.itemsUrl}${request.url ?? ""}`).then(async (answer) => {
      const found = answer.ok && !(request.url ?? "").includes("recipes");
      response.writeHead(found ? 200 : 404).end(found ? await answer.text() : "");
    });
  });
  source.listen(0, "127.0.0.1");
  await once(source, "listening");
  const bot = await startBot({ itemsSource: `http://127.0.0.1:${(source.address() as AddressInfo).port}` });
  try {
    await bot.zonewire.itemsRead;
    for (const command of ["craft", "barter"]) {
      const { message } = await bot.as().slash(command, { item: landmarks.items.crafted, region: "EU" });
      expect(textOf(message), command).toContain("The items are not read yet.");
    }
  } finally {
    await bot.close();
    source.close();
    await game.close();
  }
});
