import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { request } from "undici";
import { parseGlossary, type Glossary } from "./glossary.js";
import { parseListing, type Item, type Realm } from "./listing.js";

/** Where the public item database is kept: https://github.com/EXBO-Studio/stalzone-database. */
export const PUBLIC_ITEMS = "https://raw.githubusercontent.com/EXBO-Studio/stalzone-database/main";

const TIMEOUT_MS = 20_000;

/**
 * Reads the listing of a realm from an http(s) address or a folder of the database's own layout.
 * @throws Error when it cannot be read, or is no listing.
 */
export async function readListing(source: string, realm: Realm): Promise<Item[]> {
  return parseListing(await readJson(source, `${realm}/listing.json`));
}

/** Reads a realm's words for statistics and achievements, likewise. */
export async function readGlossary(source: string, realm: Realm): Promise<Glossary> {
  const [stats, achievements] = await Promise.all([
    readJson(source, `${realm}/stats.json`),
    readJson(source, `${realm}/achievements.json`),
  ]);
  return parseGlossary(stats, achievements);
}

async function readJson(source: string, path: string): Promise<unknown> {
  return JSON.parse(
    isAddress(source) ? await download(`${trimmed(source)}/${path}`) : await readFile(join(source, path), "utf8"),
  );
}

/** The address of an item's picture, for those who can reach it: undefined for a folder and for this machine's own. */
export function iconUrl(source: string, realm: Realm, item: Item): string | undefined {
  return source.startsWith("https://") && item.icon !== ""
    ? `${trimmed(source)}/${realm}${encodeURI(item.icon)}`
    : undefined;
}

function isAddress(source: string): boolean {
  return /^https?:\/\//.test(source);
}

function trimmed(source: string): string {
  return source.replace(/\/+$/, "");
}

async function download(url: string): Promise<string> {
  const { statusCode, body } = await request(url, { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
  return text;
}
