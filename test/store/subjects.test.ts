import { describe, expect, test } from "vitest";
import type { Attempt } from "../../src/store/index.js";
import { ManualClock } from "../manual-clock.js";
import { engines, workbench } from "./engines.js";

const MINUTE_MS = 60_000;

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);

  test("a person's choices are kept one by one, and taken back one by one", async () => {
    const clock = new ManualClock();
    const { people } = bench.store({ clock });
    expect(await people.get("1")).toBeUndefined();
    await people.save("1", { region: "EU" });
    clock.advance(MINUTE_MS);
    await people.save("1", { language: "fr", privateAnswers: false });
    expect(await people.get("1")).toEqual({
      discordId: "1",
      region: "EU",
      language: "fr",
      privateAnswers: false,
      feePercent: null,
      energyPrice: null,
      lendsAccount: null,
      keepsHistory: null,
      ...{ quietFrom: null, quietUntil: null, timeZone: null, quietMode: null },
      createdAt: new Date(clock.now() - MINUTE_MS),
      updatedAt: new Date(clock.now()),
    });
    expect(await people.save("1", { region: null })).toMatchObject({ region: null, language: "fr" });
    expect(await people.save("1", {})).toMatchObject({ region: null, language: "fr", privateAnswers: false });
    expect(await people.get("2")).toBeUndefined();
  });

  test("a server is forgotten when the bot has been gone from it for long enough", async () => {
    const clock = new ManualClock();
    const { servers } = bench.store({ clock });
    await Promise.all(["1", "2", "3"].map((guild) => servers.save(guild, { region: "NA", language: "ko" })));
    await servers.left("1");
    await servers.left("2");
    await servers.left("unknown");
    clock.advance(MINUTE_MS);
    await servers.left("1");
    await servers.joined("2");
    expect((await servers.present()).sort()).toEqual(["2", "3"]);
    // The first of its departures counts.
    expect(await servers.get("1")).toMatchObject({ region: "NA", leftAt: new Date(clock.now() - MINUTE_MS) });
    expect(await servers.forgetLeftBefore(new Date(clock.now() - MINUTE_MS))).toBe(0);
    expect(await servers.forgetLeftBefore(new Date(clock.now()))).toBe(1);
    expect(await servers.get("1")).toBeUndefined();
    await servers.left("3");
    expect(await servers.save("3", { language: null })).toMatchObject({ region: "NA", language: null, leftAt: null });
  });

  test("an attempt is taken once, by one of all who try, from any process", async () => {
    const [store, other] = [bench.store(), bench.elsewhere()];
    for (let round = 0; round < 10; round += 1) {
      const made = attempt(`state-${round}`);
      await store.attempts.add(made);
      const taken = await Promise.all(
        [store, other, store, other].map(({ attempts }) => attempts.take(made.stateHash)),
      );
      expect(taken.filter((one) => one !== undefined)).toEqual([made]);
    }
    expect(await store.attempts.take("state-0")).toBeUndefined();
  });

  test("attempts are forgotten when they have expired", async () => {
    const { attempts } = bench.store();
    await attempts.add(attempt("first"));
    await attempts.add({ ...attempt("second"), expiresAt: new Date(2_000) });
    expect(await attempts.forgetExpired(new Date(1_000))).toBe(1);
    expect(await attempts.take("first")).toBeUndefined();
    expect(await attempts.take("second")).toMatchObject({ expiresAt: new Date(2_000) });
  });

  test("an error of the database does not hold what was to be stored", async () => {
    const { attempts } = bench.store();
    await attempts.add(attempt("taken-hash"));
    const refusal = await attempts.add(attempt("taken-hash")).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Error);
    const { message, stack } = refusal as Error;
    expect(message).toContain("duplicate key");
    expect(`${message}${String(stack)}`).not.toMatch(/taken-hash|4711/);
  });
});

function attempt(stateHash: string): Attempt {
  return {
    stateHash,
    discordId: "4711",
    discordName: "a name",
    locale: "en-US",
    interaction: { applicationId: "42", token: "interaction-token" },
    createdAt: new Date(0),
    expiresAt: new Date(1_000),
  };
}
