import type { Clock } from "@/lib/base/clock.ts";
import type { Socket } from "@/lib/base/socket.ts";
import { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { PresenceCache } from "@/lib/pbx/presence/pbx_presence.ts";
import { Mailbox } from "./mailbox.ts";

export const PASSWORD = "s3cret";

/** A cache that forgets. */
export const noCache: PresenceCache = {
  list: () => Promise.resolve([]),
  set: () => Promise.resolve(),
};

/** A PBX bank without anything around it. */
export function newBank(
  clock: Clock,
  {
    cache = noCache,
    password = PASSWORD as string | undefined,
    cliOverride = false,
  } = {},
): PbxBank {
  return new PbxBank({
    clock,
    cache,
    password: () => Promise.resolve(password),
    cliOverride,
  });
}

/** A bank behind a real WebSocket on a free port. */
export interface ServedBank extends AsyncDisposable {
  bank: PbxBank;
  url: string;
  /** The close codes of connections, as the bank has been told of them. */
  closed: Mailbox<number>;
}

export function serveBank(clock: Clock): ServedBank {
  const bank = newBank(clock);
  const closed = new Mailbox<number>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const { socket, response } = Deno.upgradeWebSocket(request);
      const peer = { address: "127.0.0.1", origin: null };
      socket.onopen = () => {
        const events = bank.accept(wrap(socket), peer);
        socket.onmessage = ({ data }) => events.message(String(data));
        socket.onclose = ({ code }) => {
          events.closed(code);
          closed.put(code);
        };
      };
      return response;
    },
  );
  return {
    bank,
    url: `ws://127.0.0.1:${server.addr.port}/widgets`,
    closed,
    async [Symbol.asyncDispose]() {
      bank[Symbol.dispose]();
      await server.shutdown();
    },
  };
}

function wrap(socket: WebSocket): Socket {
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}
