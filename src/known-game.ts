import { LastKnown, type Told } from "./last-known.js";
import type {
  API,
  CallOptions,
  CharacterInfo,
  Clan,
  ClanMember,
  Emission,
  FullCharacterInfo,
  Listing,
  OperationSession,
  OperationSessionsOptions,
  StalcraftError,
} from "@zonewire/stalcraft";

/** Data of one account, read with its own token: what is cached of it is for nobody else. */
export interface Owner {
  readonly userId: string;
  readonly account: {
    readonly id: string;
    readonly use: <T>(call: (token: string) => Promise<T>) => Promise<T>;
  };
}

/** Given an outage of a moment ago, the API is not asked again: somebody waits for the answer. */
type Call<T extends CallOptions = CallOptions> = Omit<T, "token"> & { readonly outage?: StalcraftError | undefined };

export interface LastLogin {
  /** Undefined: the profile tells none. */
  readonly time: Date | undefined;
  readonly receivedAt: Date;
}

/** What was told last. In memory: at most some 20 MB. */
class Memories {
  readonly emissions = new LastKnown<Emission>({ most: 50 });
  readonly clans = new LastKnown<Clan>({ most: 2_000 });
  readonly profiles = new LastKnown<FullCharacterInfo>({ most: 15_000, sizeOf: ({ stats }) => stats.length + 1 });
  readonly logins = new LastKnown<LastLogin>({ most: 10_000 });
  readonly operations = new LastKnown<Listing<OperationSession>>({ most: 1_000, sizeOf });
  readonly members = new LastKnown<Listing<ClanMember>>({ most: 10_000, sizeOf });
  readonly characters = new LastKnown<Listing<CharacterInfo>>({ most: 5_000, sizeOf });
}

/** Hears in which clans the characters of linked accounts are, whenever the game tells. */
export interface MembershipListener {
  /** All of the account's characters of a region are in these clans. */
  saw(linkId: string, region: string, clanIds: readonly string[]): void;
  /** The account has read the members of this clan, so it is in it. */
  sawMember(linkId: string, region: string, clanId: string): void;
}

/** What the game's API tells, or told last while it does not answer. */
export class KnownGame {
  readonly #api: API;
  readonly #memberships: MembershipListener | undefined;
  readonly #memories: Memories;

  constructor(api: API, memberships?: MembershipListener, memories = new Memories()) {
    this.#api = api;
    this.#memberships = memberships;
    this.#memories = memories;
  }

  /** The same memory, asking through another view of the API. */
  through(api: API): KnownGame {
    return new KnownGame(api, this.#memberships, this.#memories);
  }

  emission(region: string, call: Call): Promise<Told<Emission>> {
    return ask(this.#memories.emissions, region, call, (options) => this.#api.emissions(region).getInfo(options));
  }

  clan(region: string, id: string, call: Call): Promise<Told<Clan>> {
    return ask(this.#memories.clans, `${region}/${id}`, call, (options) =>
      this.#api.clans(region).getInfo(id, options),
    );
  }

  profile(region: string, name: string, call: Call): Promise<Told<FullCharacterInfo>> {
    return ask(this.#memories.profiles, `${region}/${name.toLowerCase()}`, call, (options) =>
      this.#api.characters(region).getProfile(name, options),
    );
  }

  /** Of a profile only the last login, which takes little room: members of clans are many. */
  lastLogin(region: string, name: string, call: Call): Promise<Told<LastLogin>> {
    return ask(this.#memories.logins, `${region}/${name.toLowerCase()}`, call, async (options) => {
      const { lastLogin: time, receivedAt } = await this.#api.characters(region).getProfile(name, options);
      return { time, receivedAt };
    });
  }

  operations(region: string, call: Call<OperationSessionsOptions>): Promise<Told<Listing<OperationSession>>> {
    const { limit, offset, sort, order, map, username, before, after } = call;
    const key = JSON.stringify([region, limit, offset, sort, order, map, username?.toLowerCase(), before, after]);
    return ask(this.#memories.operations, key, call, (options) => this.#api.operations(region).getSessions(options));
  }

  /** @throws UnauthorizedError when the account is not in the clan; what `use` throws. */
  async members(region: string, clanId: string, owner: Owner, call: Call): Promise<Told<Listing<ClanMember>>> {
    const told = await ask(this.#memories.members, `${keyOf(owner)}/${region}/${clanId}`, call, (options) =>
      owner.account.use((token) => this.#api.clans(region).getMembers(clanId, { ...options, token })),
    );
    if (!told.outage) this.#memberships?.sawMember(owner.account.id, region, clanId);
    return told;
  }

  /** The account's own. @throws what `use` throws. */
  async characters(region: string, owner: Owner, call: Call): Promise<Told<Listing<CharacterInfo>>> {
    const told = await ask(this.#memories.characters, `${keyOf(owner)}/${region}`, call, (options) =>
      owner.account.use((token) => this.#api.characters(region).getAll({ ...options, token })),
    );
    if (!told.outage) this.#memberships?.saw(owner.account.id, region, clansOf(told.value));
    return told;
  }

  /** What was read with a person's tokens. */
  forget(userId: string): void {
    this.#memories.members.forget(`${userId}/`);
    this.#memories.characters.forget(`${userId}/`);
  }
}

function ask<T extends object, O extends CallOptions>(
  memory: LastKnown<T>,
  key: string,
  { outage, ...options }: O & { readonly outage?: StalcraftError | undefined },
  read: (options: Omit<O, "outage">) => Promise<T>,
): Promise<Told<T>> {
  return memory.ask(key, () => (outage ? Promise.reject(outage) : read(options)));
}

/** In which clans these characters are. */
export function clansOf(characters: readonly CharacterInfo[]): string[] {
  return characters.flatMap(({ clan }) => (clan ? [clan.info.id] : []));
}

const keyOf = ({ userId, account }: Owner) => `${userId}/${account.id}`;

function sizeOf({ length }: Listing<unknown>): number {
  return length + 1;
}
