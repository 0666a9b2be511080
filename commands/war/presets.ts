import { fold } from "../../src/fold.js";
import { dotted, escape, optionalText, UserError, type Context, type TextOption } from "../../src/kernel/index.js";
import type { Preset } from "../../src/war/index.js";
import { namedRegionOption } from "../options/region.js";
import { timeZoneLabel } from "../quiet/time-zone.js";
import { battleName, weekText } from "./battle.js";

/** As many as Discord suggests. */
const OFFERED = 25;

/** `Brawl · Mon–Wed 20:00–21:00 · RU · Europe/Moscow · UTC+3` */
function presetLabel(preset: Preset, context: Context): string {
  return dotted(
    battleName({ ...preset, title: null }, context),
    weekText(preset, context),
    preset.region,
    timeZoneLabel(preset.timeZone, context.now),
  );
}

function presetsFor(region: string | undefined, { wars, region: own }: Context): readonly Preset[] {
  return wars.presets(region ?? own);
}

/** Usual battles of a region, by their id; undefined where it is left out. */
export function presetOption(): TextOption<string | undefined> {
  return optionalText({
    suggest(text, context, { region }) {
      const wanted = fold(text.trim());
      return presetsFor(namedRegionOption().read(region, context), context)
        .map((preset) => ({ name: presetLabel(preset, context), value: preset.id }))
        .filter(({ name }) => fold(name).includes(wanted))
        .slice(0, OFFERED);
    },
  });
}

/** @throws UserError when there is none of that id or label */
export function findPreset(asked: string, region: string | undefined, context: Context): Preset {
  const presets = presetsFor(region, context);
  const found =
    // Its id names its region, which may be another one than the caller's own.
    wherever(asked, context) ?? presets.find((preset) => fold(presetLabel(preset, context)) === fold(asked));
  if (!found) throw new UserError("error.war-preset", { name: escape(asked) });
  return found;
}

function wherever(id: string, { wars }: Context): Preset | undefined {
  const [region = ""] = id.split("-", 1);
  return wars.presets(region.toUpperCase()).find((preset) => preset.id === id);
}
