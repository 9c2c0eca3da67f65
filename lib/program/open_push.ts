import type { StoredPushKey } from "@/lib/admin/archive/push_key.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Counters } from "@/lib/base/counters.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { DESK_TIMES } from "@/lib/desk/ports.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { AgentPush } from "@/lib/push/agent_push.ts";
import { type PostPush, postToPublic } from "@/lib/push/post_push.ts";
import { PushReach } from "@/lib/push/push_reach.ts";
import { PushRings } from "@/lib/push/push_rings.ts";
import { PushSender } from "@/lib/push/send_push.ts";
import { VapidKeys } from "@/lib/push/vapid_keys.ts";
import type { Store } from "@/lib/store/open.ts";
import { boxThatIs, openBox } from "./open_pbx.ts";
import type { Config } from "./settings.ts";

export interface PushResources {
  config: Config;
  store: Store;
  clock: Clock;
  hub: Hub<Topics>;
  counters: Counters;
  /** Time for which a callback rings. */
  callbackRingMs: number;
  /** Sends the requests to push services. */
  post?: PostPush;
}

/** The parts that notify agents while their desk is closed. */
export interface OpenedPush {
  push: AgentPush;
  rings: PushRings;
  reach: PushReach;
}

/** Opens the notifications of agents; undefined if CW_PUSH turns them off. */
export async function openPush(
  { config, store, clock, hub, counters, callbackRingMs, ...more }:
    PushResources,
): Promise<OpenedPush | undefined> {
  if (config.push === "no") return undefined;
  const { secretKey, data } = config;
  const keys = new VapidKeys(store.settings, () => openBox(secretKey, data));
  const { post = postToPublic() } = more;
  const sender = new PushSender({ keys, post, clock, counters });
  const push = new AgentPush({
    ...{ store: store.push, sessions: store.sessions },
    ...{ accounts: store.accounts, keys, sender, hub, clock },
  });
  const { pushRingMs: call, chatRingMs: chat } = DESK_TIMES;
  return {
    push,
    rings: new PushRings({
      ...{ push, sender, clock },
      ringMs: { call, chat, callback: callbackRingMs },
    }),
    reach: await PushReach.open({ push, store: store.push, hub, clock }),
  };
}

/** Returns the stored key of push notifications, for archives. The key of the
 * service is created only to encrypt one. */
export function storedPushKey(
  { config, store }: { config: Config; store: Pick<Store, "settings"> },
): StoredPushKey {
  const { secretKey, data } = config;
  return {
    async get() {
      if (!await VapidKeys.isStored(store.settings)) return undefined;
      const box = await boxThatIs(secretKey, data);
      const keys = box && new VapidKeys(store.settings, async () => await box);
      return await keys?.stored();
    },
    async set(key) {
      const box = () => openBox(secretKey, data);
      await new VapidKeys(store.settings, box).set(key);
    },
  };
}
