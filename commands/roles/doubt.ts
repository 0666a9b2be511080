import { escape, type Context, type MessageContext } from "../../src/kernel/index.js";
import type { ClanReading } from "../../src/roles/index.js";
import { clanLabel } from "./server.js";

export type Doubted = Exclude<ClanReading, { readonly doubt: undefined }>;

/** Why nothing follows from a clan now, and what to do about it. */
export function doubtText(reading: Doubted, context: Pick<Context, "clans"> & MessageContext): string {
  const { t, number } = context;
  const clan = escape(clanLabel(reading, context));
  switch (reading.doubt) {
    case "refused":
      return t("roles.doubt.refused", { clan });
    case "gone":
      return t("roles.doubt.gone", { clan });
    case "silent":
      return t("roles.doubt.silent", { clan });
    case "shrunk":
      return t("roles.doubt.shrunk", { clan, before: number(reading.before), now: number(reading.now) });
  }
}
