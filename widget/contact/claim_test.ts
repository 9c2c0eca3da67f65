import { deepEqual } from "node:assert/strict";
import { replaceMember } from "@/tests/support/replace_globals.ts";
import { claim } from "./claim.ts";

type Grant = (lock: unknown) => Promise<unknown>;

/** The locks of a browser in which another tab holds those in `held`. */
function withLocks(...held: string[]) {
  const waits: [ms: number, stop: AbortController][] = [];
  const request = (
    name: string,
    { signal }: { signal: AbortSignal },
    grant: Grant,
  ): Promise<unknown> => {
    if (!held.includes(name)) return grant({ name });
    return new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason))
    );
  };
  const { timeout } = AbortSignal;
  AbortSignal.timeout = (ms) => {
    const stop = new AbortController();
    waits.push([ms, stop]);
    return stop.signal;
  };
  const undo = replaceMember(navigator, "locks", { request });
  return {
    held,
    /** Ends the waiting; returns how long it would have been, in ms. */
    expire: () => waits.splice(0).map(([ms, stop]) => (stop.abort(), ms)),
    [Symbol.dispose]() {
      undo();
      AbortSignal.timeout = timeout;
    },
  };
}

Deno.test("a page claims its seat once, so that a second widget of it gets another one", async () => {
  using _locks = withLocks();

  deepEqual(
    [await claim("once"), await claim("once"), await claim("other")],
    [true, false, true],
  );
});

Deno.test("a duplicated tab waits 2 s for the seat, and can claim it once the first tab is closed", async () => {
  using locks = withLocks("contact-widget:copied");

  const claiming = claim("copied");
  const waits = locks.expire();
  const isOurs = await claiming;
  locks.held.pop();
  const later = await claim("copied");

  deepEqual([waits, isOurs, later], [[2_000], false, true]);
});

Deno.test("an insecure page has no locks, and claims its seat once", async () => {
  const undo = replaceMember(navigator, "locks", undefined);

  const claims = [await claim("insecure"), await claim("insecure")];
  undo();

  deepEqual(claims, [true, false]);
});
