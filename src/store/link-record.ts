import type { Link } from "./records.js";
import type { LinkRow } from "./sealed-tokens.js";

/** A link as others see it: without its tokens. */
export function asLink(row: LinkRow): Link {
  const { id, discordId, exboId, login, state, isMain, accessExpiresAt, linkedAt, refreshedAt } = row;
  const { characterId, characterName: name, characterRegion: region } = row;
  const character = characterId === null || name === null || region === null ? null : { id: characterId, name, region };
  return { id, discordId, exboId, login, state, isMain, character, accessExpiresAt, linkedAt, refreshedAt };
}
