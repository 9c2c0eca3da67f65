import { deepEqual, equal } from "node:assert/strict";
import { readNatsAddress } from "./nats_address.ts";

Deno.test("[BUS1] readNatsAddress() reads servers, TLS, the account and the file of authorities", () => {
  deepEqual(readNatsAddress("nats://127.0.0.1"), {
    servers: ["127.0.0.1"],
    isTls: false,
  });
  deepEqual(readNatsAddress("nats://a.example.com:4222,b-1,[::1]:4333/"), {
    servers: ["a.example.com:4222", "b-1", "[::1]:4333"],
    isTls: false,
  });
  deepEqual(readNatsAddress("tls://w:p%40%3A%2F:x@nats:4222?ca=/etc/ca.pem"), {
    ...{ servers: ["nats:4222"], isTls: true },
    ...{ user: "w", password: "p@:/:x", caFile: "/etc/ca.pem" },
  });
  deepEqual(readNatsAddress("tls://only@nats"), {
    ...{ servers: ["nats"], isTls: true, user: "only", password: "" },
  });
});

Deno.test("[BUS1] readNatsAddress() rejects everything else", () => {
  for (
    const text of [
      "",
      "127.0.0.1:4222",
      "http://nats",
      "nats://",
      "nats://a b",
      "nats://a,",
      "nats://a:0",
      "nats://a:65536",
      "nats://a:x",
      "nats://a/path",
      "nats://:password@a",
      "nats://user:%zz@a",
      "nats://a?ca=/etc/ca.pem",
      "tls://a?tls=no",
      "tls://-a",
      "nats://::1",
    ]
  ) {
    equal(readNatsAddress(text), undefined, text);
  }
});
