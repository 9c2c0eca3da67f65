import { deepEqual } from "node:assert/strict";
import { iceServers } from "./ice.ts";

Deno.test("iceServers() reads host lists, ports, transports and credentials", () => {
  const config = {
    mt: "IceConfig",
    stun: "a.example;b.example:3479",
    turn: "t.example",
    turnUsr: "u",
    turnPwd: "p",
  } as const;

  deepEqual(iceServers(config), [
    { urls: "stun:a.example" },
    { urls: "stun:b.example:3479" },
    { urls: "turn:t.example?transport=udp", username: "u", credential: "p" },
  ]);
  deepEqual(
    iceServers({ ...config, transport: "tls" }).at(-1)?.urls,
    "turns:t.example?transport=tcp",
  );
});

Deno.test("iceServers() has no relay without credentials, and nothing of nothing", () => {
  deepEqual(iceServers({ mt: "IceConfig", stun: "", turn: "t.example" }), []);
  deepEqual(iceServers(undefined), []);
});
