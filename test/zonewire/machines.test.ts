import fc from "fast-check";
import type { REST } from "discord.js";
import { Routes } from "discord-api-types/v10";
import { describe, expect, onTestFinished, test } from "vitest";
import { DiscordSimulator } from "@zonewire/sandbox/discord";
import { failureOf } from "../../src/kernel/messages/refusals.js";
import { messagesRest } from "../../src/kernel/messages/rest.js";
import { register } from "../../src/kernel/registration.js";
import { createLog } from "../../src/log.js";
import type { Store } from "../../src/store/index.js";
import { discordShare, shareDiscord } from "../../src/zonewire/discord-pace.js";
import { Liveness } from "../../src/zonewire/liveness.js";
import { ManualClock } from "../manual-clock.js";
import { PATIENT } from "../patience.js";
import { hasServer, postgres, workbench } from "../store/engines.js";

const log = createLog("silent", { terminal: false, destination: { write: () => undefined } });

describe("Discord's fifty requests a second", () => {
  const role = fc.constantFrom("bot", "worker", "all");

  test("are not exceeded by any number of processes, and most are for those who deliver", () => {
    fc.assert(
      fc.property(fc.array(role, { minLength: 1, maxLength: 40 }), (roles) => {
        const living = roles.map((of, n) => ({ id: String(n), role: of }));
        const shares = living.map(({ id }) => discordShare(living, id, true));
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(50);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(1);
        // One more begins, of whom nobody has heard.
        const more = [...living, { id: "new", role: "worker" }];
        const begins = discordShare(more, "new", false);
        if (roles.length > 1) expect(shares.reduce((sum, share) => sum + share, begins)).toBeLessThanOrEqual(50);
      }),
    );
    const two = [
      { id: "a", role: "bot" },
      { id: "b", role: "worker" },
    ];
    expect(["a", "b"].map((id) => discordShare(two, id, true))).toEqual([9, 36]);
  });
});

describe.runIf(hasServer)("processes that share a PostgreSQL server", () => {
  const bench = workbench(postgres);
  const stores = () => [bench.store(), bench.elsewhere(), bench.elsewhere()] as const;

  function live(store: Store, role: string, clock = new ManualClock()) {
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => failures.push(error);
    const liveness = new Liveness({ processes: store.machines.processes, role, clock, onFailure });
    return { liveness, clock, failures };
  }

  test("know who lives: whoever says so, until they leave or are silent", async () => {
    const [here, there] = stores();
    const one = live(here, "bot");
    const other = live(there, "worker");
    await one.liveness.start();
    expect(one.liveness).toMatchObject({ isKnown: true, living: [{ role: "bot" }] });
    await other.liveness.start();
    expect(other.liveness).toMatchObject({ isKnown: false, living: [{ role: "bot" }, { role: "worker" }] });
    const heard = new Promise<void>((resolve) => {
      one.liveness.onBeat(resolve);
    });
    await one.clock.pass(5_000);
    await heard;
    expect(one.liveness.living.map(({ id }) => id)).toEqual([one.liveness.id, other.liveness.id]);
    await one.liveness.stop();
    expect(await there.machines.processes.live()).toEqual([{ id: other.liveness.id, role: "worker" }]);
    await here.machines.processes.beat({ id: other.liveness.id, role: "worker", leaseMs: -1 });
    expect(await there.machines.processes.live()).toEqual([]);
    await other.liveness.stop();
    expect([...one.failures, ...other.failures]).toEqual([]);
  });

  test("register the commands once, though all begin at the same moment", async () => {
    const discord = await DiscordSimulator.start(PATIENT);
    onTestFinished(() => discord.close());
    const places = { contexts: [0, 1, 2], integration_types: [0, 1] };
    const wanted = [{ name: "emission", description: "When the next one comes", ...places, options: [] }];
    const registered = await Promise.all(
      stores().map(({ machines }) => {
        const rest = sending(discord);
        return machines.discord.alone("registration", () =>
          register(wanted, { rest, applicationId: discord.applicationId }),
        );
      }),
    );
    expect(registered.map(({ changed }) => changed).sort()).toEqual([false, false, true]);
    expect(new Set(registered.map(({ ids }) => ids.get("emission"))).size).toBe(1);
    expect(discord.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  test("all stop when Discord says to one that it takes nothing of the bot", async () => {
    const discord = await DiscordSimulator.start(PATIENT);
    onTestFinished(() => discord.close());
    const processes = await Promise.all(
      stores().map(async (store) => {
        const { liveness, clock } = live(store, "worker");
        await liveness.start();
        onTestFinished(() => liveness.stop());
        const rest = sending(discord);
        const failures: unknown[] = [];
        const { look } = shareDiscord({
          ...{ rest, liveness, turns: store.machines.discord, token: discord.token },
          onFailure: (error) => failures.push(error),
        });
        const heard = store.watching("test").listen((signal) => {
          if (signal === "held") look();
        });
        onTestFinished(heard);
        return { rest, clock, failures };
      }),
    );
    const limit = discord.faults.rest.limit({ seconds: 600, scope: "global" });
    const ask = (rest: REST) =>
      rest.get(Routes.user()).then(
        () => "answered",
        (error: unknown) => failureOf(error).kind,
      );
    const [first, ...others] = processes;
    if (!first) throw new Error("there is none");
    expect(await ask(first.rest)).toBe("limited");
    // The signal is lost on whoever does not listen yet; each beat asks, too.
    await expect
      .poll(async () => {
        for (const { clock } of others) await clock.pass(5_000);
        return others.map(({ rest }) => rest.globalReset > Date.now() + 300_000);
      })
      .toEqual([true, true]);
    expect(await Promise.all(others.map(({ rest }) => ask(rest)))).toEqual(["limited", "limited"]);
    expect(limit.refused).toBe(1);
    expect(processes.flatMap(({ failures }) => failures)).toEqual([]);
  });

  function sending(discord: DiscordSimulator): REST {
    const rest = messagesRest({ token: discord.token, apiUrl: discord.restUrl, log });
    onTestFinished(() => {
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
    });
    return rest;
  }
});
