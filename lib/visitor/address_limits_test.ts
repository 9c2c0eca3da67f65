import { deepEqual, equal } from "node:assert/strict";
import { Hub } from "@/lib/base/hub.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { AddressLimits } from "./address_limits.ts";

const LIMITS = {
  socketsPerAddress: 2,
  startsPerAddressPerMinute: 2,
  contactsPerAddressPerMinute: 3,
};

function limitsWith(
  more: Partial<typeof LIMITS> = {},
  { hub = new Hub<Topics>(), clock = new FakeClock() } = {},
) {
  return new AddressLimits({ limits: { ...LIMITS, ...more }, hub, clock });
}

Deno.test("[V20] sockets of an address are counted while they are open", () => {
  using limits = limitsWith();
  const enter = () => limits.enter("192.0.2.1");

  const entered = [enter(), enter(), enter(), limits.enter("192.0.2.2")];
  limits.leave("192.0.2.1");

  deepEqual(entered, [true, true, false, true]);
  deepEqual([enter(), enter()], [true, false]);
});

Deno.test("[V20] a /64 of IPv6 counts as one address", () => {
  using limits = limitsWith({ socketsPerAddress: 1 });
  const cases: [string, boolean][] = [
    ["2001:db8:0:1::1", true],
    ["2001:db8:0:1:2:3:4:5", false],
    ["2001:DB8::1:0:0:0:9", false],
    ["2001:db8:0:2::1", true],
    ["::1", true],
    ["::2", false],
    ["fe80::1", true],
    ["::ffff:192.0.2.1", true],
    ["192.0.2.1", false],
    ["::ffff:192.0.2.2", true],
  ];

  const entered = cases.map(([address]) => limits.enter(address));

  deepEqual(entered, cases.map(([, expected]) => expected));
});

Deno.test("[V20] Starts of an address are counted by the minute", () => {
  const clock = new FakeClock();
  using limits = limitsWith({}, { clock });
  const startAfter = (ms: number) => {
    clock.advance(ms);
    return limits.start("192.0.2.1");
  };

  const waits = [0, 10_000, 10_500, 39_500].map(startAfter);

  deepEqual(waits, [0, 0, 40, 0]);
  equal(limits.contact("192.0.2.1"), 0);
});

Deno.test("[V20] the contacts of an address are counted at all instances together, by the minute", () => {
  const [hub, clock] = [new Hub<Topics>(), new FakeClock()];
  using here = limitsWith({}, { hub, clock });
  using there = limitsWith({}, { hub, clock });

  const waits = [
    here.contact("2001:db8::1"),
    there.contact("2001:db8::2"),
    there.contact("2001:db8::3"),
    here.contact("2001:db8::4"),
    there.contact("192.0.2.1"),
  ];
  clock.advance(60_000);

  deepEqual(waits, [0, 0, 0, 60, 0]);
  equal(here.contact("2001:db8::1"), 0);
});
