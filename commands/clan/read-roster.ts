import { escape, UserError, type Account, type Context } from "../../src/kernel/index.js";
import { UnauthorizedError, type Clan, type ClanMember, type StalcraftError } from "@zonewire/stalcraft";
import { chosenCharacter } from "../options/character.js";
import { findClanId } from "../options/clan.js";
import { readLastLogins, type LastLogins } from "./last-logins.js";
import { readingCard } from "./members-card.js";
import { sorted, type Sort } from "./roster.js";

export type WithAccount = Context & { readonly account: Account };

/** A clan by its id. */
export interface ClanPlace {
  readonly clan: string;
  readonly region: string;
}

/** The clan that is meant. */
export interface Found extends ClanPlace {
  /** Why the API did not tell: it is the one that it named last. */
  readonly outage?: StalcraftError | undefined;
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
  /** When the members were read. */
  readonly readAt: Date;
  /** Why something of it could not be read again. */
  readonly outage: StalcraftError | undefined;
  /** The selected members, in the selected order. */
  readonly shown: readonly ClanMember[];
  /** Read where they are needed. */
  readonly logins: LastLogins | undefined;
}

/** @throws UserError when the caller is in no clan of the region. */
export async function ownClan(asked: string | undefined, context: WithAccount): Promise<Found> {
  const { character, own, region, outage } = await chosenCharacter(context.account, asked, context);
  const found = character.clan ?? own.find((other) => other.clan)?.clan;
  if (!found) throw new UserError("error.no-own-clan", { region });
  return { clan: found.info.id, region, outage };
}

/** @throws UserError when no clan has such a name or tag. */
export async function namedClan(text: string, region: string, context: Context): Promise<Found> {
  return { clan: await findClanId(text, region, context), region };
}

/**
 * @param outage of a moment ago: nothing is asked again
 * @throws UserError when the caller is not in the clan.
 */
export async function readRoster(
  { clan: id, region, sort, rank }: Selection,
  context: WithAccount,
  outage?: StalcraftError,
): Promise<Roster> {
  const info = await context.known.clan(region, id, { signal: context.signal, outage });
  const clan = info.value;
  const members = await readMembers(clan, region, context, info.outage);
  const all = members.value;
  const chosen = all.filter((member) => rank === undefined || member.rank === rank);
  const logins =
    sort === "seen"
      ? await readLastLogins(chosen, region, { ...context, outage: members.outage }, (read) => {
          context.progress({ embeds: [readingCard(clan, read, chosen.length, context)] });
        })
      : undefined;
  return {
    clan,
    all,
    readAt: all.receivedAt,
    outage: members.outage ?? logins?.outage,
    shown: sorted(chosen, sort, logins, context),
    logins,
  };
}

async function readMembers({ id, name }: Clan, region: string, context: WithAccount, outage?: StalcraftError) {
  const { known, signal, account, userId } = context;
  try {
    return await known.members(region, id, { userId, account }, { signal, outage });
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    const params = { clan: escape(name), account: escape(account.login) };
    throw new UserError("error.not-in-clan", params, { cause: error });
  }
}
