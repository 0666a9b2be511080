import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSending, until, type Sending } from "./sending.js";

let sending: Sending;
beforeAll(async () => {
  sending = await openSending();
});
afterEach(() => sending.reset());
afterAll(() => sending.close());

describe("direct messages", () => {
  const person = () => {
    const user = sending.discord.world.addUser("Heron");
    sending.discord.world.addMember(sending.guild, user);
    return { target: `dm:${user.id}`, user, channel: () => sending.discord.world.directMessages(user) };
  };

  test("are opened once", async () => {
    const { target, channel } = person();
    sending.sender();
    await sending.tell(target, ["a"]);
    await until(() => {
      expect(sending.shown(channel())).toEqual(["a"]);
    });
    await sending.tell(target, ["b"]);
    await until(() => {
      expect(sending.shown(channel())).toEqual(["a", "b"]);
    });
    expect(sending.discord.requests.filter(({ route }) => route === "/users/@me/channels")).toHaveLength(1);
  });

  test.each([
    [50007, "not-accepted"],
    [50278, "no-shared-server"],
    [10013, "person-gone"],
  ])("that are refused with %i are paused at the first time", async (code, reason) => {
    const { target } = person();
    sending.discord.faults.rest.add({ route: "/messages", status: 403, code });
    sending.sender();
    await sending.tell(target, ["a"]);
    await until(async () => {
      expect(await sending.target(target)).toMatchObject({ state: "paused", reason });
    });
  });

  test("a first 50001 is not believed, and the channel is opened anew", async () => {
    const { target, channel } = person();
    sending.discord.faults.rest.add({ route: "/messages", code: 50001, times: 3 });
    const sender = sending.sender();
    await sending.tell(target, ["a"]);
    for (const failures of [1, 2, 3]) {
      await until(async () => {
        expect(await sending.target(target)).toMatchObject({ state: "ok", failures, waits: true });
      });
      await sending.change(sql`update targets set next_at = now()`);
      sender.wake();
    }
    await until(() => {
      expect(sending.shown(channel())).toEqual(["a"]);
    });
    expect(sending.discord.requests.filter(({ route }) => route === "/users/@me/channels")).toHaveLength(4);
  });

  test("are not opened for a while after too many, and those that are open go on", async () => {
    const [one, two] = [person(), person()];
    const sender = sending.sender();
    await sending.tell(one.target, ["a"]);
    await until(() => {
      expect(sending.shown(one.channel())).toEqual(["a"]);
    });
    sending.discord.faults.rest.add({ route: "/users/@me/channels", code: 40003, retryAfter: 600 });
    await sending.tell(two.target, ["b"]);
    await until(async () => {
      expect(await sending.target(two.target)).toMatchObject({ state: "ok", waits: true });
    });
    await sending.tell(one.target, ["c"]);
    sender.wake();
    await until(() => {
      expect(sending.shown(one.channel())).toEqual(["a", "c"]);
    });
  });
});
