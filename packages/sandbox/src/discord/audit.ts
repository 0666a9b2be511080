/** What a guild's audit log says of a member that the bot changed. */
export interface AuditEntry {
  readonly action: "role-given" | "role-taken" | "renamed";
  readonly guildId: string;
  /** Of the member. */
  readonly userId: string;
  /** Undefined of a change of the nickname. */
  readonly roleId: string | undefined;
  /** As the bot gave it; undefined: it gave none. */
  readonly reason: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
}

/** Entries that are kept, the newest. */
const KEPT = 10_000;

/** What the bot did to members, oldest first. */
export class AuditLog {
  readonly entries: AuditEntry[] = [];

  note(entry: AuditEntry): void {
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.shift();
  }
}
