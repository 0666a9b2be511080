import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { World, landmarks } from "../../../src/game/index.js";
import { profileAt } from "../../../src/game/world/profile.js";
import { MINUTE, NOON } from "../game.js";
import { moments } from "./samples.js";

describe("clans", () => {
  const { population } = new World({ seed: 5, clansPerRegion: 1_000 }).region("RU");

  it("are as many as requested, with ids that find them again", () => {
    expect(population.clanCount).toBe(1_000);
    const ids = Array.from({ length: 1_000 }, (_, n) => population.clanAt(n, NOON).id);
    expect(new Set(ids).size).toBe(1_000);
    expect(population.findClan(ids[417]!)).toBe(417);
  });

  it("agree with their members, and every character with its clan", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), moments, (n, at) => {
        const roster = population.rosterAt(n, at);
        const clan = population.clanAt(n, at);
        expect(clan.memberCount).toBe(roster.length);
        expect(roster.filter(({ rank }) => rank === "LEADER").map(({ character }) => character.name)).toEqual([
          clan.leader,
        ]);
        for (const member of roster) {
          expect(member.joinedAt).toBeLessThanOrEqual(at);
          expect(population.membershipAt(member.character, at)?.clan.id).toBe(clan.id);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("have members who were there when they joined", () => {
    const clans = fc.oneof(fc.constant(landmarks.clans.busy), fc.integer({ min: 0, max: 999 }));
    fc.assert(
      fc.property(clans, moments, (n, at) => {
        for (const { character, joinedAt } of population.rosterAt(n, at)) {
          expect(character.createdAt).toBeLessThanOrEqual(joinedAt);
          const lastLoginAt = profileAt(population, character, at)?.lastLoginAt ?? joinedAt;
          expect(lastLoginAt).toBeGreaterThanOrEqual(joinedAt);
          expect(lastLoginAt).toBeLessThanOrEqual(at);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("have names in proper English", () => {
    const names = Array.from({ length: 1_000 }, (_, n) => population.clanAt(n, NOON).name).join("\n");
    expect(names).toMatch(/Wolves/);
    expect(names).toMatch(/Foxes/);
    expect(names).toMatch(/Lynxes/);
    expect(names).not.toMatch(/Wolfs|xs\b|Bisons/);
  });

  it("change: people join, leave and are promoted", () => {
    const rosters = Array.from({ length: 40 }, (_, minute) =>
      population.rosterAt(landmarks.clans.busy, NOON + minute * MINUTE),
    );
    const names = rosters.map((roster) => roster.map(({ character }) => character.name));
    const pairs = names.slice(1).map((now, n) => ({ now, before: names[n]! }));
    expect(pairs.some(({ now, before }) => now.some((name) => !before.includes(name)))).toBe(true);
    expect(pairs.some(({ now, before }) => before.some((name) => !now.includes(name)))).toBe(true);
    const ranks = rosters.map((roster) => new Map(roster.map(({ character, rank }) => [character.name, rank])));
    expect(
      ranks.slice(1).some((now, n) => [...now].some(([name, rank]) => (ranks[n]!.get(name) ?? rank) !== rank)),
    ).toBe(true);
  });

  it("spell two ranks in both ways", () => {
    const ranks = new Set(
      Array.from({ length: 60 }, (_, n) => population.rosterAt(n, NOON))
        .flat()
        .map(({ rank }) => rank),
    );
    for (const rank of [
      "RECRUIT",
      "COMMONER",
      "SOLDIER",
      "SOLIDER",
      "SERGEANT",
      "SERGANT",
      "OFFICER",
      "COLONEL",
      "LEADER",
    ]) {
      expect(ranks).toContain(rank);
    }
  });

  it("have hostile texts and names in two alphabets", () => {
    const clans = Array.from({ length: 36 }, (_, n) => population.clanAt(n, NOON));
    const text = clans.map(({ name, tag, description }) => `${name} ${tag} ${description}`).join("\n");
    for (const sign of ["@everyone", "<@123>", "](https://evil.example)", "**", "```", "<img src=x", "§4", "\u202E"]) {
      expect(text).toContain(sign);
    }
    expect(Math.max(...clans.map(({ description }) => description.length))).toBeGreaterThan(4_096);
    expect(clans.some(({ alliance }) => alliance === undefined)).toBe(true);
    expect(text).toMatch(/[а-я]{3}/);
    expect(clans[landmarks.clans.hostile]!.name).toContain("@everyone");
  });

  it("give no two characters one name", () => {
    const names = Array.from({ length: population.characterCount }, (_, n) => population.nameOf(n).toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(population.findCharacter(landmarks.characters.leader.toUpperCase())?.name).toBe(landmarks.characters.leader);
  });
});
