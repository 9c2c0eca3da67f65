import { deepEqual, equal } from "node:assert/strict";
import { type Chance, property } from "@/tests/support/chance.ts";
import { rawMember } from "./raw_member.ts";

Deno.test("[P13] rawMember() returns the text between colon and comma unchanged", () => {
  const cases: [string, string | undefined][] = [
    ['{"info":{}}', "{}"],
    ['{"a":1,"info":{"b":"}\\"{,"},"c":2}', '{"b":"}\\"{,"}'],
    [
      ' { "info" : { "10" : 1 , "2":[ 1,2 ] } , "x":0}',
      '{ "10" : 1 , "2":[ 1,2 ] }',
    ],
    ['{"in\\u0066o":"\\u00fc/\\/"}', '"\\u00fc/\\/"'],
    ['{"x":{"info":1},"info":-1.5e3}', "-1.5e3"],
    ['{"info":1,"info":[{}]}', "[{}]"],
    ['{"info":"a\\\\"}', '"a\\\\"'],
    ['{"x":"info","y":["info",{"info":1}]}', undefined],
    ["{}", undefined],
    ["[1]", undefined],
    ['["info",1]', undefined],
    ['"info"', undefined],
  ];
  for (const [json, expected] of cases) {
    equal(rawMember(json, "info"), expected, json);
  }
});

Deno.test("[P13] rawMember() agrees with JSON.parse() on any object", () => {
  property(500, (chance) => {
    const object = { ...anyObject(chance, 3), info: anyObject(chance, 3) };
    const json = JSON.stringify(object, null, chance.pick(["", " ", "\t"]));

    for (const [name, value] of Object.entries(object)) {
      deepEqual(JSON.parse(rawMember(json, name) ?? ""), value);
    }
  });
});

function anyObject(chance: Chance, depth: number): Record<string, unknown> {
  // Not "\\" as well: V8 15.0 takes the key "\"" for it once it has seen both.
  const keys = ["a", '"', "12", "é\n", "}{", "", "info "];
  return Object.fromEntries(
    keys.filter(() => chance.below(2)).map((
      key,
    ) => [key, anyValue(chance, depth)]),
  );
}

function anyValue(chance: Chance, depth: number): unknown {
  if (depth > 0 && chance.below(2)) return anyObject(chance, depth - 1);
  if (depth > 0 && chance.below(3) === 0) {
    return [anyValue(chance, depth - 1), 1];
  }
  return chance.pick<unknown>([null, true, -0.5, '\\"', "]},{[", "", "日本 ü"]);
}
