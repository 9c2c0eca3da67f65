import * as v from "valibot";

// During an upgrade, two versions of the program use one store, and the later
// one may store members that the earlier one does not know. The schemas of
// lib/model are strict, because a misspelled member of a request or an archive
// is an error. What is stored is read with the tolerant form of these schemas.

type Schema = v.GenericSchema;

/** The schemas inside a schema of valibot. */
interface Inner {
  kind: "schema";
  pipe?: readonly [Schema, ...v.GenericPipeItem[]];
  /** Of an object. */
  entries?: Record<string, Schema>;
  /** Of an array. */
  item?: Schema;
  /** Of an optional value, or one that may be null. */
  wrapped?: Schema;
  /** Of a union, or the values of a picklist. */
  options?: readonly unknown[];
}

const converted = new WeakMap<Schema, Schema>();

/** Returns the schema that keeps unknown members, at all depths. */
export function tolerant<S extends Schema>(schema: S): S {
  const known = converted.get(schema) ?? convert(schema);
  converted.set(schema, known);
  return known as S; // It has the same members, and maybe more.
}

function convert(schema: Schema): Schema {
  const { pipe, entries, item, wrapped, options }: Inner = schema;
  if (pipe !== undefined) {
    const [first, ...rest] = pipe;
    const items = rest.map((one) => isSchema(one) ? tolerant(one) : one);
    return v.pipe(tolerant(first), ...items);
  }
  if (entries !== undefined) {
    return v.looseObject(
      Object.fromEntries(
        Object.entries(entries).map(([name, one]) => [name, tolerant(one)]),
      ),
    );
  }
  return {
    ...schema,
    ...item && { item: tolerant(item) },
    ...wrapped && { wrapped: tolerant(wrapped) },
    ...options &&
      { options: options.map((one) => isSchema(one) ? tolerant(one) : one) },
  };
}

/**
 * Returns the new value with the members of the one before that the schema does
 * not know. Objects in a list belong together if their member `id` is the
 * same.
 */
export function withUnknownOf<T>(
  before: unknown,
  after: T,
  { schema, id }: { schema: Schema; id: string },
): T {
  return merged(schema, before, after, id) as T; // Only members are added.
}

function merged(
  schema: Schema,
  before: unknown,
  after: unknown,
  id: string,
): unknown {
  const { wrapped, entries, item }: Inner = schema;
  if (wrapped !== undefined) return merged(wrapped, before, after, id);
  if (item !== undefined && Array.isArray(before) && Array.isArray(after)) {
    return after.map((one: unknown) => {
      const same = before.find((other) => isSame(one, other, id));
      return same === undefined ? one : merged(item, same, one, id);
    });
  }
  if (entries === undefined || !isObject(before) || !isObject(after)) {
    return after;
  }
  const result = { ...after };
  for (const [name, value] of Object.entries(before)) {
    const inner = entries[name];
    if (!(name in after)) {
      if (inner === undefined) result[name] = value;
    } else if (inner !== undefined) {
      result[name] = merged(inner, value, after[name], id);
    }
  }
  return result;
}

/** Returns the value without members that the schema does not know, for a
 * client that would send them back. */
export function withoutUnknown<T>(
  schema: v.GenericSchema<unknown, T>,
  value: T,
): T {
  return reduced(schema, value) as T; // It has all members of T.
}

function reduced(schema: Schema, value: unknown): unknown {
  const { wrapped, entries, item }: Inner = schema;
  if (wrapped !== undefined) return reduced(wrapped, value);
  if (item !== undefined && Array.isArray(value)) {
    return value.map((one: unknown) => reduced(item, one));
  }
  if (entries === undefined || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const inner = entries[name];
      return inner === undefined ? [] : [[name, reduced(inner, one)]];
    }),
  );
}

function isSame(one: unknown, other: unknown, id: string): boolean {
  return isObject(one) && isObject(other) && one[id] !== undefined &&
    one[id] === other[id];
}

function isSchema(item: unknown): item is Schema {
  return isObject(item) && item.kind === "schema";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
