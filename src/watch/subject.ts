import type { SubjectKey } from "../store/index.js";

/** What can be looked at. */
export type Subject =
  | { readonly kind: "emission"; readonly region: string }
  | { readonly kind: "price"; readonly region: string; readonly itemId: string }
  | { readonly kind: "roster"; readonly region: string; readonly clanId: string };

/** As the store names it. */
export function subjectKey(subject: Subject): SubjectKey {
  const { kind, region } = subject;
  if (kind === "emission") return { kind, subject: region };
  return { kind, subject: `${region}:${kind === "price" ? subject.itemId : subject.clanId}` };
}

/** Ids of items and clans hold no colon, and regions neither. */
export function subjectOf({ kind, subject }: SubjectKey): Subject {
  const [region = "", id = ""] = subject.split(":");
  if (kind === "emission") return { kind, region };
  return kind === "price" ? { kind, region, itemId: id } : { kind, region, clanId: id };
}
