import { deepEqual } from "node:assert/strict";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { DeskConnection, type PageSocketEvents } from "./connection.ts";

Deno.test("a page that is left while it reconnects sends nothing by the socket that isn't open yet", () => {
  const sockets: { events: PageSocketEvents; log: string[] }[] = [];
  const connection = new DeskConnection({
    clock: new FakeClock(),
    chance: () => 0.5,
    openSocket: (events) => {
      const log: string[] = [];
      sockets.push({ events, log });
      return {
        send: (text) => log.push(JSON.parse(text).type),
        close: (code) => log.push(`closed ${code}`),
      };
    },
    checkSession: () => Promise.resolve("signed-in"),
  }, {
    hello: () => ({
      type: "hello",
      v: 1,
      page: "page-1",
      calls: [],
      chats: [],
    }),
    heard: () => {},
    moved: () => {},
  });

  connection.dispatch({ type: "start" });
  sockets[0]?.events.opened();
  connection.dispatch({ type: "welcome" });
  sockets[0]?.events.closed(1006);
  connection.dispatch({ type: "wake" });
  connection.dispatch({ type: "stop", moves: false });

  deepEqual(sockets.map(({ log }) => log), [["hello"], ["closed 1000"]]);
});
