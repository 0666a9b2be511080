/** Says whether a value has a certain shape. What is built from guards is checked once, where data comes in. */
export type Guard<T> = (value: unknown) => value is T;
export type Guarded<G> = G extends Guard<infer T> ? T : never;

export const text: Guard<string> = (value) => typeof value === "string";
export const number: Guard<number> = (value) => typeof value === "number";
export const flag: Guard<boolean> = (value) => typeof value === "boolean";

/** JSON drops what is undefined, so an absent key passes too. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value) => value === undefined || guard(value);
}

export function literal<const T extends string>(...allowed: readonly T[]): Guard<T> {
  return (value): value is T => allowed.some((one) => one === value);
}

export function list<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

export function either<A, B>(first: Guard<A>, second: Guard<B>): Guard<A | B> {
  return (value) => first(value) || second(value);
}

type Shape = Readonly<Record<string, Guard<unknown>>>;
type Shaped<S extends Shape> = { readonly [K in keyof S]: Guarded<S[K]> };

/** Keys that the shape does not name may come too. */
export function object<S extends Shape>(shape: S): Guard<Shaped<S>> {
  const entries = Object.entries(shape);
  return (value): value is Shaped<S> => {
    if (typeof value !== "object" || value === null) return false;
    const fields = new Map<string, unknown>(Object.entries(value));
    return entries.every(([key, guard]) => guard(fields.get(key)));
  };
}
