import { Buffer } from "node:buffer";
import { createPublicKey, verify } from "node:crypto";
import process from "node:process";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** The least that takes interactions over HTTP: the signature is checked, and the answer was made before. */
const { PUBLIC_KEY = "" } = process.env;
const x = Buffer.from(PUBLIC_KEY, "hex").toString("base64url");
const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
const description = ["RU — RUSSIA", "EU — EUROPE", "NA — NORTH AMERICA", "SEA — SOUTHEAST ASIA"].join("\n");
const regions = { embeds: [{ title: "Regions", description, color: 0x4f7a8c }] };

const app = new Hono();
app.post("/interactions", async (context) => {
  const signature = Buffer.from(context.req.header("x-signature-ed25519") ?? "", "hex");
  const timestamp = Buffer.from(context.req.header("x-signature-timestamp") ?? "");
  const body = Buffer.from(await context.req.arrayBuffer());
  if (!verify(null, Buffer.concat([timestamp, body]), key, signature)) return context.body(null, 401);
  const { type } = JSON.parse(body.toString());
  return context.json(type === 1 ? { type: 1 } : { type: 4, data: regions });
});
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
