import { expect, test } from "vitest";
import { USUAL_TIMING } from "../../../src/kernel/gateway/timing.js";
import { startListener } from "./listener.js";

test("several shards have a session each, and one interaction goes to one of them", async () => {
  const ping = { id: "1000000000000000009", token: "token", type: 2, data: { name: "ping" }, user: { id: "1" } };
  const { discord, gateway, received, tries } = await startListener({ simulator: { shards: 3 } });
  await gateway.connect();
  expect(gateway.sessions()).toEqual(
    new Map([
      [0, true],
      [1, true],
      [2, true],
    ]),
  );
  expect(tries.identifies).toBe(3);
  discord.faults.gateway.dispatch("INTERACTION_CREATE", ping, {
    guildId: discord.guilds[0]!.id,
  });
  await expect.poll(() => received).toEqual(["1000000000000000009"]);
});

/** How long Discord wants between two IDENTIFYs; here it is short. */
const [DISCORDS_GAP_MS, SHORT_GAP_MS] = [5_000, 200];
const identifyGap = USUAL_TIMING.identifyGap - DISCORDS_GAP_MS + SHORT_GAP_MS;

test("IDENTIFYs come as far apart as Discord wants, also where one is slower on its way than the next", async () => {
  const simulator = { shards: 6, maxConcurrency: 2, identifyGapMs: SHORT_GAP_MS };
  const { discord, gateway, tries } = await startListener({ simulator, timing: { identifyGap } });
  await gateway.connect();
  expect(tries.identifies).toBe(6);
  expect(discord.problems).toEqual([]);
});

test("a connection that is lost while it waits for its turn to IDENTIFY uses up none", async () => {
  const simulator = { shards: 2, sessionLimit: 3, sessionLimitMs: 86_400_000 };
  const { discord, gateway, tries, until } = await startListener({ simulator, timing: { identifyGap } });
  const connecting = gateway.connect();
  await until("one session", () => tries.identifies === 1 && tries.connections === 2);
  for (let cuts = 1; cuts <= 3; cuts += 1) {
    discord.faults.gateway.drop();
    await until("new connections", () => tries.connections === 2 * (cuts + 1));
  }
  await connecting;
  expect(tries.identifies).toBe(2);
});
