import { deepEqual } from "node:assert/strict";
import { isNetwork, Networks } from "./networks.ts";

Deno.test("Networks.has() matches networks, addresses and mapped IPv4", () => {
  const networks = new Networks(["10.0.0.0/8", "::1", "fc00::/7"]);
  const cases: [string, boolean][] = [
    ["10.255.0.1", true],
    ["::ffff:10.0.0.1", true],
    ["11.0.0.1", false],
    ["::1", true],
    ["::2", false],
    ["fd12::1%eth0", true],
    ["not an address", false],
  ];

  const found = cases.map(([address]) => networks.has(address));
  const again = cases.map(([address]) => networks.has(address));

  deepEqual(found, cases.map(([, expected]) => expected));
  deepEqual(again, found);
});

Deno.test("isNetwork() accepts addresses, and networks of any size", () => {
  const texts = ["192.0.2.1", "0.0.0.0/0", "192.0.2.1/32", "::1", "::1/128"];

  deepEqual(texts.map(isNetwork), texts.map(() => true));
});

Deno.test("isNetwork() rejects anything but an address or network", () => {
  const texts = [
    "",
    "10.0.0.0/33",
    "10.0.0/8",
    "::1/129",
    "a/8",
    "1.2.3.4/8/8",
  ];

  deepEqual(texts.map(isNetwork), texts.map(() => false));
});
