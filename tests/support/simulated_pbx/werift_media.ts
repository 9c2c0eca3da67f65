import {
  MediaStreamTrack,
  RTCPeerConnection,
  type RTCRtpTransceiver,
  type RtpPacket,
} from "werift";
import type { PhoneMedia } from "./media.ts";
import type { Json } from "./messages.ts";
import { withoutRepeats } from "./repeats.ts";
import { channelsOf, kindsOf, sdpOf } from "./phone_sdp.ts";

/**
 * Options of a test that uses {@linkcode WeriftMedia}. werift waits for the end
 * of each DTLS retransmission even after close(), and its timers cannot be
 * cleared from outside, so such a test cannot be checked for leaks.
 */
export const LEAVES_TIMERS = { sanitizeOps: false, sanitizeResources: false };

/** Packets that arrived and were sent back, by kind of media. */
export interface MediaCounts {
  audio: number;
  video: number;
}

/**
 * The WebRTC side of a phone: `werift`, a stack that has nothing in common with
 * a browser's. It sends all received media back: an echo of the voice, and the
 * visitor's own video.
 */
export class WeriftMedia implements PhoneMedia {
  readonly received: MediaCounts = { audio: 0, video: 0 };
  onKey: (digit: string) => void = () => {};
  readonly #takeKey = keyReader();
  readonly #peer = new RTCPeerConnection({
    bundlePolicy: "max-compat",
    iceServers: [],
    iceUseTcp: false,
  });
  readonly #echoes = new Map<string, Echo>();
  #kinds: string[] = [];
  #isClosed = false;

  get state(): string {
    return this.#peer.connectionState;
  }

  async answer(proposal: Json): Promise<Json> {
    const kinds = kindsOf(proposal);
    for (const kind of kinds) this.#addEcho(kind);
    this.#kinds = [...new Set([...this.#kinds, ...kinds])];
    const sdp = sdpOf(proposal, this.#kinds);
    await this.#peer.setRemoteDescription({ type: "offer", sdp });
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    this.#listen();
    return await this.#described();
  }

  async offer(): Promise<Json> {
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    return await this.#described();
  }

  async accept(select: Json): Promise<void> {
    const sdp = sdpOf(select, this.#kinds);
    await this.#peer.setRemoteDescription({ type: "answer", sdp });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#peer.close();
  }

  async #described(): Promise<Json> {
    await this.#gathered();
    return channelsOf(this.#peer.localDescription?.sdp ?? "");
  }

  async #gathered(): Promise<void> {
    if (this.#peer.iceGatheringState === "complete") return;
    await this.#peer.iceGatheringStateChange.watch(
      (s) => s === "complete",
      5_000,
    );
  }

  #addEcho(kind: string): void {
    if ((kind !== "audio" && kind !== "video") || this.#echoes.has(kind)) {
      return;
    }
    const track = new MediaStreamTrack({ kind });
    const transceiver = this.#peer.addTransceiver(track, {
      direction: "sendrecv",
    });
    this.#echoes.set(kind, { kind, track, transceiver, isListening: false });
  }

  /**
   * Channels has no SSRC, and werift delivers only packets whose SSRC the SDP
   * contains. So the packets are taken after decryption.
   */
  #listen(): void {
    for (const echo of this.#echoes.values()) {
      if (echo.isListening) continue;
      echo.isListening = true;
      const { sender, receiver, dtlsTransport } = echo.transceiver;
      const { onData } = dtlsTransport.iceTransport.connection;
      const { execute } = onData;
      const fresh = withoutRepeats();
      onData.execute = (data) => {
        const rest = fresh(data);
        if (rest.length > 0) execute(rest);
      };
      let ssrc = 0;
      dtlsTransport.onRtp.subscribe((packet: RtpPacket) => {
        if (this.#isClosed) return;
        if (packet.header.payloadType === KEY_EVENTS) {
          const digit = this.#takeKey(packet);
          if (digit !== undefined) this.onKey(digit);
          return;
        }
        ssrc = packet.header.ssrc;
        this.received[echo.kind]++;
        echo.track.writeRtp(packet.clone());
      });
      // A receiver of broken video asks us, but only the visitor can send a key
      // frame.
      sender.onPictureLossIndication.subscribe(() => {
        if (ssrc !== 0) void receiver.sendRtcpPLI(ssrc);
      });
    }
  }
}

/** The default number that a phone expects for key events. */
const KEY_EVENTS = 101;

/** Reads one key from its many packets (RFC 4733). */
function keyReader(): (packet: RtpPacket) => string | undefined {
  let last: number | undefined;
  return ({ header, payload }) => {
    const isNew = header.timestamp !== last;
    last = header.timestamp;
    return isNew ? "0123456789*#ABCD"[payload[0] ?? 16] : undefined;
  };
}

interface Echo {
  kind: keyof MediaCounts;
  track: MediaStreamTrack;
  transceiver: RTCRtpTransceiver;
  isListening: boolean;
}
