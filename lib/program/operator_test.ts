import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { Metrics } from "@/lib/metrics/metrics.ts";
import type { Asker } from "@/lib/port/handlers.ts";
import type { Sockets } from "@/lib/port/ws_sockets.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { openFaultyKv } from "@/tests/support/faulty_kv.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { settle } from "@/tests/support/visitor_room.ts";
import { readConfig } from "./config.ts";
import { Operator } from "./operator.ts";

const ASKER = { address: "127.0.0.1", isRelayed: false };

Deno.test("/readyz is 503 with the reason while the store can't write, and 200 afterwards", async () => {
  using service = await serviceWithStore();
  const { ready, be } = service;

  const before = await ready();
  be("fails");
  const during = await ready();
  be("ok");
  const after = await ready();

  deepEqual(before, [200, "ready\n"]);
  deepEqual(during, [503, "store: cannot write: the disk reports an error\n"]);
  deepEqual(after, [200, "ready\n"]);
});

Deno.test("/readyz is 503 within 3 s while a write hangs, starts no second one, and recovers", async () => {
  using service = await serviceWithStore();
  const { ready, be, clock, ask } = service;
  await ready();
  const writesBefore = service.writes();
  be("hangs");

  clock.advance(5_000);
  const first = ask();
  await settle();
  clock.advance(3_000);
  const [status, text] = await first;
  for (let n = 0; n < 50; n++) {
    // At once: no timer has to run.
    deepEqual(await ready(), [503, "store: no answer\n"]);
  }
  const writes = service.writes() - writesBefore;
  be("ok");
  await service.written();
  await settle();
  const after = await ready();

  deepEqual([status, text], [503, "store: no answer\n"]);
  equal(writes, 1);
  deepEqual(after, [200, "ready\n"]);
});

Deno.test("/readyz writes at most once in 5 s, however often it is requested", async () => {
  using service = await serviceWithStore();
  const { ask, clock } = service;
  const before = service.writes();

  await Promise.all(Array.from({ length: 100 }, ask));
  clock.advance(4_999);
  await Promise.all(Array.from({ length: 100 }, ask));
  const soon = service.writes() - before;
  clock.advance(1);
  await ask();

  equal(soon, 1);
  equal(service.writes() - before, 2);
});

Deno.test("/readyz reports a full disk and a read-only store without further details", async () => {
  const reasons: [string, string][] = [
    ["database or disk is full: Error code 13", "the disk is full"],
    ["attempt to write a readonly database", "the store is read-only"],
    ["unable to open database file: /secret", "the store cannot be opened"],
    ["something with a /secret/path", "see the log"],
  ];
  for (const [message, reason] of reasons) {
    using service = await serviceWithStore();

    service.fail(new TypeError(message));

    const expected = `store: cannot write: ${reason}\n`;
    deepEqual(await service.ready(), [503, expected]);
  }
});

Deno.test("/readyz waits while another program, such as a backup, holds the lock", async () => {
  using service = await serviceWithStore();
  let locked = 3;
  service.fail(() => {
    return locked-- > 0 ? new Error("database is locked") : undefined;
  });

  deepEqual(await service.ready(), [200, "ready\n"]);
  ok(locked < 0);
});

Deno.test("/readyz is 503 as soon as the service stops", async () => {
  using service = await serviceWithStore();
  await service.ready();

  service.stop();

  deepEqual(await service.ask(), [503, "stopping\n"]);
});

Deno.test("/readyz needs a PBX if CW_READY_PBX says so, or if it is auto and there is a password", async () => {
  const cases: [settings: string[], status: number][] = [
    [[], 200],
    [["--pbx-password=secret"], 503],
    [["--ready-pbx=yes"], 503],
    [["--ready-pbx=no", "--pbx-password=secret"], 200],
  ];
  for (const [settings, status] of cases) {
    using service = await serviceWithStore(settings);
    const text = status === 200 ? "ready\n" : "pbx: no link\n";

    deepEqual(await service.ready(), [status, text], settings.join(" "));
  }
});

