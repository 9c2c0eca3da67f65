import { deepEqual, equal, ok } from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import type { Socket as TcpSocket } from "node:net";
import type { Socket, SocketEvents } from "@/lib/base/socket.ts";
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { Heard } from "../../tests/support/heard.ts";
import {
  frame,
  OPCODE,
  type RawOptions,
  RawWebSocket,
} from "../../tests/support/raw_websocket.ts";
import { type CutReason, WsSockets } from "./ws_sockets.ts";

const PROTOCOL = new URL("../../docs/protocol.md", import.meta.url);

/** Sockets behind a port, and what happened to those that came. */
async function open() {
  const clock = new FakeClock();
  const cuts: CutReason[] = [];
  const sockets = new WsSockets({
    frameBytesMax: 1_000,
    heartbeatMs: 60_000,
    clock,
    cut: (why) => cuts.push(why),
  });
  const came = new Heard<Socket>();
  const texts = new Heard<string>();
  const codes = new Heard<number>();
  /** Lengths of what arrived, once it was read. */
  const received = new Heard<number>();
  const events: SocketEvents = { message: texts.tell, closed: codes.tell };
  const server = createServer();
  server.on("upgrade", (incoming: IncomingMessage, tcp, head) => {
    sockets.accept(
      { incoming, tcp: tcp as TcpSocket, head },
      (socket) => {
        came.tell(socket);
        return events;
      },
    );
    tcp.on("data", ({ length }) => received.tell(length));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    clock,
    cuts,
    texts,
    codes,
    received,
    sockets,
    /** A client, and the server's end of it. */
    async connect(options: RawOptions = {}) {
      const client = await RawWebSocket.connect(
        `http://127.0.0.1:${port}/`,
        options,
      );
      await came.count(1);
      const [socket] = came.all.splice(0);
      ok(socket);
      return { client, socket };
    },
    async [Symbol.asyncDispose]() {
      await sockets[Symbol.asyncDispose]();
      server.close();
      server.closeAllConnections();
    },
  };
}

function textOf(payload: Uint8Array): string {
  return new TextDecoder().decode(payload);
}

Deno.test("WsSockets sends several frames in order", async () => {
  await using server = await open();
  const heard = new Heard<string>();
  const { socket } = await server.connect({
    onFrame: (_opcode, payload) => heard.tell(textOf(payload)),
  });

  socket.send("one", "zwei", "три");
  socket.send("4");
  await heard.count(4);

  deepEqual(heard.all, ["one", "zwei", "три", "4"]);
});

Deno.test("WsSockets terminates a socket with megabytes in its queue", async () => {
  await using server = await open();
  const { client, socket } = await server.connect({ reads: false });

  const kilobyte = "x".repeat(1_024);
  for (let sent = 0; sent < 32_768; sent++) socket.send(kilobyte);
  await server.codes.count(1);

  equal(socket.bufferedAmount, 0);
  deepEqual(server.cuts, ["unread"]);
  client.drop();
});

Deno.test("WsSockets lets 4 MiB wait at the same time, and not a byte more", async () => {
  await using server = await open();
  const { client, socket } = await server.connect({ reads: false });
  const [header, burst] = [10, 4_194_304];

  socket.send("x".repeat(burst - header));
  const waiting = [socket.bufferedAmount, server.cuts.length];
  socket.send("");

  deepEqual(waiting, [burst, 0]);
  deepEqual(server.cuts, ["unread"]);
  await server.codes.count(1);
  client.drop();
});

Deno.test("WsSockets terminates a socket that reads nothing for 30 s, and no other", async () => {
  await using server = await open();
  const slow = await server.connect({ reads: false });
  const { client } = await server.connect();
  const frameText = "x".repeat(1_024);
  while (slow.socket.bufferedAmount === 0) {
    for (let n = 0; n < 256; n++) slow.socket.send(frameText);
    await new Promise((done) => setTimeout(done));
  }

  server.clock.advance(30_000);
  await server.codes.count(1);

  equal(client.isGone, false);
  deepEqual(server.cuts, ["unread"]);
  slow.client.drop();
  client.drop();
});

Deno.test("WsSockets ignores messages after it has closed a socket", async () => {
  await using server = await open();
  const { client, socket } = await server.connect();

  socket.close(4_400);
  await client.send("late");
  await server.codes.count(1);

  deepEqual(server.texts.all, []);
});

Deno.test("WsSockets terminates a socket whose message has too many fragments", async () => {
  await using server = await open();
  const { client } = await server.connect();

  const piece = frame(OPCODE.continuation, new Uint8Array(1), { fin: false });
  await client.write(frame(OPCODE.text, new Uint8Array(1), { fin: false }));
  for (let n = 0; n < 64; n++) await client.write(piece);
  await server.codes.count(1);

  deepEqual(server.texts.all, []);
  deepEqual(server.cuts, ["frame"]);
});

Deno.test("WsSockets terminates no silent socket right after a pause of the whole process", async () => {
  await using server = await open();
  const { client } = await server.connect({ answersPings: false });

  server.clock.advance(60_000);
  server.clock.stall(90_000);
  const afterPause = [...server.cuts];
  server.clock.advance(60_000);

  deepEqual([afterPause, server.cuts], [[], ["silent"]]);
  client.drop();
});

Deno.test("WsSockets terminates no socket that answers pings, and none that sends messages", async () => {
  await using quiet = await open();
  const answering = await quiet.connect();
  await using loud = await open();
  const talking = await loud.connect({ answersPings: false });

  for (let beat = 1; beat <= 3; beat++) {
    quiet.clock.advance(60_000);
    await quiet.received.count(beat); // The answer to the ping.
    loud.clock.advance(60_000);
    await talking.client.send("here");
    await loud.texts.count(beat);
  }

  deepEqual([quiet.cuts, loud.cuts], [[], []]);
  for (const { client } of [answering, talking]) client.drop();
});

Deno.test("WsSockets reports why it terminated a socket: binary frame, silence, or messages after the close", async () => {
  await using server = await open();
  const binary = await server.connect();
  await binary.client.write(frame(OPCODE.binary, new Uint8Array(1)));
  await server.codes.count(1);
  const { client, socket } = await server.connect({ reads: false });
  socket.close(4_400);
  for (let n = 0; n < 300; n++) await client.send("late");
  await server.codes.count(2);
  const silent = await server.connect({ answersPings: false });
  server.clock.advance(60_000);
  server.clock.advance(60_000);
  await server.codes.count(3);

  deepEqual(server.cuts, ["binary", "talks-on", "silent"]);
  for (const { client } of [binary, silent]) client.drop();
  client.drop();
});

Deno.test("WsSockets closes with the code of each error, and docs/protocol.md lists it", async () => {
  const guide = await Deno.readTextFile(PROTOCOL);
  const piece = frame(OPCODE.continuation, new Uint8Array(1), { fin: false });
  const wrong: [code: number, frames: Uint8Array[]][] = [
    [1002, [frame(OPCODE.continuation, new Uint8Array(1))]],
    [1003, [frame(OPCODE.binary, new Uint8Array(1))]],
    [1007, [frame(OPCODE.text, Uint8Array.of(0xff))]],
    [1008, [
      frame(OPCODE.text, new Uint8Array(1), { fin: false }),
      ...Array.from({ length: 64 }, () => piece),
    ]],
    [1009, [frame(OPCODE.text, new Uint8Array(1_001))]],
  ];
  for (const [code, frames] of wrong) {
    await using server = await open();
    const codes = new Heard<number | undefined>();
    const { client } = await server.connect({ onClosed: codes.tell });

    for (const one of frames) await client.write(one);
    await codes.count(1);

    deepEqual(codes.all, [code]);
    ok(
      new RegExp(`^\\| .* \\| ${code} `, "m").test(guide),
      `${code} is listed`,
    );
    client.drop();
  }
});

Deno.test("WsSockets closes with 1012 when it stops, and terminates sockets that don't answer", async () => {
  const server = await open();
  const code = new Heard<number | undefined>();
  await server.connect({ onClosed: code.tell });
  const dead = await server.connect({ reads: false });

  const stopped = server[Symbol.asyncDispose]();
  await server.codes.count(1);
  server.clock.advance(2_000);
  await stopped;
  await code.count(1);

  deepEqual(code.all, [1012]);
  dead.client.drop();
});

Deno.test("sendAway() closes all sockets with 1012, and later ones stay", async () => {
  await using port = await open();
  const codes = new Heard<number | undefined>();
  await port.connect({ onClosed: codes.tell });
  await port.connect({ onClosed: codes.tell });

  port.sockets.sendAway();
  await codes.count(2);
  const { client } = await port.connect();

  deepEqual(codes.all, [1012, 1012]);
  equal(port.sockets.load().open, 1);
  client.drop();
  await port.codes.count(3);
});
