import type { Logger } from "pino";
import type { DiscordSettings } from "../config.js";
import { askApplication, type Application } from "../kernel/application.js";
import { retry, type RetryOptions } from "../kernel/connect.js";
import { Gateway, type GatewayOptions } from "../kernel/gateway.js";

interface Reaching extends Omit<RetryOptions, "what" | "longestPause"> {
  /** How Discord is reached. */
  readonly discord: Pick<GatewayOptions, "token" | "apiUrl">;
  readonly settings: DiscordSettings;
  /** Where the bot takes interactions. */
  readonly url: string;
}

/**
 * Asks Discord for the application whose interactions come over HTTP, however long that takes, and tells the operator what is
 * missing for them to come. Resolves to its id.
 * @throws RefusedError when Discord does not accept the token; the signal's reason when it is aborted
 */
export async function findApplication({ discord, settings, url, ...retrying }: Reaching): Promise<string> {
  const rest = Gateway.rest(discord);
  const application = await retry(() => askApplication(rest), {
    ...retrying,
    what: "asking Discord for the application",
  });
  tellOverHttp(application, settings, url, retrying.log);
  return application.id;
}

function tellOverHttp({ publicKey, endpointUrl }: Application, settings: DiscordSettings, url: string, log: Logger) {
  if (publicKey !== undefined && publicKey.toLowerCase() !== settings.publicKey?.toLowerCase()) {
    log.error(
      { publicKey },
      "DISCORD_PUBLIC_KEY is not this application's public key: what Discord sends will be refused",
    );
  }
  if (endpointUrl !== undefined) {
    log.info({ url: endpointUrl }, "Discord sends interactions over HTTP");
    return;
  }
  const enter = `enter ${url} as Interactions Endpoint URL in Discord's developer portal`;
  if (settings.gateway === false) log.warn(`Discord cannot reach the bot yet: ${enter}`);
  else log.info(`interactions come over the gateway; to get them over HTTP, ${enter}`);
}
