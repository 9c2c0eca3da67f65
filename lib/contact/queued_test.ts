import { deepEqual } from "node:assert/strict";
import { TestBridge } from "@/tests/support/bridge.ts";

const PLACE = { type: "queued", position: 3, minutes: 4, since: 1 } as const;

Deno.test("[CHAT40] a chat in a queue tells its place, and again to a page that resumes, until an agent is notified", () => {
  const bridge = new TestBridge();
  const chat = bridge.openChat({ contact: "c1" });
  chat.emit({ type: "alerting" });
  bridge.look();

  chat.emit(PLACE);
  chat.emit({ type: "queued", position: 2, since: 1 });
  const told = bridge.look();
  bridge.page.back(0);
  const again = bridge.look();
  chat.emit({ type: "alerting" });
  chat.emit({ type: "alerting" });
  bridge.page.back(0);
  const later = bridge.look();

  const first = { mt: "QueueInfo", of: "chat", position: 3, minutes: 4 };
  const second = { mt: "QueueInfo", of: "chat", position: 2 };
  const alerting = { mt: "ChatInfo", state: "alerting", contact: "c1" };
  deepEqual(told, [{ ...first, contact: "c1" }, { ...second, contact: "c1" }]);
  deepEqual(again, [{ ...second, contact: "c1" }]);
  deepEqual(later, [alerting, alerting]);
});

Deno.test("[CHAT40] a call in a queue tells its place, and again to a page that resumes, until an agent is notified", () => {
  const bridge = new TestBridge();
  const call = bridge.ring();

  call.emit(PLACE);
  bridge.page.back(0);
  call.emit({ type: "alerting" });
  bridge.page.back(0);

  const place = { mt: "QueueInfo", of: "call", position: 3, minutes: 4 };
  const alerting = { mt: "CallInfo", state: "alerting" };
  deepEqual(bridge.look(), [place, place, alerting, alerting]);
});
