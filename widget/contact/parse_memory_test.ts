import { deepEqual, equal } from "node:assert/strict";
import type { Memory } from "./memory.ts";
import { parseMemory } from "./parse_memory.ts";

const memory: Memory = {
  resume: "token",
  agent: { id: "ada", name: "Ada" },
  visitor: "Bob",
  contact: "c1",
  lines: [{ type: "own", id: "a", text: "Hello", time: 1 }],
  consent: "",
  open: false,
  seen: 2,
  heard: 3,
  draft: "One mo",
};

Deno.test("parseMemory() returns what the previous page has stored, open or closed", () => {
  for (const open of [true, false]) {
    const stored = JSON.stringify({ ...memory, open });

    deepEqual(parseMemory(stored), { ...memory, open });
  }
});

Deno.test("parseMemory() returns a draft for which no chat has begun", () => {
  const draft = {
    ...memory,
    agent: { id: "", name: "" },
    to: { id: "ada", name: "Ada" },
  };

  deepEqual(parseMemory(JSON.stringify(draft)), draft);
});

Deno.test("parseMemory() accepts what an older version has stored", () => {
  const {
    seen: _1,
    heard: _2,
    draft: _3,
    contact: _4,
    lines: _5,
    ...older
  } = memory;

  const parsed = parseMemory(JSON.stringify(older));

  deepEqual(parsed, {
    ...older,
    seen: 0,
    heard: 0,
    draft: "",
    contact: "old",
    lines: [],
  });
});

Deno.test("parseMemory() ignores anything else", () => {
  const broken = ["", "{", "null", "1", "{}", '{"agent":{}}'];
  const wrong = [{ resume: 1 }, { agent: null }, { visitor: [] }, {
    lines: [1],
  }];
  const stored = wrong.map((each) => JSON.stringify({ ...memory, ...each }));

  for (const text of [...broken, ...stored]) {
    equal(parseMemory(text), undefined, text);
  }
});
