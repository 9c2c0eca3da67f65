import { deepEqual, equal } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { InquiryLimits } from "./inquiry_limits.ts";

const limits = {
  leftPerAddressPerHour: 2,
  leftPerWidgetPerHour: 3,
  callbacksPerNumberPerDay: 1,
};

Deno.test("[LEFT5] a limit holds to the last second of its hour, at all instances", () => {
  const [hub, clock] = [new Hub<Topics>(), new FakeClock()];
  using here = new InquiryLimits({ limits, hub, clock });
  using there = new InquiryLimits({ limits, hub, clock });
  equal(here.take({ address: "192.0.2.1", widget: "a" }), undefined);
  equal(there.take({ address: "192.0.2.1", widget: "a" }), undefined);

  clock.advance(3_599_999);
  const ofAddress = [here, there].map((one) =>
    one.take({ address: "192.0.2.1", widget: "b" })
  );
  const last = there.take({ address: "192.0.2.2", widget: "a" });
  const ofWidget = here.take({ address: "192.0.2.3", widget: "a" });
  clock.advance(1);

  deepEqual(
    ofAddress,
    Array(2).fill({ limit: "leftPerAddressPerHour", retryAfter: 1 }),
  );
  deepEqual([last, ofWidget], [undefined, {
    limit: "leftPerWidgetPerHour",
    retryAfter: 1,
  }]);
  equal(here.take({ address: "192.0.2.1", widget: "a" }), undefined);
});

Deno.test("[LEFT5] tries of another kind are not counted, and none after the end", () => {
  const [hub, clock] = [new Hub<Topics>(), new FakeClock()];
  const own = new InquiryLimits({ limits, hub, clock });
  const tell = (limit: "message" | "pbx-login", key: string) => {
    for (let n = 0; n < 9; n++) {
      hub.tell("tried", { limit, key, change: "count" });
    }
  };

  tell("pbx-login", "a");
  const other = own.take({ address: "192.0.2.1", widget: "a" });
  own[Symbol.dispose]();
  tell("message", "a");

  deepEqual([other, own.take({ address: "192.0.2.2", widget: "a" })], [
    undefined,
    undefined,
  ]);
});

Deno.test("[LEFT13] a number can ask for so many callbacks in a day, and messages without one are not counted for it", () => {
  const [hub, clock] = [new Hub<Topics>(), new FakeClock()];
  using own = new InquiryLimits({ limits, hub, clock });
  const take = (n: number, number?: string) =>
    own.take({ address: `192.0.2.${n}`, widget: `${n}`, number });

  const first = [take(1, "+491"), take(2, "+492"), take(3)];
  const second = take(4, "+491");
  clock.advance(86_399_999);
  const late = take(5, "+491");
  clock.advance(1);

  deepEqual(first, [undefined, undefined, undefined]);
  deepEqual(
    [second, late].map((refused) => [
      refused?.limit,
      refused?.retryAfter,
    ]),
    [
      ["callbacksPerNumberPerDay", 86_400],
      ["callbacksPerNumberPerDay", 1],
    ],
  );
  equal(take(6, "+491"), undefined);
});
