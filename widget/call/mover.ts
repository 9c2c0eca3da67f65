import type { LocalMedia } from "@/lib/media/local_media.ts";
import type { MediaKind } from "@/lib/media/ports.ts";
import type { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import type { IceConfig } from "@/lib/protocol/visitor/contact_messages.ts";
import type { CallMove, PageCall, PageCallEvent } from "./call_state.ts";
import type { Phone } from "./phone.ts";
import type { PhoneLine } from "./phone_line.ts";
import type { CallOwner } from "./port.ts";

/** A running call, as it is moved. */
export interface MovableCall {
  readonly running: boolean;
  readonly call: PageCall;
  readonly owner: Pick<CallOwner, "send">;
  readonly line: PhoneLine;
  readonly own: LocalMedia;
  askIce(): Promise<IceConfig | undefined>;
  /** Sends this track, or none of this kind. */
  send(kind: MediaKind, track?: MediaStreamTrack): void;
  dispatch(event: PageCallEvent): void;
}

/** The connection to the agent who is asked, by its number. */
interface Next {
  peer: number;
  phone?: Phone;
  isAnswered?: boolean;
}

/** Moves a call to another agent: a second phone is connected with that agent
 * while the first one goes on, and then it takes the first one's place. It sends
 * the same tracks, so the browser doesn't ask again. */
export class CallMover {
  readonly #run: MovableCall;
  #next: Next | undefined;
  /** The last message, which may have been lost. */
  #said: ClientMessage | undefined;

  constructor(run: MovableCall) {
    this.#run = run;
  }

  hear(message: CallMove): void {
    const { peer } = message;
    if (message.cmd === "REQUEST") {
      if (this.#next?.peer !== peer) this.#open(peer);
      return;
    }
    if (this.#next?.peer !== peer) return;
    switch (message.cmd) {
      case "SELECT":
        return void this.#connect(message.sdp);
      case "DONE":
        return this.#use(message.dn);
      case "CLOSE":
        return this.close();
    }
  }

  /** The service is connected again. */
  repeat(): void {
    if (this.#next && this.#said) this.#run.owner.send(this.#said);
  }

  /** The call stays where it is, or has ended. */
  close(): void {
    this.#next?.phone?.close();
    this.#next = this.#said = undefined;
  }

  async #open(peer: number): Promise<void> {
    this.close();
    const next: Next = this.#next = { peer };
    const isCurrent = () => this.#next === next && this.#run.running;
    const config = await this.#run.askIce();
    if (!isCurrent()) return;
    const { line, own, call: { contact } } = this.#run;
    const opened = line.open(config, own.stream);
    next.phone = opened.phone;
    // A camera that is off can be turned on later, on either side.
    if (!own.video && line.phone?.hasVideo) {
      opened.peer.addTransceiver("video", { direction: "recvonly" });
    }
    opened.peer.addEventListener("connectionstatechange", () => {
      // Firefox calls ICE connected before DTLS is.
      if (opened.peer.connectionState !== "connected" || !isCurrent()) return;
      this.#say({ mt: "CallMove", cmd: "READY", peer, contact });
    });
    try {
      const sdp = await opened.phone.offer(false);
      if (!isCurrent()) return;
      this.#say({ mt: "CallMove", cmd: "PROPOSAL", peer, sdp, contact });
    } catch {
      // Without an offer the call stays.
    }
  }

  /** A repeated answer is ignored. */
  async #connect(sdp: string): Promise<void> {
    const next = this.#next;
    if (next?.phone === undefined || next.isAnswered) return;
    next.isAnswered = true;
    // If it cannot be applied, the service waits in vain, and the call stays.
    await next.phone.takeAnswer(sdp).catch(() => {});
  }

  #use(name: string): void {
    const { peer, phone } = this.#next ?? {};
    if (peer === undefined || phone === undefined) return;
    const { line, own } = this.#run;
    this.#next = this.#said = undefined;
    line.use(phone);
    this.#run.dispatch({ type: "moved", peer, name });
    // The devices may be others since the offer.
    for (const kind of ["audio", "video"] satisfies MediaKind[]) {
      this.#run.send(kind, own[kind]);
    }
  }

  #say(message: ClientMessage): void {
    this.#said = message;
    this.#run.owner.send(message);
  }
}
