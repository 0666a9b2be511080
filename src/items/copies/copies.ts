/** A file that was read from the source earlier. */
export interface Copy {
  readonly bytes: Buffer;
  readonly version: string | undefined;
  /** When the source last confirmed it, in milliseconds since the epoch. */
  readonly checkedAt: number;
}

/** Copies of a source's files. None of its methods fails: a copy is never needed. */
export interface Copies {
  get(path: string): Promise<Copy | undefined>;
  put(path: string, copy: Copy): Promise<void>;
  /** The source still has it so. */
  confirm(path: string, checkedAt: number): Promise<void>;
}
