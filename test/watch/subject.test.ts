import { expect, test } from "vitest";
import { subjectKey, subjectOf, type Subject } from "../../src/watch/subject.js";

test("what is looked at is read from its name as it was written into it", () => {
  const subjects: readonly Subject[] = [
    { kind: "emission", region: "EU" },
    { kind: "price", region: "EU", itemId: "zyv9" },
    { kind: "roster", region: "EU", clanId: "c-1" },
    { kind: "war", guildId: "9", scheduleId: "s1" },
    { kind: "roles", guildId: "9" },
  ];
  for (const subject of subjects) expect(subjectOf(subjectKey(subject))).toEqual(subject);
  expect(subjects.map((subject) => subjectKey(subject).subject)).toEqual(["EU", "EU:zyv9", "EU:c-1", "9:s1", "9"]);
});
