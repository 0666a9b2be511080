import { withoutLocalizations, type StoredCommand } from "../commands.js";
import type { Core } from "../core.js";
import { apiErrors } from "../errors.js";
import { command, commands as commandList } from "../validation/commands.js";
import { parseForm } from "../validation/form.js";
import { noContent, ok, type Route } from "./router.js";

/** Application commands, for everywhere and for one guild. */
export function commandRoutes(core: Core): Route[] {
  const scopes = ["/applications/:application/commands", "/applications/:application/guilds/:guild/commands"];
  return scopes.flatMap((path, index) => scopeRoutes(core, path, index === 1));
}

function scopeRoutes(
  { commands, applicationId, world, commandsChanged }: Core,
  path: string,
  inGuild: boolean,
): Route[] {
  /** The guild (in a guild's routes) and the command's id among a route's parameters. */
  const read = ([application, ...rest]: string[]): { guild: string | undefined; id: string } => {
    if (application !== applicationId) throw apiErrors.unknownApplication();
    const guild = inGuild ? rest[0] : undefined;
    if (guild !== undefined && !world.guilds.has(guild)) throw apiErrors.missingAccess();
    return { guild, id: rest.at(-1) ?? "" };
  };
  const shown = (query: URLSearchParams) => (stored: StoredCommand) =>
    query.get("with_localizations") === "true" ? stored : withoutLocalizations(stored);
  const route = (method: string, suffix: string, handle: Route["handle"]): Route => ({
    method,
    path: path + suffix,
    auth: true,
    handle,
  });
  return [
    route("GET", "", ({ query }, ...parameters) => ok(commands.list(read(parameters).guild).map(shown(query)))),
    route("PUT", "", ({ json }, ...parameters) => {
      const { guild } = read(parameters);
      const stored = commands.overwrite(parseForm(commandList, json), guild);
      commandsChanged(guild);
      return ok(stored);
    }),
    route("POST", "", ({ json }, ...parameters) => {
      const { guild } = read(parameters);
      const { command: stored, created } = commands.upsert(parseForm(command, json), guild);
      commandsChanged(guild);
      return ok(stored, created ? 201 : 200);
    }),
    route("GET", "/:command", (_, ...parameters) => {
      const { guild, id } = read(parameters);
      return ok(commands.get(id, guild));
    }),
    route("PATCH", "/:command", ({ json }, ...parameters) => {
      const { guild, id } = read(parameters);
      const before = commands.get(id, guild);
      const changes = typeof json === "object" ? json : {};
      const stored = commands.replace(id, parseForm(command, { ...before, ...changes, type: before.type }), guild);
      commandsChanged(guild);
      return ok(stored);
    }),
    route("DELETE", "/:command", (_, ...parameters) => {
      const { guild, id } = read(parameters);
      commands.delete(id, guild);
      commandsChanged(guild);
      return noContent;
    }),
  ];
}
