import { deepEqual, equal } from "node:assert/strict";
import { isIP } from "node:net";
import { property } from "@/tests/support/chance.ts";
import { addressBlock, ipVersion, plainAddress } from "./ip_address.ts";

Deno.test("addressBlock() returns an IPv4 address, or a block of IPv6 addresses", () => {
  const cases: [string, string, string][] = [
    ["192.0.2.7", "192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2::1", "2001:db8:1:2", "2001:db8:1"],
    ["2001:DB8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2", "2001:db8:1"],
    ["2001:0db8:0001:0002::", "2001:db8:1:2", "2001:db8:1"],
    ["2001:db8::1", "2001:db8:0:0", "2001:db8:0"],
    ["2001:db8:0000::1", "2001:db8:0:0", "2001:db8:0"],
    ["::1", "0:0:0:0", "0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0", "fe80:0:0"],
    ["10.1", "10.1", "10.1"],
    ["unknown", "unknown", "unknown"],
  ];

  const blocks = cases.map((
    [address],
  ) => [address, addressBlock(address), addressBlock(address, 48)]);

  deepEqual(blocks, cases);
});

Deno.test("plainAddress() returns the canonical form, and other texts unchanged", () => {
  const cases: [string, string][] = [
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:c000:207", "192.0.2.7"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
    ["10.1", "10.1"],
    ["unknown", "unknown"],
    ["", ""],
  ];

  const plain = cases.map(([address]) => [address, plainAddress(address)]);

  deepEqual(plain, cases);
});

Deno.test("ipVersion() accepts the same texts without a zone as node:net", () => {
  const parts = ["0", "1", "12", "256", "abcd", "01", "abcde", "0x1"] as const;
  const ends = [":", ":", ":", ".", ".", "::", "", "1.2.3.4"] as const;

  property(20_000, (chance) => {
    const text = Array.from(
      { length: 1 + chance.below(9) },
      () => (chance.below(9) > 0 ? chance.pick(parts) : "") + chance.pick(ends),
    ).join("");

    equal(ipVersion(text) ?? 0, isIP(text), JSON.stringify(text));
  });
  equal(ipVersion("fe80::1%eth0"), undefined);
});
