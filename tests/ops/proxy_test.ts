import { equal, match } from "node:assert/strict";
// @ts-types="@types/ws"
import { WebSocket as Client } from "ws";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { ownAddress, type Proxy, startProxy } from "@/tests/support/proxy.ts";
import { startService } from "@/tests/support/service.ts";

// The configurations of deploy/, with nothing but addresses and the certificate
// changed.

for (const kind of ["nginx", "caddy", "haproxy"] as const) {
  Deno.test(`behind ${kind}: TLS, WebSockets and the client's real address`, async () => {
    await using service = await startService({
      args: [
        `--admin-password=${PASSWORD}`,
        "--trusted-proxies=127.0.0.1",
        // Only who really asks may see them.
        `--metrics-from=${ownAddress()}`,
      ],
    });
    await using proxy = await startProxy(kind, service.url);
    using http = Deno.createHttpClient({ caCerts: [proxy.certificate] });
    const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
    const widget = await admin.addWidget("sidebar", (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
    });

    const signedIn = await fetch(`${proxy.url}/login`, {
      client: http,
      method: "POST",
      redirect: "manual",
      headers: { origin: proxy.url },
      body: new URLSearchParams({ name: "admin", password: PASSWORD }),
    });
    await signedIn.body?.cancel();
    const script = await fetch(`${proxy.url}/widget.js`, { client: http });
    const own = await fetch(`${proxy.url}/metrics`, { client: http });
    await own.body?.cancel();
    const forged = await fetch(`${proxy.url}/metrics`, {
      client: http,
      headers: { "x-forwarded-for": "203.0.113.7" },
    });
    await forged.body?.cancel();
    const seen = await visit(proxy, widget.uuid);

    equal(signedIn.status, 303);
    match(signedIn.headers.get("set-cookie") ?? "", /^__Host-.*Secure/);
    match(await script.text(), /^import/);
    equal(script.status, 200);
    equal(own.status, 200);
    equal(forged.status, 200); // What it claims to be is not believed.
    equal(seen, "Session");
  });
}

Deno.test("nginx and HAProxy redirect http to https, with the path", async () => {
  await using service = await startService();
  for (const kind of ["nginx", "haproxy"] as const) {
    await using proxy = await startProxy(kind, service.url);

    const plain = await fetch(`${proxy.plainUrl}/desk?x=1`, {
      redirect: "manual",
    });
    await plain.body?.cancel();

    equal(plain.status, 301);
    const to = new URL(plain.headers.get("location") ?? "");
    equal(to.protocol + to.pathname + to.search, "https:/desk?x=1");
    equal(to.hostname, new URL(proxy.url).hostname);
  }
});

/** The first message that a visitor's page gets by wss. */
async function visit(
  { url, certificate }: Proxy,
  uuid: string,
): Promise<string> {
  const socket = new Client(`${url.replace("https", "wss")}/widgets/service`, {
    ca: certificate,
  });
  const done = Promise.withResolvers<string>();
  socket.on("error", done.reject);
  socket.on("open", () => socket.send(JSON.stringify({ mt: "Start", uuid })));
  socket.on("message", (data) => done.resolve(JSON.parse(String(data)).mt));
  const first = await done.promise;
  const closed = new Promise((over) => socket.on("close", over));
  socket.close();
  await closed;
  return first;
}
