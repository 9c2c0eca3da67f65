import { deepEqual, equal } from "node:assert/strict";
import { decodeEnvelope } from "./envelope.ts";

Deno.test("[P32] decodeEnvelope() rejects a message type that is missing, empty or over 64 characters, an api over 64 and a src over 128", () => {
  const cases: [message: unknown, member: string | undefined][] = [
    [{ mt: "x" }, undefined],
    [{ mt: "x".repeat(64) }, undefined],
    [{ mt: "x".repeat(65) }, "mt"],
    [{ mt: "" }, "mt"],
    [{}, "mt"],
    [{ mt: 1 }, "mt"],
    [{ mt: "x", api: "x".repeat(64) }, undefined],
    [{ mt: "x", api: "x".repeat(65) }, "api"],
    [{ mt: "x", src: "x".repeat(128) }, undefined],
    [{ mt: "x", src: "x".repeat(129) }, "src"],
    [[], "mt"],
    [null, "message"],
    ["x", "message"],
  ];
  for (const [message, member] of cases) {
    const decoded = decodeEnvelope(JSON.stringify(message));

    equal(
      decoded.ok ? undefined : decoded.error.split(":")[0],
      member,
      JSON.stringify(message),
    );
  }
});

Deno.test("[P18] decodeEnvelope() keeps other members and drops an empty api", () => {
  deepEqual(
    decodeEnvelope('{"mt":"Login","api":"","src":"a","user":{"n":1}}'),
    { ok: true, value: { mt: "Login", src: "a", user: { n: 1 } } },
  );
  deepEqual(
    decodeEnvelope('{"mt":"Login","api":"PbxApi"}'),
    { ok: true, value: { mt: "Login", api: "PbxApi" } },
  );
  deepEqual(decodeEnvelope('{"mt":'), { ok: false, error: "no JSON" });
});
