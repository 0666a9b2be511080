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
    ["item.camo.wpn.bf_skin_8.name", { madeFor: "weapon" }],
    ["item.camo.arm.bf_skin_8.name", { madeFor: "armor" }],
    ["item.motif.wpn.scarh_summer25.name", { madeFor: "weapon" }],
    ["item.style.arm.skat10_halloween23.name", { madeFor: "armor" }],
    ["item.18201.name", { madeFor: "weapon" }],
    ["item.19201.name", { madeFor: "armor" }],
    ["item.19802.name", { madeFor: "weapon" }],
    ["item.camo.unique_arm.legend.name", { madeFor: "armor" }],
    ["item.camo.unique_wpn.legend.name", { madeFor: "weapon" }],
    ["go.hideout_carpet_3.name", { variant: 3 }],
    // Not worn by either, or no furniture.
    ["item.style.melee.knife_1.name", {}],
    ["item.att.scope_elcan_4.name", {}],
    ["item.amm.545st.name", {}],
    ["item.1920.name", {}],
    ["item.19000.name", {}],
    ["item.21009.name", {}],
  ])("%s", (key, told) => {
    const [item] = parseListing([entry(key)]);
    expect({ madeFor: item?.madeFor, variant: item?.variant }).toEqual({
      madeFor: undefined,
      variant: undefined,
      ...told,
    });
  });

  test("is nothing where a name has none", () => {
    const [item] = parseListing([{ ...entry(""), name: { type: "text", text: "Hive" } }]);
    expect(item).toMatchObject({ id: "1ab2", category: "other" });
    expect(item).not.toHaveProperty("madeFor");
    expect(item).not.toHaveProperty("variant");
  });
});
