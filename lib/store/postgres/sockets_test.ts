import { deepEqual, equal, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { openSocket } from "./sockets.ts";
import { type PostgresAddress, readPostgresUrl } from "./url.ts";

function addressOf(url: string): PostgresAddress {
  const address = readPostgresUrl(url);
  if (!address.ok) throw new Error(address.error);
  return address.value;
}

/** A server that does this with each connection, in a folder or on a port. */
async function listening(use: (socket: Socket) => void, folder?: string) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    use(socket);
  });
  if (folder === undefined) server.listen(0, "127.0.0.1");
  else server.listen(`${folder}/.s.PGSQL.5433`);
  await once(server, "listening");
  const place = server.address();
  const port = typeof place === "object" ? place?.port ?? 0 : 5_433;
  return {
    host: { host: folder ?? "127.0.0.1", port },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const TLS = "postgres://cw@127.0.0.1/cw?sslmode=require&connect_timeout=1";

Deno.test("a socket without TLS is open without a word, in a folder too", async () => {
  const folder = await Deno.makeTempDir({ prefix: "widgets-" });
  for (const place of [undefined, folder]) {
    let received = 0;
    await using server = await listening(
      (socket) => socket.on("data", ({ length }) => received += length),
      place,
    );

    const socket = await openSocket(
      server.host,
      addressOf("postgres://cw@localhost/cw"),
    );

    equal(socket.readyState, "open");
    equal(received, 0);
    socket.destroy();
    await once(socket, "close");
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a server is asked for TLS, and one that declines is left", async () => {
  const asked: number[] = [];
  const left = Promise.withResolvers<void>();
  await using server = await listening((socket) => {
    socket.on("data", (bytes) => {
      asked.push(...new Uint8Array(Buffer.from(bytes)));
      socket.write("N");
    });
    socket.on("close", () => left.resolve());
  });

  await rejects(openSocket(server.host, addressOf(TLS)), {
    message: "the server does not offer TLS, which sslmode=require needs",
    isAway: false,
  });

  await left.promise;
  // https://www.postgresql.org/docs/15/protocol-message-formats.html: SSLRequest.
  deepEqual(asked, [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
});

Deno.test("a server that says nothing about TLS is given up after the time to connect", async () => {
  await using server = await listening(() => {});

  await rejects(openSocket(server.host, addressOf(TLS)), {
    message: "no answer within 1 s",
    isAway: true,
  });
});

Deno.test("a server that closes the connection instead of an answer is away", async () => {
  await using server = await listening((socket) => {
    socket.on("data", () => socket.end());
  });

  await rejects(openSocket(server.host, addressOf(TLS)), {
    message: "the connection is lost",
    isAway: true,
  });
});
