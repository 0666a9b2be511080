/** What a Discord user chose for themselves. Null: not chosen. */
export interface Person {
  readonly discordId: string;
  /** The id of a game region, as the game's API names it ("EU"). */
  readonly region: string | null;
  /** A language of the bot ("en"). */
  readonly language: string | null;
  readonly privateAnswers: boolean | null;
  /** The auction's fee on a sale, in percent: 0 to below 100. */
  readonly feePercent: number | null;
  /** What a unit of the hideout's energy is worth to them, in rubles. */
  readonly energyPrice: number | null;
  /** False: alerts that others set up for their clan do not read its members with this person's accounts. */
  readonly lendsAccount: boolean | null;
  /** True: the past of their characters is kept, and everybody may see it. Changed by `HistoryStore.keeping`. */
  readonly keepsHistory: boolean | null;
  /** When nobody is to be disturbed; all four null: never. Minutes of the day, 0 to 1439. */
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  /** "Europe/Berlin" */
  readonly timeZone: string | null;
  readonly quietMode: "hold" | "silent" | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is absent stays as it was; null resets it. */
export type PersonChanges = Partial<
  Pick<
    Person,
    "region" | "language" | "privateAnswers" | "feePercent" | "energyPrice" | "lendsAccount" | keyof QuietColumns
  >
>;

/** When nobody is to be disturbed; all null: never. */
export type QuietColumns = Pick<Person, "quietFrom" | "quietUntil" | "timeZone" | "quietMode">;

/** What was chosen for a Discord server. Null: not chosen. */
export interface ServerSettings extends QuietColumns {
  readonly guildId: string;
  readonly region: string | null;
  readonly language: string | null;
  /** When the bot was removed from it; null while the bot is there. */
  readonly leftAt: Date | null;
  readonly updatedAt: Date;
}

/** What is absent stays as it was; null resets it. */
export type ServerChanges = Partial<Pick<ServerSettings, "region" | "language" | keyof QuietColumns>>;

/** An EXBO account, as the game's login names it. */
export interface ExboAccount {
  readonly exboId: string;
  readonly login: string;
}

/** A character of the linked account. */
export interface LinkedCharacter {
  readonly id: string;
  readonly name: string;
  readonly region: string;
}

/** In clear: sealed before they are stored. */
export interface Tokens {
  readonly access: string;
  /** Null: EXBO gave none, so the access token cannot be renewed. */
  readonly refresh: string | null;
  readonly accessExpiresAt: Date;
}

/** An EXBO account that belongs to a Discord user. Its tokens are read apart. */
export interface Link extends ExboAccount {
  /** A UUID. */
  readonly id: string;
  readonly discordId: string;
  /** Dead: EXBO refused the tokens for good; linking the account again renews it. */
  readonly state: "live" | "dead";
  /** Of a person's links, exactly one is the main one. */
  readonly isMain: boolean;
  /** The main character of this account, when one was chosen. */
  readonly character: LinkedCharacter | null;
  readonly accessExpiresAt: Date;
  readonly linkedAt: Date;
  /** When its tokens were last stored. */
  readonly refreshedAt: Date;
}

/** A link as it was read, whose tokens can be opened. */
export interface ReadLink {
  readonly link: Link;
  /** @throws KeyMissingError, SealBrokenError */
  readonly tokens: () => Tokens;
}

/** A link that nobody else can change until the work on it is done. */
export interface LockedLink extends Link {
  readonly tokens: Tokens;
  /** Stores renewed tokens; the link is live. False: the link went away, or was linked again, in the meantime. */
  save(tokens: Tokens): Promise<boolean>;
  /** False: the link went away, or was linked again, in the meantime. */
  markDead(): Promise<boolean>;
}

/** A linking under way: someone was sent to the consent page and is not back yet. */
export interface Attempt {
  /** SHA-256 of the `state` parameter, in hex. The state itself is never stored. */
  readonly stateHash: string;
  readonly discordId: string;
  /** What the person is called in Discord, as the page at the end shows it; stored sealed. */
  readonly discordName: string;
  /** The person's language in Discord ("en-US"). */
  readonly locale: string;
  /** What edits the private answer to `/link`; its token is stored sealed. */
  readonly interaction: { readonly applicationId: string; readonly token: string };
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** An item in a region. */
export interface SaleKey {
  readonly region: string;
  readonly itemId: string;
}

/** A lot that was sold, without those who bought and sold it. */
export interface StoredSale {
  readonly time: Date;
  readonly amount: number;
  /** For the whole lot, in rubles. */
  readonly price: number;
  readonly quality: number;
  readonly level: number;
  /** Exact quality in percent, of what was studied. */
  readonly studied?: number;
}

/** Sales without a gap, from the oldest that was read to the newest. */
export interface SalesStretch {
  readonly revision: number;
  /** Of the whole stretch. */
  readonly count: number;
  /** It begins with the first sale that the API knows. */
  readonly whole: boolean;
  /** Newest first. */
  readonly sales: readonly StoredSale[];
}

export interface SalesChange {
  /** Of the stretch that it changes; undefined: there was none. */
  readonly revision: number | undefined;
  /** What was there does not connect with what is added: it goes. */
  readonly restart: boolean;
  /** Newest first. */
  readonly added: readonly StoredSale[];
  readonly whole: boolean;
  readonly now: Date;
}
