import { expect, test } from "vitest";
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
