import { escape, UserError, type Account, type Context } from "../../src/kernel/index.js";
import { InvalidRequestError, UnauthorizedError, type Clan, type ClanMember } from "../../src/stalcraft/index.js";
import { meantCharacter } from "../options/character.js";
import { findClanId } from "../options/clan.js";
import { explainMissing } from "../options/region.js";
import { readLastLogins, type LastLogins } from "./last-logins.js";
import { readingCard } from "./members-card.js";
import { sorted, type Sort } from "./roster.js";

export type WithAccount = Context & { readonly account: Account };

/** A clan by its id. */
export interface ClanPlace {
  readonly clan: string;
  readonly region: string;
}

/** Which members of which clan, in which order. */
export interface Selection extends ClanPlace {
  readonly sort: Sort;
  /** Undefined: all of them. */
  readonly rank: string | undefined;
}

export interface Roster {
  readonly clan: Clan;
  readonly all: readonly ClanMember[];
  /** Those that are asked for, in the order that is asked for. */
  readonly shown: readonly ClanMember[];
  /** Where they are asked for. */
  readonly logins: LastLogins | undefined;
}

/** @throws UserError when the caller is in no clan of the region. */
export async function ownClan(asked: string | undefined, context: WithAccount): Promise<ClanPlace> {
  const { character, own, region } = await meantCharacter(context.account, asked, context);
  const found = character.clan ?? own.find((other) => other.clan)?.clan;
  if (!found) throw new UserError("error.no-own-clan", { region });
  return { clan: found.info.id, region };
}

/** @throws UserError when there is no such clan or region. */
export async function namedClan(text: string, region: string, context: Context): Promise<ClanPlace> {
  try {
    return { clan: await findClanId(text, region, context), region };
  } catch (error) {
    throw await missing(error, text, region, context);
  }
}

/** @throws UserError when the clan is gone, or the caller is not in it. */
export async function readRoster({ clan: id, region, sort, rank }: Selection, context: WithAccount): Promise<Roster> {
  const clan = await readClan(id, region, context);
  const all = await readMembers(clan, region, context);
  const chosen = all.filter((member) => rank === undefined || member.rank === rank);
  const logins =
    sort === "seen"
      ? await readLastLogins(chosen, region, context, (read) => {
          context.progress({ embeds: [readingCard(clan, read, chosen.length, context)] });
        })
      : undefined;
  return { clan, all, shown: sorted(chosen, sort, logins, context), logins };
}

async function readClan(id: string, region: string, context: Context): Promise<Clan> {
  try {
    return await context.stalcraft.clans(region).getInfo(id, { signal: context.signal });
  } catch (error) {
    throw await missing(error, id, region, context);
  }
}

async function readMembers({ id, name }: Clan, region: string, context: WithAccount): Promise<ClanMember[]> {
  const { stalcraft, signal, account } = context;
  try {
    return await account.use((token) => stalcraft.clans(region).getMembers(id, { token, signal }));
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw await missing(error, name, region, context);
    const params = { clan: escape(name), account: escape(account.login) };
    throw new UserError("error.not-in-clan", params, { cause: error });
  }
}

/** What the person is told where the clan, or the region, is not there; any other error as it was. */
async function missing(error: unknown, clan: string, region: string, context: Context): Promise<unknown> {
  const params = { clan: escape(clan) };
  if (error instanceof InvalidRequestError) return new UserError("error.clan-unknown", params, { cause: error });
  return explainMissing(error, region, context, { key: "error.clan-unknown", params });
}
