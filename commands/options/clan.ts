import type { ClanEntry, ClanPlace } from "../../src/clans/index.js";
import {
  escape,
  optionalText,
  plain,
  requiredText,
  UserError,
  type Context,
  type Suggest,
  type TextOption,
} from "../../src/kernel/index.js";
import { fold } from "../../src/fold.js";
import { regionOption } from "./region.js";
import { partsOfTitle, unescaped } from "./title.js";
import { unknownTo } from "./unknown.js";

const SUGGESTIONS = 25;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How long a name typed by hand waits for the clan list, in milliseconds. */
const PATIENCE_MS = 5_000;

type Named = Pick<ClanEntry, "tag" | "name">;

const suggest: Suggest = (text, context, options) => {
  const region = regionOption().read(options.region, context);
  return context.clans
    .search(region, nameIn(text, context), SUGGESTIONS)
    .map((clan) => ({ name: labelOf(clan), value: clan.id }));
};

function labelOf({ tag, name }: Named): string {
  return plain(`[${tag}] ${name}`);
}

/** An id that was picked says nothing to a person. */
const unknown = unknownTo("clan", ({ region, error: cause }, _context, pressed) => {
  const where = { region: escape(region) };
  return pressed
    ? new UserError("error.clan-gone", { ...where, ...pressed }, { cause })
    : new UserError("error.clan-unlisted", where, { cause });
});

/** A clan: its id, or its name or tag, or both as suggestions and cards show them. */
export function clanOption(): TextOption<string> {
  return requiredText({ suggest, unknown });
}

/** The same; undefined where it is left out. */
export function optionalClanOption(): TextOption<string | undefined> {
  return optionalText({ suggest, unknown });
}

/**
 * The id of the clan somebody means for sure.
 * @throws UserError when there is none: with where it plays, or with what may have been meant.
 */
export async function findClanId(text: string, region: string, context: Context): Promise<string> {
  const { clans } = context;
  if (UUID.test(text)) return clanOfRegion(text.toLowerCase(), region, context);
  const known = clans.peek(region);
  // While the list is being read, a second clan of that name may still come.
  const { clans: list } = known?.complete ? known : await clans.read(region, PATIENCE_MS);
  const named = clansNamed(list, text, context);
  const [only, ...others] = named;
  if (only && others.length === 0) return only.id;
  const elsewhere = clans.all().filter((place) => place.region !== region);
  const [there] =
    named.length > 0
      ? []
      : clansNamed(
          elsewhere.map(({ clan }) => clan),
          text,
          context,
        );
  if (there) return clanOfRegion(there.id, region, context);
  throw unsure(text, named.length > 0 ? named : clans.search(region, nameIn(text, context), SUGGESTIONS));
}

/** @throws UserError when the clan is known to play in another region. */
function clanOfRegion(id: string, region: string, { clans }: Context): string {
  const isHere = clans.peek(region)?.clans.some((clan) => clan.id === id) ?? false;
  const place = isHere ? undefined : clans.find(id);
  if (!place || place.region === region) return id;
  throw playsElsewhere(place, region);
}

function playsElsewhere({ clan, region }: ClanPlace, here: string): UserError {
  const params = { clan: escape(`[${clan.tag}] ${clan.name}`), there: escape(region), here: escape(here) };
  const label = `${region} · ${labelOf(clan)}`;
  return new UserError("error.clan-elsewhere", params, {
    alternatives: [{ label, options: { clan: clan.id, region } }],
  });
}

function unsure(text: string, found: readonly ClanEntry[]): UserError {
  if (found.length === 0) return new UserError("error.clan-unknown", { clan: escape(text) });
  const alternatives = found.map((clan) => ({ label: labelOf(clan), options: { clan: clan.id } }));
  return new UserError("error.did-you-mean", { text: escape(text) }, { alternatives });
}

/** Those that a text names in full: as it is written, or else whatever the case and the accents. */
function clansNamed(clans: readonly ClanEntry[], text: string, context: Context): readonly ClanEntry[] {
  const wanted = unescaped(text);
  const titled = titledIn(wanted, context);
  const forms = (clan: ClanEntry) => [labelOf(clan), plain(clan.name), plain(clan.tag)];
  const folded = new Set([fold(wanted).trim(), fold(titled).trim()]);
  const alike = clans.filter((clan) => forms(clan).some((form) => folded.has(fold(form).trim())));
  const exact = alike.filter((clan) => forms(clan).some((form) => form === wanted || form === titled));
  const labelled = exact.filter((clan) => [wanted, titled].includes(labelOf(clan)));
  return [labelled, exact, alike].find(({ length }) => length > 0) ?? [];
}

/** The label of the clan that a card's title is about; any other text as it is. */
function titledIn(text: string, { t }: Context): string {
  for (const key of TITLES) {
    const parts = partsOfTitle(text, ["tag", "name", "region"], ({ tag = "", name = "", region = "" }) =>
      t(key, { tag, name, region }),
    );
    if (parts) return labelOf({ tag: parts.tag ?? "", name: parts.name ?? "" });
  }
  return text;
}

/** Those of cards about a clan. */
const TITLES = [
  "members.title",
  "roster.title",
  "inactive.title",
  "clan-top.title",
  "clan-history.title",
  "clan-keep.title",
] as const;

/** What of a text to search for: of a label the name. */
function nameIn(text: string, context: Context): string {
  const [, name] = /^\[.*?\]\s*(.+)$/u.exec(titledIn(unescaped(text), context)) ?? [];
  return name ?? text;
}
