import { deepEqual, equal, match } from "node:assert/strict";
import type { ServerMessage } from "@/lib/protocol/visitor/codec.ts";
import { AdminClient, PASSWORD } from "@/tests/support/admin_client.ts";
import { startService } from "@/tests/support/service.ts";
import { startSmtp } from "@/tests/support/smtp_server.ts";
import { openWire } from "@/tests/support/wire.ts";

Deno.test("a message that is acknowledged just before a kill -9 is sent by SMTP once, as is the test e-mail", async () => {
  await using smtp = await startSmtp();
  const data = await Deno.makeTempDir({ prefix: "mail-" });
  await using stack = new AsyncDisposableStack();
  stack.defer(() => Deno.remove(data, { recursive: true }));
  const args = [
    ...[`--admin-password=${PASSWORD}`, "--drain-seconds=0"],
    ...[`--smtp-url=${smtp.url}`, "--smtp-from=widgets@example.com"],
  ];
  const first = stack.use(await startService({ data, args }));
  const admin = await AdminClient.signIn(first.url, "admin", PASSWORD);
  const widget = await admin.addWidget("cardset", (content) => {
    content.messages = { on: true, email: "shop@example.com" };
  });

  const wire = await openWire<ServerMessage>(`${first.url}/widgets/service`);
  wire.say({ mt: "Start", uuid: widget.uuid, v: 1 });
  const reply = "jonas@example.com";
  wire.say({ mt: "LeaveMessage", id: "m1", dn: "Jonas", reply, text: "Hello" });
  await wire.heard.until(({ mt }) => mt === "MessageStored");
  await first.stop("SIGKILL");
  await wire.closed;
  const second = stack.use(await startService({ data, args }));
  const mails = await arrived(smtp, 1);
  const again = await AdminClient.signIn(second.url, "admin", PASSWORD);
  const tested = await again.call("POST", "/api/mail/test");
  const all = await arrived(smtp, 2);

  match(mails[0] ?? "", /^Subject: Message .* from Jonas\r?$/m);
  match(mails[0] ?? "", /^To: shop@example\.com\r?$/m);
  match(mails[0] ?? "", /^Hello\r?$/m);
  deepEqual(tested, { to: "widgets@example.com" });
  equal(all.length, 2);
});

/** Resolves when this number of e-mails has arrived. */
async function arrived(
  smtp: { received(): Promise<string[]>; folder: string },
  count: number,
): Promise<string[]> {
  using changes = Deno.watchFs(smtp.folder);
  let found = await smtp.received();
  if (found.length >= count) return found;
  for await (const _ of changes) {
    found = await smtp.received();
    if (found.length >= count) break;
  }
  return found;
}
