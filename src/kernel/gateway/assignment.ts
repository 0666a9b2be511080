import type { Sharer } from "./ports.js";

/**
 * Which process is to have which of `count` shards: those that ask for shards by number get these, the latest comer first;
 * the others are shared out so that no two differ by more than one. Who has a shard keeps it where that is even, so that as
 * few as possible change hands. All processes that see the same come to the same result.
 * @param processes that take part, the longest there first
 * @param holders who has which shard now
 */
export function assignment(
  count: number,
  processes: readonly Pick<Sharer, "id" | "pinned">[],
  holders: ReadonlyMap<number, string>,
): ReadonlyMap<number, string> {
  const assigned = new Map<number, string>();
  for (const { id, pinned } of processes) {
    for (const shard of pinned ?? []) if (shard < count) assigned.set(shard, id);
  }
  const rest = Array.from({ length: count }, (_, shard) => shard).filter((shard) => !assigned.has(shard));
  const sharers = processes
    .filter(({ pinned }) => pinned === null)
    .map(({ id }) => ({ id, held: rest.filter((shard) => holders.get(shard) === id) }))
    // Stable: of equal ones the older one comes first, and has one more where it is not even.
    .sort((a, b) => b.held.length - a.held.length);
  const least = Math.floor(rest.length / Math.max(1, sharers.length));
  const quotas = sharers.map((_, index) => least + (index < rest.length - least * sharers.length ? 1 : 0));
  const kept = sharers.map(({ held }, index) => held.slice(0, quotas[index]));
  for (const [index, { id }] of sharers.entries()) for (const shard of kept[index] ?? []) assigned.set(shard, id);
  const free = rest.filter((shard) => !assigned.has(shard));
  for (const [index, { id }] of sharers.entries()) {
    const missing = (quotas[index] ?? 0) - (kept[index]?.length ?? 0);
    for (const shard of free.splice(0, missing)) assigned.set(shard, id);
  }
  return assigned;
}
