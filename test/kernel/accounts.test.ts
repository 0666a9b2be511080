import { afterEach, describe, expect, test } from "vitest";
import { inspect } from "node:util";
import { z } from "zod";
import { LinkNeededError, type Accounts, type LinkedAccount } from "../../src/kernel/account.js";
import { button, row } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import type { Context } from "../../src/kernel/context.js";
import { UserError } from "../../src/kernel/errors.js";
import type { Diagnose } from "../../src/kernel/explain.js";
import { optionalBoolean, optionalText } from "../../src/kernel/option.js";
import { definePager } from "../../src/kernel/paging.js";
import { Reply } from "../../src/kernel/reply.js";
import { labels, textOf } from "../message.js";
import { ManualClock } from "../manual-clock.js";
import { openWorkshop, type Workshop, type WorkshopOptions } from "./workshop.js";

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});

class Refused extends Error {}
class LinkDead extends Error {}
class StoreAway extends Error {}

const diagnose: Diagnose = (error) => {
  if (error instanceof LinkDead) return new LinkNeededError("error.link-again");
  if (error instanceof StoreAway) return new UserError("error.store-down");
  return error instanceof Refused ? new UserError("error.api-refused") : undefined;
};

/** Accounts of a test's own; what it asked of them is in `asked`. */
class Ledger implements Accounts {
  linked: LinkedAccount | undefined = { id: "7", login: "stalker", state: "live" };
  good = "first";
  failure: Error | undefined;
  readonly asked: string[] = [];
  /** How often the account was read. */
  reads = 0;

  main(): Promise<LinkedAccount | undefined> {
    this.reads++;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.linked);
  }

  isRefusal(error: unknown): boolean {
    return error instanceof Refused;
  }

  token(linkId: string): Promise<string> {
    this.asked.push(`token ${linkId}`);
    return Promise.resolve("first");
  }

  renewed(linkId: string, refused: string): Promise<string> {
    this.asked.push(`renewed ${linkId} after ${refused}`);
    return this.good === "none" ? Promise.reject(new LinkDead()) : Promise.resolve(this.good);
  }
}

const link = defineComponent({
  command: "link",
  action: "begin",
  audience: "owner",
  state: stateOf({}),
  access: "reply",
  run: (_press, { reply }) => ({ content: `begun for ${reply.applicationId}` }),
});
const linkCommand = defineCommand({
  name: "link",
  visibility: "private",
  components: [link],
  run: () => ({ content: "x" }),
});

const pager = definePager({
  command: "mine",
  audience: "owner",
  access: "user",
  state: stateOf({ word: z.string() }),
  show: ({ word }, page, { account }) => Promise.resolve({ content: `${word} ${page} of ${account.login}` }),
});

/** An action that needs an account, over an API that takes one token. */
function mine(ledger: Ledger) {
  return defineCommand({
    name: "mine",
    visibility: "public",
    access: "user",
    components: pager.components,
    modals: pager.modals,
    run: async (_input, context) => {
      const { account } = context;
      const answer = await account.use((token) =>
        token === ledger.good ? Promise.resolve(`seen by ${account.login}`) : Promise.reject(new Refused()),
      );
      return { content: answer, components: pager.buttons({ word: "page" }, { number: 0, pages: 3 }, context) };
    },
  });
}

async function open(ledger: Ledger, options: WorkshopOptions = {}) {
  workshop = await openWorkshop([linkCommand, mine(ledger)], undefined, {
    accounts: ledger,
    linking: { command: "link", action: "begin" },
    diagnose,
    ...options,
  });
  return workshop;
}

