import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API, Token, TokenType } from "@zonewire/stalcraft";
import { GameSimulator } from "@zonewire/sandbox/game";
import { createLog } from "../../src/log.js";
import { MINUTE_MS } from "../../src/time.js";
import { archiveEmissions } from "../../src/zonewire/archiving.js";
import { ManualClock } from "../manual-clock.js";

describe("emissions that nobody watches", () => {
  let game: GameSimulator;
  let api: API;
  beforeAll(async () => {
    game = await GameSimulator.start();
    api = new API({ server: game.apiUrl, tokens: new Token(game.credentials.appToken, TokenType.APPLICATION) });
  });
  afterAll(async () => {
    await api.close();
    await game.close();
  });

  const archiving = () => {
    const clock = new ManualClock();
    const ensured: (readonly string[])[] = [];
    const ensureRegions = (regions: readonly string[]) => Promise.resolve(void ensured.push(regions));
    const log = createLog("silent", { terminal: false });
    return { clock, ensured, stop: archiveEmissions({ api, looks: { ensureRegions }, clock, log }) };
  };

  test("are looked at in every region, five minutes after the start", async () => {
    const { clock, ensured, stop } = archiving();
    await clock.pass(5 * MINUTE_MS - 1);
    expect(ensured).toEqual([]);
    await clock.pass(1);
    await expect.poll(() => ensured).toEqual([["RU", "EU", "NA", "SEA"]]);
    stop();
  });

  test("are left alone by a bot that stops before", async () => {
    const { clock, ensured, stop } = archiving();
    stop();
    await clock.pass(10 * MINUTE_MS);
    expect(ensured).toEqual([]);
  });
});
