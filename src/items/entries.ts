import { z } from "zod";

const list = z.array(z.unknown());

/**
 * The entries of a list that have the expected shape; odd ones are left out.
 * @throws Error when it is no list, or when none of its entries has that shape.
 */
export function readEntries<T>(json: unknown, entry: z.ZodType<T>): T[] {
  const candidates = list.safeParse(json);
  if (!candidates.success) throw new Error("it is no list");
  const entries = candidates.data.flatMap((candidate) => {
    const { success, data } = entry.safeParse(candidate);
    return success ? [data] : [];
  });
  if (entries.length === 0 && candidates.data.length > 0) throw new Error("none of its entries can be read");
  return entries;
}
