import { deepEqual, equal } from "node:assert/strict";
import { TurnClient } from "../support/turn_client.ts";
import { startTurn } from "../support/turn_server.ts";

const SECRET = "a secret of the test";
const FORBIDDEN = 403;

/** One address of each network in IANA's IPv4 special-purpose registry. */
const RESERVED = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "100.64.0.1",
  "100.100.100.200",
  "127.0.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.254",
  "192.0.0.1",
  "192.0.2.1",
  "192.31.196.1",
  "192.52.193.1",
  "192.88.99.1",
  "192.168.1.1",
  "192.175.48.1",
  "198.18.0.1",
  "198.19.255.254",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
];

Deno.test("the shipped coturn settings relay only to public addresses and only over UDP", async () => {
  await using turn = await startTurn(SECRET, { peersHere: false });
  using client = new TurnClient(turn.host, SECRET);
  using other = new TurnClient(turn.host, SECRET);

  equal(await client.allocate(), 0);
  const answers: [string, number][] = [];
  for (const address of RESERVED) {
    answers.push([address, await client.permit(address)]);
  }

  deepEqual(answers, RESERVED.map((address) => [address, FORBIDDEN]));
  equal(await client.permit("9.9.9.9"), 0);
  const overTcp = await other.allocate("tcp");
  equal(overTcp >= 400, true, `TCP relay: ${overTcp}`);
});

Deno.test("the shipped coturn settings deny each network of IANA's IPv6 registry", async () => {
  const path = new URL("../../deploy/turnserver.conf", import.meta.url);
  const text = await Deno.readTextFile(path);
  const ranges = [
    ...text.matchAll(/^denied-peer-ip=([^-\n]*:[^-\n]*)-(\S+)$/gm),
  ]
    .map(([, first = "", last = ""]) => [numberOf(first), numberOf(last)]);

  const reachable = [
    "::1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:a9fe:a9fe::1",
    "2620:4f:8000::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "ff02::1",
  ].filter((address) =>
    !ranges.some(([first = 1n, last = 0n]) =>
      first <= numberOf(address) && numberOf(address) <= last
    )
  );

  deepEqual(reachable, []);
  const known = numberOf("2606:4700:4700::1111");
  equal(ranges.some(([a = 1n, b = 0n]) => a <= known && known <= b), false);
});

/** An IPv6 address, also one that ends in an IPv4 address, as a number. */
function numberOf(address: string): bigint {
  const hex = address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, ...parts) => {
      const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
      return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
    },
  );
  const [head = "", tail] = hex.split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array(8 - first.length - last.length).fill("0");
  const groups = tail === undefined ? first : [...first, ...zeros, ...last];
  return groups.reduce(
    (sum, group) => sum * 65_536n + BigInt(`0x${group}`),
    0n,
  );
}
