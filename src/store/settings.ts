import { z } from "zod";
import { KeyRing, KeyRingError } from "./encryption.js";

/** The part of the environment that says where the store is. */
export const storeEnvironment = z.object({
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }).optional(),
  ENCRYPTION_KEYS: z
    .string()
    .transform((text, context) => {
      try {
        return KeyRing.parse(text);
      } catch (error) {
        if (!(error instanceof KeyRingError)) throw error;
        context.addIssue({ code: "custom", message: error.message });
        return z.NEVER;
      }
    })
    .optional(),
});

/** Where the store is, and what opens what is sealed in it. */
export interface StoreSettings {
  /** The folder of the embedded database and of its keys. */
  readonly dataDir: string;
  /** A PostgreSQL server's address; undefined: the embedded database. */
  readonly databaseUrl: string | undefined;
  /**
   * Undefined: with the embedded database the ring that is kept, and once made, in `dataDir`; with a server none, and
   * what needs one throws `KeyMissingError`.
   */
  readonly keys: KeyRing | undefined;
}

/** The settings of an environment that was parsed with `storeEnvironment`. */
export function storeSettings(values: z.infer<typeof storeEnvironment>): StoreSettings {
  return { dataDir: values.DATA_DIR, databaseUrl: values.DATABASE_URL, keys: values.ENCRYPTION_KEYS };
}

/** The environment cannot be used. The message names each variable and says what is wrong with it, and no values. */
export class StoreSettingsError extends Error {
  override readonly name = "StoreSettingsError";
}

/**
 * The settings of an environment, for those who need nothing else of it. An empty value means none.
 * @throws StoreSettingsError
 */
export function readStoreSettings(env: Readonly<Record<string, string | undefined>>): StoreSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ""));
  const parsed = storeEnvironment.safeParse(given);
  if (parsed.success) return storeSettings(parsed.data);
  throw new StoreSettingsError(
    parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; "),
  );
}
