import type { SubjectKey } from "../store/index.js";

/** What can be looked at. */
export type Subject =
  | { readonly kind: "emission"; readonly region: string }
  | { readonly kind: "price"; readonly region: string; readonly itemId: string }
  | { readonly kind: "roster"; readonly region: string; readonly clanId: string }
  | { readonly kind: "war"; readonly guildId: string; readonly scheduleId: string }
  | { readonly kind: "roles"; readonly guildId: string };

/** As the store names it. */
export function subjectKey(subject: Subject): SubjectKey {
  return { kind: subject.kind, subject: partsOf(subject).join(":") };
}

function partsOf(subject: Subject): readonly string[] {
  switch (subject.kind) {
    case "emission":
      return [subject.region];
    case "price":
      return [subject.region, subject.itemId];
    case "roster":
      return [subject.region, subject.clanId];
    case "war":
      return [subject.guildId, subject.scheduleId];
    case "roles":
      return [subject.guildId];
  }
}

/** Ids hold no colon, and regions neither. */
export function subjectOf({ kind, subject }: SubjectKey): Subject {
  const [first = "", second = ""] = subject.split(":");
  switch (kind) {
    case "emission":
      return { kind, region: first };
    case "price":
      return { kind, region: first, itemId: second };
    case "roster":
      return { kind, region: first, clanId: second };
    case "war":
      return { kind, guildId: first, scheduleId: second };
    case "roles":
      return { kind, guildId: first };
  }
}
