import { deepEqual } from "node:assert/strict";
import { iceServers } from "./ice_urls.ts";

const CONFIG = {
  stun: "a.example;b.example:3479",
  turn: "t.example",
  turnUsr: "u",
  turnPwd: "p",
} as const;

Deno.test("iceServers() reads host lists, ports, transports and credentials", () => {
  deepEqual(iceServers(CONFIG), [
    { urls: "stun:a.example" },
    { urls: "stun:b.example:3479" },
    { urls: "turn:t.example?transport=udp", username: "u", credential: "p" },
  ]);
  deepEqual(
    iceServers({ ...CONFIG, transport: "tls" }).at(-1)?.urls,
    "turns:t.example?transport=tcp",
  );
});

Deno.test("iceServers() keeps an address that names its transport unchanged", () => {
  const turn =
    "t.example;turn:t.example:3478?transport=tcp;turns:t.example:443";

  const urls = iceServers({ ...CONFIG, stun: "", turn }).map(({ urls }) =>
    urls
  );

  deepEqual(urls, [
    "turn:t.example?transport=udp",
    "turn:t.example:3478?transport=tcp",
    "turns:t.example:443",
  ]);
});

Deno.test("iceServers() returns no relay without credentials, and nothing for no input", () => {
  deepEqual(iceServers({ stun: "", turn: "t.example" }), []);
  deepEqual(iceServers(undefined), []);
});
