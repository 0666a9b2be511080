import { Routes } from "discord-api-types/v10";
import type { REST } from "discord.js";
import { z } from "zod";

/** The bot's application, as Discord knows it. */
export interface Application {
  readonly id: string;
  /** With it Discord's requests are checked; 64 hexadecimal digits. */
  readonly publicKey: string | undefined;
  /** Where Discord sends interactions over HTTP; undefined: it sends them over the gateway. */
  readonly endpointUrl: string | undefined;
}

const application = z.object({
  id: z.string(),
  verify_key: z.string().optional().catch(undefined),
  interactions_endpoint_url: z.string().optional().catch(undefined),
});

/** @throws DiscordAPIError with status 401 when Discord does not know the token; network errors as they come */
export async function askApplication(rest: Pick<REST, "get">): Promise<Application> {
  const { id, verify_key, interactions_endpoint_url } = application.parse(await rest.get(Routes.currentApplication()));
  return { id, publicKey: verify_key, endpointUrl: interactions_endpoint_url };
}
