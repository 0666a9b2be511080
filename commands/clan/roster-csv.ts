import type { Attachment, Context } from "../../src/kernel/index.js";
import type { Clan, ClanMember } from "@zonewire/stalcraft";
import { csvFile, csvMoment } from "../format/csv.js";
import { plainRankName } from "../format/rank.js";
import type { LastLogins } from "./last-logins.js";

interface Look {
  /** How the name of the file begins. */
  readonly called?: string;
  /** What stands for a last login that the profile does not tell. */
  readonly unknown?: string;
}

/** The members as a file for spreadsheets of the reader's language; moments are UTC. */
export function rosterFile(
  { tag }: Pick<Clan, "tag">,
  members: readonly ClanMember[],
  region: string,
  logins: LastLogins | undefined,
  context: Pick<Context, "t" | "locale" | "now">,
  { called = "clan-members", unknown = "" }: Look = {},
): Attachment {
  const { t } = context;
  const heading = [t("members.csv-name"), t("members.csv-rank"), t("members.csv-joined")];
  const seen = ({ times }: LastLogins, name: string) => csvMoment(times.get(name)) || (times.has(name) ? unknown : "");
  const rows = members.map(({ name, rank, joinTime }) => [
    name,
    plainRankName(rank, context),
    csvMoment(joinTime),
    ...(logins ? [seen(logins, name)] : []),
  ]);
  const table = [[...heading, ...(logins ? [t("members.csv-seen")] : [])], ...rows];
  return csvFile(called, [tag, region], table, context);
}
