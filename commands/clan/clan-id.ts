import { z } from "zod";

/** The id of a clan in the state of a button, as `bare` writes it. */
export const clanId = z.string().transform(dashed);

/** Writes a state without the dashes of the clan's id: all of it has to fit into 100 characters. */
export function bare<T extends { readonly clan: string }>(state: T): T {
  return { ...state, clan: state.clan.replaceAll("-", "") };
}

function dashed(id: string): string {
  return id.replace(/^(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})$/, "$1-$2-$3-$4-$5");
}
