import type { BrowserContext, Page } from "playwright-core";

/** Milliseconds that media may take on a busy host. */
const TIMEOUT_MS = 20_000;

/** Lets a test inspect the real peer connections of all pages of a profile. */
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
 * 50 packets of audio, or 5 decoded frames of video, more than `before`.
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
    { polling: 100, timeout: TIMEOUT_MS },
  );
}

/** Resolves when the page's newest connection has decoded 5 more frames of video
 * than now. */
export async function plays(page: Page): Promise<void> {
  const decoded = () =>
    page.evaluate(async () => {
      const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
      for (const report of (await peers.at(-1)!.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== "video") continue;
        return Number(report.framesDecoded);
      }
      return 0;
    });
  const before = await decoded();
  await until(
    "the call's video plays",
    async () => await decoded() >= before + 5,
  );
}

/** Returns the number of sections of a kind that the newest connection
 * receives. */
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

/**
 * Resolves when the page's newest connection continues to receive audio: 20
 * packets more than now, with more energy, since the fake microphone beeps.
 */
export async function sounds(page: Page): Promise<void> {
  const heard = () =>
    page.evaluate(async () => {
      const { peers } = globalThis as unknown as { peers: RTCPeerConnection[] };
      for (const report of (await peers.at(-1)!.getStats()).values()) {
        if (report.type !== "inbound-rtp" || report.kind !== "audio") continue;
        const { packetsReceived, totalAudioEnergy = 0 } = report;
        return { packetsReceived, totalAudioEnergy };
      }
      return { packetsReceived: 0, totalAudioEnergy: 0 };
    });
  const before = await heard();
  await until("the call has sound", async () => {
    const now = await heard();
    return now.packetsReceived >= before.packetsReceived + 20 &&
      now.totalAudioEnergy > before.totalAudioEnergy;
  });
}

/** Rejects with what was missing if it is not so within 20 s. */
async function until(
  what: string,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + TIMEOUT_MS;
  while (!await isSo()) {
    if (performance.now() > end) {
      throw new Error(`Not within ${TIMEOUT_MS} ms: ${what}`);
    }
    await new Promise((again) => setTimeout(again, 50));
  }
}
