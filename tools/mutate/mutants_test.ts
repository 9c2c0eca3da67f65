import { deepEqual, equal } from "node:assert/strict";
import { apply, changeText, mutantsOf } from "./mutants.ts";

/** All mutants of a text: `operator: the changed text`. */
function all(text: string): string[] {
  return mutantsOf("a.ts", text)
    .map((mutant) => `${mutant.operator}: ${apply(mutant, text)}`);
}

const CASES: [name: string, text: string, mutants: string[]][] = [
  ["a comparison", "a === b;", ["flip comparison: a !== b;"]],
  ["an order", "a <= b;", ["flip comparison: a > b;"]],
  ["logic", "a && b || c;", [
    "swap && and ||: a || b || c;",
    "swap && and ||: a && b && c;",
  ]],
  ["an if", "if (a) b;", ["negate if: if (!(a)) b;"]],
  ["a call", "await a.b(c);", ["drop call: {}"]],
  ["an optional call", "this.#on?.(c);", ["drop call: {}"]],
  ["a call that is not awaited", "void a();", ["drop call: {}"]],
  ["an assignment", "this.#a ??= b;", ["drop assignment: {}"]],
  ["a count", "a++;", ["drop assignment: {}"]],
  ["a delete", "delete a.b;", ["drop assignment: {}"]],
  ["a number", "const a = 1_000;", [
    "number + 1: const a = 1001;",
    "number × 10: const a = 10000;",
  ]],
  ["zero", "const a = 0;", ["number + 1: const a = 1;"]],
  ["a boolean that is returned", "function f() { return true; }", [
    "return another value: function f() { return false; }",
  ]],
  ["a condition that is returned", "function f(): boolean { return a; }", [
    "return another value: function f(): boolean { return !(a); }",
  ]],
  [
    "a promise of a number",
    "async function f(): Promise<number> { return a; }",
    [
      "return another value: async function f(): Promise<number> { return (a) + 1; }",
    ],
  ],
  ["a value that may be missing", "function f(): A | undefined { return a; }", [
    "return another value: function f(): A | undefined { return undefined; }",
  ]],
  ["a list that is returned", "function f(): A[] { return a; }", [
    "return another value: function f(): A[] { return []; }",
  ]],
  ["a value of another type", "function f(): A { return a; }", []],
  ["an early return", "function f() { if (a) return; b; }", [
    "negate if: function f() { if (!(a)) return; b; }",
    "drop early return: function f() { if (a) {} b; }",
  ]],
  ["a last return", "function f() { if (a) { return; } }", [
    "negate if: function f() { if (!(a)) { return; } }",
  ]],
  [
    "cases",
    'switch (a) { case "x": b; case "y": c; default: d; }',
    [
      "swap cases: " +
      'switch (a) { case "y": b; case "x": c; default: d; }',
    ],
  ],
  ["cases with the same code", 'switch (a) { case "x": case "y": c; }', []],
  ["states", 'const a = { state: "x" }; const b = { state: "y" };', [
    'swap states: const a = { state: "y" }; const b = { state: "y" };',
    'swap states: const a = { state: "x" }; const b = { state: "x" };',
  ]],
  [
    "a log",
    'log.warn("a", { b: 1 }); this.#log.info("a"); console.log(1);',
    [],
  ],
  ["a throw", "throw new RangeError(`${a === b}`);", []],
  ["types", "type A = 1 | 2; interface B { c: 3 } const d: 4 = e as 5;", []],
  ["imports and strings", 'import { a } from "b"; const c = "d";', []],
  ["a switch that is complete", "assertNever(a);", []],
  ["super", "class A extends B { constructor() { super(); } }", []],
];

for (const [name, text, mutants] of CASES) {
  Deno.test(`mutantsOf() changes, or leaves out: ${name}`, () => {
    deepEqual(all(text), mutants);
  });
}

Deno.test("a mutant has the line of its change", () => {
  const lines = mutantsOf("a.ts", "const a = 1;\n\n  b();\n")
    .map(({ line }) => line);

  deepEqual(lines, [1, 1, 3]);
});

Deno.test("changeText() shows the whole line if it is short, otherwise only the change", () => {
  const long = `  ${"a".repeat(90)} === b;`;
  const [short, ofLong] = [
    mutantsOf("a.ts", "\n  a  === b;"),
    mutantsOf("a.ts", long),
  ];

  equal(
    short[0] && changeText(short[0], "\n  a  === b;"),
    "a === b; → a !== b;",
  );
  equal(ofLong[0] && changeText(ofLong[0], long), "=== → !==");
});
