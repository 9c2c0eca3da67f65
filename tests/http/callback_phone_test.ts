import { deepEqual, equal, ok } from "node:assert/strict";
import type { InquiryPage } from "@/lib/protocol/admin/inquiries.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import type { ServerMessage } from "@/tests/support/fake_page.ts";
import { startService } from "@/tests/support/service.ts";
import { user } from "@/tests/support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "@/tests/support/simulated_pbx/wire.ts";
import { openWire } from "@/tests/support/wire.ts";

Deno.test("[DUE10] with CW_PBX_CALLBACKS, a callback that a visitor asks for rings the agent's phone, and the PBX calls the visitor", async () => {
  await using service = await startService({
    args: [
      `--admin-password=${PASSWORD}`,
      ...["--drain-seconds=0", "--pbx-password=s3cret", "--pbx-callbacks=yes"],
    ],
  });
  const { url } = service;
  const admin = await AdminClient.signIn(url, "admin", PASSWORD);
  const { uuid } = await admin.addWidget("sidebar", (content) => {
    content.agents = [agentOf("atlantis", "Atlantis Smith")];
    content.messages.on = true;
    content.callbacks = { ...content.callbacks, on: true };
  });
  const users = [user("atlantis")];
  const pbx = new SimulatedPbx(webSocketWire(`${url}/widgets`), { users });
  await pbx.connect();
  await using visitor = await openWire<ServerMessage>(`${url}/widgets/service`);

  visitor.say({ mt: "Start", uuid, v: 1 });
  visitor.say({
    ...{ mt: "LeaveMessage", id: "m1", dn: "Jonas Meyer" },
    ...{ reply: "+49 7031 73009", text: "About my order", callback: {} },
  });
  const call = await pbx.calls.next();
  await call.answer();
  const { to } = await pbx.transfers.heard.next();
  await call.ended();

  equal(call.visitorName, "Jonas Meyer");
  equal(to, "I49703173009");
  const { messages: [message] } = await admin
    .call<InquiryPage>("GET", "/api/messages?kind=callback");
  ok(message);
  deepEqual(
    [message.state, message.assignee?.name],
    ["open", "Atlantis Smith"],
  );
  pbx.cut();
});
