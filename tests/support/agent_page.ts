import type { Page } from "playwright-core";

/**
 * An agent's browser as another page of the same profile, which answers offers
 * with real media. `page` must have a secure address.
 */
export class AgentPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Answers an offer, the first or a later one; resolves with the answer. */
  async answer(sdp: string, video = false): Promise<string> {
    return await this.page.evaluate(async ({ sdp, video }) => {
      const scope = globalThis as unknown as { peer?: RTCPeerConnection };
      const peer = scope.peer ??= new RTCPeerConnection();
      await peer.setRemoteDescription({ type: "offer", sdp });
      if (peer.getSenders().every(({ track }) => track === null)) {
        const own = await navigator.mediaDevices.getUserMedia({
          audio: true,
          video,
        });
        for (const track of own.getTracks()) peer.addTrack(track, own);
      }
      await peer.setLocalDescription();
      if (peer.iceGatheringState !== "complete") {
        await new Promise<void>((resolve) => {
          peer.onicegatheringstatechange = () =>
            peer.iceGatheringState === "complete" && resolve();
        });
      }
      return peer.localDescription?.sdp ?? "";
    }, { sdp, video });
  }

  /** Creates an offer of the agent's side within the call. */
  async offer(): Promise<string> {
    return await this.page.evaluate(async () => {
      const { peer } = globalThis as unknown as { peer: RTCPeerConnection };
      await peer.setLocalDescription(await peer.createOffer());
      return peer.localDescription?.sdp ?? "";
    });
  }

  async take(sdp: string): Promise<void> {
    await this.page.evaluate(async (sdp) => {
      const { peer } = globalThis as unknown as { peer: RTCPeerConnection };
      await peer.setRemoteDescription({ type: "answer", sdp });
    }, sdp);
  }

  /** Resolves when packets of this kind arrive from the visitor. */
  async receives(kind: "audio" | "video"): Promise<void> {
    await this.page.waitForFunction(async (kind) => {
      const { peer } = globalThis as unknown as { peer: RTCPeerConnection };
      let before = 0;
      (await peer.getStats()).forEach((stat) => {
        if (stat.type === "inbound-rtp" && stat.kind === kind) {
          before += stat.packetsReceived;
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      let now = 0;
      (await peer.getStats()).forEach((stat) => {
        if (stat.type === "inbound-rtp" && stat.kind === kind) {
          now += stat.packetsReceived;
        }
      });
      return now > before;
    }, kind);
  }
}
