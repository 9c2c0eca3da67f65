import { rejects } from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { listen } from "./listen.ts";

/** A server that can't listen, for a reason of the system. */
function failing(code: string): Server {
  const server = Object.assign(new EventEmitter(), {
    listen() {
      const error = Object.assign(new Error(`listen ${code}`), { code });
      queueMicrotask(() => server.emit("error", error));
    },
  });
  return server as unknown as Server;
}

const REASONS: [code: string, text: string][] = [
  [
    "EADDRINUSE",
    "Port 443 is in use: choose another one with CW_PORT or --port",
  ],
  [
    "EACCES",
    "Port 443 is not permitted: choose another one with CW_PORT or --port",
  ],
  [
    "EADDRNOTAVAIL",
    'Cannot listen on CW_HOST "::1", port 443: listen EADDRNOTAVAIL.' +
    " Use 0.0.0.0, 127.0.0.1 or an address of this host",
  ],
];

for (const [code, message] of REASONS) {
  Deno.test(`a port that can't be opened because of ${code} is a sentence for the operator`, async () => {
    await rejects(listen(failing(code), { host: "::1", port: 443 }), {
      message,
    });
  });
}
