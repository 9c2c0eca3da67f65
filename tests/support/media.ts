import type { BrowserContext, Page } from "playwright-core";

/** Lets a test look at the real peer connections of all pages of a profile. */
export async function watchPeers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const peers: RTCPeerConnection[] = [];
    class Watched extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    }
    Object.assign(globalThis, { peers, RTCPeerConnection: Watched });
  });
}

/**
 * Resolves when the page's newest peer connection has received media of a kind:
 * 50 packets of sound, or 5 decoded frames of a picture, more than `before`.
 */
export async function received(
  page: Page,
  kind: "audio" | "video",
): Promise<void> {
  await page.waitForFunction(
    async (kind) => {
      const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
      const peer = peers.at(-1);
      if (peer === undefined) return false;
      for (const report of (await peer.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== kind) continue;
        if (kind === "audio") return report.packetsReceived > 50;
        return report.framesDecoded > 5;
      }
      return false;
    },
    kind,
    { polling: 100, timeout: 20_000 },
  );
}

/** How many sections of a kind the newest connection receives. */
export function receives(
  page: Page,
  kind: "audio" | "video",
): Promise<boolean> {
  return page.evaluate((kind) => {
    const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
    return (peers.at(-1)?.getTransceivers() ?? []).some((one) =>
      one.receiver.track.kind === kind &&
      /recv/.test(one.currentDirection ?? "")
    );
  }, kind);
}
