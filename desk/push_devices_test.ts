import { deepEqual, equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import type { PushApiAnswer } from "@/lib/protocol/admin/push_api.ts";
import { FakeStorage } from "@/tests/support/fake_storage.ts";
import { type PushDeps, PushDevices } from "./push_devices.ts";

const KEY = "AQID";

/** A browser with a push service, and the service's devices. */
class Browser {
  permission: NotificationPermission = "default";
  answer: NotificationPermission = "granted";
  support: ReturnType<PushDeps["support"]> = "yes";
  key = KEY;
  /** Endpoints of the devices that the service has, and that were removed. */
  devices: string[] = [];
  removed: string[] = [];
  refuses: "too-many" | "failed" | "throttled" | undefined;
  hasPushService = true;
  /** The browser waits for its push service, until the test ends the time. */
  hangs = false;
  endTime = () => {};
  outcome: "sent" | "gone" | "failed" = "sent";
  readonly storage = new FakeStorage();
  readonly log: string[] = [];
  #endpoint: string | undefined;
  #key = "";
  #count = 0;

  get endpoint(): string | undefined {
    return this.#endpoint;
  }

  push(account = "ada"): PushDevices {
    return new PushDevices(account, this.#deps());
  }

  #deps(): PushDeps {
    return {
      support: () => this.support,
      permission: () => this.permission,
      requestPermission: () => {
        this.permission = this.answer;
        return Promise.resolve(this.answer);
      },
      manager: () =>
        Promise.resolve({
          getSubscription: () => Promise.resolve(this.#subscription()),
          subscribe: (options) => {
            if (this.hangs) return new Promise(() => {});
            if (!this.hasPushService) {
              throw new DOMException("no", "AbortError");
            }
            this.#endpoint = `https://push.example.com/${++this.#count}`;
            this.#key = String(options?.applicationServerKey);
            this.log.push(`subscribed ${this.#endpoint}`);
            return Promise.resolve(this.#subscription()!);
          },
        }),
      storage: () => this.storage,
      late: () =>
        new Promise((_, reject) => {
          this.endTime = () => reject(new Error("too late"));
        }),
      api: {
        view: () => this.#say({ key: this.key, devices: this.#views() }),
        add: ({ endpoint = "" }, { renews } = { renews: false }) => {
          this.log.push(`${renews ? "renewed" : "added"} ${endpoint}`);
          if (renews && this.removed.includes(endpoint)) {
            return Promise.resolve({ ok: false, error: "not-found" });
          }
          if (this.refuses === undefined) this.devices.push(endpoint);
          return this.#say(this.#views().at(-1)!);
        },
        remove: (id) => {
          const isKept = (one: string) =>
            idOf(one) !== id || this.refuses !== undefined;
          this.devices = this.devices.filter(isKept);
          return this.#say(undefined);
        },
        test: () => this.#say({ outcome: this.outcome }),
      },
    };
  }

  #say<T>(value: T): Promise<PushApiAnswer<T>> {
    const { refuses } = this;
    return Promise.resolve(
      refuses === undefined ||
        (value && typeof value === "object" && "key" in value)
        ? { ok: true, value }
        : { ok: false, error: refuses },
    );
  }

  #views() {
    return [...new Set(this.devices)]
      .map((endpoint) => ({ id: idOf(endpoint), name: "", createdAt: 1 }));
  }

  #subscription(): PushSubscription | null {
    const endpoint = this.#endpoint;
    if (endpoint === undefined) return null;
    const key = Uint8Array.fromBase64(this.#key, { alphabet: "base64url" });
    return {
      endpoint,
      expirationTime: null,
      options: { applicationServerKey: key.buffer, userVisibleOnly: true },
      getKey: () => null,
      toJSON: () => ({ endpoint, keys: {} }),
      unsubscribe: () => {
        this.log.push(`unsubscribed ${endpoint}`);
        this.#endpoint = undefined;
        return Promise.resolve(true);
      },
    };
  }
}

function idOf(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex").slice(0, 32);
}

Deno.test("PushDevices turns this browser on and off", async () => {
  const browser = new Browser();
  const push = browser.push();

  await push.start();
  const before = push.state.value;
  await push.turnOn();
  const on = [push.state.value, push.own.value, push.devices.value.length];
  await push.remove(push.own.value);

  equal(before, "off");
  deepEqual(on, ["on", idOf("https://push.example.com/1"), 1]);
  deepEqual([push.state.value, push.own.value], ["off", ""]);
  deepEqual(browser.log, [
    "subscribed https://push.example.com/1",
    "added https://push.example.com/1",
    "unsubscribed https://push.example.com/1",
  ]);
});

Deno.test("PushDevices renews the device of the same agent when the desk is opened again", async () => {
  const browser = new Browser();
  await browser.push().turnOn();
  browser.devices = []; // It has ended with its session.

  const push = browser.push();
  await push.start();
  const other = new Browser();
  Object.assign(other, { storage: browser.storage, permission: "granted" });
  const strange = other.push("ben");
  await strange.start();

  equal(push.state.value, "on");
  equal(browser.log.at(-1), "renewed https://push.example.com/1");
  deepEqual([strange.state.value, other.log], ["off", []]);
});

Deno.test("PushDevices forgets a device that the agent has removed elsewhere", async () => {
  const browser = new Browser();
  await browser.push().turnOn();
  browser.removed = browser.devices;
  browser.devices = [];

  const push = browser.push();
  await push.start();
  await push.start();

  equal(push.state.value, "off");
  equal(browser.endpoint, undefined);
  deepEqual(browser.log.slice(2), [
    "renewed https://push.example.com/1",
    "unsubscribed https://push.example.com/1",
  ]);
});

Deno.test("PushDevices subscribes again if the service has a new key", async () => {
  const browser = new Browser();
  await browser.push().turnOn();
  browser.key = "BAUG";

  const push = browser.push();
  await push.start();

  equal(push.state.value, "on");
  equal(push.own.value, idOf("https://push.example.com/2"));
  deepEqual(browser.log.slice(2), [
    "unsubscribed https://push.example.com/1",
    "subscribed https://push.example.com/2",
    "renewed https://push.example.com/2",
  ]);
});

Deno.test("PushDevices says why nothing was turned on", async () => {
  const refused = new Browser();
  refused.answer = "denied";
  const full = new Browser();
  full.refuses = "too-many";
  const serviceless = new Browser();
  serviceless.hasPushService = false;

  const seen: unknown[] = [];
  for (const browser of [refused, full, serviceless]) {
    const push = browser.push();
    await push.start();
    await push.turnOn();
    seen.push([push.state.value, push.note.value, push.isBusy.value]);
    equal(browser.storage.length, 0);
  }

  deepEqual(seen, [
    ["blocked", "blocked", false],
    ["off", "too-many", false],
    ["off", "no-service", false],
  ]);
});

Deno.test("PushDevices doesn't wait forever for a browser that can't reach its push service", async () => {
  const browser = new Browser();
  browser.hangs = true;
  const push = browser.push();
  await push.start();

  const turnedOn = push.turnOn();
  for (let n = 0; n < 20; n++) await Promise.resolve();
  const during = push.isBusy.value;
  browser.endTime();
  await turnedOn;

  deepEqual([during, push.isBusy.value, push.note.value], [
    ...[true, false, "no-service"],
  ]);
});

Deno.test("PushDevices says that a device could not be removed, and keeps it", async () => {
  const browser = new Browser();
  const push = browser.push();
  await push.turnOn();
  const own = push.own.value;
  browser.refuses = "failed";

  await push.remove(own);

  deepEqual([push.note.value, push.own.value], ["failed", own]);
  equal(browser.endpoint, "https://push.example.com/1");
});

Deno.test("PushDevices shows the result of a test, and removes the note at the next action", async () => {
  const browser = new Browser();
  const push = browser.push();
  await push.turnOn();

  const notes: unknown[] = [];
  for (const outcome of ["sent", "gone", "failed"] as const) {
    browser.outcome = outcome;
    await push.test(push.own.value);
    notes.push(push.note.value);
  }
  browser.refuses = "throttled";
  await push.test(push.own.value);
  notes.push(push.note.value);
  await push.start();
  notes.push(push.note.value);

  deepEqual(notes, [
    ...["sent", "gone", "not-accepted", "throttled", null],
  ]);
});

Deno.test("PushDevices asks nothing of a browser that can't, or is in a frame", async () => {
  const states: unknown[] = [];
  for (const support of ["none", "framed"] as const) {
    const browser = new Browser();
    browser.support = support;
    const push = browser.push();
    await push.start();
    states.push(push.state.value);
  }

  deepEqual(states, ["none", "framed"]);
});
