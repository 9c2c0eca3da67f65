import * as v from "valibot";

/** The form of a message, without limits of its values. */
export type Shape =
  | { is: "value"; type: string }
  /** One of these literals. */
  | { is: "choice"; of: string[] }
  | {
    is: "object";
    required: Record<string, Shape>;
    optional: Record<string, Shape>;
  }
  | { is: "array" | "record" | "nullable"; of: Shape }
  | { is: "any" | "all"; of: Shape[] };

/** For a stored shape. */
export const Shape: v.GenericSchema<Shape> = v.lazy(() =>
  v.variant("is", [
    v.object({ is: v.literal("value"), type: v.string() }),
    v.object({ is: v.literal("choice"), of: v.array(v.string()) }),
    v.object({
      is: v.literal("object"),
      required: v.record(v.string(), Shape),
      optional: v.record(v.string(), Shape),
    }),
    v.object({ is: v.picklist(["array", "record", "nullable"]), of: Shape }),
    v.object({ is: v.picklist(["any", "all"]), of: v.array(Shape) }),
  ])
);

/** The parts of a schema of valibot from which its shape follows. */
interface Described {
  type: string;
  entries?: Record<string, Described>;
  options?: readonly (Described | string)[];
  item?: Described;
  value?: Described;
  wrapped?: Described;
  literal?: unknown;
}

const OPTIONAL = ["optional", "exact_optional"];

/** Returns the shape of what the schema accepts. */
export function shapeOf(schema: Described): Shape {
  const { type, entries = {}, options = [], item, value, wrapped } = schema;
  switch (type) {
    case "object":
    case "strict_object": { // The store reads it tolerantly.
      const [optional, required] = [true, false].map((isOptional) =>
        Object.fromEntries(
          Object.entries(entries)
            .filter(([, one]) => OPTIONAL.includes(one.type) === isOptional)
            .map(([name, one]) => [name, shapeOf(one.wrapped ?? one)]),
        )
      );
      return {
        is: "object",
        required: required ?? {},
        optional: optional ?? {},
      };
    }
    case "literal":
      return { is: "choice", of: [String(schema.literal)] };
    case "picklist":
      return { is: "choice", of: options.map(String) };
    case "variant":
    case "union":
      return { is: "any", of: shapesOf(options) };
    case "intersect":
      return { is: "all", of: shapesOf(options) };
    case "array":
      return { is: "array", of: shapeOf(item ?? { type: "unknown" }) };
    case "record":
      return { is: "record", of: shapeOf(value ?? { type: "unknown" }) };
    case "nullable":
      return { is: "nullable", of: shapeOf(wrapped ?? { type: "unknown" }) };
    case "string":
    case "number":
    case "boolean":
    case "unknown":
      return { is: "value", type };
    default:
      throw new Error(`Cannot describe a schema of type ${type}`);
  }
}

function shapesOf(options: readonly (Described | string)[]): Shape[] {
  return options.flatMap((one) => typeof one === "string" ? [] : shapeOf(one));
}

/**
 * Returns why instances with these two shapes of a message would not understand
 * each other: each one has to accept what the other one sends.
 *
 * @param mayGrow True if instances ignore alternatives that they do not know.
 */
export function breaks(
  before: Shape,
  now: Shape,
  path: string,
  { mayGrow = false } = {},
): string[] {
  if (before.is !== now.is) return [`${path} is another kind of value`];
  if (before.is === "value" && now.is === "value") {
    return before.type === now.type ? [] : [`${path} is a ${now.type} now`];
  }
  if (before.is === "choice" && now.is === "choice") {
    return [
      ...missing(before.of, now.of, (name) => `${path} can't be ${name} now`),
      ...missing(
        now.of,
        before.of,
        (name) => `${path} can be ${name}, which was unknown before`,
      ),
    ];
  }
  if (before.is === "object" && now.is === "object") {
    return breaksOfObject(before, now, path);
  }
  const [one, other] = [itemOf(before), itemOf(now)];
  return one && other
    ? breaks(one, other, `${path}[]`)
    : breaksOfMany(alternativesOf(before), alternativesOf(now), {
      path,
      mayGrow,
    });
}

