import type { Span } from "./occurrences.js";

/** Joined where they touch or overlap, the earliest first. */
export function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of spans.filter(({ from, until }) => until > from).sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && span.from <= last.until)
      all[all.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else all.push(span);
  }
  return all;
}

/** How much of a span these cover together. */
export function coveredMs(spans: readonly Span[], { from, until }: Span): number {
  return joined(spans).reduce(
    (sum, one) => sum + Math.max(0, Math.min(one.until, until) - Math.max(one.from, from)),
    0,
  );
}
