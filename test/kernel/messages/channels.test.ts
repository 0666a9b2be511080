import type { Channel } from "@zonewire/sandbox/discord";
import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { seenChannel, type ChosenChannel, type ChosenRole } from "../../../src/kernel/channel.js";
import { UserError } from "../../../src/kernel/errors.js";
import type { Translate } from "../../../src/kernel/texts.js";
import { openSpeaking, type Speaking } from "./speaking.js";

let speaking: Speaking;
beforeAll(async () => {
  speaking = await openSpeaking();
});
afterEach(() => {
  speaking.discord.faults.clear();
});
afterAll(() => speaking.close());

/** The keys stand for the texts. */
const t = ((key: string) => key) as Translate;

/** "fine", or what is objected, with its parameters. */
async function objection(chosen: ChosenChannel, role?: ChosenRole, guildId = speaking.guild.id) {
  try {
    const { kind } = await speaking.channels.require(chosen, { guildId, t }, role);
    return `fine: ${kind}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.key, error.params.permission].filter(Boolean).join(" ");
  }
}

/** As an option brings it: with the bits that Discord tells, before what follows from them. */
function told(channel: Channel, bits: bigint): ChosenChannel {
  const { id, type, name, guild, thread } = channel;
  const raw = { type, name, guild_id: guild?.id, parent_id: thread?.parent.id, app_permissions: String(bits) };
  return { id, seen: seenChannel.parse({ ...raw, thread_metadata: { locked: thread?.locked ?? false } }) };
}
const unseen = ({ id }: Channel): ChosenChannel => ({ id, seen: undefined });
const deny = (channel: Channel, bits: bigint) => {
  const { discord, guild } = speaking;
  discord.world.setOverwrite(channel, guild.roles.get(guild.id)!, { deny: bits });
};
const WRITING = Bit.ViewChannel | Bit.SendMessages | Bit.EmbedLinks;

describe("a channel that somebody chose", () => {
  test.each([
    [ChannelType.GuildText, "text"],
    [ChannelType.GuildAnnouncement, "announcement"],
    [ChannelType.GuildForum, "forum"],
    [ChannelType.GuildVoice, "voice"],
  ] as const)("of type %i is fine where nothing is denied", async (type, kind) => {
    const channel = speaking.channel({ type });
    expect(await objection(unseen(channel))).toBe(`fine: ${kind}`);
    expect(await objection(told(channel, WRITING | Bit.Connect))).toBe(`fine: ${kind}`);
  });

  test.each([
    ["view-channel", Bit.ViewChannel],
    ["send-messages", Bit.SendMessages],
    ["embed-links", Bit.EmbedLinks],
  ])("is refused with the name of the permission %s", async (name, bit) => {
    const channel = speaking.channel();
    deny(channel, bit);
    const expected = `error.channel-permission permission.${name}`;
    expect(await objection(unseen(channel))).toBe(expected);
    expect(await objection(told(channel, WRITING & ~bit))).toBe(expected);
  });

  test("that is a voice channel needs the bot to connect", async () => {
    const channel = speaking.channel({ type: ChannelType.GuildVoice });
    deny(channel, Bit.Connect);
    expect(await objection(told(channel, WRITING))).toBe("error.channel-permission permission.connect");
  });

  test("that is a thread follows its parent, and its own rules", async () => {
    const parent = speaking.channel();
    const thread = speaking.discord.world.addThread(parent, "raids");
    expect(await objection(unseen(thread))).toBe("fine: thread");
    deny(parent, Bit.SendMessages);
    expect(await objection(unseen(thread))).toBe("fine: thread");
    deny(parent, Bit.SendMessagesInThreads);
    expect(await objection(unseen(thread))).toBe("error.channel-permission permission.send-messages-in-threads");
  });

  test("that is a thread for its members has to have the bot among them", async () => {
    const owner = speaking.discord.users[0];
    const options = { type: ChannelType.PrivateThread, ...(owner && { owner }) } as const;
    const thread = speaking.discord.world.addThread(speaking.channel(), "officers", options);
    const bits = Bit.ViewChannel | Bit.SendMessagesInThreads | Bit.EmbedLinks;
    expect(await objection(told(thread, bits))).toBe("error.channel-permission permission.manage-threads");
    thread.thread?.members.add(speaking.discord.botUser.id);
    expect(await objection(told(thread, bits))).toBe("fine: thread");
  });

  test("that is gone, of another server, or no channel to write in is refused", async () => {
    const { discord } = speaking;
    const channel = speaking.channel();
    discord.world.removeChannel(channel);
    expect(await objection(unseen(channel))).toBe("error.channel-gone");
    const other = discord.world.addGuild("Elsewhere", discord.users[0]!);
    const [foreign] = discord.channels.filter(({ guild }) => guild === other);
    expect(await objection(unseen(foreign!))).toBe("error.channel-gone");
    const category = { ...told(speaking.channel(), WRITING).seen!, type: ChannelType.GuildCategory };
    expect(await objection({ id: "1".repeat(18), seen: category })).toBe("error.channel-kind");
  });

  test("cannot be judged while Discord does not answer", async () => {
    speaking.discord.faults.rest.add({ status: 503, times: Infinity });
    expect(await objection(unseen(speaking.channel()))).toBe("error.discord-silent");
  });

  test("is of no use while the bot is timed out", async () => {
    const { discord, guild } = speaking;
    const channel = speaking.channel();
    discord.world.changeMember(guild, discord.botUser, { timedOutUntil: Date.now() + 60_000 });
    expect(await objection(told(channel, WRITING))).toBe("error.bot-timed-out");
    discord.world.changeMember(guild, discord.botUser, { timedOutUntil: undefined });
    expect(await objection(told(channel, WRITING))).toBe("fine: text");
  });
});

describe("a role that somebody chose", () => {
  test("is pinged where everybody may mention it, or the bot may mention all", async () => {
    const { discord, guild } = speaking;
    const channel = speaking.channel();
    const open = discord.world.addRole(guild, "Stalkers");
    const closed = discord.world.addRole(guild, "Officers", 0n, { mentionable: false });
    const seen = ({ id, name, mentionable }: typeof open) => ({ id, seen: { name, mentionable } });
    expect(await objection(told(channel, WRITING), seen(open))).toBe("fine: text");
    expect(await objection(told(channel, WRITING), { id: open.id, seen: undefined })).toBe("fine: text");
    const refused = "error.role-unmentionable permission.mention-everyone";
    expect(await objection(told(channel, WRITING), seen(closed))).toBe(refused);
    expect(await objection(told(channel, WRITING), { id: closed.id, seen: undefined })).toBe(refused);
    expect(await objection(told(channel, WRITING | Bit.MentionEveryone), seen(closed))).toBe("fine: text");
  });
});

test("what is missing is named for a channel that was chosen long ago", async () => {
  const channel = speaking.channel();
  expect(await speaking.channels.missingIn(channel.id)).toBeUndefined();
  deny(channel, Bit.EmbedLinks);
  expect(await speaking.channels.missingIn(channel.id)).toBe("permission.embed-links");
  deny(channel, Bit.ViewChannel);
  expect(await speaking.channels.missingIn(channel.id)).toBe("permission.view-channel");
  speaking.discord.faults.rest.add({ status: 503, times: Infinity });
  expect(await speaking.channels.missingIn(channel.id)).toBeUndefined();
});
