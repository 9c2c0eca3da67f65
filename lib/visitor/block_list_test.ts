import { deepEqual, equal, notEqual } from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Peer } from "@/lib/base/socket.ts";
import type { ContactSource, VisitorMarks } from "@/lib/model/block.ts";
import {
  CONTENT,
  settle,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";
import type { FakePage } from "@/tests/support/fake_page.ts";

const HOME = { address: "198.51.100.7" };
const OTHER = { address: "198.51.100.8" };
const CHAT = { mt: "CreateChat", dest: "atlantis", dn: "Bob" } as const;

/** The blocks of a service in memory; several rooms can share them. */
class FakeBlocks {
  readonly sources = new Map<string, ContactSource>();
  blocks: { until?: number; marks: VisitorMarks }[] = [];
  fails = false;
  readonly store = {
    list: () =>
      this.fails
        ? Promise.reject(new Error("away"))
        : Promise.resolve([...this.blocks]),
    remember: (contact: string, source: ContactSource) =>
      Promise.resolve(void this.sources.set(contact, source)),
  };
  readonly sign = (text: string) =>
    Promise.resolve(
      new Uint8Array(createHmac("sha256", "key").update(text).digest()),
    );

  /** The marks of the last contact. */
  get marks(): VisitorMarks {
    return [...this.sources.values()].at(-1)!.marks;
  }

  room(): VisitorRoom {
    return new VisitorRoom({ blocks: this });
  }

  async block(
    room: VisitorRoom,
    marks: VisitorMarks,
    until?: number,
  ): Promise<void> {
    this.blocks.push({ marks, ...(until !== undefined && { until }) });
    await this.change(room);
  }

  async change(room: VisitorRoom): Promise<void> {
    room.hub.tell("blocks-changed", { block: "b" });
    await settle();
  }
}

/** Returns the presences that the page shows. */
function presences(page: FakePage): string[] {
  const last = new Map(
    page.all("Info").map(({ id, presence }) => [id, presence]),
  );
  return CONTENT.agents.map(({ address }) => last.get(address) ?? "");
}

async function chatting(blocks: FakeBlocks, peer: Partial<Peer> = HOME) {
  const room = blocks.room();
  room.agents.setPresence("atlantis", "online");
  room.agents.setPresence("columbia", "busy");
  const page = await room.page({}, peer);
  page.say({ ...CHAT, contact: "c1" });
  const chat = room.agents.chats.all.at(-1)!;
  chat.emit({ type: "joined" });
  await settle();
  return { room, page, chat };
}

const ENDED = { mt: "ChatInfo", state: "terminated", cause: 16, contact: "c1" };
const NOT_MADE = { mt: "ChatInfo", state: "terminated", cause: 18 };

Deno.test("[V54] a blocked visitor sees every agent as not available, and the running contact ends like any other", async () => {
  const blocks = new FakeBlocks();
  const { room, page, chat } = await chatting(blocks);
  using _room = room;
  const before = presences(page);

  await blocks.block(room, blocks.marks);

  deepEqual(before, ["online", "busy"]);
  deepEqual(presences(page), ["offline", "offline"]);
  deepEqual(page.all("ChatInfo").at(-1), ENDED);
  deepEqual(chat.commands.all.at(-1), { type: "close", cause: 16 });
  deepEqual(room.records.map(({ cause }) => cause), [16]);
  room.agents.setPresence("columbia", "online");
  room.put({ name: "Saved" });
  await settle();
  deepEqual(presences(page), ["offline", "offline"]);
  page.say(CHAT);
  deepEqual(page.all("ChatInfo").at(-1), NOT_MADE);
  deepEqual(
    page.all("Error").at(-1)?.text,
    "Cannot connect: this agent is away",
  );
});

Deno.test("[V54] a visit is blocked across page changes, other widgets and instances, and its token stays the same", async () => {
  const blocks = new FakeBlocks();
  const { room, page } = await chatting(blocks);
  using _room = room;
  const resume = page.all("Session").at(-1)!.resume;
  const { visit } = blocks.marks;
  using elsewhere = blocks.room();
  elsewhere.agents.setPresence("atlantis", "online");
  const widget = UUID.replace("f", "0");
  elsewhere.put({}, widget);
  await blocks.block(room, { visit });
  await blocks.change(elsewhere);
  deepEqual(page.all("KeepSeat").length, 1);
  page.drop();

  const next = await room.page({ resume }, OTHER);
  const other = await elsewhere.page({ resume, uuid: widget }, OTHER);
  const colleague = await elsewhere.page({}, HOME);

  for (const one of [next, other]) {
    deepEqual(presences(one), ["offline", "offline"]);
    equal(one.all("Session").at(-1)?.resume, resume);
    equal(one.all("KeepSeat").length, 1);
  }
  equal(presences(colleague)[0], "online");
});

Deno.test("[V54] a page with a blocked token learns that its contacts have ended", async () => {
  const blocks = new FakeBlocks();
  const { room, page } = await chatting(blocks);
  using _room = room;
  const resume = page.all("Session").at(-1)!.resume;
  await blocks.block(room, { visit: blocks.marks.visit });
  using elsewhere = blocks.room();
  await settle();

  const next = await elsewhere.page({ resume, chat: "c1", seq: 0 });

  deepEqual(next.all("ChatInfo").at(-1), { ...ENDED, cause: 41 });
});

Deno.test("[V54] a block of the network excludes new pages there, also in its /64, and ends no contact of other visits", async () => {
  const blocks = new FakeBlocks();
  const { room } = await chatting(blocks, { address: "2001:db8:1:2::3" });
  using _room = room;
  const colleague = await room.page({}, { address: "2001:db8:1:2::4" });
  const marks = blocks.marks;
  colleague.say({ ...CHAT, contact: "c2" });
  await settle();

  await blocks.block(room, marks);
  const same = await room.page({}, { address: "2001:db8:1:2:5::6" });
  const other = await room.page({}, { address: "2001:db8:1:3::3" });

  deepEqual(presences(same), ["offline", "offline"]);
  deepEqual(presences(other), ["online", "busy"]);
  deepEqual(presences(colleague), ["offline", "offline"]);
  equal(
    colleague.all("ChatInfo").some(({ state }) => state === "terminated"),
    false,
  );
  equal(room.agents.chats.all.at(-1)?.over, false);
});

Deno.test("[V54] a block ends at its time and when an administrator ends it, and open pages show the agents again", async () => {
  const blocks = new FakeBlocks();
  const { room, page } = await chatting(blocks);
  using _room = room;
  const until = room.clock.wall() + 3_600_000;

  await blocks.block(room, blocks.marks, until);
  room.clock.advance(3_599_999);
  await settle();
  deepEqual(presences(page), ["offline", "offline"]);
  room.clock.advance(1);
  await settle();
  deepEqual(presences(page), ["online", "busy"]);
  await blocks.block(room, blocks.marks);
  deepEqual(presences(page), ["offline", "offline"]);
  blocks.blocks = [];
  await blocks.change(room);

  deepEqual(presences(page), ["online", "busy"]);
});

Deno.test("[V54] an exception at the end of a blocked contact closes only its socket, and the other visitors are still blocked", async () => {
  const blocks = new FakeBlocks();
  const { room, page, chat } = await chatting(blocks);
  using _room = room;
  const colleague = await room.page({}, HOME);
  chat.send = () => {
    throw new Error("a mistake");
  };

  await blocks.block(room, blocks.marks);

  equal(page.closedWith, 1011);
  equal(colleague.closedWith, undefined);
  deepEqual(presences(colleague), ["offline", "offline"]);
});

Deno.test("[V54] a block that comes while a page is being recognized counts", async () => {
  const blocks = new FakeBlocks();
  const { room, page } = await chatting(blocks);
  using _room = room;
  const resume = page.all("Session").at(-1)!.resume;
  await blocks.block(room, { visit: "of another visitor" });
  const signing = Promise.withResolvers<void>();
  using other = new VisitorRoom({
    blocks: {
      store: blocks.store,
      sign: (text) => signing.promise.then(() => blocks.sign(text)),
    },
  });
  other.agents.setPresence("atlantis", "online");

  const opening = other.page({ resume }, OTHER);
  await settle();
  await blocks.block(other, { visit: blocks.marks.visit });
  signing.resolve();
  const next = await opening;

  deepEqual(presences(next), ["offline", "offline"]);
});

Deno.test("[V54] blocks are there after a restart, and a store that is away lets nobody wait or stay out", async () => {
  const blocks = new FakeBlocks();
  const { room } = await chatting(blocks);
  await blocks.block(room, blocks.marks);
  room[Symbol.dispose]();

  using restarted = blocks.room();
  restarted.agents.setPresence("atlantis", "online");
  const blocked = await restarted.page({}, HOME);
  blocks.fails = true;
  using cutOff = blocks.room();
  cutOff.agents.setPresence("atlantis", "online");
  const free = await cutOff.page({}, HOME);
  blocks.fails = false;
  cutOff.clock.advance(5_000);
  await settle();

  equal(presences(blocked)[0], "offline");
  equal(free.all("Info")[0]?.presence, "online");
  equal(presences(free)[0], "offline");
});

Deno.test("[V55] an address of a proxy, or of the host itself, is never blocked", async () => {
  const proxies: Partial<Peer>[] = [
    { address: "198.51.100.7", isProxy: true },
    { address: "127.0.0.1" },
    { address: "::1" },
    { address: "fe80::1" },
    { address: "" },
  ];
  for (const peer of proxies) {
    const blocks = new FakeBlocks();
    const { room } = await chatting(blocks, peer);
    using _room = room;

    await blocks.block(room, blocks.marks);
    const other = await room.page({}, peer);

    equal(blocks.marks.network, undefined);
    deepEqual(presences(other), ["online", "busy"]);
  }
});

Deno.test("[V55] a block of an address does not apply to pages that come through a proxy with it", async () => {
  const blocks = new FakeBlocks();
  const { room } = await chatting(blocks);
  using _room = room;
  await blocks.block(room, blocks.marks);

  const behind = await room.page({}, { ...HOME, isProxy: true });

  deepEqual(presences(behind), ["online", "busy"]);
});

Deno.test("[V55] the stored marks contain no address and no token, and differ with the key", async () => {
  const blocks = new FakeBlocks();
  const { room, page } = await chatting(blocks);
  using _room = room;
  const stored = JSON.stringify([...blocks.sources]);
  const resume = page.all("Session").at(-1)!.resume;

  deepEqual(blocks.sources.values().next().value?.address, "atlantis");
  equal(stored.includes(HOME.address) || stored.includes(resume), false);
  const key = createHmac("sha256", "another");
  const text = `block of a network\n${HOME.address}`;
  notEqual(key.update(text).digest("hex").slice(0, 32), blocks.marks.network);
});
