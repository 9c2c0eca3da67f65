// Small decoders for incoming values. Each returns the value with its type, or
// throws. Tests compare the decoders made of them with the valibot schemas of
// the protocol.

/** Returns the value as a `T`, or throws an error that the caller catches. */
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

/** Keeps only known members: the required ones in `must` and the optional ones
 * in `may`. */
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
    return into as T; // The types of `must` and `may` guarantee it.
  };
}

/** The members, without `K`, of the variant whose `K` is `N`. */
type Others<T, K extends keyof T, N> = T extends Record<K, N> ? Omit<T, K>
  : never;

/** Decodes the variant that the member `key` names. */
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
  throw new Error(); // The decoder's caller catches it.
}
