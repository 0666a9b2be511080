import { GatewayDispatchEvents, GatewayOpcodes } from "discord-api-types/v10";
import { z } from "zod";

/** One frame of the gateway; `d` is what its kind makes of it. A kind or an event that is new to us is undefined. */
const frame = z.object({
  op: z.enum(GatewayOpcodes).optional().catch(undefined),
  d: z.unknown().optional(),
  s: z.int().optional().catch(undefined),
  t: z.enum(GatewayDispatchEvents).optional().catch(undefined),
});

export type Frame = z.infer<typeof frame>;

/** Undefined for what is no frame: it is passed over, whatever it is. */
export function parseFrame(text: string): Frame | undefined {
  try {
    return frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const USUAL_HEARTBEAT_MS = 41_250;

/** Discord's HELLO. An interval that makes no sense must neither flood Discord nor let the connection die. */
export const hello = z
  .object({ heartbeat_interval: z.number().min(10).max(600_000).catch(USUAL_HEARTBEAT_MS) })
  .catch({ heartbeat_interval: USUAL_HEARTBEAT_MS });

/** What a session needs to be resumed. */
export const resumable = z.object({ session_id: z.string().min(1), resume_gateway_url: z.string().nullish() });

/** Whose session it is. */
export const application = z.object({ application: z.object({ id: z.string() }) });

const guild = z.object({ id: z.string().regex(/^\d{1,20}$/) });

/** The servers of a session; all or none of them, for what is missing would count as left. */
export const readyGuilds = z.object({ guilds: z.array(guild) });

export const guildEvent = guild.extend({ unavailable: z.boolean().nullish().catch(undefined) });
