import type { SnowflakeSource } from "./snowflake.js";

/** A file of a multipart request. */
export interface UploadedFile {
  /** The n of its `files[n]`. */
  readonly key: string;
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly data: Buffer;
}

/** A stored file. `url` is on the simulator's own server. */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly description: string | undefined;
  readonly contentType: string;
  readonly size: number;
  readonly url: string;
  /** Pixels, of a PNG. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly data: Buffer;
}

const pngSignature = Buffer.from("89504e470d0a1a0a", "hex");

const typesByExtension: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  txt: "text/plain; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

/** The files of the messages that are still there, and those people sent with a command. */
export class Attachments {
  readonly #ids: SnowflakeSource;
  readonly #origin: () => string;
  readonly #files = new Map<string, Attachment>();

  /** @param origin address of the server that serves the files, known once it listens */
  constructor(ids: SnowflakeSource, origin: () => string) {
    this.#ids = ids;
    this.#origin = origin;
  }

  add(channelId: string, file: Omit<UploadedFile, "key">, description?: string): Attachment {
    const { data } = file;
    const id = this.#ids.next();
    const filename = file.filename.replace(/[^\p{L}\p{N}._-]/gu, "_");
    const isPng = data.length >= 24 && data.subarray(0, 8).equals(pngSignature);
    const extension = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase() ?? "";
    const attachment = {
      id,
      filename,
      description,
      contentType: typesByExtension[extension] ?? file.contentType ?? "application/octet-stream",
      size: data.length,
      url: `${this.#origin()}/attachments/${channelId}/${id}/${encodeURIComponent(filename)}`,
      width: isPng ? data.readUInt32BE(16) : undefined,
      height: isPng ? data.readUInt32BE(20) : undefined,
      data,
    };
    this.#files.set(id, attachment);
    return attachment;
  }

  get(id: string): Attachment | undefined {
    return this.#files.get(id);
  }

  remove(files: readonly Attachment[]): void {
    for (const { id } of files) this.#files.delete(id);
  }
}
