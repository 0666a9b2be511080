import { describe, expect, test } from "vitest";
import { parseListing } from "../../src/items/listing.js";

/** An entry of the listing whose name has this key. */
const entry = (key: string) => ({
  data: "/items/other/1ab2.json",
  icon: "/icons/other/1ab2.png",
  name: { type: "translation", key, args: {}, lines: { en: "Hive" } },
  color: "DEFAULT",
  status: { state: "NONE" },
});

describe("what the key of a name tells", () => {
  test.each([
    ["item.camo.wpn.bf_skin_8.name", { wornBy: "weapon" }],
    ["item.camo.arm.bf_skin_8.name", { wornBy: "armor" }],
    ["item.motif.wpn.scarh_summer25.name", { wornBy: "weapon" }],
    ["item.style.arm.skat10_halloween23.name", { wornBy: "armor" }],
    ["item.18201.name", { wornBy: "weapon" }],
    ["item.19201.name", { wornBy: "armor" }],
    ["go.hideout_carpet_3.name", { variant: 3 }],
    // Some of these are for weapons after all, and these are no furniture.
    ["item.19802.name", {}],
    ["item.camo.unique_arm.legend.name", {}],
    ["item.style.melee.knife_1.name", {}],
    ["item.att.scope_elcan_4.name", {}],
    ["item.amm.545st.name", {}],
    ["item.1920.name", {}],
  ])("%s", (key, told) => {
    const [item] = parseListing([entry(key)]);
    expect({ wornBy: item?.wornBy, variant: item?.variant }).toEqual({
      wornBy: undefined,
      variant: undefined,
      ...told,
    });
  });

  test("is nothing where a name has none", () => {
    const [item] = parseListing([{ ...entry(""), name: { type: "text", text: "Hive" } }]);
    expect(item).toEqual({
      id: "1ab2",
      category: "other",
      names: { en: "Hive", ru: "Hive", es: "Hive", fr: "Hive", ko: "Hive" },
      rank: "DEFAULT",
      state: "NONE",
      icon: "icons/other/1ab2.png",
    });
  });
});
