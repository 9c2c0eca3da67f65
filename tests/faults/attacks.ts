import { frame, OPCODE } from "../support/raw_websocket.ts";

const MIB = 1_048_576;

/** Bytes that no honest client sends, and whether the service must hang up. */
export interface Attack {
  name: string;
  connections: number;
  hangsUp: boolean;
  /** Takes no answer from the wire. */
  isDeaf?: true;
  bytes(): Generator<Uint8Array>;
}

export const ATTACKS: Attack[] = [
  {
    name: "a fragmented message of 320 MiB",
    connections: 1,
    hangsUp: true,
    *bytes() {
      const piece = new Uint8Array(MIB).fill(97);
      yield frame(OPCODE.text, piece, { fin: false });
      const next = frame(OPCODE.continuation, piece, { fin: false });
      for (let n = 1; n < 320; n++) yield next;
    },
  },
  {
    name: "a frame of 63 MiB",
    connections: 1,
    hangsUp: true,
    *bytes() {
      const piece = new Uint8Array(MIB).fill(97);
      yield frame(OPCODE.text, piece, { length: 63 * MIB });
      for (let n = 1; n < 63; n++) yield piece;
    },
  },
  {
    name: "a million tiny frames",
    connections: 1,
    hangsUp: true,
    *bytes() {
      const many = repeat(frame(OPCODE.text, new Uint8Array([97])), 10_000);
      for (let n = 0; n < 100; n++) yield many;
    },
  },
  {
    name: "a million pings",
    connections: 1,
    hangsUp: true,
    *bytes() {
      const many = repeat(frame(OPCODE.ping, new Uint8Array([97])), 10_000);
      for (let n = 0; n < 100; n++) yield many;
    },
  },
  {
    name: "a million pings, deaf to the pongs,",
    connections: 1,
    hangsUp: true,
    isDeaf: true,
    *bytes() {
      const many = repeat(frame(OPCODE.ping, new Uint8Array(120)), 1_000);
      for (let n = 0; n < 1_000; n++) yield many;
    },
  },
  {
    name: "frames that never end",
    connections: 100,
    hangsUp: false,
    *bytes() {
      yield frame(OPCODE.text, new Uint8Array(8_000), { length: 60_000 });
    },
  },
];

function repeat(bytes: Uint8Array, count: number): Uint8Array {
  const many = new Uint8Array(bytes.length * count);
  for (let n = 0; n < count; n++) many.set(bytes, n * bytes.length);
  return many;
}

/** The address, and the headers of the upgrade request. */
export interface Target {
  url: string;
  path: string;
  cookie?: string;
}

export interface Attacker extends Disposable {
  /** All was sent, or could not be any more. */
  done: Promise<void>;
  /** The service has hung up; who is deaf knows it by its sending only. */
  hungUp: Promise<void>;
}

/** Asks for an upgrade, and sends on whatever the answer is. */
export async function attack(
  { url, path, cookie }: Target,
  { bytes, isDeaf }: Attack,
): Promise<Attacker> {
  const { hostname, port, host, origin } = new URL(url);
  const conn = await Deno.connect({ hostname, port: Number(port) });
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Origin: ${origin}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
  ];
  await conn.write(new TextEncoder().encode(lines.join("\r\n") + "\r\n\r\n"));
  await conn.read(new Uint8Array(1_024)); // The answer's status line.
  let isOver = false;
  const sent = Promise.withResolvers<void>();
  const hungUp = isDeaf ? sent.promise : readToEnd(conn);
  hungUp.then(() => isOver = true);
  const send = async () => {
    for (const piece of bytes()) {
      for (let rest = piece; rest.length > 0;) {
        if (isOver) return;
        rest = rest.subarray(await conn.write(rest));
      }
    }
  };
  return {
    done: send().catch(() => {}).finally(sent.resolve),
    hungUp,
    [Symbol.dispose]: () => conn.close(),
  };
}

async function readToEnd(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(65_536);
  try {
    while (await conn.read(buffer) !== null);
  } catch {
    // Reset by the service, or closed by this side.
  }
}
