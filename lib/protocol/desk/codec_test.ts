import { deepEqual, equal } from "node:assert/strict";
import { decodePageMessage, decodeServiceMessage, encode } from "./codec.ts";

Deno.test("[D20] unknown types from a page are rejected, and unknown members ignored", () => {
  const frames = [
    '{"type":"choose","presence":"away"}',
    '{"type":"choose","presence":"there"}',
    '{"type":"dance"}',
    "not json",
    "null",
  ];

  const decoded = frames.map(decodePageMessage);
  const newer = decodePageMessage(
    '{"type":"choose","presence":"away","extra":1}',
  );

  deepEqual(
    decoded.map((result) => result.ok ? "ok" : result.error.reason),
    ["ok", "invalid", "unknown-type", "not-json", "invalid"],
  );
  deepEqual(newer, decoded[0]);
});

Deno.test("[D20] a page ignores unknown members from a newer service", () => {
  const newer = '{"type":"presence","choice":"away","presence":"away","x":1}';

  const known = decodeServiceMessage(newer);
  const unknown = decodeServiceMessage('{"type":"hologram"}');

  deepEqual(known.ok && known.value, {
    type: "presence",
    choice: "away",
    presence: "away",
  });
  equal(!unknown.ok && unknown.error.reason, "unknown-type");
});

Deno.test("[D31] an agent's message keeps its lines and tabs but no hidden characters", () => {
  const text = "1\t2\r\n3\u2028\u202e4\u0000";
  const message = { type: "chat-message", chat: "c", id: "m" } as const;

  const said = decodePageMessage(encode({ ...message, text }));
  const empty = decodePageMessage(encode({ ...message, text: "\u202e" }));

  deepEqual(said.ok && said.value, { ...message, text: "1\t2\n3\n4" });
  equal(empty.ok, false);
});

Deno.test("a message survives encoding and decoding", () => {
  const message = {
    type: "chat-message",
    chat: "c",
    id: "m",
    text: "Zeile 1\nשלום \u{1f600}",
  } as const;

  const decoded = decodePageMessage(encode(message));

  deepEqual(decoded.ok && decoded.value, message);
});
