import { MessageFlags } from "discord.js";
import { describe, expect, it } from "vitest";
import { WaitError, type Interaction } from "../../src/discord/index.js";
import { call } from "./bot.js";
import { onCommand, scene } from "./scene.js";
import { ManualClock } from "../../../../test/manual-clock.js";

describe("deadlines", () => {
  it("show that the application did not respond after three seconds, and refuse it from then on", async () => {
    const clock = new ManualClock();
    let reply = (): Promise<unknown> => Promise.resolve();
    const { actor, discord } = await scene(
      onCommand((interaction) => {
        reply = () => interaction.reply("late");
        clock.advance(3000);
        return Promise.resolve();
      }),
      { clock },
    );
    const outcome = await actor.slash("ping");
    expect(outcome).toMatchObject({ failure: "The application did not respond", answers: 0 });
    await expect(reply()).rejects.toMatchObject({ code: 10062 });
    expect(discord.problems).toEqual([expect.stringContaining("10062 Unknown interaction")]);
  });

  it("end a token after fifteen minutes", async () => {
    const clock = new ManualClock();
    let edit = (): Promise<unknown> => Promise.resolve();
    const { actor } = await scene(
      onCommand((interaction) => {
        edit = () => replied.then(() => interaction.editReply("more"));
        const replied = interaction.reply("hello");
        return replied;
      }),
      { clock },
    );
    await actor.slash("ping");
    clock.advance(15 * 60_000 - 1);
    await expect(edit()).resolves.toBeDefined();
    clock.advance(1);
    await expect(edit()).rejects.toMatchObject({ code: 50027 });
  });

  it("let an ephemeral answer be changed until then by whoever holds the token", async () => {
    const clock = new ManualClock();
    const { actor, other, discord } = await scene(
      onCommand((interaction) => interaction.reply({ content: "wait", flags: MessageFlags.Ephemeral })),
      { clock },
    );
    const { message, interaction } = await actor.slash("ping");
    const path = `/webhooks/${discord.applicationId}/${interaction.token}/messages/@original`;
    clock.advance(15 * 60_000 - 1);
    expect((await call(discord, "PATCH", path, { content: "done" })).status).toBe(200);
    expect(message).toMatchObject({ content: "done", flags: MessageFlags.Ephemeral });
    expect(other.messages()).toEqual([]);
    clock.advance(1);
    expect(await call(discord, "PATCH", path, { content: "late" })).toMatchObject({ json: { code: 50027 } });
    expect(message?.content).toBe("done");
  });

  it("measure the acknowledgement on the injected clock", async () => {
    const clock = new ManualClock();
    const { actor } = await scene(
      onCommand((interaction) => {
        clock.advance(1234);
        return interaction.reply("hello");
      }),
      { clock },
    );
    expect((await actor.slash("ping")).acknowledgement).toEqual({ kind: "reply", afterMs: 1234 });
  });

  it("fail loudly when a deferral is never filled", async () => {
    const clock = new ManualClock();
    const { actor } = await scene(
      onCommand(async (interaction) => {
        await interaction.deferReply();
        clock.advance(20_000);
      }),
      { clock },
    );
    await expect(actor.slash("ping")).rejects.toThrow(WaitError);
  });

  it("fail at once when the simulator closes", async () => {
    const { actor, discord } = await scene(() => discord.close());
    await expect(actor.slash("ping")).rejects.toThrow(/closed/);
  });
});

describe("wrong acknowledgements", () => {
  /** Sends a second callback by hand, which discord.js itself would not. */
  const raw = (
    discord: { restUrl: string },
    { id, token }: { id: string; token: string },
    body: object,
    signal?: AbortSignal,
  ) =>
    fetch(`${discord.restUrl}/v10/interactions/${id}/${token}/callback`, {
      method: "POST",
      signal: signal ?? null,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then(async (response) => ({
      status: response.status,
      body: response.status === 204 ? undefined : await response.json(),
    }));

  it("answer a second one with 40060", async () => {
    const { actor, discord } = await scene(onCommand((interaction) => interaction.reply("one")));
    const { interaction } = await actor.slash("ping");
    const second = await raw(discord, interaction, { type: 4, data: { content: "two" } });
    expect(second).toMatchObject({ status: 400, body: { code: 40060 } });
    expect(discord.problems).toEqual([expect.stringContaining("40060")]);
  });

  it("are no mistake of whoever hung up before the first was told", async () => {
    const { actor, discord } = await scene(() => Promise.resolve());
    const sent: Interaction[] = [];
    discord.subscribe((event) => {
      if (event.type === "interaction") sent.push(event.interaction);
    });
    const outcome = actor.slash("ping");
    const interaction = await discord.until("the interaction", () => sent[0]);
    const answer = { type: 4, data: { content: "one" } };
    discord.faults.rest.add({ route: "/callback", hang: true, afterwards: true, times: 1 });
    const leaving = new AbortController();
    const first = raw(discord, interaction, answer, leaving.signal);
    expect((await outcome).message?.content).toBe("one");
    leaving.abort();
    await expect(first).rejects.toThrow();
    await expect.poll(() => discord.connections.answering.open).toBe(0);
    expect(await raw(discord, interaction, answer)).toMatchObject({ body: { code: 40060 } });
    expect(discord.problems).toEqual([]);
  });

  it("refuse types that do not fit the interaction, and leave it open for a right one", async () => {
    const clock = new ManualClock();
    const { actor, discord } = await scene(() => Promise.resolve(), { clock });
    const sent: Interaction[] = [];
    discord.subscribe((event) => {
      if (event.type === "interaction") sent.push(event.interaction);
    });
    const outcome = actor.slash("ping");
    const interaction = await discord.until("the interaction", () => sent[0]);
    for (const type of [1, 6, 7, 8, 42]) {
      const refused = await raw(discord, interaction, { type, data: { content: "x", choices: [] } });
      expect(refused).toMatchObject({ status: 400, body: { code: 50035, errors: { type: { _errors: [{}] } } } });
    }
    expect(await raw(discord, interaction, { type: 4 })).toMatchObject({ body: { errors: { data: {} } } });
    await raw(discord, { ...interaction, token: "stolen" }, { type: 4, data: { content: "x" } }).then((answer) => {
      expect(answer).toMatchObject({ status: 404, body: { code: 10062 } });
    });
    expect(await raw(discord, interaction, { type: 4, data: { content: "x" } })).toMatchObject({ status: 204 });
    expect((await outcome).message?.content).toBe("x");
  });
});
