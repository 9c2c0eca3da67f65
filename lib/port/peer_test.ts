import { deepEqual, equal } from "node:assert/strict";
import { Networks } from "./networks.ts";
import { isProxy, isSecure, peerAddress } from "./peer.ts";

const trusted = new Networks(["10.0.0.0/8"]);

Deno.test("peerAddress() trusts only trusted proxies, starting at the last hop", () => {
  const cases: [string, string | undefined, string][] = [
    ["192.0.2.1", "198.51.100.7", "192.0.2.1"],
    ["10.0.0.1", "198.51.100.7", "198.51.100.7"],
    ["::ffff:10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"],
    ["10.0.0.1", undefined, "10.0.0.1"],
    ["10.0.0.1", "", "10.0.0.1"],
  ];

  const addresses = cases.map(([remote, forwardedFor]) =>
    peerAddress({ remote, forwardedFor, forwardedProto: undefined }, trusted)
  );

  deepEqual(addresses, cases.map(([, , expected]) => expected));
});

Deno.test("[V55] isProxy() reports an address that may be that of a proxy", () => {
  const cases: [string, string | undefined, boolean, boolean][] = [
    // A visitor, and a visitor behind a trusted proxy.
    ["192.0.2.1", undefined, false, false],
    ["10.0.0.1", "198.51.100.7", true, false],
    // A proxy that nobody has configured, whatever it says.
    ["192.0.2.1", "198.51.100.7", true, true],
    ["192.0.2.1", undefined, true, true],
    // A trusted proxy that does not name its client, or names another proxy.
    ["10.0.0.1", undefined, false, true],
    ["10.0.0.1", "10.0.0.2", true, true],
  ];

  for (const [remote, forwardedFor, isForwarded, expected] of cases) {
    const claims = { remote, forwardedFor, forwardedProto: undefined };
    const found = isProxy({ ...claims, isForwarded }, trusted);
    equal(found, expected, `${remote} ${forwardedFor} ${isForwarded}`);
  }
});

Deno.test("isSecure() uses the protocol reported by a trusted proxy", () => {
  const claims = (remote: string, forwardedProto: string = "https") => ({
    remote,
    forwardedFor: undefined,
    forwardedProto,
  });

  equal(isSecure(claims("10.0.0.1"), { trusted, tls: false }), true);
  equal(isSecure(claims("192.0.2.1"), { trusted, tls: false }), false);
  equal(isSecure(claims("192.0.2.1"), { trusted, tls: true }), true);
  const first = claims("10.0.0.1", "https, http");
  equal(isSecure(first, { trusted, tls: false }), true);
  const plain = claims("10.0.0.1", "http, https");
  equal(isSecure(plain, { trusted, tls: false }), false);
});
