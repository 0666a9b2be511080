import { ApplicationCommandOptionType as Type, type APIApplicationCommandBasicOption } from "discord-api-types/v10";
import { landmarks } from "@zonewire/sandbox/game";
import type { RegisteredAction } from "../registered.js";
import type { Bot } from "./bot.js";

const { items, characters, clans } = landmarks;
type Region = "RU" | "EU" | "NA" | "SEA";
type Value = string | number | boolean;

/** What has an answer, by the name of the option that takes it. */
const RIGHT: Readonly<Record<string, (bot: Bot, region: Region) => string>> = {
  item: () => items.popular,
  clan: (bot, region) => bot.game.world.region(region).population.clanId(clans.busy),
  name: () => characters.leader,
  first: () => characters.leader,
  second: () => characters.alt,
  rank: () => "OFFICER",
  template: () => "{name} [{rank}]",
};
/** Of these commands, what has more of an answer. */
const BETTER: Readonly<Record<string, string>> = {
  craft: items.crafted,
  barter: items.bartered,
  item: items.artefact,
};

/** The options with which a command has an answer: those that must be given, and the region where it takes one. */
export function calling({ path, options }: RegisteredAction, bot: Bot, region: Region): Record<string, Value> {
  const given = options.filter(({ name, required }) => required === true || name === "region");
  return Object.fromEntries(given.map((option) => [option.name, valueOf(option, path, bot, region)]));
}

/** Somebody who may use a command. */
export function callerOf({ path }: Pick<RegisteredAction, "path">): string {
  return /^(alerts|roles) |^war schedule$/.test(path) ? "warden" : "vesper";
}

function valueOf(option: APIApplicationCommandBasicOption, path: string, bot: Bot, region: Region): Value {
  const { name, type } = option;
  if (name === "region") return region;
  const [choice] = ("choices" in option ? option.choices : undefined) ?? [];
  if (choice) return choice.value;
  if (type === Type.Role) return [...(bot.discord.guilds[0]?.roles.keys() ?? [])].at(-1) ?? "";
  if (type === Type.Channel) return bot.discord.channels[0]?.id ?? "";
  if (type === Type.User) return bot.discord.users[0]?.id ?? "";
  if (type === Type.Boolean) return true;
  if (type === Type.Integer || type === Type.Number) return option.min_value ?? 1;
  return (name === "item" ? BETTER[path] : undefined) ?? RIGHT[name]?.(bot, region) ?? "1";
}
