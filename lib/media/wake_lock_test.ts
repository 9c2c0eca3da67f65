import { deepEqual, equal } from "node:assert/strict";
import { keepAwake } from "./wake_lock.ts";

const turn = () => new Promise((resolve) => setTimeout(resolve));

class Lock extends EventTarget {
  released = false;
  readonly type = "screen";
  onrelease = null;
  release(): Promise<void> {
    this.released = true;
    return Promise.resolve();
  }
}

/** A page that can be hidden, which releases its locks as browsers do. */
function openPage() {
  const locks: Lock[] = [];
  const page = Object.assign(new EventTarget(), {
    visibilityState: "visible" as DocumentVisibilityState,
  });
  return {
    page,
    locks,
    held: () => locks.map(({ released }) => !released),
    request: () => {
      const lock = new Lock();
      locks.push(lock);
      return Promise.resolve(lock);
    },
    show(state: DocumentVisibilityState) {
      if (state === "hidden") {
        for (const lock of locks) {
          lock.released = true;
        }
      }
      page.visibilityState = state;
      page.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

Deno.test("[MEDIA10] the lock is requested again when the page is visible, and released at the end", async () => {
  const { page, held, request, show } = openPage();
  const end = keepAwake({ request }, page);
  await turn();
  show("hidden");
  await turn();
  show("visible");
  await turn();
  const during = held();
  end();
  show("visible");
  await turn();

  deepEqual(during, [false, true]);
  deepEqual(held(), [false, false]);
});

Deno.test("[MEDIA10] a lock that arrives after the end is released", async () => {
  const { page, held, request } = openPage();
  keepAwake({ request }, page)();
  await turn();

  deepEqual(held(), [false]);
});

Deno.test("[MEDIA10] browsers without wake locks, or that reject them, cause no error", async () => {
  const { page } = openPage();
  const refused = keepAwake({
    request: () => Promise.reject(new DOMException("", "NotAllowedError")),
  }, page);
  await turn();
  refused();

  equal(keepAwake(undefined, page)(), undefined);
});
