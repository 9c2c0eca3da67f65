import { deepEqual, equal, match } from "node:assert/strict";
import { hasMutants, innerRooms, planOf } from "./plan.ts";

const THERE = [
  "lib/contact",
  "lib/contact/chat.ts",
  "lib/store",
  "lib/store/postgres/engine.ts",
  "lib/base",
  "widget",
];

function plan(...args: string[]) {
  return planOf(args, (path) => THERE.includes(path));
}

Deno.test("planOf() finds a room by its short name, with its tests", () => {
  const expected = {
    target: "lib/contact",
    count: 45,
    tests: [{ path: "lib/contact" }, { path: "tests/contact" }],
    atLeast: 0,
  };

  deepEqual(plan("contact"), { ok: true, value: expected });
  deepEqual(plan("lib/contact/"), { ok: true, value: expected });
});

Deno.test("planOf() accepts a line of a file, and options", () => {
  deepEqual(
    plan(
      "lib/contact/chat.ts:30",
      "--count=3",
      "--seed=0",
      "--part=2/3",
      "--tests=widget,lib/web",
      "--at-least=90",
    ),
    {
      ok: true,
      value: {
        target: "lib/contact/chat.ts",
        line: 30,
        count: 3,
        seed: 0,
        part: { number: 2, of: 3 },
        tests: [{ path: "widget" }, { path: "lib/web" }],
        atLeast: 90,
      },
    },
  );
});

Deno.test("planOf() selects the tests of a file's room, with their environment", () => {
  const of = (name: string) => {
    const planned = plan(name);
    return planned.ok && planned.value.tests;
  };

  deepEqual(of("lib/contact/chat.ts"), of("contact"));
  deepEqual(of("base"), [{ path: "lib/base" }]);
  deepEqual(of("store"), [
    { path: "lib/store", env: { TEST_ENGINES: "memory,file" } },
    { path: "lib/store", env: { TEST_ENGINES: "KV Connect,PostgreSQL" } },
  ]);
  deepEqual(of("lib/store/postgres/engine.ts"), [
    { path: "lib/store/postgres" },
    { path: "lib/store", env: { TEST_ENGINES: "PostgreSQL" } },
    { path: "lib/program/postgres_store_test.ts" },
  ]);
  deepEqual(innerRooms("lib/store"), ["lib/store/postgres"]);
  deepEqual(innerRooms("lib/contact"), []);
});

Deno.test("planOf() rejects unknown arguments and explains the usage", () => {
  const wrong = [
    [],
    ["contact", "web"],
    ["nowhere"],
    ["contact", "--count=0"],
    ["contact", "--count=x"],
    ["contact", "--seed=-1"],
    ["contact", "--at-least=101"],
    ["contact", "--part=0/3"],
    ["contact", "--part=4/3"],
    ["contact", "--part=2"],
    ["contact", "--fast"],
    ["contact", "--fast=1"],
  ];

  for (const args of wrong) {
    const planned = plan(...args);
    equal(planned.ok, false, args.join(" "));
    match(planned.ok ? "" : planned.error, /Usage: deno task mutate ROOM/);
  }
});

Deno.test("hasMutants() leaves out tests, views, sounds, texts and build code", () => {
  const left = [
    "lib/contact/chat_test.ts",
    "desk/view/rail.tsx",
    "desk/bell.ts",
    "lib/i18n/widget/de.ts",
    "widget/build.ts",
    "widget/widget.d.ts",
    "lib/contact/SPEC.md",
  ];

  deepEqual(left.filter(hasMutants), []);
  equal(hasMutants("lib/contact/chat.ts"), true);
});
