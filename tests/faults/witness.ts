import { Heard } from "../support/heard.ts";
import { frame, OPCODE, RawWebSocket } from "../support/raw_websocket.ts";

const PING_EVERY_MS = 20;

/** Another visitor, who must notice nothing of what is done to the service. */
export interface Witness extends AsyncDisposable {
  /** Text frames it got, in order. */
  texts: Heard<string>;
  /** The longest that a ping waited for its pong so far, in ms. */
  longestMs(): number;
  isGone(): boolean;
  /** Resolves when the service has answered once more. */
  answered(): Promise<void>;
}

/** Starts a widget as a page does, and pings all the time. */
export async function openWitness(
  url: string,
  widget: string,
): Promise<Witness> {
  const texts = new Heard<string>();
  let longest = 0;
  let heard = Promise.withResolvers<void>();
  const socket = await RawWebSocket.connect(`${url}/widgets/service`, {
    onFrame(opcode, payload) {
      if (opcode === OPCODE.pong) heard.resolve();
      if (opcode === OPCODE.text) texts.tell(new TextDecoder().decode(payload));
    },
  });
  await socket.send(JSON.stringify({ mt: "Start", uuid: widget, v: 1 }));
  let isOver = false;
  async function ping(): Promise<void> {
    const sentAt = performance.now();
    heard = Promise.withResolvers<void>();
    await socket.write(frame(OPCODE.ping, new Uint8Array(0)));
    await heard.promise;
    longest = Math.max(longest, performance.now() - sentAt);
  }
  const pinging = (async () => {
    while (!isOver && !socket.isGone) {
      await ping();
      await new Promise((done) => setTimeout(done, PING_EVERY_MS));
    }
  })().catch(() => {});
  return {
    texts,
    longestMs: () => longest,
    isGone: () => socket.isGone,
    answered: () => heard.promise,
    async [Symbol.asyncDispose]() {
      isOver = true;
      await pinging;
      socket.drop();
    },
  };
}
