import { RefusedError } from "../kernel/connect.js";

const MISSING =
  "this installation is without the sandbox: set DISCORD_TOKEN, and STALCRAFT_APP_TOKEN or STALCRAFT_CLIENT_ID and STALCRAFT_CLIENT_SECRET";

/**
 * Loads a part of the sandbox, which an installation may be without.
 *
 * @throws RefusedError that says what to set instead
 */
export async function fromSandbox<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw isMissing(error) ? new RefusedError(MISSING) : error;
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_MODULE_NOT_FOUND" &&
    /@zonewire.sandbox|packages.sandbox/.test(error.message)
  );
}
