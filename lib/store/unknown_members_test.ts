import { deepEqual, equal, throws } from "node:assert/strict";
import * as v from "valibot";
import { tolerant, withoutUnknown, withUnknownOf } from "./unknown_members.ts";

const Part = v.strictObject({
  id: v.exactOptional(v.string()),
  note: v.exactOptional(v.string()),
});
const Shape = v.variant("kind", [
  v.strictObject({ kind: v.literal("round") }),
  v.strictObject({ kind: v.literal("square"), side: v.number() }),
]);
const Thing = v.strictObject({
  name: v.string(),
  size: v.exactOptional(v.pipe(v.number(), v.minValue(1))),
  label: v.exactOptional(v.nullable(v.strictObject({ text: v.string() }))),
  parts: v.exactOptional(v.nullable(v.array(Part))),
  names: v.exactOptional(v.array(v.string())),
  shape: v.exactOptional(Shape),
  color: v.exactOptional(v.picklist(["red", "green"])),
  packed: v.exactOptional(v.pipe(
    v.string(),
    v.transform((text): unknown => JSON.parse(text)),
    v.strictObject({ a: v.number() }),
  )),
});
type Thing = v.InferOutput<typeof Thing>;

/** A thing with a member at each depth that this version does not know. */
const later = {
  ...{ name: "one", size: 2, color: "red" as const, names: ["a"], more: 1 },
  label: { text: "x", more: 2 },
  parts: [{ id: "a", note: "n", more: 3 }, { id: "b", more: 4 }],
  shape: { kind: "square" as const, side: 1, more: 5 },
};

Deno.test("tolerant() keeps unknown members at all depths", () => {
  const packed = JSON.stringify({ a: 1, more: 6 });

  const read = v.parse(tolerant(Thing), { ...later, packed });

  deepEqual(read, { ...later, packed: { a: 1, more: 6 } });
  throws(() => v.parse(Thing, later));
});

Deno.test("tolerant() rejects what the schema rejects, except unknown members", () => {
  const wrong: unknown[] = [
    { ...later, name: 1 },
    { more: 1 },
    { ...later, size: 0 },
    { ...later, label: { more: 1 } },
    { ...later, parts: [{ id: 1 }] },
    { ...later, shape: { kind: "square" } },
    { ...later, shape: { kind: "other" } },
    { ...later, color: "blue" },
    { ...later, packed: "{}" },
    null,
  ];

  for (const value of wrong) {
    equal(v.is(tolerant(Thing), value), false, JSON.stringify(value));
  }
});

Deno.test("tolerant() converts a schema once", () => {
  equal(tolerant(Thing), tolerant(Thing));
});

Deno.test("withUnknownOf() adds only what the schema does not know, at all depths", () => {
  const after: Thing = {
    name: "two",
    label: { text: "y" },
    parts: [{ id: "b" }, { id: "c" }, { id: "a" }],
    names: ["a", "b"],
    shape: { kind: "square", side: 2 },
  };

  const saved = withUnknownOf(later, after, { schema: Thing, id: "id" });

  deepEqual(saved, {
    ...{ name: "two", names: ["a", "b"], more: 1 },
    label: { text: "y", more: 2 },
    // Known members that are absent now, such as `note`, were removed.
    parts: [{ id: "b", more: 4 }, { id: "c" }, { id: "a", more: 3 }],
    shape: { kind: "square", side: 2 },
  });
});

Deno.test("withUnknownOf() returns the new value where the old one has another form", () => {
  const cases: [before: unknown, after: Thing][] = [
    [undefined, { name: "a" }],
    ["text", { name: "a" }],
    [{ label: null }, { name: "a", label: { text: "x" } }],
    [{ label: { text: "x", more: 1 } }, { name: "a", label: null }],
    [{ parts: "text" }, { name: "a", parts: [{ id: "a" }] }],
    [{ parts: [{ id: "a", more: 1 }] }, { name: "a", parts: null }],
    [{ parts: [null, "x"] }, { name: "a", parts: [{ id: "a" }] }],
    // Without an id, nothing tells which of them belong together.
    [{ parts: [{ more: 1 }] }, { name: "a", parts: [{}] }],
  ];

  for (const [before, after] of cases) {
    const saved = withUnknownOf(before, after, { schema: Thing, id: "id" });
    deepEqual(saved, after, JSON.stringify(before));
  }
});

Deno.test("withoutUnknown() removes only what the schema does not know", () => {
  deepEqual<unknown>(withoutUnknown<Thing>(Thing, later), {
    ...{ name: "one", size: 2, color: "red", names: ["a"] },
    label: { text: "x" },
    parts: [{ id: "a", note: "n" }, { id: "b" }],
    shape: { kind: "square", side: 1, more: 5 }, // A union is left as it is.
  });
  const empty: Thing = { name: "a", label: null, parts: null };
  deepEqual(withoutUnknown(Thing, empty), empty);
});
