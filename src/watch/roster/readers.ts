import { UnauthorizedError, type API, type ClanMember, type Listing } from "@zonewire/stalcraft";
import { AccountAwayError, LinkAgainError, withToken, type Accounts } from "../../accounts/index.js";
import type { Store } from "../../store/index.js";
import type { ClansOfLinks } from "./clans-of-links.js";

export interface ClanPlace {
  readonly region: string;
  /** A UUID. */
  readonly clanId: string;
}

/** How it stands with the linked accounts of one who set a watch up. */
export type Standing =
  /** One of them reads the members. */
  | "reads"
  /** The game shows the members to none of them: they have no character in the clan. */
  | "refused"
  /** None of them works, or none is linked any more. */
  | "dead"
  /** Not needed, or it could not be found out now. */
  | "unknown";

export interface RosterReading {
  /** Undefined: the game showed nobody any, or an empty list. */
  readonly members: Listing<ClanMember> | undefined;
  /** By Discord id. */
  readonly standings: ReadonlyMap<string, Standing>;
}

export interface ReadersOptions {
  readonly api: Pick<API, "clans">;
  readonly accounts: Pick<Accounts, "links" | "token" | "isRefusal" | "renewed">;
  readonly store: Pick<Store, "clanLinks">;
  readonly clansOfLinks: ClansOfLinks;
}

/** Accounts of one person that are tried without any sign that they are in the clan. */
const MOST_GUESSED = 3;

/** Reads the members of clans with the linked accounts of people in them: where one fails, another one does. */
export class Readers {
  readonly #options: ReadersOptions;

  constructor(options: ReadersOptions) {
    this.#options = options;
  }

  /**
   * @param owners Discord ids of those who set watches up; their accounts come first
   * @throws StalcraftError, AccountAwayError, StoreUnavailableError when there is no answer
   */
  async read(place: ClanPlace, owners: readonly string[], signal: AbortSignal): Promise<RosterReading> {
    const { accounts, store } = this.#options;
    const known = await store.clanLinks.of(place.region, place.clanId);
    const owned = await Promise.all(
      owners.map(async (owner) => {
        const live = (await accounts.links(owner)).filter(({ state }) => state === "live").map(({ id }) => id);
        const seen = live.filter((id) => known.some(({ linkId }) => linkId === id));
        return { owner, seen, guessed: live.filter((id) => !seen.includes(id)).slice(0, MOST_GUESSED) };
      }),
    );
    const turns = [
      ...owned.flatMap(({ seen }) => seen),
      ...owned.flatMap(({ guessed }) => guessed),
      // Of others, those who have not refused it.
      ...known.filter(({ lent }) => lent).map(({ linkId }) => linkId),
    ];
    const results = new Map<string, Tried>();
    let members: Listing<ClanMember> | undefined;
    for (const linkId of new Set(turns)) {
      const tried = await this.#try(linkId, place, signal);
      results.set(linkId, tried);
      if (Array.isArray(tried)) members = tried;
      if (members) break;
    }
    const unavailable = [...results.values()].find((one) => one instanceof AccountAwayError);
    if (unavailable && !members) throw unavailable;
    const standings = owned.map(({ owner, seen, guessed }) => {
      const own = [...seen, ...guessed];
      return [owner, own.length === 0 ? "dead" : standingOf(own.map((id) => results.get(id)))] as const;
    });
    return { members, standings: new Map(standings) };
  }

  async #try(linkId: string, { region, clanId }: ClanPlace, signal: AbortSignal): Promise<Tried> {
    const { api, accounts, clansOfLinks } = this.#options;
    const clans = api.clans(region);
    try {
      const call = { priority: "background", asker: null, signal } as const;
      const members = await withToken(accounts, linkId, (token) => clans.getMembers(clanId, { ...call, token }));
      // Whoever reads the members is one of them.
      if (members.length === 0) return "empty";
      clansOfLinks.sawMember(linkId, region, clanId);
      return members;
    } catch (error) {
      if (error instanceof LinkAgainError) return "dead";
      if (error instanceof UnauthorizedError) {
        await clansOfLinks.lost(linkId, region, clanId);
        return "refused";
      }
      if (error instanceof AccountAwayError) return error;
      throw error;
    }
  }
}

type Tried = Listing<ClanMember> | "empty" | "refused" | "dead" | AccountAwayError;

function standingOf(tried: readonly (Tried | undefined)[]): Standing {
  if (tried.some((one) => Array.isArray(one))) return "reads";
  if (tried.every((one) => one === "dead")) return "dead";
  return tried.every((one) => one === "dead" || one === "refused") ? "refused" : "unknown";
}
