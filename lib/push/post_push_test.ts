import { deepEqual, equal, rejects } from "node:assert/strict";
import { FakePushService } from "@/tests/support/fake_push_service.ts";
import { postToPublic } from "./post_push.ts";

const PUSH = {
  url: new URL("https://push.example.com/a?b=c"),
  headers: { ttl: "60" },
  body: new TextEncoder().encode("sealed"),
};

Deno.test("[PUSH3] postToPublic() sends the body by TLS and returns the status", async () => {
  await using service = await FakePushService.start();
  service.statuses = [410];

  const gone = await service.post()(PUSH);
  const sent = await service.post()(PUSH);

  deepEqual([gone, sent], [{ status: 410 }, { status: 201 }]);
  const [first] = service.heard.all;
  equal(first?.path, "/a?b=c");
  equal(first?.headers.host, "push.example.com");
  equal(new TextDecoder().decode(first?.body), "sealed");
});

Deno.test("[PUSH3] postToPublic() doesn't connect if any address of the host is not public", async () => {
  const inside = [
    ...[
      "127.0.0.1",
      "10.0.0.1",
      "172.16.0.1",
      "192.168.1.1",
      "169.254.169.254",
    ],
    ...["100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255"],
    ...["::1", "::", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"],
    ...["2002:a00:1::1", "not an address"],
  ];

  for (const address of inside) {
    const post = postToPublic({
      resolve: () => Promise.resolve(["8.8.8.8", address]),
    });
    await rejects(post(PUSH), /its address is private/, address);
  }
  const none = postToPublic({ resolve: () => Promise.resolve([]) });
  await rejects(none(PUSH), /its address is private/);
});

Deno.test("[PUSH3] postToPublic() gives up on a push service that doesn't answer, or isn't resolved, in time", async () => {
  await using service = await FakePushService.start();
  service.isSilent = true;
  const unresolved = postToPublic({
    resolve: () => new Promise(() => {}),
    withinMs: 50,
  });

  await rejects(service.post(300)(PUSH));
  await rejects(unresolved(PUSH));
});

Deno.test("[PUSH3] postToPublic() rejects a certificate of an unknown authority", async () => {
  await using service = await FakePushService.start();
  await using other = await FakePushService.start();
  const post = postToPublic({
    resolve: () => Promise.resolve(["127.0.0.1"]),
    isAllowed: () => true,
    port: service.port,
    ca: other.ca,
  });

  await rejects(post(PUSH));
  equal(service.heard.all.length, 0);
});

Deno.test("[PUSH3] postToPublic() asks the DNS for the host, and takes localhost for a private one", async () => {
  await using service = await FakePushService.start();
  const url = new URL("https://localhost/a");
  const { ca, port } = service;

  const answer = await postToPublic({ isAllowed: () => true, ca, port })({
    ...PUSH,
    url,
  });
  await rejects(postToPublic({ ca, port })({ ...PUSH, url }), /private/);

  equal(answer.status, 201);
  equal(service.heard.all.length, 1);
});

Deno.test("[PUSH3] postToPublic() tries the next address of a host that doesn't accept the connection, IPv4 first", async () => {
  await using service = await FakePushService.start();
  const post = postTo(service);

  const second = await post("127.0.0.9", "127.0.0.1");
  const ipv4 = await post("::1", "127.0.0.1");
  await rejects(post("127.0.0.9", "127.0.0.8"));

  deepEqual([second.status, ipv4.status], [201, 201]);
  equal(service.heard.all.length, 2);
});

Deno.test("[PUSH3] postToPublic() tries three addresses of a host at most, those of IPv4 first", async () => {
  await using service = await FakePushService.start();
  const post = postTo(service);
  const ipv6 = ["::1", "::2", "::3"];

  const third = await post("127.0.0.9", "127.0.0.8", "127.0.0.1");
  const first = await post(...ipv6, "127.0.0.1");
  await rejects(post("127.0.0.9", "127.0.0.8", "127.0.0.7", "127.0.0.1"));

  deepEqual([third.status, first.status], [201, 201]);
  equal(service.heard.all.length, 2);
});

/** Returns a function that posts to a host with these addresses. */
function postTo({ ca, port }: FakePushService) {
  return (...addresses: string[]) =>
    postToPublic({
      ...{ isAllowed: () => true, ca, port },
      resolve: () => Promise.resolve(addresses),
    })(PUSH);
}
