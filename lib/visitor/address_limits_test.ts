import { deepEqual, equal } from "node:assert/strict";
import { AddressLimits } from "./address_limits.ts";

const LIMITS = { sockets: 2, starts: 2, contacts: 1 };

Deno.test("[V20] sockets of an address are counted while they are open", () => {
  const limits = new AddressLimits(LIMITS);
  const enter = () => limits.enter("192.0.2.1");

  const entered = [enter(), enter(), enter(), limits.enter("192.0.2.2")];
  limits.leave("192.0.2.1");

  deepEqual(entered, [true, true, false, true]);
  deepEqual([enter(), enter()], [true, false]);
});

Deno.test("[V20] a /64 of IPv6 counts as one address", () => {
  const limits = new AddressLimits({ ...LIMITS, sockets: 1 });
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
  const limits = new AddressLimits(LIMITS);
  const start = (now: number) => limits.take("start", "192.0.2.1", now);

  const waits = [start(0), start(10_000), start(20_500), start(60_000)];

  deepEqual(waits, [0, 0, 40, 0]);
  equal(limits.take("contact", "192.0.2.1", 0), 0);
});
