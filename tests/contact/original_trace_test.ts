import { deepEqual, equal } from "node:assert/strict";
import { anAgent } from "../support/any_widget.ts";
import type { FakePage } from "../support/fake_page.ts";
import { sampleAnswer, sampleOffer } from "../support/sdp.ts";
import { settle, UUID, VisitorRoom } from "../support/visitor_room.ts";

// The two traces of the original's documentation ("Loading the Widget" and
// "Initiating a call"), spoken by a page that knows no more than they show.

const MEDIA = ["voice", "video", "email", "chat"];
const agent = (address: string, name: string, picture: string) =>
  anAgent(address, {
    name,
    email: "",
    picture,
    media: ["voice", "video", "chat"],
  });

/** The members that the original has, in its order. */
const ORIGINAL: Record<string, string[]> = {
  Session: ["mt", "name", "lang", "strings"],
  Info: [
    ...["mt", "id", "dn", "department", "phonenumber", "email", "company"],
    ...["presence", "media", "order"],
  ],
  Picture: ["mt", "id", "url"],
  IceConfig: ["mt", "stun", "turn"],
  CallInfo: ["mt", "state", "cmd", "sdp"],
};

/** A frame as such a page reads it: what it does not know is not there. */
function asOriginal(frame: string): Record<string, unknown> {
  const message = JSON.parse(frame);
  const known = ORIGINAL[message.mt] ?? [];
  return Object.fromEntries(
    Object.entries(message).filter(([member]) => known.includes(member)),
  );
}

function info(id: string, dn: string, more: Record<string, unknown>) {
  return {
    mt: "Info",
    id,
    dn,
    department: "",
    phonenumber: "",
    email: "",
    company: {},
    presence: "online",
    media: MEDIA.filter((medium) => medium !== "email"),
    order: 0,
    ...more,
  };
}

async function load(room: VisitorRoom): Promise<FakePage> {
  const page = room.open();
  page.sayText(`{"mt":"Start","uuid":"${UUID}"}`);
  await page.until("Info");
  page.sayText('{"mt":"GetPicture","id":"atlantis"}');
  await page.until("Info", ({ order }) => order === 1);
  page.sayText('{"mt":"GetPicture","id":"columbia"}');
  await page.until("Picture", ({ id }) => id === "columbia");
  return page;
}

function roomOfTheOriginal(): VisitorRoom {
  const room = new VisitorRoom();
  const jpeg = (byte: number) => ({
    id: String(byte).repeat(64),
    type: "image/jpeg" as const,
    bytes: new Uint8Array([0xff, 0xd8, byte]),
  });
  for (const picture of [jpeg(1), jpeg(2)]) {
    room.pictures.set(picture.id, picture);
  }
  room.agents.setPresence("columbia", "offline");
  room.put({
    agents: [
      agent("atlantis", "Atlantis", jpeg(1).id),
      agent("columbia", "Columbia", jpeg(2).id),
    ],
  });
  return room;
}

Deno.test("[V5] the original's page loads the widget as documented", async () => {
  using room = roomOfTheOriginal();

  const page = await load(room);
  room.agents.setPresence("atlantis", "offline");
  room.agents.setPresence("atlantis", "online");

  deepEqual(page.frames.map(asOriginal), [
    {
      mt: "Session",
      name: "Visitenkarten",
      lang: "de",
      strings: { title: "Hallo" },
    },
    info("atlantis", "Atlantis", {}),
    info("columbia", "Columbia", { presence: "offline", order: 1 }),
    { mt: "IceConfig", stun: "stun.example.com", turn: "turn.example.com" },
    {
      mt: "Picture",
      id: "atlantis",
      url: "data:image/jpeg;base64,/9gB",
    },
    {
      mt: "Picture",
      id: "columbia",
      url: "data:image/jpeg;base64,/9gC",
    },
    info("atlantis", "Atlantis", { presence: "offline" }),
    info("atlantis", "Atlantis", {}),
  ]);
  for (const frame of page.frames) {
    const { mt } = JSON.parse(frame);
    const head = Object.keys(asOriginal(frame));
    deepEqual(Object.keys(JSON.parse(frame)).slice(0, head.length), head, mt);
  }
});

Deno.test("[CALL1] the original's page calls as documented", async () => {
  using room = roomOfTheOriginal();
  const page = await load(room);
  const before = page.frames.length;

  page.sayText('{"mt":"CreateCall","dest":"atlantis","dn":"Mein Name"}');
  page.sayText(JSON.stringify({
    mt: "Channels",
    cmd: "PROPOSAL",
    sdp: sampleOffer(),
  }));
  const call = await room.agents.calls.until(() => true);
  call.emit({ type: "alerting" });
  call.emit({ type: "connected", sdp: sampleAnswer() });
  page.sayText('{"mt":"ClearCall"}');
  await settle();

  equal(call.call.visitor.name, "Mein Name");
  deepEqual(call.commands.all, [{ type: "hang-up", cause: 16 }]);
  deepEqual(page.frames.slice(before).map(asOriginal), [
    { mt: "CallInfo", state: "alerting" },
    {
      mt: "CallInfo",
      state: "connected",
      cmd: "SELECT",
      sdp: sampleAnswer(),
    },
    { mt: "CallInfo", state: "terminated" },
  ]);
  equal(page.closedWith, undefined);
});

Deno.test("[CALL8] the agent hangs up on the original's page", async () => {
  using room = roomOfTheOriginal();
  const page = await load(room);

  page.sayText('{"mt":"CreateCall","dest":"atlantis","dn":"Mein Name"}');
  page.sayText(JSON.stringify({
    mt: "Channels",
    cmd: "PROPOSAL",
    sdp: sampleOffer(),
  }));
  const call = await room.agents.calls.until(() => true);
  call.end(21);
  page.sayText('{"mt":"ClearCall"}');

  deepEqual(page.all("CallInfo"), [
    { mt: "CallInfo", state: "terminated", cause: 21 },
  ]);
});
