import type { CallEvent, ChatEvent } from "@/lib/contact/ports.ts";
import type { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import type { PresenceCache } from "@/lib/pbx/presence/pbx_presence.ts";
import { FakeClock } from "../fake_clock.ts";
import { Heard } from "../heard.ts";
import { sampleOffer } from "../sdp.ts";
import type { SimulatedUser } from "./directory.ts";
import { newBank } from "./service.ts";
import { SimulatedPbx, type SimulatedPbxOptions } from "./simulated_pbx.ts";
import { memoryWire } from "./wire.ts";

/** A bank, a fake clock, and PBXs in the same process. */
export class InMemory implements Disposable {
  readonly clock = new FakeClock();
  readonly bank: PbxBank;

  constructor(
    options: {
      cache?: PresenceCache;
      password?: string;
      cliOverride?: boolean;
    } = {},
  ) {
    this.bank = newBank(this.clock, options);
  }

  /** Creates a PBX that is not connected yet. */
  pbx(
    options: Partial<SimulatedPbxOptions> = {},
    address = "192.0.2.10",
  ): SimulatedPbx {
    const peer = { address, origin: null };
    return new SimulatedPbx(
      memoryWire((socket, peer) => this.bank.accept(socket, peer), peer),
      options,
    );
  }

  async linked(
    options: Partial<SimulatedPbxOptions> = {},
  ): Promise<SimulatedPbx> {
    const pbx = this.pbx(options);
    await pbx.connect();
    await turns();
    return pbx;
  }

  dial(
    address: string,
    media: "voice" | "video" = "video",
    sdp = sampleOffer(media),
  ) {
    const heard = new Heard<CallEvent>();
    const leg = this.bank.dial({
      id: crypto.randomUUID(),
      address,
      visitor: ADA,
      media,
      sdp,
    }, heard.tell);
    return { leg, heard };
  }

  chat(address: string) {
    const heard = new Heard<ChatEvent>();
    const leg = this.bank.openChat({
      id: crypto.randomUUID(),
      address,
      visitor: ADA,
      log: { since: () => [] },
    }, heard.tell);
    return { leg, heard };
  }

  [Symbol.dispose](): void {
    this.bank[Symbol.dispose]();
  }
}

const ADA = {
  name: "Ada",
  widget: { uuid: "fadc5da4cae94bfc9434d9957ea08ccb", name: "Cards" },
  lang: "en",
};

/** Lets all pending microtasks run. */
export async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

export function user(sip: string, name = sip, num = ""): SimulatedUser {
  return { sip, name, num, email: `${sip}@example.com` };
}

export function users(count: number): SimulatedUser[] {
  return Array.from({ length: count }, (_, n) => {
    const digits = String(n).padStart(4, "0");
    return user(`user${digits}`, `User ${digits}`, `9${digits}`);
  });
}
