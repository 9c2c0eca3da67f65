/** Opcodes of RFC 6455, section 5.2. */
export const OPCODE = {
  continuation: 0,
  text: 1,
  binary: 2,
  close: 8,
  ping: 9,
  pong: 10,
} as const;

export interface RawOptions {
  headers?: Record<string, string>;
  /** Called for each frame. `payload` is valid only during the call. */
  onFrame?: (opcode: number, payload: Uint8Array) => void;
  /** Called when the connection ends, with the code of the close frame, if
   * any. */
  onClosed?: (code: number | undefined) => void;
  /** If false, it is a half-open connection. */
  answersPings?: boolean;
  /** If false, it never reads after the handshake, like a slow reader. */
  reads?: boolean;
}

const HEAD_MAX = 8_192;
const encoder = new TextEncoder();

/**
 * A minimal WebSocket client: light enough that ten thousand of them fit into
 * one process, and able to send invalid frames.
 */
export class RawWebSocket {
  readonly #conn: Deno.TcpConn;
  readonly #options: RawOptions;
  #buffer: Uint8Array<ArrayBuffer> = new Uint8Array(4_096);
  #start = 0;
  #end = 0;
  #closeCode: number | undefined;
  #isGone = false;

  private constructor(conn: Deno.TcpConn, options: RawOptions) {
    this.#conn = conn;
    this.#options = options;
  }

  /**
   * Connects to `http://host:port/path`. Rejects with the status if refused.
   */
  static async connect(
    url: string,
    options: RawOptions = {},
  ): Promise<RawWebSocket> {
    const { hostname, port, pathname } = new URL(url);
    const conn = await Deno.connect({ hostname, port: Number(port) });
    conn.setNoDelay(true);
    const socket = new RawWebSocket(conn, options);
    const extra = Object.entries(options.headers ?? {})
      .map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const head = `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
      "Connection: Upgrade\r\nUpgrade: websocket\r\n" +
      "Sec-WebSocket-Version: 13\r\n" +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${extra}\r\n`;
    try {
      await socket.write(encoder.encode(head));
      await socket.#handshake();
    } catch (error) {
      socket.drop();
      throw error;
    }
    if (options.reads !== false) socket.#read();
    return socket;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  send(text: string): Promise<void> {
    return this.write(frame(OPCODE.text, encoder.encode(text)));
  }

  /** Sends any bytes. Rejects if the connection is lost. */
  async write(bytes: Uint8Array): Promise<void> {
    let rest = bytes;
    while (rest.length > 0) {
      rest = rest.subarray(await this.#conn.write(rest));
    }
  }

  /** Closes the TCP connection without a closing handshake. */
  drop(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#conn.close();
  }

  async #handshake(): Promise<void> {
    for (;;) {
      await this.#fill();
      const head = new TextDecoder("latin1").decode(
        this.#buffer.subarray(0, this.#end),
      );
      const end = head.indexOf("\r\n\r\n");
      if (end === -1 && this.#end < HEAD_MAX) continue;
      const status = head.split(" ", 2)[1];
      if (status !== "101") {
        throw new Error(`Cannot open a WebSocket: status ${status}`);
      }
      this.#start = end + 4;
      return;
    }
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        while (this.#takeFrame());
        await this.#fill();
      }
    } catch {
      // The connection is lost; the next call reports it.
    }
    this.drop();
    this.#options.onClosed?.(this.#closeCode);
  }

  /** Waits for more bytes. Rejects at the end of the connection. */
  async #fill(): Promise<void> {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#end === this.#buffer.length) {
      const held = this.#buffer.subarray(this.#start, this.#end);
      const isTight = held.length > this.#buffer.length / 2;
      const room = isTight
        ? new Uint8Array(this.#buffer.length * 2)
        : this.#buffer;
      room.set(held);
      this.#buffer = room;
      this.#end = held.length;
      this.#start = 0;
    }
    const count = await this.#conn.read(this.#buffer.subarray(this.#end));
    if (count === null) throw new Error("The connection has ended");
    this.#end += count;
  }

  /** Returns one complete frame, if the buffer contains one. */
  #takeFrame(): boolean {
    const held = this.#end - this.#start;
    if (held < 2) return false;
    const view = new DataView(this.#buffer.buffer, this.#start, held);
    let length = view.getUint8(1) & 0x7f;
    let head = 2;
    if (length === 126) {
      if (held < 4) return false;
      length = view.getUint16(2);
      head = 4;
    } else if (length === 127) {
      if (held < 10) return false;
      length = Number(view.getBigUint64(2));
      head = 10;
    }
    if (held < head + length) return false;
    const from = this.#start + head;
    this.#start = from + length;
    this.#take(
      view.getUint8(0) & 0x0f,
      this.#buffer.subarray(from, from + length),
    );
    return true;
  }

  #take(opcode: number, payload: Uint8Array): void {
    if (opcode === OPCODE.ping && this.#options.answersPings !== false) {
      this.write(frame(OPCODE.pong, payload)).catch(() => {});
    }
    if (opcode === OPCODE.close && payload.length >= 2) {
      this.#closeCode = (payload[0] ?? 0) * 256 + (payload[1] ?? 0);
      this.write(frame(OPCODE.close, payload.slice(0, 2))).catch(() => {});
    }
    this.#options.onFrame?.(opcode, payload);
  }
}

/**
 * Returns a frame of a client. Its mask is zero, which RFC 6455 allows and
 * which saves work. `length` may exceed the payload.
 */
export function frame(
  opcode: number,
  payload: Uint8Array,
  { fin = true, length = payload.length }: { fin?: boolean; length?: number } =
    {},
): Uint8Array {
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const bytes = new Uint8Array(6 + extended + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (fin ? 0x80 : 0) | opcode);
  if (extended === 0) view.setUint8(1, 0x80 | length);
  else view.setUint8(1, 0x80 | (extended === 2 ? 126 : 127));
  if (extended === 2) view.setUint16(2, length);
  if (extended === 8) view.setBigUint64(2, BigInt(length));
  bytes.set(payload, 6 + extended);
  return bytes;
}
