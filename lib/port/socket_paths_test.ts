import { deepEqual } from "node:assert/strict";
// @ts-types="@types/ws"
import { WebSocket as Client } from "ws";
import { systemClock } from "@/lib/base/clock.ts";
import { readConfig } from "@/lib/program/config.ts";
import type { Handlers } from "./handlers.ts";
import { serve } from "./server.ts";
import { socketPaths } from "./socket_paths.ts";

Deno.test("serve() opens a WebSocket without sign-in for visitors only", async () => {
  const args = ["--port=0", "--host=127.0.0.1", "--pbx-from=192.0.2.0/24"];
  const config = readConfig(args, () => undefined);
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  await using server = await serve(handlers(), {
    config: config.value,
    clock: systemClock,
  });
  const others = ["/", "/admin", "/api/widgets", "/desk", "/metrics", "/x"];

  const answers: Record<string, string> = {};
  for (const path of [...socketPaths("/widgets").keys(), ...others]) {
    answers[path] = await open(`ws://127.0.0.1:${server.port}${path}`);
  }

  deepEqual(answers, {
    "/widgets/service": "opened",
    "/desk/service": "401",
    "/widgets": "403",
    "/widgets/": "403",
    ...Object.fromEntries(others.map((path) => [path, "404"])),
  });
});

/** Accepts visitors. No request is signed in. */
function handlers(): Handlers {
  const events = { message() {}, closed() {} };
  return {
    file: () => undefined,
    http: () => Promise.resolve(new Response()),
    visitor: () => events,
    signedIn: () => Promise.resolve(undefined),
    desk: () => events,
    pbx: () => events,
    noPbx() {},
  };
}

/** "opened", or the status that refused the upgrade. */
function open(url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const client = new Client(url);
  client.on("open", () => client.close());
  client.on("close", () => resolve("opened"));
  client.on("unexpected-response", (request, response) => {
    resolve(String(response.statusCode));
    request.destroy();
  });
  client.on("error", reject);
  return promise;
}
