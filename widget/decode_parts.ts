// Small decoders for what comes in. Each gives the value as its type, or throws.
// tests compare what is made of them with the valibot schemas of the wire.

/** Gives the value as a `T`; throws what the door catches. */
export type Decode<T> = (value: unknown) => T;
type Shape<T> = { [K in keyof T]-?: Decode<Exclude<T[K], undefined>> };
type OptionalKey<T> = {
  [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never;
}[keyof T];

export const text: Decode<string> = (value) =>
  typeof value === "string" ? value : refuse();
export const number: Decode<number> = (value) =>
  typeof value === "number" && value === value ? value : refuse();
export const flag: Decode<boolean> = (value) =>
  typeof value === "boolean" ? value : refuse();

export function oneOf<T extends string>(values: readonly T[]): Decode<T> {
  return (value) => values.find((known) => known === value) ?? refuse();
}

export function list<T>(item: Decode<T>): Decode<T[]> {
  return (value) => Array.isArray(value) ? value.map(item) : refuse();
}

/** Known members alone: all that it must have, and what it may have. */
export function object<T>(
  must: Shape<Omit<T, OptionalKey<T>>>,
  may?: Shape<Pick<T, OptionalKey<T>>>,
): Decode<T> {
  const shape: Record<string, Decode<unknown>> = { ...must, ...may };
  return (value) => {
    const from = members(value);
    const into: Record<string, unknown> = {};
    for (const key in shape) {
      if (key in from) into[key] = shape[key]?.(from[key]);
      else if (key in must) refuse();
    }
    return into as T; // The types of `must` and `may` say that it is one.
  };
}

/** The members of the one of several shapes whose `K` is `N`, without `K`. */
type Others<T, K extends keyof T, N> = T extends Record<K, N> ? Omit<T, K>
  : never;

/** The one of several shapes that the member `key` names. */
export function variant<T, K extends keyof T & string>(
  key: K,
  shapes: { [N in T[K] & string]: Decode<Others<T, K, N>> },
): Decode<T> {
  const known: Record<string, Decode<unknown>> = shapes;
  return (value) => {
    const name = text(members(value)[key]);
    if (!Object.hasOwn(known, name)) refuse();
    const others = known[name]?.(value);
    return { [key]: name, ...others as object } as T; // As in `object`.
  };
}

export const record: Decode<Record<string, string>> = (value) => {
  const into: Record<string, string> = {};
  for (const [key, member] of Object.entries(members(value))) {
    if (!/^(__proto__|prototype|constructor)$/.test(key)) {
      into[key] = text(member);
    }
  }
  return into;
};

export function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : refuse();
}

export function refuse(): never {
  throw new Error(); // Caught at the door.
}
