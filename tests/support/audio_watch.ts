import type { Page } from "playwright-core";

/** Time between two looks at the packets, in ms. */
const LOOK_MS = 200;

/** A look at the page's peer connection. */
interface Look {
  at: number;
  /** Packets of audio that have arrived since the beginning. */
  packets: number;
  state: string;
  /** Number of peer connections that the page has opened. */
  peers: number;
}

interface Scope {
  peers: RTCPeerConnection[];
  looks: Look[];
}

/** Watches whether audio arrives at a page without a pause. The page needs
 * `watchPeers`. */
export class AudioWatch {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Begins to look at the page's newest peer connection. */
  static async begin(page: Page): Promise<AudioWatch> {
    await page.evaluate((everyMs) => {
      const scope = globalThis as unknown as Scope;
      scope.looks = [];
      const look = async () => {
        const peer = scope.peers.at(-1);
        if (peer === undefined) return;
        for (const report of (await peer.getStats()).values()) {
          if (report.type !== "inbound-rtp" || report.kind !== "audio") {
            continue;
          }
          scope.looks.push({
            at: performance.now(),
            packets: report.packetsReceived,
            state: peer.connectionState,
            peers: scope.peers.length,
          });
        }
      };
      setInterval(look, everyMs);
    }, LOOK_MS);
    return new AudioWatch(page);
  }

  /** Returns the longest time for which no packet arrived, in ms, and all states
   * of all connections. */
  async result(): Promise<
    { silentMs: number; states: string[]; peers: number; looks: number }
  > {
    const looks = await this.#page.evaluate(() =>
      (globalThis as unknown as Scope).looks
    );
    let silentMs = 0;
    let since = looks[0];
    for (const look of looks) {
      if (look.packets !== since?.packets) since = look;
      if (since) silentMs = Math.max(silentMs, look.at - since.at);
    }
    return {
      silentMs,
      states: [...new Set(looks.map(({ state }) => state))],
      peers: Math.max(...looks.map(({ peers }) => peers)),
      looks: looks.length,
    };
  }
}