Deno.test("the same error of the store is logged once, until a write succeeds", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  using service = await serviceWithStore();
  const [full, broken] = ["disk full", "broken"].map((text) => new Error(text));

  for (const error of [full, full, broken, broken, undefined, broken]) {
    service.fail(() => error);
    await service.ready();
  }

  const prefix = "Cannot write to the store: Error: ";
  deepEqual(lines.filter((line) => line.startsWith(prefix)), [
    `${prefix}disk full`,
    `${prefix}broken`,
    `${prefix}broken`,
  ]);
});

Deno.test("the operator's endpoints answer who may ask, and no other path", async () => {
  using service = await serviceWithStore(["--metrics-from=192.0.2.0/24"]);
  const asked = async (path: string, address: string, isRelayed = false) => {
    const response = await service.answer(path, { address, isRelayed });
    return response && [response.status, await response.text()];
  };
  const [metrics, own] = ["/metrics", "192.0.2.7"];

  const alive = await asked("/healthz", "198.51.100.7", true);
  const measured = await asked(metrics, own);
  const refused = [
    await asked(metrics, "198.51.100.7"),
    await asked(metrics, own, true),
  ];

  deepEqual(alive, [200, "ok\n"]);
  equal(measured?.[0], 200);
  match(String(measured?.[1]), /^contact_widgets_visitors 0$/m);
  doesNotMatch(String(measured?.[1]), /^contact_widgets_sockets\{/m);
  deepEqual(refused, [
    [403, "CW_METRICS_FROM does not name this address\n"],
    [403, "Name the proxy in CW_TRUSTED_PROXIES to see metrics\n"],
  ]);
  equal(await asked("/other", own), undefined);
  service.watch(() => ({ visitor: SOCKETS, desk: SOCKETS, pbx: SOCKETS }));
  const later = await asked(metrics, own);
  match(String(later?.[1]), /^contact_widgets_sockets\{kind="desk"\} 2$/m);
});

const SOCKETS = { open: 2, queued: 0 };

async function serviceWithStore(settings: string[] = []) {
  const clock = new FakeClock();
  const { kv, be } = await openFaultyKv();
  const { set } = kv;
  let writes = 0;
  let last: Promise<unknown> = Promise.resolve();
  let errorOf: () => Error | undefined = () => undefined;
  kv.set = (...args) => {
    writes++;
    const error = errorOf();
    const write = error === undefined
      ? set.apply(kv, args)
      : Promise.reject(error);
    last = write.catch(() => {});
    return write;
  };
  const store = await memoryStore(clock, kv);
  const config = readConfig(settings, () => undefined);
  if (!config.ok) throw new Error("The defaults must be valid");
  const none = { online: 0, away: 0, busy: 0, dnd: 0, offline: 0 };
  const presences = () => none;
  const operator = new Operator({
    config: config.value,
    clock,
    counters: new Metrics(clock),
    store,
    pbx: NO_PBX,
    visitors: { size: 0 },
    statistics: { pending: 0 },
    directory: { presences },
    desk: { presences },
  });
  async function ask(): Promise<[number, string]> {
    const response = await operator.answer("/readyz", ASKER);
    ok(response);
    match(response.headers.get("cache-control") ?? "", /no-store/);
    return [response.status, await response.text()];
  }
  return {
    clock,
    be,
    ask,
    /** Asks when the last answer is too old to be given again. */
    ready() {
      clock.advance(5_000);
      return ask();
    },
    stop: () => operator.stop(),
    answer: (path: string, asker: Asker) => operator.answer(path, asker),
    watch: (sockets: () => Sockets) => operator.watch(sockets),
    writes: () => writes,
    /** Resolves when the last write has ended. */
    written: () => last,
    fail(error: Error | (() => Error | undefined)) {
      errorOf = typeof error === "function" ? error : () => error;
    },
    [Symbol.dispose]: () => store[Symbol.dispose](),
  };
}

const NO_PBX = {
  isLinked: () => false,
  bank: {
    status: () => ({ links: [], waiting: 0, refusals: [], refused: {} }),
  },
};
