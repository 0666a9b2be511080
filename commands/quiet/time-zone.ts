import { fold } from "../../src/fold.js";
import {
  escape,
  inlineCode,
  optionalText,
  UserError,
  type Context,
  type Locale,
  type TextOption,
} from "../../src/kernel/index.js";
import { USUAL_TIME_ZONES, zoneNamed, zoneNames } from "./zone-names.js";

/** The areas into which zones of cities are sorted. */
const AREAS = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
/** So many are named where it is unclear which one is meant. */
const NAMED = 5;

/** Meant by those who name none. */
const OF_LOCALE: Readonly<Record<Locale, string>> = {
  en: "UTC",
  ru: "Europe/Moscow",
  es: "Europe/Madrid",
  fr: "Europe/Paris",
  ko: "Asia/Seoul",
};

export function usualTimeZone(locale: Locale): string {
  return OF_LOCALE[locale];
}

/** In the order of the clock, at most 25. @param chosen is among them */
export function commonTimeZones(chosen: string): readonly string[] {
  const others = USUAL_TIME_ZONES.filter((zone) => zone !== chosen);
  return others.length === USUAL_TIME_ZONES.length ? [chosen, ...others.slice(1)] : USUAL_TIME_ZONES;
}

/** `Europe/Moscow · UTC+3`, as it is at that moment. */
export function timeZoneLabel(timeZone: string, at: Date): string {
  const offset = partOf(timeZone, at, "en", "shortOffset").replace("GMT", "UTC").replace(/\+0$/, "");
  // "Etc/GMT-3" is three hours ahead: its name says the opposite of what it is.
  return timeZone.startsWith("Etc/") || timeZone === "UTC" ? offset : `${timeZone.replaceAll("_", " ")} · ${offset}`;
}

/** What time it is there: `21:05`. */
export function timeIn(timeZone: string, at: Date): string {
  const format = new Intl.DateTimeFormat("en", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return format.format(at);
}

/** The id of a time zone that a text names: an id or a city in any case, a label, `UTC+3`, `МСК`. Undefined: it names none. */
export function readTimeZone(text: string): string | undefined {
  const [first = ""] = text.trim().split(" · ");
  const name = first.trim();
  const [, sign, digits] = /^(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?00)?$/iu.exec(name) ?? [];
  if (sign !== undefined) return fromOffset(Number(digits) * (sign === "+" ? 1 : -1));
  return zoneNamed(name) ?? known(fold(name).replaceAll(" ", "_")) ?? zoneOfCity(name);
}

function zoneOfCity(name: string): string | undefined {
  const city = fold(name).replaceAll(" ", "_");
  for (const area of AREAS) {
    const zone = known(`${area}/${city}`);
    if (zone !== undefined) return zone;
  }
  return undefined;
}

function fromOffset(hours: number): string | undefined {
  if (hours === 0) return "UTC";
  return known(`Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`);
}

/** As it is usually written. */
function known(name: string): string | undefined {
  if (!/^[a-z][\w/+-]*$/i.test(name)) return undefined;
  const usual = USUAL_TIME_ZONES.find((zone) => zone.toLowerCase() === name.toLowerCase());
  try {
    return usual ?? new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function partOf(timeZone: string, at: Date, locale: string, timeZoneName: "shortOffset" | "longGeneric"): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** A time zone; undefined where it is left out. Found by its city, also in the caller's language, or by its distance from UTC. */
export function timeZoneOption(): TextOption<string | undefined> {
  const typed = optionalText({
    maxLength: 60,
    suggest: (text, context) =>
      matching(text, context).map((zone) => ({ name: timeZoneLabel(zone, context.now), value: zone })),
  });
  return {
    ...typed,
    read(value, context) {
      const text = typed.read(value, context);
      return text === undefined ? undefined : meantTimeZone(text, context);
    },
  };
}

/** @throws UserError when the text names no zone, or several */
function meantTimeZone(text: string, context: Context): string {
  const named = readTimeZone(text);
  if (named !== undefined) return named;
  const [only, ...others] = matching(text, context);
  if (only === undefined) throw new UserError("error.time-zone", { text: escape(text) });
  if (others.length === 0) return only;
  const found = [only, ...others].slice(0, NAMED);
  const alternatives = found.map((zone) => ({ label: timeZoneLabel(zone, context.now), options: { time_zone: zone } }));
  const zones = found.map((zone) => inlineCode(zone)).join(", ");
  throw new UserError("error.time-zone-several", { text: escape(text), zones }, { alternatives });
}

function matching(text: string, { locale, now }: Pick<Context, "locale" | "now">): readonly string[] {
  if (text.trim() === "") return commonTimeZones(usualTimeZone(locale));
  const wanted = fold(text.trim());
  const named = readTimeZone(text);
  const namesOf = (zone: string) => [
    timeZoneLabel(zone, now),
    partOf(zone, now, locale, "longGeneric"),
    ...zoneNames(zone),
  ];
  const usual = USUAL_TIME_ZONES.filter((zone) => namesOf(zone).some((name) => fold(name).includes(wanted)));
  const others = Intl.supportedValuesOf("timeZone").filter((zone) => fold(zone.replaceAll("_", " ")).includes(wanted));
  return [...new Set([...(named === undefined ? [] : [named]), ...usual, ...others])].slice(0, 25);
}
