import { deepEqual } from "node:assert/strict";
import { failureOf, isPassing, PostgresFailure } from "./failure.ts";

const ADDRESS = {
  user: "cw",
  database: "widgets",
  sslmode: "verify-full",
} as const;

/** The code or message that was thrown, the text for it, and if another try may
 * succeed. */
const CASES: [thrown: string, says: string, isAway: boolean][] = [
  ["ECONNREFUSED", "the connection is refused", true],
  ["CONNECT_TIMEOUT", "it does not let us sign in in time", true],
  ["CONNECTION_ENDED", "the store is closed", false],
  ["25006", "it is read-only, as a standby is", true],
  ["53300", "it has too many connections", true],
  ["57P03", "it is starting or shutting down", true],
  ["28P01", 'the password of the user "cw" is wrong', false],
  ["28000", 'the user "cw" may not sign in: M', false],
  ["3D000", 'there is no database "widgets"', false],
  ["42501", 'the user "cw" lacks a right: M', false],
  ["53100", "the disk is full: M", false],
  ["XX000", "M", false],
];

Deno.test("each failure of PostgreSQL is said in one sentence, and it is known if another try may help", () => {
  const found = CASES.map(([code]) => {
    const failure = failureOf(
      Object.assign(new Error("M"), { code }),
      ADDRESS,
    );
    return [code, failure.message, isPassing(failure)];
  });

  deepEqual(found, CASES);
});

Deno.test("a failure of TLS names the mode, and one without a code says its own text", () => {
  const texts = ["Hostname does not match", "hm"].map((text) =>
    failureOf(new Error(text), ADDRESS).message
  );

  deepEqual(texts, [
    "TLS with sslmode=verify-full fails: Hostname does not match",
    "hm",
  ]);
  deepEqual(failureOf("odd", ADDRESS).message, "odd");
  const known = new PostgresFailure("known", { isAway: true });
  deepEqual(failureOf(known, ADDRESS) === known, true);
  deepEqual(isPassing(new Error("the connection is lost")), false);
});
