import type { Chance } from "./chance.ts";

/** Wrong values that people, programs and attackers send. */
export const JUNK = [
  null,
  true,
  -1,
  1e308,
  0.5,
  "",
  " ",
  "x".repeat(70_000),
  "\u0000",
  "\ud800",
  "__proto__",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "javascript:alert(1)",
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: 1 },
] as const;

/** Returns the value with some parts replaced, removed, duplicated or added. */
export function broken(value: unknown, luck: Chance): unknown {
  if (luck.below(30) === 0) return luck.pick(JUNK);
  if (Array.isArray(value)) {
    const items = value.map((item) => broken(item, luck));
    if (luck.below(20) === 0) items.push(...items);
    if (luck.below(20) === 0) items.push(luck.pick(JUNK));
    return items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(() => luck.below(60) > 0)
    .map(([name, inner]) => [name, broken(inner, luck)]);
  if (luck.below(30) === 0) entries.push(["extra", luck.pick(JUNK)]);
  return Object.fromEntries(entries);
}
