const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const LONGEST = 200;

/**
 * Whether a path out of the database's own data may be requested. It must stay in its realm's folder as an address and as a
 * file, on every system: plain words and slashes, nothing that is escaped, absolute or climbs up.
 */
export function isPlainPath(path: string): boolean {
  return path.length <= LONGEST && path.split("/").every((segment) => SEGMENT.test(segment));
}
