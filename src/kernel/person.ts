import { z } from "zod";

/** What Discord tells of a person. */
export interface SeenPerson {
  /** How others see them, and the name that nobody else has: `Vesper (@vesper)`. Escape it before it is shown. */
  readonly userName: string;
  readonly isBot: boolean;
  /** Of the server where they were chosen. */
  readonly isMember: boolean;
}

/** A person that somebody chose. */
export interface ChosenPerson {
  readonly id: string;
  /** What Discord told with it; undefined of a button, which carries the id alone. */
  readonly seen: SeenPerson | undefined;
}

/** As Discord sends it; where it is a member, the server says. */
export const person = z
  .object({
    username: z.string().catch(""),
    global_name: z.string().optional().catch(undefined),
    bot: z.boolean().catch(false),
  })
  .transform(({ username, global_name: shown = username, bot }): Omit<SeenPerson, "isMember"> => ({
    userName: shown === username ? `@${username}` : `${shown} (@${username})`,
    isBot: bot,
  }));