describe("an action for linked people", () => {
  test("is given the caller's account, and so are its buttons", async () => {
    const ledger = new Ledger();
    const { as } = await open(ledger);
    const { message, ephemeral } = await as().slash("mine");
    expect(message?.content).toBe("seen by stalker");
    expect(ephemeral).toBe(false);
    expect(ledger.asked).toEqual(["token 7"]);
    await as().click(message!, "›");
    expect(message?.content).toBe("page 1 of stalker");
  });

  test.each([
    ["en-US", "Link my EXBO account", "Please link it first"],
    ["ru", "Привязать аккаунт EXBO", "Сначала привяжите его"],
  ])(
    "asks people without an account to link one, in %s, privately and with a button that begins it",
    async (...said) => {
      const [locale, label, words] = said;
      const ledger = new Ledger();
      ledger.linked = undefined;
      const { as, discord } = await open(ledger);
      const { message, ephemeral, answers } = await as(locale).slash("mine");
      expect({ ephemeral, answers }).toEqual({ ephemeral: true, answers: 1 });
      expect(textOf(message)).toContain(words);
      expect(labels(message)).toEqual([label]);
      await as(locale).click(message!, label);
      expect(message?.content).toBe(`begun for ${discord.applicationId}`);
      expect(discord.problems).toEqual([]);
    },
  );

  test("asks again when the link is dead, also when that is found only while its token is renewed", async () => {
    const ledger = new Ledger();
    const { as } = await open(ledger);
    ledger.good = "none";
    const renewing = await as().slash("mine");
    ledger.linked = { id: "7", login: "stalker", state: "dead" };
    const known = await as().slash("mine");
    for (const { message, ephemeral } of [renewing, known]) {
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain("link it again");
      expect(labels(message)).toEqual(["Link my EXBO account"]);
    }
  });

  test("a button of an account that is gone asks privately, and leaves the message as it was", async () => {
    const ledger = new Ledger();
    const { as } = await open(ledger);
    const { message } = await as().slash("mine");
    ledger.linked = undefined;
    const pressed = await as().click(message!, "›");
    expect(pressed.ephemeral).toBe(true);
    expect(labels(pressed.message)).toEqual(["Link my EXBO account"]);
    expect(message?.content).toBe("seen by stalker");
  });

  test("a token that the API refuses is renewed once, and what it still refuses is not tried again", async () => {
    const ledger = new Ledger();
    const { as } = await open(ledger);
    ledger.good = "second";
    expect((await as().slash("mine")).message?.content).toBe("seen by stalker");
    expect(ledger.asked).toEqual(["token 7", "renewed 7 after first"]);
    ledger.asked.length = 0;
    ledger.renewed = () => Promise.resolve("third");
    expect(textOf((await as().slash("mine")).message)).toContain("does not accept this bot's key");
    expect(ledger.asked).toEqual(["token 7"]);
  });

  test("says so where nobody can link, and where the store is away", async () => {
    const ledger = new Ledger();
    await open(ledger, { accounts: undefined });
    const off = await workshop!.as().slash("mine");
    expect(textOf(off.message)).toContain("cannot be linked on this bot");
    expect(labels(off.message)).toEqual([]);
    await workshop!.close();
    const { as, log } = await open(ledger);
    ledger.failure = new StoreAway("connect ECONNREFUSED");
    const away = await as().slash("mine");
    expect(away.ephemeral).toBe(true);
    expect(textOf(away.message)).toContain("database is not reachable");
    expect(log.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

test("one interaction reads the account once, whatever asks for it, and the next one again", async () => {
  const ledger = new Ledger();
  const twice = defineCommand({
    name: "twice",
    visibility: "public",
    access: "user",
    options: { fail: optionalBoolean() },
    async run({ options: { fail } }, context) {
      const changed = await context.reread();
      const found = [await context.findAccount(), await changed.findAccount(), await changed.requireAccount()];
      if (fail) throw new StoreAway("away");
      return { content: found.map((account) => account?.login).join(" ") };
    },
  });
  // What a failure means may depend on the account as well.
  const asking: Diagnose = (error, context) => {
    void context.findAccount();
    return diagnose(error, context);
  };
  workshop = await openWorkshop([twice], undefined, { accounts: ledger, diagnose: asking });
  expect((await workshop.as().slash("twice")).message?.content).toBe("stalker stalker stalker");
  expect(ledger.reads).toBe(1);
  expect(textOf((await workshop.as().slash("twice", { fail: true })).message)).toContain("database");
  expect(ledger.reads).toBe(2);
});

test("any action may look whether there is an account, and so may suggestions", async () => {
  const ledger = new Ledger();
  const whoAmI = async (context: Context) => (await context.findAccount())?.login ?? "nobody";
  const who = defineCommand({
    name: "who",
    visibility: "public",
    options: {
      name: optionalText({
        suggest: async (_text, context) => {
          const name = await whoAmI(context);
          return [{ name, value: name }];
        },
      }),
    },
    run: async (_input, context) => ({ content: await whoAmI(context) }),
  });
  workshop = await openWorkshop([who], undefined, { accounts: ledger });
  const said = async () => (await workshop!.as().slash("who")).message?.content;
  expect(await said()).toBe("stalker");
  expect(await workshop.as().autocomplete("who", "name", "")).toMatchObject([{ value: "stalker" }]);
  ledger.linked = { id: "7", login: "stalker", state: "dead" };
  expect(await said()).toBe("nobody");
  ledger.linked = undefined;
  expect(await said()).toBe("nobody");
});

test("other actions have neither an account nor a reply, by type and in fact", async () => {
  let seen: object = {};
  const plain = defineCommand({
    name: "plain",
    visibility: "public",
    run(_input, context) {
      seen = context;
      // @ts-expect-error it did not ask for one
      return { content: String(context.account ?? context.reply) };
    },
  });
  workshop = await openWorkshop([plain]);
  expect((await workshop.as().slash("plain")).message?.content).toBe("undefined");
  expect(Object.keys(seen)).not.toContain("reply");
});

describe("an answer that is changed later", () => {
  let kept: Reply[];
  const begin = defineComponent({
    command: "link",
    action: "begin",
    audience: "owner",
    access: "reply",
    state: stateOf({}),
    run(_press, { reply }) {
      kept.push(reply);
      return { content: "begun again" };
    },
  });
  const command = defineCommand({
    name: "link",
    visibility: "private",
    access: "reply",
    components: [begin],
    run(_input, context) {
      kept.push(context.reply);
      const customId = begin.customId({}, context);
      return { content: "begun", components: [row(button({ label: "again", customId }))] };
    },
  });

  test("is the same private message, for fifteen minutes, also for another process", async () => {
    kept = [];
    const clock = new ManualClock(Date.now());
    workshop = await openWorkshop([command], undefined, { discordClock: clock });
    const { as, editLater, discord, log } = workshop;
    const { message, ephemeral } = await as().slash("link");
    expect(ephemeral).toBe(true);
    clock.advance(14 * 60_000);
    const [reply] = kept;
    const revived = new Reply({ applicationId: reply!.applicationId, token: reply!.reveal() });
    expect(await editLater(revived, { content: "linked" })).toBe(true);
    expect(message).toMatchObject({ content: "linked", components: [], deleted: false });
    expect(as("en-US", "mira").messages()).toEqual([]);
    clock.advance(2 * 60_000);
    expect(await editLater(reply!, { content: "too late" })).toBe(false);
    expect(message?.content).toBe("linked");
    expect(discord.problems).toHaveLength(1);
    expect(log.filter(({ level }) => level >= 40)).toEqual([]);
    expect(JSON.stringify(log)).not.toContain(reply!.reveal());
  });

  test("is the message of the button that began it", async () => {
    kept = [];
    workshop = await openWorkshop([command]);
    const { message } = await workshop.as().slash("link");
    await workshop.as().click(message!, "again");
    expect(await workshop.editLater(kept[1]!, { content: "linked" })).toBe(true);
    expect(message?.content).toBe("linked");
    expect(workshop.as().messages()).toHaveLength(1);
  });

  test("shows its token to nobody who does not ask for it", () => {
    const reply = new Reply({ applicationId: "1", token: "secret" });
    expect(reply.reveal()).toBe("secret");
    for (const text of [JSON.stringify({ reply }), inspect(reply, { depth: 9, showHidden: true })])
      expect(text).not.toContain("secret");
  });
});
