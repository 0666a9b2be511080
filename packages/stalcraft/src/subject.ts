import type { StalcraftError } from "./errors.js";

/** What a request was about. */
export interface Subject {
  readonly region?: string;
  /** An item's id. */
  readonly item?: string;
  /** A clan's id. */
  readonly clan?: string;
  /** A character's name. */
  readonly character?: string;
}

/** The endpoints that are about one thing, each named group as the caller gave it. */
const PATHS = [
  /^\/(?<region>[^/]+)\/auction\/(?<item>[^/]+)\/(?:lots|history)$/,
  /^\/(?<region>[^/]+)\/character\/by-name\/(?<character>[^/]+)\/profile$/,
  /^\/(?<region>[^/]+)\/friends\/(?<character>[^/]+)$/,
  /^\/(?<region>[^/]+)\/clan\/(?<clan>[^/]+)\/(?:info|members)$/,
  /^\/(?<region>[^/]+)\/(?:emission|characters|clans|operations\/sessions)$/,
];

/** What a request that failed was about, as far as its path tells. Empty when nothing was sent. */
export function subjectOf({ path = "" }: Pick<StalcraftError, "path">): Subject {
  for (const known of PATHS) {
    const groups = known.exec(path)?.groups;
    if (groups)
      return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
  }
  return {};
}
