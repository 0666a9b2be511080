import type { Game } from "../game.js";

export interface ClanBody {
  id: string;
  name: string;
  leader: string;
  memberCount: number;
  alliance?: string;
}

/** The clan at this place of a region's list. */
export async function clanAt(game: Game, ordinal: number, region = "RU"): Promise<ClanBody> {
  const { data } = (await game.get(`/${region}/clans?limit=1&offset=${ordinal}`)).json<{ data: ClanBody[] }>();
  return data[0]!;
}