function itemOf(shape: Shape): Shape | undefined {
  switch (shape.is) {
    case "array":
    case "record":
    case "nullable":
      return shape.of;
    default:
      return undefined;
  }
}

function alternativesOf(shape: Shape): Shape[] {
  return shape.is === "any" || shape.is === "all" ? shape.of : [];
}

type ObjectShape = Extract<Shape, { is: "object" }>;

function breaksOfObject(
  before: ObjectShape,
  now: ObjectShape,
  path: string,
): string[] {
  const found: string[] = [];
  const every = { ...now.required, ...now.optional };
  const earlier = { ...before.required, ...before.optional };
  for (const [name, shape] of Object.entries(earlier)) {
    const own = `${path}.${name}`;
    const next = every[name];
    if (next === undefined) found.push(`${own} is gone`);
    else found.push(...breaks(shape, next, own));
    const [was, is] = [name in before.required, name in now.required];
    if (next && was && !is) found.push(`${own} can be absent now`);
    if (next && !was && is) found.push(`${own} can't be absent now`);
  }
  const added = Object.keys(now.required).filter((name) => !(name in earlier));
  return [
    ...found,
    ...added.map((name) => `${path}.${name} is new, so it has to be optional`),
  ];
}

function breaksOfMany(
  before: readonly Shape[],
  now: readonly Shape[],
  { path, mayGrow }: { path: string; mayGrow: boolean },
): string[] {
  const found: string[] = [];
  for (const shape of before) {
    const name = `${path}(${kindOf(shape)})`;
    const next = now.find((one) => kindOf(one) === kindOf(shape));
    if (next === undefined) found.push(`${name} is gone`);
    else found.push(...breaks(shape, next, name, { mayGrow }));
  }
  if (mayGrow) return found;
  const known = before.map(kindOf);
  const added = now.map(kindOf).filter((kind) => !known.includes(kind));
  return [
    ...found,
    ...added.map((kind) => `${path}(${kind}) was unknown before`),
  ];
}

/** Returns the literals by which one alternative is told from others. */
function kindOf(shape: Shape): string {
  if (shape.is !== "object") return shape.is;
  return Object.entries(shape.required)
    .flatMap(([name, one]) =>
      one.is === "choice" && one.of.length === 1 ? `${name} ${one.of[0]}` : []
    ).join(", ");
}

/** Returns the part of a value that an instance with this shape keeps, or
 * undefined if it rejects the value. */
export function kept(shape: Shape, value: unknown): unknown {
  switch (shape.is) {
    case "value":
      return shape.type === "unknown" || typeof value === shape.type
        ? value
        : undefined;
    case "choice":
      return shape.of.includes(String(value)) ? value : undefined;
    case "nullable":
      return value === null ? value : kept(shape.of, value);
    case "any":
      for (const one of shape.of) {
        const found = kept(one, value);
        if (found !== undefined) return found;
      }
      return undefined;
    case "all": {
      const parts = shape.of.map((one) => kept(one, value));
      return parts.includes(undefined)
        ? undefined
        : Object.assign({}, ...parts);
    }
    case "array": {
      if (!Array.isArray(value)) return undefined;
      const items = value.map((item) => kept(shape.of, item));
      return items.includes(undefined) ? undefined : items;
    }
    case "record":
      return keptMembers(value, (name) => ({ name, shape: shape.of }));
    case "object":
      return keptObject(shape, value);
  }
}

function keptObject(shape: ObjectShape, value: unknown): unknown {
  const all = { ...shape.required, ...shape.optional };
  const found = keptMembers(value, (name) => {
    const own = all[name];
    return own && { name, shape: own };
  });
  const isWhole = found !== undefined &&
    Object.keys(shape.required).every((name) => name in found);
  return isWhole ? found : undefined;
}

function keptMembers(
  value: unknown,
  memberOf: (name: string) => { name: string; shape: Shape } | undefined,
): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const members: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    const member = memberOf(name);
    if (member === undefined) continue;
    const found = kept(member.shape, one);
    if (found === undefined) return undefined;
    members[name] = found;
  }
  return members;
}

function missing(
  from: readonly string[],
  among: readonly string[],
  say: (name: string) => string,
): string[] {
  return from.filter((name) => !among.includes(name)).map(say);
}
