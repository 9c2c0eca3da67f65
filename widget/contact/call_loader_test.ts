import { deepEqual, equal } from "node:assert/strict";
import { type CallCode, CallLoader } from "./call_loader.ts";

const CODE: CallCode = {
  createCall: () => {
    throw new Error("Cannot call here");
  },
};

/** A loader whose requests are answered when told. */
function loading() {
  const requests: { answer: () => void; fail: () => void }[] = [];
  const did: string[] = [];
  const loader = new CallLoader(() =>
    new Promise((resolve, reject) =>
      requests.push({
        answer: () => resolve(CODE),
        fail: () => reject(new TypeError("Failed to fetch")),
      })
    )
  );
  const press = (name: string) =>
    loader.start(() => did.push(name), () => did.push(`${name} failed`));
  return { loader, requests, did, press };
}

Deno.test("of two clicks only the second one starts a call", async () => {
  const { requests, did, press } = loading();
  const both = [press("first"), press("second")];
  for (const { answer } of requests) answer();
  await Promise.all(both);

  deepEqual(did, ["second"]);
});

Deno.test("a call cancelled while its code loads doesn't start", async () => {
  const { loader, requests, did, press } = loading();
  const pressed = press("call");
  const before = loader.isLoading;
  loader.cancel();
  requests[0]?.answer();
  await pressed;

  deepEqual([before, loader.isLoading], [true, false]);
  deepEqual(did, []);
});

Deno.test("code that can't be loaded is reported, and no longer loading", async () => {
  const { loader, requests, did, press } = loading();
  const pressed = press("call");
  requests[0]?.fail();
  await pressed;

  deepEqual(did, ["call failed"]);
  equal(loader.isLoading, false);
});
