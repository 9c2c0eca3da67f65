import { deepEqual, match } from "node:assert/strict";
// @ts-types="@types/ws"
import { WebSocket as Client } from "ws";
import { type Clock, systemClock } from "@/lib/base/clock.ts";
import type { Account } from "@/lib/model/account.ts";
import { readConfig } from "@/lib/program/config.ts";
import { StoreError } from "@/lib/store/patience.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import { logInto } from "@/tests/support/log_into.ts";
import { serve } from "./server.ts";
import { SESSION_LOOK_MS } from "./signed_in_socket.ts";

Deno.test("[ACC2] serve() rejects the desk until the password is changed, and says so", async () => {
  const accepted: string[] = [];
  await using server = await start((account) => accepted.push(account.name));
  const url = `ws://127.0.0.1:${server.port}/desk/service`;

  const refused = await upgrade(url, "marked");
  const open = await upgrade(url, "changed");

  deepEqual(refused, { status: 403, text: "Change your password first\n" });
  deepEqual(open, { status: 101, text: "" });
  deepEqual(accepted, ["changed"]);
});

Deno.test("[D12] serve() closes an open desk with 4401 within a minute of the end of its session", async () => {
  const clock = new FakeClock();
  const signedOut = new Set<string>();
  await using server = await start(() => {}, { clock, signedOut });
  const url = `ws://127.0.0.1:${server.port}/desk/service`;
  const client = new Client(url, { headers: { cookie: "ann" } });
  const codes = new Heard<number>();
  client.on("close", codes.tell);
  await new Promise((open) => client.on("open", open));

  signedOut.add("ann");
  clock.advance(60_000);
  await codes.count(1);

  deepEqual(codes.all, [4401]);
});

Deno.test("serve() closes the connection of a rejected upgrade, even if the client keeps its end open", async () => {
  await using server = await start(() => {}, { signedOut: new Set(["eve"]) });
  using conn = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
  const request = [
    "GET /desk/service HTTP/1.1",
    "Host: localhost",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Cookie: eve",
  ];
  const failures = new Heard<unknown>();
  const writeUntilItFails = async () => {
    for (;;) await conn.write(new Uint8Array(65_536));
  };

  await conn.write(new TextEncoder().encode(`${request.join("\r\n")}\r\n\r\n`));
  const buffer = new Uint8Array(1_024);
  let answer = "";
  for (let count; (count = await conn.read(buffer)) !== null;) {
    answer += new TextDecoder().decode(buffer.subarray(0, count));
  }
  writeUntilItFails().catch(failures.tell);
  await failures.count(1);

  match(answer, /^HTTP\/1\.1 401 /);
});

Deno.test("serve() answers the desk with 503 while the store does not answer, and logs that once", async () => {
  const lines: string[] = [];
  using _log = await logInto(lines);
  const failing = new Set(["ann", "ben"]);
  await using server = await start(() => {}, { failing });
  const url = `ws://127.0.0.1:${server.port}/desk/service`;
  const status = async (cookie: string) => (await upgrade(url, cookie)).status;

  const away = [await status("ann"), await status("ben")];
  failing.clear();
  const back = await status("ann");
  failing.add("ben");
  const again = await status("ben");

  deepEqual([away, back, again], [[503, 503], 101, 503]);
  deepEqual(
    lines.filter((line) => line.includes("desk")),
    [
      "Cannot look up who opens a desk: StoreError: no answer",
      "Cannot look up who opens a desk: StoreError: no answer",
    ],
  );
});

/** A service that knows accounts by their cookies. */
async function start(
  onDesk: (account: Account) => void,
  { clock = systemClock, signedOut = new Set(), failing = new Set() }: {
    clock?: Clock;
    signedOut?: ReadonlySet<string>;
    /** Those for whom the store fails. */
    failing?: ReadonlySet<string>;
  } = {},
) {
  const config = readConfig(
    ["--port=0", "--host=127.0.0.1"],
    () => undefined,
  );
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  const nothing = { message() {}, closed() {} };
  return await serve({
    file: () => undefined,
    http: () => Promise.resolve(new Response()),
    visitor: () => nothing,
    pbx: () => nothing,
    noPbx() {},
    signedIn({ headers }) {
      const account = accountOf(headers);
      if (failing.has(account.id)) {
        return Promise.reject(new StoreError("no answer"));
      }
      return Promise.resolve(signedOut.has(account.id) ? undefined : account);
    },
    desk(_socket, account) {
      onDesk(account);
      return nothing;
    },
  }, {
    clock,
    config: config.value,
    heartbeatMs: 2 * SESSION_LOOK_MS, // No ping decides what is tested here.
  });
}

function accountOf(headers: Headers): Account {
  const name = headers.get("cookie") ?? "";
  const account = { id: name, name, displayName: name, createdAt: 0 };
  const roles: Account["roles"] = ["agent"];
  return name === "marked"
    ? { ...account, roles, mustChangePassword: true }
    : { ...account, roles };
}

function upgrade(
  url: string,
  cookie: string,
): Promise<{ status: number; text: string }> {
  return new Promise((done, failed) => {
    const client = new Client(url, { headers: { cookie } });
    client.on("error", failed);
    client.on("open", () => {
      client.close();
      done({ status: 101, text: "" });
    });
    client.on("unexpected-response", (_request, response) => {
      const pieces: string[] = [];
      response.setEncoding("utf8");
      response.on("data", (piece: string) => pieces.push(piece));
      response.on(
        "end",
        () => done({ status: response.statusCode ?? 0, text: pieces.join("") }),
      );
    });
  });
}
