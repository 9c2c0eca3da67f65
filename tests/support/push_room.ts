import { Hub } from "@/lib/base/hub.ts";
import type { Account } from "@/lib/model/account.ts";
import { ok } from "@/lib/base/result.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { AgentPush } from "@/lib/push/agent_push.ts";
import { PushReach } from "@/lib/push/push_reach.ts";
import { PushRings } from "@/lib/push/push_rings.ts";
import { PushSender } from "@/lib/push/send_push.ts";
import { VapidKeys } from "@/lib/push/vapid_keys.ts";
import { sessionHash } from "@/lib/store/session_store.ts";
import { FakePushService } from "./fake_push_service.ts";
import { memoryStore } from "./temporary_store.ts";

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " +
  "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** The whole of lib/push on a store in memory, with a push service on
 * loopback. */
export async function openPushRoom() {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(await FakePushService.start());
  const store = stack.use(await memoryStore());
  const hub = new Hub<Topics>();
  const { clock } = store;
  const counted: string[] = [];
  const keys = new VapidKeys(store.settings, () =>
    Promise.resolve({
      seal: (text) => Promise.resolve(text),
      open: (text) => Promise.resolve(ok(text)),
    }));
  const sender = new PushSender({
    ...{ keys, clock, post: service.post() },
    counters: {
      count: (_, labels = {}) => void counted.push(labels.outcome ?? ""),
    },
  });
  const push = new AgentPush({
    store: store.push,
    sessions: store.sessions,
    accounts: store.accounts,
    ...{ keys, sender, hub, clock },
  });
  const ringMs = { call: 90_000, chat: 300_000, callback: 60_000 };
  const rings = stack.use(new PushRings({ push, sender, clock, ringMs }));
  const reach = stack.use(
    await PushReach.open({ push, store: store.push, hub, clock }),
  );
  const told: string[] = [];
  reach.watch((account, is) => told.push(`${account} ${is}`));
  const moved = stack.move();
  /** Adds an account with an open session. */
  async function agent(name: string, roles: Account["roles"] = ["agent"]) {
    const content = { name, displayName: name, roles };
    const made = await store.accounts.create(content, "none");
    if (!made.ok) throw new Error(made.error.reason);
    const { id } = made.value.value;
    const token = await store.sessions.open(id);
    return { id, token };
  }
  return {
    ...{ service, store, hub, clock, counted, keys, push, rings, reach, told },
    agent,
    /** Turns on notifications in a new browser. */
    async device(account: { id: string; token: string }, name: string) {
      const { browser, subscription } = service.subscribe(name);
      const added = await push.add(account.id, {
        subscription,
        session: sessionHash(account.token),
        userAgent: CHROME,
        ...{ lang: "de", host: "desk.example.com" },
      });
      return { browser, subscription, added };
    },
    [Symbol.asyncDispose]: () => moved[Symbol.asyncDispose](),
  };
}
