/** A file as a source has it. */
export interface SourceFile {
  readonly bytes: Buffer;
  /** Tells this content from others of the same file; undefined where the source does not say. */
  readonly version: string | undefined;
}

export interface Asking {
  /** What is known already: `"unchanged"` is answered where it still is so. */
  readonly known?: string | undefined;
  /** A file of more bytes is an error. */
  readonly limit: number;
  /** How long to wait, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** A place that has the item database. Paths are relative to its root, and plain (`isPlainPath`). */
export interface Source {
  /** @throws SourceError when there is no answer that can be used */
  read(path: string, asking: Asking): Promise<SourceFile | "unchanged" | "missing">;
}

/** Why a file could not be had, in a few words that everybody may read: no addresses, no folders. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  /** When the source wants to be asked again, in milliseconds since the epoch, if it said so. */
  readonly retryAt: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly retryAt?: number | undefined } = {}) {
    super(message, options);
    this.retryAt = options.retryAt;
  }
}
