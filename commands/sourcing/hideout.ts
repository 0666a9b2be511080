import { dotted, escape, type Context } from "../../src/kernel/index.js";
import { textIn, type HideoutRecipe } from "../../src/items/index.js";

const BENCHES = ["workbench", "laboratory_table", "kitchen_table"] as const;
const FEATURES = [
  ...BENCHES,
  "calipers_kit",
  "centrifuge",
  "chemical_reactor",
  "chromatographic_equipment",
  "cnc",
  "electronics_kit",
  "fermentation_container",
  "flasks_kit",
  "gauze_filter",
  "generator_energy_source_anomal",
  "generator_energy_source_battery",
  "hoods",
  "kitchen_items",
  "laminar_box",
  "laser_level",
  "lathe",
  "precise_powertools",
  "precise_tools",
  "rotary_evaporator",
  "scalpels_kit",
  "screwdrivers",
  "sterilization_system",
  "stove",
  "tool_trolley",
  "water_collector",
  "welding_equipment",
  "wrenches_kit",
] as const;

/** Where something is made; a bench that nobody knows yet by its id. */
export function benchName(id: string, { t }: Pick<Context, "t">): string {
  const bench = BENCHES.find((known) => known === id);
  return bench ? t(`bench.${bench}`) : readable(id);
}

/** `Engineering 3 · lathe, welding equipment` */
export function needs({ perks, features }: HideoutRecipe, { t, locale }: Context): string {
  const skills = perks.map(({ id, names, level }) => `${escape(textIn(names, locale) ?? id)} ${level}`);
  const things = features.map((id) => {
    const feature = FEATURES.find((known) => known === id);
    return feature ? t(`feature.${feature}`) : readable(id);
  });
  return dotted(skills.join(", "), things.join(", "));
}

function readable(id: string): string {
  return escape(id.replaceAll("_", " "));
}
