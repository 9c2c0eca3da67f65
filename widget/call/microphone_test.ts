import { deepEqual, equal } from "node:assert/strict";
import { openMedia } from "./microphone.ts";

const chosen = { microphone: "", camera: "" };
const stream = {} as MediaStream;

/** Devices that fail with these errors, one after the other, and then work. */
function devices(...errors: string[]) {
  const asked: MediaStreamConstraints[] = [];
  return {
    asked,
    getUserMedia(constraints: MediaStreamConstraints = {}) {
      asked.push(constraints);
      const name = errors.shift();
      return name === undefined
        ? Promise.resolve(stream)
        : Promise.reject(new DOMException("", name));
    },
  };
}

/** Deno has neither; browsers on secure pages have both. */
function onPage(isSecureContext = true) {
  const before = Object.getOwnPropertyDescriptors(globalThis);
  Object.assign(globalThis, { isSecureContext, RTCPeerConnection: class {} });
  return {
    [Symbol.dispose]() {
      for (const name of ["isSecureContext", "RTCPeerConnection"] as const) {
        Reflect.deleteProperty(globalThis, name);
        const was = before[name as keyof typeof before];
        if (was) Object.defineProperty(globalThis, name, was);
      }
    },
  };
}

Deno.test("openMedia() says what the visitor can do about each error", async () => {
  using _page = onPage();
  const errors = [
    ["NotAllowedError", "noPermission"],
    ["NotFoundError", "noDevice"],
    ["NotReadableError", "deviceBusy"],
    ["AbortError", "deviceBusy"],
  ] as const;
  for (const [name, reason] of errors) {
    const opened = await openMedia({ video: false, chosen }, devices(name));
    deepEqual(opened, { ok: false, error: reason });
  }
});

Deno.test("openMedia() goes on with voice where there is no camera", async () => {
  using _page = onPage();
  const some = devices("NotFoundError");

  const opened = await openMedia({ video: true, chosen }, some);

  deepEqual(opened, { ok: true, value: { stream, noCamera: true } });
  equal(some.asked[1]?.video, false);
});

Deno.test("openMedia() refuses on insecure pages and old browsers", async () => {
  using _insecure = onPage(false);
  const insecure = await openMedia({ video: false, chosen }, devices());
  using _page = onPage();
  const old = await openMedia({ video: false, chosen }, undefined);

  deepEqual([insecure, old].map((r) => !r.ok && r.error), [
    "insecurePage",
    "noWebrtc",
  ]);
});
