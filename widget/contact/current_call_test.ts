import { deepEqual, equal } from "node:assert/strict";
import type { CallDesk, CallOwner, CallRequest } from "../call/port.ts";
import { CurrentCall } from "./current_call.ts";

/** A widget whose calls note what happens to them. */
function widget({ isBroken = false } = {}) {
  const did: string[] = [];
  const made: { running: boolean }[] = [];
  const current = new CurrentCall(() =>
    isBroken ? Promise.reject(new TypeError("Failed to fetch")) : Promise
      .resolve({
        createCall: () => {
          const n = made.length + 1;
          did.push(`call ${n}`);
          const call = {
            running: true,
            hangUp: () => {
              did.push(`hang up ${n}`);
              call.running = false;
            },
            dispose: () => did.push(`dispose ${n}`),
          };
          made.push(call);
          return call as unknown as CallDesk;
        },
      })
  );
  const request = () => [{}, {}] as unknown as [CallOwner, CallRequest];
  return {
    current,
    did,
    made,
    async start() {
      current.start(request, () => did.push("failed"));
      await loaded();
    },
  };
}

async function loaded(): Promise<void> {
  for (let n = 0; n < 5; n++) await Promise.resolve();
}

Deno.test("a second call disposes of the first one", async () => {
  const { current, did, start } = widget();

  await start();
  const first = current.call;
  await start();
  current.dispose();

  deepEqual(did, ["call 1", "dispose 1", "call 2", "dispose 2"]);
  equal(current.call === first, false);
});

Deno.test("a call is hidden while it runs and until the visitor has seen its end", async () => {
  const { current, made, start } = widget();
  const hidden = () => current.hidden !== undefined;
  const states = [hidden()];
  await start();
  current.see();
  states.push(hidden());

  Object.assign(made[0] ?? {}, { running: false });
  states.push(hidden());
  current.see();
  states.push(hidden());

  deepEqual(states, [false, true, true, false]);
});

Deno.test("the visitor knows the end of a call that they hung up", async () => {
  const { current, did, start } = widget();
  await start();
  const before = current.running;

  current.hangUp();

  deepEqual([before, current.running], [true, false]);
  equal(current.hidden, undefined);
  deepEqual(did, ["call 1", "hang up 1"]);
});

Deno.test("a call that is left is disposed of, and gone", async () => {
  const { current, did, start } = widget();
  await start();

  current.leave();

  equal(current.call, undefined);
  deepEqual(did, ["call 1", "dispose 1"]);
});

Deno.test("a call that is cancelled, or whose widget is removed, while its code loads doesn't begin", async () => {
  const [cancelled, removed] = [widget(), widget()];

  cancelled.start();
  removed.start();
  const loading = [cancelled, removed].map(({ current }) => current.isLoading);
  cancelled.current.hangUp();
  removed.current.dispose();
  await loaded();

  deepEqual(loading, [true, true]);
  deepEqual([cancelled.did, removed.did], [[], []]);
  equal(cancelled.current.isLoading, false);
});

Deno.test("a call whose code can't be loaded has failed", async () => {
  const { current, did, start } = widget({ isBroken: true });

  await start();

  deepEqual([did, current.call], [["failed"], undefined]);
});
