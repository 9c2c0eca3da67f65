import type { BrowserContext, Page } from "playwright-core";

/** Time between two looks at the packets, in ms. */
const LOOK_MS = 20;

interface Scope {
  peers: RTCPeerConnection[];
  /** Longest time without a new packet, and number of looks. */
  gap: { silentMs: number; looks: number };
  asked: number;
}

/** Counts how often a page asks for a microphone or camera. */
export async function countDeviceRequests(
  context: BrowserContext,
): Promise<void> {
  await context.addInitScript(() => {
    const scope = globalThis as unknown as Scope;
    scope.asked = 0;
    const { mediaDevices } = navigator;
    const ask = mediaDevices?.getUserMedia.bind(mediaDevices);
    if (!ask) return;
    mediaDevices.getUserMedia = (constraints) => {
      scope.asked++;
      return ask(constraints);
    };
  });
}

export function deviceRequests(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Scope).asked);
}

/** Begins to look at the audio packets that arrive over any connection of the
 * page. The page needs `watchPeers`. */
export async function watchGaps(page: Page): Promise<void> {
  await page.evaluate((everyMs) => {
    const scope = globalThis as unknown as Scope;
    scope.gap = { silentMs: 0, looks: 0 };
    const counts = new Map<RTCPeerConnection, number>();
    let since = performance.now();
    async function look(): Promise<void> {
      let isNew = false;
      for (const peer of scope.peers) {
        for (const report of (await peer.getStats()).values()) {
          if (report.type !== "inbound-rtp" || report.kind !== "audio") {
            continue;
          }
          isNew ||= report.packetsReceived > (counts.get(peer) ?? 0);
          counts.set(peer, report.packetsReceived);
        }
      }
      const now = performance.now();
      scope.gap.silentMs = Math.max(scope.gap.silentMs, now - since);
      scope.gap.looks++;
      if (isNew) since = now;
      setTimeout(look, everyMs);
    }
    look();
  }, LOOK_MS);
}

/** Returns the longest time without a packet so far, in ms. */
export function longestGap(
  page: Page,
): Promise<{ silentMs: number; looks: number }> {
  return page.evaluate(() => (globalThis as unknown as Scope).gap);
}
