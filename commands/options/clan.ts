import type { ClanEntry } from "../../src/clans/index.js";
import {
  escape,
  optionalText,
  requiredText,
  UserError,
  type Context,
  type Suggest,
  type TextOption,
} from "../../src/kernel/index.js";
import { regionOption } from "./region.js";

const SUGGESTIONS = 25;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How long a name typed by hand waits for the clan list, in milliseconds. */
const PATIENCE_MS = 5_000;

const suggest: Suggest = (text, context, options) => {
  const region = regionOption().read(options.region, context);
  return context.clans
    .search(region, text, SUGGESTIONS)
    .map(({ id, name, tag }) => ({ name: `[${tag}] ${name}`, value: id }));
};

/** A clan: its id, or its name or tag. */
export function clanOption(): TextOption<string> {
  return requiredText({ suggest });
}

/** The same; undefined where it is left out. */
export function optionalClanOption(): TextOption<string | undefined> {
  return optionalText({ suggest });
}

/**
 * The id of the clan somebody means.
 * @throws UserError when no clan has such a name or tag.
 */
export async function findClanId(text: string, region: string, { clans }: Context): Promise<string> {
  if (UUID.test(text)) return text.toLowerCase();
  const known = exact(clans.search(region, text, SUGGESTIONS), text);
  if (known) return known.id;
  const { complete } = await clans.read(region, PATIENCE_MS);
  const found = clans.search(region, text, SUGGESTIONS);
  // While the list is being read, a second clan of that kind may still come.
  const meant = exact(found, text) ?? (complete && found.length === 1 ? found[0] : undefined);
  if (!meant) throw new UserError("error.clan-unknown", { clan: escape(text) });
  return meant.id;
}

function exact(found: readonly ClanEntry[], text: string): ClanEntry | undefined {
  const wanted = text.trim().toLowerCase();
  return found.find(({ name, tag }) => name.toLowerCase() === wanted || tag.toLowerCase() === wanted);
}
