import type { Pbx } from "@/lib/admin/pbx.ts";
import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { CallbackPhones } from "@/lib/callbacks/callback_phones.ts";
import { CallbackPushes } from "@/lib/callbacks/callback_pushes.ts";
import type { CallbackCounted } from "@/lib/callbacks/outcome.ts";
import { CallbackRinger } from "@/lib/callbacks/ringer.ts";
import type { DeskBank } from "@/lib/desk/bank.ts";
import type { Topics } from "@/lib/model/topics.ts";
import type { Statistics } from "@/lib/statistics/statistics.ts";
import type { Store } from "@/lib/store/open.ts";
import type { OpenedPush } from "./open_push.ts";
import type { Config } from "./settings.ts";

export interface CallbackResources {
  config: Pick<Config, "pbxCallbacks">;
  store: Store;
  clock: Clock;
  hub: Hub<Topics>;
  closing: AsyncDisposableStack;
  desk: DeskBank;
  pbx: Pick<Pbx, "bank">;
  /** Absent if nobody is notified. */
  notifying: OpenedPush | undefined;
  statistics: Pick<Statistics, "count">;
}

/** Lets callbacks ring when they are due: at the desks, at the devices of agents
 * whose desk is closed and, if it is set, at phones on the PBX. */
export function openCallbacks(
  { config, store, closing, desk, pbx, notifying, statistics, ...parts }:
    CallbackResources,
): void {
  const happened = (what: CallbackCounted) => statistics.count(what);
  closing.use(new CallbackRinger({ store, ...parts, happened }));
  if (notifying !== undefined) {
    const { rings: push } = notifying;
    closing.use(new CallbackPushes({ ...store, ...parts, desk, push }));
  }
  if (config.pbxCallbacks === "no") return;
  closing.use(
    new CallbackPhones({
      ...{ ...store, ...parts, happened, phones: pbx.bank },
      isAtDesk: (address) => desk.owns(address),
    }),
  );
}
