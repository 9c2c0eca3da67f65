import { deepEqual, equal } from "node:assert/strict";
import { anAgent } from "@/tests/support/any_widget.ts";
import {
  InMemory,
  turns,
  user,
} from "@/tests/support/simulated_pbx/in_memory.ts";
import { CAPTURED } from "@/tests/support/simulated_pbx/presence.ts";
import { VisitorRoom } from "@/tests/support/visitor_room.ts";

Deno.test("[P20] captured presences reach a visitor's page as busy, online and offline", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  using room = new VisitorRoom({ presence: setup.bank });
  const page = await room.page();
  await turns();

  const shown: string[] = [];
  for (const presence of ["busy", "online", "offline"] as const) {
    const before = page.all("Info").length;
    pbx.setPresence("atlantis", CAPTURED[presence]);
    await turns();
    shown.push(...page.all("Info").slice(before).map((info) => info.presence));
  }

  deepEqual(shown, ["busy", "online", "offline"]);
});

const PHONE_ONLY = [
  { contact: "tel:", activity: "", status: "open" },
  { contact: "im:", activity: "", status: "closed" },
];

Deno.test("[P43][V7] a page offers a chat only while a client can take it", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  using room = new VisitorRoom({ presence: setup.bank });
  const page = await room.page();
  const media = () =>
    page.all("Info").filter(({ id }) => id === "atlantis").at(-1)?.media;
  await turns();

  pbx.setPresence("atlantis", PHONE_ONLY);
  await turns();
  const withPhone = media();
  pbx.setPresence("atlantis", CAPTURED.online);
  await turns();

  deepEqual(withPhone, ["voice", "video", "email"]);
  deepEqual(media(), ["voice", "video", "email", "chat"]);
});

Deno.test("[P43][V9] a chat-only agent without a client is offline", async () => {
  using setup = new InMemory();
  const pbx = await setup.linked({ users: [user("atlantis")] });
  using room = new VisitorRoom({ presence: setup.bank });
  room.put({ agents: [anAgent("atlantis", { media: ["chat"] })] });
  const page = await room.page();
  await turns();

  pbx.setPresence("atlantis", PHONE_ONLY);
  await turns();

  const info = page.all("Info").at(-1);
  equal(info?.presence, "offline");
  deepEqual(info?.media, ["chat"]);
});
