import type { Logger } from "pino";
import { NotFoundError, type API } from "@zonewire/stalcraft";
import type { Accounts, LinkingResult } from "../accounts/index.js";
import { clansOf, type MembershipListener } from "../known-game.js";
import type { Watching } from "../watch/index.js";

interface LinkedParts {
  readonly api: API;
  readonly accounts: Pick<Accounts, "links">;
  readonly memberships: MembershipListener;
  readonly watching: Pick<Watching, "resumeLinked">;
  readonly log: Logger;
}

/**
 * After a linking: the watches that waited for an account go on, and it is noted in which clans the account's characters are.
 * Nobody waits for it. Never rejects.
 */
export async function useLinked(result: LinkingResult, { api, accounts, memberships, watching, log }: LinkedParts) {
  if (result.kind !== "linked" && result.kind !== "renewed") return;
  const { asker, login } = result;
  try {
    await watching.resumeLinked(asker.discordId);
    const link = (await accounts.links(asker.discordId)).find((one) => one.login === login);
    if (!link) return;
    const background = { priority: "background", asker: null } as const;
    const token = await link.token();
    for (const { id: region } of await api.regions().getAll(background)) {
      const reading = api.characters(region).getAll({ ...background, token });
      memberships.saw(link.id, region, clansOf(await reading.catch(noneThere)));
    }
  } catch (error) {
    log.debug({ err: error }, "the clans of a linked account could not be read; its next use tells them");
  }
}

function noneThere(error: unknown): readonly never[] {
  if (error instanceof NotFoundError) return [];
  throw error;
}
