import { defineSubcommand, UserError, type Context } from "../../src/kernel/index.js";
import type { Accepted, Checked } from "../../src/roles/index.js";
import { discordError, serverOf } from "./server.js";
import { summaryView } from "./summary.js";

/** Who would get or lose what; it changes nothing. */
export const check = defineSubcommand({
  name: "check",
  visibility: "private",
  permission: "manage-roles",
  run: async (_input, context) =>
    summaryView(context.t("roles.check-title"), await checked(undefined, context), context),
});

/** @throws UserError where nothing is mapped, or Discord does not answer */
export async function checked(accepted: Accepted | undefined, context: Context): Promise<Checked> {
  const { roles, userId, signal } = context;
  const result = await roles.check(serverOf(context), { owners: [userId], accepted, signal });
  if (result.kind === "unmapped") throw new UserError("error.roles-unmapped");
  if (result.kind === "discord") throw discordError(result.failure);
  return result;
}
