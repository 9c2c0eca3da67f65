import { deepEqual, equal, ok } from "node:assert/strict";
import { CLOSE } from "@/lib/protocol/visitor/close_codes.ts";
import { anAgent } from "@/tests/support/any_widget.ts";
import {
  settle,
  START,
  UUID,
  VisitorRoom,
} from "@/tests/support/visitor_room.ts";

const PICTURE = "a".repeat(32);
const AGENT = anAgent("atlantis", { name: "Atlantis", picture: PICTURE });

Deno.test("[V32] a picture that can't be read while a page waits for room ends nothing", async () => {
  const unhandled: unknown[] = [];
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    unhandled.push(event.reason);
  };
  addEventListener("unhandledrejection", onRejection);
  let reads = 0;
  using room = new VisitorRoom({
    pictures: () => {
      reads++;
      return Promise.reject(new Error("disk I/O error"));
    },
  });
  room.put({ agents: [AGENT] });
  const page = await room.page();
  page.bufferedAmount = 300_000; // The phone reads slowly.

  page.say({ mt: "GetPicture", id: "atlantis" });
  page.say({ mt: "GetPicture", id: "atlantis" });
  await settle();
  equal(reads, 0, "read before there was room");
  page.bufferedAmount = 0;
  room.clock.advance(1_000);
  const error = await page.until("Error");
  await settle();

  removeEventListener("unhandledrejection", onRejection);
  deepEqual(unhandled, []);
  equal(error.error, "unavailable");
  equal(page.isClosed, false);
});

Deno.test("[V22] while the store hangs after a save, loaded widgets still open", async () => {
  let isHanging = false;
  let reads = 0;
  const room: VisitorRoom = new VisitorRoom({
    widgets(uuid) {
      reads++;
      if (!isHanging) return Promise.resolve(room.widgets.get(uuid));
      const { promise, reject } = Promise.withResolvers<never>();
      room.clock.after(5_000, () => reject(new Error("no answer")));
      return promise;
    },
  });
  using _room = room;
  await room.page();
  isHanging = true;
  room.put({ name: "Saved while the store hangs" });
  reads = 0;
  for (let second = 0; second < 600; second++) {
    room.clock.advance(1_000);
    await settle();
  }

  const second = await room.page();
  ok(reads <= 120, `${reads} reads in 600 s`);
  isHanging = false;
  for (let second = 0; second < 20; second++) {
    room.clock.advance(1_000);
    await settle();
  }
  const saved = await second.until(
    "Session",
    ({ name }) => name === "Saved while the store hangs",
  );

  equal(saved.name, "Saved while the store hangs");
});

Deno.test("[V22] a page that starts while the store hangs is told after 15 s to come back", async () => {
  using room = new VisitorRoom({ widgets: () => new Promise(() => {}) });
  const page = room.open();
  room.clock.advance(10_000);
  page.say({ ...START, uuid: UUID, v: 1 });
  await settle();

  room.clock.advance(14_000);
  equal(page.closedWith, undefined);
  room.clock.advance(2_000);

  equal((await page.until("Error")).error, "unavailable");
  equal(page.closedWith, CLOSE.overload);
});

Deno.test("[V22] after a failed read, the store is asked again only when a page starts", async () => {
  let reads = 0;
  let isFailing = true;
  const room: VisitorRoom = new VisitorRoom({
    widgets(uuid) {
      reads++;
      return isFailing
        ? Promise.reject(new Error("disk I/O error"))
        : Promise.resolve(room.widgets.get(uuid));
    },
  });
  using _room = room;
  const page = room.open();
  page.say({ ...START, v: 1 });
  const error = await page.until("Error");

  for (let second = 0; second < 60; second++) {
    room.clock.advance(1_000);
    await settle();
  }
  const readsMeanwhile = reads;
  isFailing = false;
  await room.page();

  deepEqual([error.error, page.closedWith], ["unavailable", CLOSE.overload]);
  deepEqual([readsMeanwhile, reads], [1, 2]);
});
