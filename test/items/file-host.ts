import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { Items, type ItemsOptions } from "../../src/items/index.js";
import { ManualClock } from "../manual-clock.js";
import { ScriptedServer, type Reply, type Seen } from "../../packages/stalcraft/test/scripted-server.js";

/** The signature of a PNG, and something behind it. */
export const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

export const words = (en: string) => ({ type: "translation", key: "k", args: {}, lines: { en } });

export function entry(id: string, name: string, category = "misc") {
  return {
    data: `/items/${category}/${id}.json`,
    icon: `/icons/${category}/${id}.png`,
    name: words(name),
    color: "DEFAULT",
    status: { state: "NONE" },
  };
}

export function card(id: string, name: string) {
  return { id, category: "misc", name: words(name), color: "DEFAULT", status: { state: "NONE" }, infoBlocks: [] };
}

/** A row of an item's card with a figure. */
export function figureRow(key: string, name: string, value: string) {
  return {
    type: "numeric",
    name: { type: "translation", key, args: {}, lines: { en: name, fr: name } },
    value: 1,
    formatted: { value: { en: value, fr: value } },
  };
}

/** The card of a bullet with figures. */
export function roundCard(id: string, rows: readonly unknown[]) {
  return {
    ...card(id, "Round"),
    category: "bullet",
    infoBlocks: [{ type: "list", title: { type: "text", text: "" }, elements: rows }],
  };
}

const SHARED = {
  "listing.json": [entry("0aaa", "Lantern"), entry("0bbb", "Crate")],
  "stats.json": [],
  "achievements.json": [],
  "barter_recipes.json": [],
  "hideout_recipes.json": { perks: [], recipes: [] },
};

/** A host of raw files on a socket, with ETags. What is in `files` can change, and `script` may answer otherwise. */
export class FileHost {
  readonly files = new Map<string, unknown>();
  readonly server: ScriptedServer;
  /** Answers in place of the files, where it answers. */
  script: (request: Seen) => Reply | undefined | Promise<Reply | undefined> = () => undefined;

  private constructor(server: ScriptedServer) {
    this.server = server;
    for (const realm of ["ru", "global"]) {
      for (const [name, content] of Object.entries(SHARED)) this.files.set(`/${realm}/${name}`, content);
    }
  }

  static async start(): Promise<FileHost> {
    const host: FileHost = new FileHost(
      await ScriptedServer.start(async (seen) => (await host.script(seen)) ?? host.#answer(seen)),
    );
    return host;
  }

  /** Paths asked for since the last call, each with the status that it got. */
  take(): string[] {
    return this.server.seen.splice(0).map(({ path }) => path);
  }

  #answer({ path, headers }: Seen): Reply {
    const content = this.files.get(path);
    if (content === undefined) return { status: 404, body: "404: Not Found" };
    const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const etag = `W/"${createHash("sha256").update(bytes).digest("hex")}"`;
    if (headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
    return { headers: { etag, "content-encoding": "gzip" }, body: gzipSync(bytes) };
  }
}

export interface Place {
  readonly clock: ManualClock;
  readonly failures: string[];
  readonly items: Items;
}

/** Items that are stopped when the test ends. */
export function itemsOf(options: Partial<ItemsOptions> & { source: string }): Place {
  const clock = new ManualClock();
  const failures: string[] = [];
  const onFailure = (error: unknown) => failures.push(error instanceof Error ? error.message : String(error));
  const items = new Items({ clock, onFailure, ...options });
  onTestFinished(() => {
    items.stop();
  });
  return { clock, failures, items };
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "items-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }));
  return folder;
}
