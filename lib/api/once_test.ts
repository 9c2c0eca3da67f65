import { deepEqual, equal, rejects } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { memoryStore } from "@/tests/support/temporary_store.ts";
import { once } from "./once.ts";
import type { ApiResult } from "./operation.ts";
import { problem } from "./problem.ts";

const KEYED = { token: "t", key: "k", request: "r" };

Deno.test("[API9] a repeated request gets the stored answer, and is carried out once", async () => {
  using store = await memoryStore();
  let runs = 0;
  const run = (): Promise<ApiResult> =>
    Promise.resolve(ok({ status: 201, body: { run: ++runs } }));

  const first = await once(store.apiAnswers, KEYED, run);
  const again = await once(store.apiAnswers, KEYED, run);
  const other = await once(
    store.apiAnswers,
    { ...KEYED, request: "other" },
    run,
  );

  deepEqual(first, ok({ status: 201, body: { run: 1 } }));
  deepEqual(
    again,
    ok({
      status: 201,
      headers: { "idempotency-replayed": "true" },
      body: { run: 1 },
    }),
  );
  equal(!other.ok && other.error.reason, "key-reused");
  equal(runs, 1);
});

Deno.test("[API9] a request at the same time as the same one is told to wait", async () => {
  using store = await memoryStore();
  const started = Promise.withResolvers<void>();
  const end = Promise.withResolvers<ApiResult>();

  const first = once(store.apiAnswers, KEYED, () => {
    started.resolve();
    return end.promise;
  });
  await started.promise;
  const second = await once(store.apiAnswers, KEYED, () => end.promise);
  end.resolve(ok({ status: 204 }));

  equal(!second.ok && second.error.reason, "in-progress");
  deepEqual(await first, ok({ status: 204 }));
});

Deno.test("[API9] a request that was refused or has failed is carried out again", async () => {
  using store = await memoryStore();
  const { apiAnswers } = store;

  const refused = await once(
    apiAnswers,
    KEYED,
    () => Promise.resolve(err(problem("outdated"))),
  );
  await rejects(
    once(apiAnswers, KEYED, () => Promise.reject(new Error("no"))),
    /no/,
  );
  const done = await once(
    apiAnswers,
    KEYED,
    () => Promise.resolve(ok({ status: 204 })),
  );

  equal(refused.ok, false);
  deepEqual(done, ok({ status: 204 }));
});
