import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createHash, createHmac, randomBytes } from "node:crypto";

const COOKIE = 0x2112a442;
const METHOD = { allocate: 0x003, createPermission: 0x008 } as const;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  peerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
} as const;
const TRANSPORT = { udp: 17, tcp: 6 } as const;
/** The server wants the request again, with the nonce of its answer. */
const STALE_NONCE = 438;
const REPLY_WITHIN_MS = 5_000;

interface Reply {
  /** 0 if the request succeeded. */
  error: number;
  attributes: Map<number, Uint8Array>;
}

/** A TURN client over UDP that asks for relays and permissions (RFC 8656). */
export class TurnClient implements Disposable {
  readonly #socket = createSocket("udp4");
  readonly #server: { hostname: string; port: number };
  readonly #user: string;
  readonly #password: string;
  #realm = "";
  #nonce: Uint8Array = new Uint8Array();

  /** Derives short-lived credentials from the server's secret. */
  constructor(
    host: string,
    credentials: string | { user: string; password: string },
  ) {
    const [hostname = "", port] = host.split(":");
    this.#server = { hostname, port: Number(port) };
    const { user, password } = typeof credentials === "string"
      ? credentialsOf(credentials)
      : credentials;
    this.#user = user;
    this.#password = password;
  }

  /** Requests a relay; returns the error code of the answer, or 0. */
  async allocate(transport: keyof typeof TRANSPORT = "udp"): Promise<number> {
    const wanted = attribute(
      ATTRIBUTE.requestedTransport,
      new Uint8Array([TRANSPORT[transport], 0, 0, 0]),
    );
    const asked = await this.#ask(METHOD.allocate, [wanted]);
    if (asked.error !== 401) return asked.error;
    const { attributes } = asked;
    this.#realm = new TextDecoder().decode(attributes.get(ATTRIBUTE.realm));
    this.#nonce = attributes.get(ATTRIBUTE.nonce) ?? new Uint8Array();
    return (await this.#ask(METHOD.allocate, [wanted])).error;
  }

  /** Requests permission for a peer; returns the error code of the answer, or
   * 0. */
  async permit(address: string): Promise<number> {
    const peer = attribute(ATTRIBUTE.peerAddress, xorAddress(address));
    return (await this.#ask(METHOD.createPermission, [peer])).error;
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  async #ask(method: number, attributes: Uint8Array[]): Promise<Reply> {
    const signed = this.#realm === ""
      ? message(method, attributes)
      : this.#sign(method, attributes);
    const signal = AbortSignal.timeout(REPLY_WITHIN_MS);
    const reply = once(this.#socket, "message", { signal });
    const { hostname, port } = this.#server;
    this.#socket.send(signed, port, hostname);
    const [bytes] = await reply;
    const read = decode(new Uint8Array(bytes));
    if (read.error !== STALE_NONCE) return read;
    this.#nonce = read.attributes.get(ATTRIBUTE.nonce) ?? this.#nonce;
    return await this.#ask(method, attributes);
  }

  #sign(method: number, attributes: Uint8Array[]): Uint8Array {
    const text = new TextEncoder();
    const all = [
      ...attributes,
      attribute(ATTRIBUTE.username, text.encode(this.#user)),
      attribute(ATTRIBUTE.realm, text.encode(this.#realm)),
      attribute(ATTRIBUTE.nonce, this.#nonce),
    ];
    const key = createHash("md5")
      .update(`${this.#user}:${this.#realm}:${this.#password}`).digest();
    // The signed length includes the signature, which is added later.
    const bytes = message(method, all, 24);
    const digest = createHmac("sha1", key).update(bytes).digest();
    const end = attribute(ATTRIBUTE.integrity, digest);
    return new Uint8Array([...bytes, ...end]);
  }
}

function credentialsOf(secret: string): { user: string; password: string } {
  const user = `${Math.floor(Date.now() / 1_000) + 600}:test`;
  const password = createHmac("sha1", secret).update(user).digest("base64");
  return { user, password };
}

function message(
  method: number,
  attributes: Uint8Array[],
  extraLength = 0,
): Uint8Array {
  const body = attributes.flatMap((each) => [...each]);
  const bytes = new Uint8Array(20 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, method);
  view.setUint16(2, body.length + extraLength);
  view.setUint32(4, COOKIE);
  bytes.set(randomBytes(12), 8);
  bytes.set(body, 20);
  return bytes;
}

function attribute(type: number, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + Math.ceil(value.length / 4) * 4);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, type);
  view.setUint16(2, value.length);
  bytes.set(value, 4);
  return bytes;
}

/** XOR-PEER-ADDRESS of an IPv4 address. */
function xorAddress(address: string): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint8(1, 1);
  view.setUint16(2, 9 ^ (COOKIE >>> 16));
  const number = address.split(".")
    .reduce((sum, part) => sum * 256 + Number(part), 0);
  view.setUint32(4, (number ^ COOKIE) >>> 0);
  return bytes;
}

function decode(bytes: Uint8Array): Reply {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const attributes = new Map<number, Uint8Array>();
  for (let at = 20; at + 4 <= bytes.length;) {
    const length = view.getUint16(at + 2);
    attributes.set(view.getUint16(at), bytes.slice(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  const code = attributes.get(ATTRIBUTE.errorCode);
  const error = code === undefined ? 0 : (code[2] ?? 0) * 100 + (code[3] ?? 0);
  return { error, attributes };
}
