import { equal, ok } from "node:assert/strict";
import { Heard } from "../support/heard.ts";
import { startService } from "../support/service.ts";

const DESCRIPTORS = 200;
const CONNECTIONS = 500;
const SERVED_WITHIN_MS = 10_000;

Deno.test({
  name:
    "after running out of descriptors, new connections are served within 10 s",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using service = await startService({
      by: ["prlimit", `--nofile=${DESCRIPTORS}:${DESCRIPTORS}`],
    });
    const port = Number(new URL(service.url).port);

    const conns = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => connect(port)),
    );
    await exhausted(service.pid);
    for (const conn of conns) conn?.close();
    const freedAt = performance.now();
    const took = await served(service.url) - freedAt;

    ok(took < SERVED_WITHIN_MS, `Served only after ${took} ms`);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    equal(/^process_max_fds (\d+)$/m.exec(metrics)?.[1], String(DESCRIPTORS));
    ok(Number(/^process_open_fds (\d+)$/m.exec(metrics)?.[1]) < DESCRIPTORS);
  },
});

Deno.test({
  name: "idle connections use at most a quarter of the descriptors",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using service = await startService({
      by: ["prlimit", `--nofile=${DESCRIPTORS}:${DESCRIPTORS}`],
    });
    const port = Number(new URL(service.url).port);
    const closed = new Heard<null>();
    using conns = new DisposableStack();

    for (let n = 0; n < DESCRIPTORS / 2; n++) {
      const conn = conns.use(
        await Deno.connect({ hostname: "127.0.0.1", port }),
      );
      conn.read(new Uint8Array(1)).then(() => closed.tell(null), () => {});
    }
    await closed.count(DESCRIPTORS / 4);
    await (await fetch(`${service.url}/healthz`)).text();

    // One more for the request. After 10 s without a request all are closed.
    const count = closed.all.length - DESCRIPTORS / 4;
    ok(count <= 1, `${count} more were closed`);
  },
});

/** A connection that says nothing, or undefined if there is none to be had. */
function connect(port: number): Promise<Deno.Conn | undefined> {
  return Deno.connect({ hostname: "127.0.0.1", port })
    .catch(() => undefined);
}

/** Resolves once the process has no descriptor left, or had to give some up. */
async function exhausted(pid: number): Promise<void> {
  const deadline = performance.now() + 3_000;
  let most = 0;
  while (performance.now() < deadline) {
    const open = [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
    if (open >= DESCRIPTORS - 1 || open < most) return;
    most = open;
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** The time at which /healthz answers again. Throws after 30 s. */
async function served(url: string): Promise<number> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const signal = AbortSignal.timeout(1_000);
    const answer = await fetch(`${url}/healthz`, { signal })
      .then((response) => response.text(), () => "");
    if (answer === "ok\n") return performance.now();
  }
  throw new Error("No connection was served within 30 s");
}
