import type { Page } from "playwright-core";

/**
 * A website's page with no widget on it: a visitor in a real browser who speaks
 * the visitor's wire by hand, with the browser's own WebRTC.
 */
export const VISITOR_PAGE = `<!doctype html><title>Visitor</title>
<video id="remote" autoplay playsinline muted></video>
<script type="module">
const heard = window.heard = [];
let socket, peer;
window.start = (url, uuid) => {
  socket = new WebSocket(url);
  socket.onopen = () => say({ mt: "Start", uuid, v: 1 });
  socket.onmessage = ({ data }) => take(JSON.parse(data));
};
addEventListener("pagehide", () => {
  if (peer && socket.readyState === WebSocket.OPEN) say({ mt: "ClearCall" });
});
const say = window.say = (message) => socket.send(JSON.stringify(message));
async function take(message) {
  if (message.state === "connected" && message.sdp) {
    await peer.setRemoteDescription({ type: "answer", sdp: message.sdp });
  }
  if (message.mt === "Channels" && message.cmd === "PROPOSAL") {
    await peer.setRemoteDescription({ type: "offer", sdp: message.sdp });
    await peer.setLocalDescription();
    say({ mt: "Channels", cmd: "SELECT", sdp: peer.localDescription.sdp });
  }
  if (message.mt === "Channels" && message.cmd === "SELECT") {
    await peer.setRemoteDescription({ type: "answer", sdp: message.sdp });
  }
  heard.push(message);
  for (const look of waiting) look();
}
const waiting = new Set();
window.until = (members, count) => new Promise((done) => {
  const has = (message) => Object.entries(members)
    .every(([name, value]) => message[name] === value);
  const look = () => {
    if (heard.filter(has).length < count) return;
    waiting.delete(look);
    done();
  };
  waiting.add(look);
  look();
});
window.call = async (dest, video) => {
  peer = new RTCPeerConnection();
  peer.ontrack = ({ streams, track }) => {
    document.querySelector("#remote").srcObject = streams[0] ?? new MediaStream([track]);
  };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video });
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  say({ mt: "CreateCall", dest, dn: "Ada" });
  await offer();
};
const offer = window.offer = async () => {
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== "complete") {
    await new Promise((done) => peer.addEventListener("icegatheringstatechange", done, { once: true }));
  }
  say({ mt: "Channels", cmd: "PROPOSAL", sdp: peer.localDescription.sdp });
};
window.press = (digits) => {
  peer.getSenders().find(({ track }) => track.kind === "audio").dtmf.insertDTMF(digits);
  say({ mt: "Dtmf", digits });
};
window.media = async () => {
  const state = { connection: "none", audio: 0, video: 0, decoded: 0 };
  if (peer === undefined) return state;
  state.connection = peer.connectionState;
  for (const report of (await peer.getStats()).values()) {
    if (report.type !== "inbound-rtp") continue;
    state[report.kind] += report.packetsReceived ?? 0; // None yet.
    state.decoded += report.framesDecoded ?? 0;
  }
  return state;
};
window.flows = async (video) => {
  const from = await media();
  for (;;) {
    const now = await media();
    const heard = now.connection === "connected" && now.audio > from.audio + 20;
    const seen = now.video > from.video + 20 && now.decoded > from.decoded;
    if (heard && (seen || !video)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
};
</script>`;

/** The page's received messages, in the visitor's protocol. */
export interface Told {
  mt: string;
  state?: string;
  presence?: string;
  cause?: number;
  held?: boolean;
}

/** Drives {@linkcode VISITOR_PAGE}. */
export class VisitorPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async start(origin: string, service: string, uuid: string): Promise<void> {
    await this.#page.goto(origin);
    const url = `${service.replace("http", "ws")}/widgets/service`;
    await this.#run(`start(${JSON.stringify(url)}, ${JSON.stringify(uuid)})`);
  }

  call(dest: string, { video }: { video: boolean }): Promise<void> {
    return this.#run(`call(${JSON.stringify(dest)}, ${video})`);
  }

  /** Sends a new offer, as after a change of its media. */
  offer(): Promise<void> {
    return this.#run("offer()");
  }

  say(message: object): Promise<void> {
    return this.#run(`say(${JSON.stringify(message)})`);
  }

  /** Presses keys as the widget does: in the audio, and as a message. */
  press(digits: string): Promise<void> {
    return this.#run(`press(${JSON.stringify(digits)})`);
  }

  heard(): Promise<Told[]> {
    return this.#page.evaluate<Told[]>("heard");
  }

  /** Waits until a message with all of `members` has arrived `count` times. */
  until(members: object, count = 1): Promise<void> {
    return this.#run(`until(${JSON.stringify(members)}, ${count})`);
  }

  /** Waits until that much more audio and video have arrived and been
   * decoded. */
  flows({ video }: { video: boolean }): Promise<void> {
    return this.#run(`flows(${video})`);
  }

  /** Fails after 15 s, with the received messages. */
  async #run(expression: string): Promise<void> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(async () => {
      const heard = (await this.heard()).map(({ mt, state, presence }) =>
        [mt, state, presence].join(" ")
      );
      const media = JSON.stringify(await this.#page.evaluate("media()"));
      const seen = `heard: ${heard}; media: ${media}`;
      late.reject(new Error(`Not within 15 s: ${expression}; ${seen}`));
    }, 15_000);
    try {
      await Promise.race([this.#page.evaluate(expression), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}
