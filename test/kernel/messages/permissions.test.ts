import fc from "fast-check";
import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { describe, expect, test } from "vitest";
import { CHANNEL_KINDS } from "../../../src/kernel/channel.js";
import {
  effective,
  isForMembersOnly,
  missingRight,
  permissionsIn,
  pingsAnyRole,
  type Standing,
} from "../../../src/kernel/messages/permissions.js";

const open = { locked: false };
const WRITING = Bit.ViewChannel | Bit.SendMessages | Bit.EmbedLinks;

describe("the missing permission", () => {
  test.each([
    ["text", 0n, "permission.view-channel"],
    ["text", Bit.SendMessages | Bit.EmbedLinks, "permission.view-channel"],
    ["text", Bit.ViewChannel, "permission.send-messages"],
    ["text", Bit.ViewChannel | Bit.EmbedLinks, "permission.send-messages"],
    ["text", Bit.ViewChannel | Bit.SendMessages, "permission.embed-links"],
    ["text", WRITING, undefined],
    ["announcement", WRITING, undefined],
    ["forum", WRITING, undefined],
    ["forum", WRITING & ~Bit.SendMessages, "permission.send-messages"],
    ["thread", WRITING, "permission.send-messages-in-threads"],
    ["thread", Bit.ViewChannel | Bit.SendMessagesInThreads | Bit.EmbedLinks, undefined],
    ["voice", WRITING, "permission.connect"],
    ["voice", WRITING | Bit.Connect, undefined],
    ["voice", Bit.Administrator, undefined],
  ] as const)("in %s with %s is %s", (kind, bits, missing) => {
    expect(missingRight(bits, kind, open)).toBe(missing);
  });

  test("in a locked thread is to manage threads", () => {
    const bits = Bit.ViewChannel | Bit.SendMessagesInThreads | Bit.EmbedLinks;
    expect(missingRight(bits, "thread", { locked: true })).toBe("permission.manage-threads");
    expect(missingRight(bits | Bit.ManageThreads, "thread", { locked: true })).toBeUndefined();
  });

  test("never is one that is there, and giving all that are named is enough", () => {
    const all = fc.bigInt({ min: 0n, max: (1n << 53n) - 1n });
    const names: Record<string, bigint> = {
      "permission.view-channel": Bit.ViewChannel,
      "permission.connect": Bit.Connect,
      "permission.send-messages": Bit.SendMessages,
      "permission.send-messages-in-threads": Bit.SendMessagesInThreads,
      "permission.manage-threads": Bit.ManageThreads,
      "permission.embed-links": Bit.EmbedLinks,
    };
    fc.assert(
      fc.property(all, fc.constantFrom(...CHANNEL_KINDS), fc.boolean(), (start, kind, locked) => {
        let bits = start & ~Bit.Administrator;
        for (let given = 0; given <= Object.keys(names).length; given++) {
          const missing = missingRight(bits, kind, { locked });
          if (missing === undefined) {
            const speaking = kind === "thread" ? Bit.SendMessagesInThreads : Bit.SendMessages;
            const needed = Bit.ViewChannel | speaking | Bit.EmbedLinks;
            expect(effective(bits, kind) & needed).toBe(needed);
            return;
          }
          expect(bits & (names[missing] ?? -1n)).toBe(0n);
          bits |= names[missing] ?? 0n;
        }
        throw new Error("there is always one more missing");
      }),
    );
  });
});

describe("what follows from other permissions", () => {
  const everything = (1n << 53n) - 1n;
  test.each([
    ["without seeing the channel nothing is left", everything & ~Bit.ViewChannel & ~Bit.Administrator, "text", 0n],
    ["in a voice channel nothing is left without connecting", WRITING, "voice", 0n],
    [
      "who may not send mentions nobody",
      Bit.ViewChannel | Bit.MentionEveryone | Bit.AttachFiles | Bit.EmbedLinks | Bit.AddReactions,
      "text",
      Bit.ViewChannel | Bit.AddReactions,
    ],
    [
      "in threads it is sending in threads that counts",
      Bit.ViewChannel | Bit.SendMessages | Bit.MentionEveryone,
      "thread",
      Bit.ViewChannel | Bit.SendMessages,
    ],
  ] as const)("%s", (_, bits, kind, left) => {
    expect(effective(bits, kind)).toBe(left);
  });

  test("a time-out leaves seeing and reading, except to administrators", () => {
    const reading = Bit.ViewChannel | Bit.ReadMessageHistory;
    expect(effective(everything & ~Bit.Administrator, "text", true)).toBe(reading);
    expect(effective(Bit.Administrator, "text", true) & Bit.SendMessages).toBe(Bit.SendMessages);
  });

  test("only who may send and mention everyone pings any role", () => {
    expect(pingsAnyRole(WRITING | Bit.MentionEveryone, "text")).toBe(true);
    expect(pingsAnyRole(Bit.ViewChannel | Bit.MentionEveryone, "text")).toBe(false);
    expect(pingsAnyRole(WRITING, "text")).toBe(false);
    expect(pingsAnyRole(Bit.Administrator, "voice")).toBe(true);
  });

  test("only a private thread is for its members, unless one manages threads", () => {
    expect(isForMembersOnly({ type: ChannelType.PrivateThread }, WRITING)).toBe(true);
    expect(isForMembersOnly({ type: ChannelType.PrivateThread }, WRITING | Bit.ManageThreads)).toBe(false);
    expect(isForMembersOnly({ type: ChannelType.PublicThread }, WRITING)).toBe(false);
  });
});

describe("permissions computed from roles and overwrites", () => {
  const base: Standing = {
    guildId: "g",
    ownerId: "owner",
    memberId: "bot",
    roleIds: ["low", "high"],
    roles: new Map([
      ["g", Bit.ViewChannel],
      ["low", Bit.SendMessages],
      ["high", Bit.EmbedLinks],
      ["other", Bit.ManageGuild],
    ]),
    overwrites: [],
  };
  const deny = (id: string, bits: bigint) => ({ id, deny: bits, allow: 0n });
  const allow = (id: string, bits: bigint) => ({ id, deny: 0n, allow: bits });

  test.each<[string, Partial<Standing>, bigint]>([
    ["are those of all its roles together", {}, WRITING],
    ["lose what everybody is denied", { overwrites: [deny("g", Bit.SendMessages)] }, WRITING & ~Bit.SendMessages],
    [
      "keep what one role allows, though another denies it, in whichever order",
      { overwrites: [allow("low", Bit.SendMessages), deny("high", Bit.SendMessages), deny("g", Bit.SendMessages)] },
      WRITING,
    ],
    [
      "follow the bot's own overwrite last",
      { overwrites: [deny("bot", Bit.ViewChannel), allow("low", Bit.ViewChannel)] },
      WRITING & ~Bit.ViewChannel,
    ],
    ["do not know the overwrites of others", { overwrites: [deny("other", WRITING), deny("owner", WRITING)] }, WRITING],
  ])("%s", (_, standing, bits) => {
    expect(permissionsIn({ ...base, ...standing })).toBe(bits);
  });

  test("an administrator and the owner have all, whatever the channel denies", () => {
    const overwrites = [deny("g", WRITING), deny("bot", WRITING)];
    const roles = new Map([...base.roles, ["low", Bit.Administrator] as const]);
    expect(permissionsIn({ ...base, roles, overwrites }) & WRITING).toBe(WRITING);
    expect(permissionsIn({ ...base, ownerId: "bot", overwrites }) & WRITING).toBe(WRITING);
  });
});
