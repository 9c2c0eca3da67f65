import { deepEqual, equal } from "node:assert/strict";
import { Trace, withoutSecrets } from "./trace.ts";

const ENTRY = {
  time: 0,
  link: "192.0.2.1",
  direction: "in",
  mt: "",
  api: "",
  text: "",
} as const;

Deno.test("[P36] the trace keeps the last 1,000 messages, numbered without gaps", () => {
  const trace = new Trace();
  for (let n = 0; n < 1_001; n++) trace.add(ENTRY);

  const ids = trace.entries().map(({ id }) => id);

  deepEqual(ids, Array.from({ length: 1_000 }, (_, n) => n + 2));
  deepEqual(trace.entries({ after: 999 }).map(({ id }) => id), [1_000, 1_001]);
});

Deno.test("[P36] the trace finds text in messages, links and APIs, in any case", () => {
  const trace = new Trace();
  trace.add({ ...ENTRY, text: "the ALPHA" });
  trace.add({ ...ENTRY, link: "alpha/pbx" });
  trace.add({ ...ENTRY, api: "AlphaApi" });
  trace.add({ ...ENTRY, mt: "alpha" });

  const found = trace.entries({ text: "Alpha" }).map(({ id }) => id);

  deepEqual(found, [1, 2, 3]);
});

Deno.test("[P36] the trace shows 4,000 characters of a message, and the length of a longer one", () => {
  const frameOf = (length: number) => JSON.stringify("x".repeat(length - 2));

  equal(withoutSecrets(frameOf(4_000)), frameOf(4_000));
  equal(
    withoutSecrets(frameOf(4_001)),
    `${frameOf(4_001).slice(0, 4_000)}… (4001 characters)`,
  );
  equal(withoutSecrets("{".repeat(1_048_577)), "(1048577 characters)");
  equal(withoutSecrets("{"), "(no JSON, 1 characters)");
});

Deno.test("[P36] secrets and chat messages are hidden at any depth, other members are not", () => {
  const hidden = ["digest", "challenge", "key", "password", "pwd", "turnPwd"];
  const message = Object.fromEntries(hidden.map((name) => [name, name]));
  const text = withoutSecrets(JSON.stringify({
    a: [{ ...message, salt: 1, data: "Hello", note: "Hi!", usr: "x" }],
    data: { b: 1 },
  }));

  deepEqual(JSON.parse(text), {
    a: [{
      ...Object.fromEntries(hidden.map((name) => [name, "***"])),
      ...{ salt: "***", usr: "x" },
      ...{ data: "(5 characters)", note: "(3 characters)" },
    }],
    data: { b: 1 },
  });
});
