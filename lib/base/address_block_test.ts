import { deepEqual } from "node:assert/strict";
import { addressBlock } from "./address_block.ts";

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
    ["unknown", "unknown", "unknown"],
  ];

  const blocks = cases.map((
    [address],
  ) => [address, addressBlock(address), addressBlock(address, 48)]);

  deepEqual(blocks, cases);
});
