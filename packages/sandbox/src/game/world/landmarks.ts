/** Places in every world, whatever its seed, that tests and walkthroughs may name. */
export const landmarks = {
  items: {
    /** Far more than 200 lots in RU: several pages. */
    popular: "d7olz",
    /** More than 600,000 recorded sales in RU since 2026. */
    hugeHistory: "4gwkl",
    /** Exists, is listed, and nobody trades it. */
    untraded: "r0zvd",
    /** Traded, but missing from the item database. */
    unlisted: "y6kom",
    /** An artifact with many lots: rarities and upgrade levels. */
    artefact: "vq7jd",
    /** Two items with one name, one rank apart from the other. */
    sameName: ["g2jyr", "v6pym"],
    /** A name with «quotes» (and another item of the same name that only the ru edition lists). */
    quotedName: "7kyon",
    /** Listed in the ru edition only, and in the global edition only. */
    ruOnly: "9dqpg",
    globalOnly: "5gdlz",
    /** Its picture is not there. */
    withoutIcon: "w3kdq",
    /** Its name is plain text, not translated. */
    plainName: "7dm2k",
    /** Bartered from something that is bartered itself, twice over. */
    bartered: "7kyon",
    /** Made of things that are made themselves. */
    crafted: "jn6rd",
    /** A part of what is made that nobody sells. */
    marketless: "n2rgk",
    /** No item has this id. */
    unknown: "zzzz",
  },
  /** Character names, the same in every region. */
  characters: {
    /** Leader of the busy clan; belongs to the account `marten`. */
    leader: "Marten",
    /** A permanent member of the hostile clan; belongs to the account `lynx` (RU and EU only). */
    hostileClanMember: "Lynx_77",
    /** Its profile is 200, text/plain and empty. */
    hidden: "Closed_Book",
    /** Never in a clan, without alliance and last login; the account `heron` owns it in RU only. */
    loner: "Серая_Цапля",
    /** Underscores that are markup in Discord. */
    markup: "_Void_",
    /** A profile text and a name that try to mention everybody. */
    hostile: "@everyone",
    /** The second character of the account `marten`: no clan. */
    alt: "Quiet_Marten",
  },
  /** The account `heron` owns all of these, in NA. */
  flock: Array.from({ length: 12 }, (_, n) => `Heron_${n + 1}`),
  /** Ordinal numbers of clans, in the order in which `/clans` lists them. */
  clans: {
    /** Recruits come and go every few minutes. */
    busy: 0,
    /** Name, tag and description full of markup and mentions. */
    hostile: 1,
    /** Without alliance. */
    independent: 2,
  },
  /** Logins of the player accounts. */
  accounts: ["marten", "lynx", "heron"],
} as const;
