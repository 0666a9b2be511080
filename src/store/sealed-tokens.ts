import type { KeyRing } from "./encryption.js";
import type { Tokens } from "./records.js";
import type { links } from "./schema.js";
import { linkIdentity } from "./sealed-columns.js";

export type LinkRow = typeof links.$inferSelect;

/** The columns of a link that has just got these tokens. */
export function sealTokens(keys: KeyRing, linkId: string, tokens: Tokens, now: Date) {
  const identity = linkIdentity(linkId);
  const access = keys.seal(tokens.access, identity.accessToken);
  const refresh = tokens.refresh === null ? null : keys.seal(tokens.refresh, identity.refreshToken);
  return {
    accessToken: access.bytes,
    refreshToken: refresh?.bytes ?? null,
    keyId: access.keyId,
    accessExpiresAt: tokens.accessExpiresAt,
    state: "live" as const,
    refreshedAt: now,
  };
}

/** @throws KeyMissingError, SealBrokenError */
export function openTokens(keys: KeyRing, { id, keyId, accessToken, refreshToken, accessExpiresAt }: LinkRow): Tokens {
  const identity = linkIdentity(id);
  const open = (bytes: Uint8Array, whose: string) => keys.open({ keyId, bytes }, whose);
  return {
    access: open(accessToken, identity.accessToken),
    refresh: refreshToken && open(refreshToken, identity.refreshToken),
    accessExpiresAt,
  };
}
