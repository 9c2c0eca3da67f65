import { readConfig } from "@/lib/program/config.ts";
import { runService, type Runtime } from "@/lib/program/run.ts";

// A service without its parts, as a program: it prints what a start and a stop
// ask of the parts. Its arguments are settings. BARE names what is different:
// `tls`, `set-up` (there is an administrator), `busy` (a call never ends), or
// `broken`.

const config = readConfig(Deno.args, () => undefined);
if (!config.ok) throw new Error(JSON.stringify(config.error));
const bare = Deno.env.get("BARE");

const runtime = {
  services: {
    setup: {
      newToken: () =>
        Promise.resolve(bare === "set-up" ? undefined : "a-token"),
    },
    examples: { list: () => Promise.resolve(["one", "two"]) },
  },
  server: {
    port: 1234,
    tls: bare === "tls",
  },
  drain(withinMs: number): Promise<void> {
    console.log(`drains within ${withinMs} ms`);
    return bare === "busy" ? new Promise(() => {}) : Promise.resolve();
  },
};

// Keeps the process running, as a request that never ends does.
setInterval(() => {}, 60_000);

await runService(config.value, ({ closing }) => {
  closing.defer(() => console.log("is closed"));
  if (bare === "broken") return Promise.reject(new Error("no port is left"));
  return Promise.resolve(runtime as unknown as Runtime);
});
