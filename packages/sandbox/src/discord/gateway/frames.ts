import { GatewayIntentBits as Intent } from "discord-api-types/v10";
import type { RawData, WebSocket } from "ws";
import { z } from "zod";

const frame = z.object({ op: z.int(), d: z.unknown().optional() });
/** Discord closes on anything longer. */
const LONGEST = 4096;

/** What a client may send. */
export const identify = z.object({
  token: z.string(),
  intents: z.int().min(0),
  properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).default([0, 1]),
});
export const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int().nullable() });
export const requestMembers = z.object({ guild_id: z.string(), nonce: z.string().optional() });

export const KNOWN_INTENTS = Object.values(Intent).reduce<number>(
  (all, bit) => (typeof bit === "number" ? all | bit : all),
  0,
);
export const PRIVILEGED_INTENTS = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;

/** Undefined: not JSON of the form `{ op, d }`. */
export function parseFrame(raw: RawData): z.infer<typeof frame> | undefined {
  if (!Buffer.isBuffer(raw) || raw.length > LONGEST) return undefined;
  try {
    return frame.safeParse(JSON.parse(raw.toString())).data;
  } catch {
    return undefined;
  }
}

export function sendFrame(socket: WebSocket, payload: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
}
