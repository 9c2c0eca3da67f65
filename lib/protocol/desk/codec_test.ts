import { deepEqual, equal } from "node:assert/strict";
import { decodePageMessage, decodeServiceMessage, encode } from "./codec.ts";

Deno.test("[D20] a page's unknown members and types are refused", () => {
  const frames = [
    '{"type":"choose","presence":"away"}',
    '{"type":"choose","presence":"away","extra":1}',
    '{"type":"dance"}',
    "not json",
    "null",
  ];

  const decoded = frames.map(decodePageMessage);

  deepEqual(
    decoded.map((result) => result.ok ? "ok" : result.error.reason),
    ["ok", "invalid", "unknown-type", "not-json", "invalid"],
  );
});

Deno.test("[D20] a page leaves out what a newer service adds", () => {
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

Deno.test("a message survives its way over the wire", () => {
  const message = {
    type: "chat-message",
    chat: "c",
    id: "m",
    text: "Zeile 1\nשלום \u{1f600}",
  } as const;

  const decoded = decodePageMessage(encode(message));

  deepEqual(decoded.ok && decoded.value, message);
});
