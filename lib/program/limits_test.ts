import { deepEqual } from "node:assert/strict";
import { readConfig } from "./config.ts";

/** True if a start accepts this value of a setting. */
function accepts(flag: string, value: string | number): boolean {
  return readConfig([`--${flag}=${value}`], () => undefined).ok;
}

const NUMBERS: [flag: string, min: number, max: number][] = [
  ["port", 0, 65_535],
  ["contacts-per-address", 1, 100_000],
  ["request-seconds", 1, 3_600],
  ["drain-seconds", 0, 3_600],
  ["record-days", 1, 36_500],
  ["statistics-days", 1, 36_500],
];

Deno.test("numbers have limits, and both limits are allowed", () => {
  const found = NUMBERS.map(([flag, min, max]) =>
    [min - 1, min, max, max + 1].map((value) => accepts(flag, value))
  );

  deepEqual(found, NUMBERS.map(() => [false, true, true, false]));
});

const SECRETS: [flag: string, min: number, max: number][] = [
  ["admin-password", 10, 200],
  ["pbx-password", 1, 64],
  ["secret-key", 16, 10_000],
];

Deno.test("passwords have 10 to 200 characters, that of the PBX up to 64, a key 16 or more", () => {
  const found = SECRETS.map(([flag, min, max]) =>
    [0, min, max].map((length) => accepts(flag, "x".repeat(length)))
  );
  const wrong = [
    accepts("admin-password", "x".repeat(9)),
    accepts("admin-password", "x".repeat(201)),
    accepts("pbx-password", "x".repeat(65)),
    accepts("secret-key", "x".repeat(15)),
  ];

  deepEqual(found, SECRETS.map(() => [true, true, true]));
  deepEqual(wrong, [false, false, false, false]);
});

Deno.test("a port of a STUN or TURN server is from 1 to 65535", () => {
  const found = ["stun", "turn"].map((flag) =>
    [0, 1, 65_535, 65_536].map((port) => accepts(flag, `a.example:${port}`))
  );

  deepEqual(found, [[false, true, true, false], [false, true, true, false]]);
});

Deno.test("a host name has up to 253 characters", () => {
  const lengths = [1, 253, 254];

  const found = lengths.map((length) => accepts("host", "a".repeat(length)));

  deepEqual(found, [true, true, false]);
});
