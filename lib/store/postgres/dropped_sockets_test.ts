import { deepEqual, equal } from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Servers } from "./servers.ts";
import { readPostgresUrl } from "./url.ts";

/** A server that accepts connections, and says what a test wants. */
async function listening() {
  const accepted: Socket[] = [];
  const server = createServer((socket) => void accepted.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const place = server.address();
  const port = typeof place === "object" ? place?.port : 0;
  const address = readPostgresUrl(`postgres://cw@127.0.0.1:${port}/cw`);
  if (!address.ok) throw new Error(address.error);
  return {
    servers: new Servers(address.value),
    /** Opens a connection; returns both ends. */
    async connect(servers: Servers) {
      const came = once(server, "connection");
      const socket = await servers.connect();
      await came;
      const other = accepted.at(-1);
      if (other === undefined) throw new Error("nothing has come");
      return { socket, other };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of accepted) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

Deno.test("only connections on which nothing was heard are dropped, and none to the server in use that is slow", async () => {
  await using room = await listening();
  const { servers } = room;
  const silent = await room.connect(servers);
  const heard = await room.connect(servers);
  const isDropped = () => [silent, heard].map(({ socket }) => socket.destroyed);
  const since = performance.now();
  heard.other.write("x");
  await once(heard.socket, "data");

  await servers.drop(since, { toOthers: true });
  const ofSlow = isDropped();
  await servers.drop(since, { toOthers: false });
  const ofDead = isDropped();
  await servers.drop(performance.now(), { toOthers: false });

  deepEqual(ofSlow, [false, false]);
  deepEqual(ofDead, [true, false]);
  deepEqual(isDropped(), [true, true]);
});

Deno.test("a connection to a server that refuses it fails when it is used", async () => {
  const room = await listening();
  await room[Symbol.asyncDispose]();

  const socket = await room.servers.connect();
  const failed = once(socket, "error");
  socket.write("x");

  const [error] = await failed;
  equal(error.message.endsWith(": the connection is refused"), true);
  equal(error.isAway, true);
});
