import { equal, ok } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import { TestBridge } from "@/tests/support/bridge.ts";
import { type Chance, property } from "@/tests/support/chance.ts";
import type { FakeCall } from "@/tests/support/fake_agents.ts";
import { sampleAnswer, sampleOffer } from "@/tests/support/sdp.ts";

const TO_BOB = {
  ...{ type: "offer-call", to: "bob", name: "Otto", note: "VIP" } as const,
};
const SELECT = {
  type: "channels",
  channels: { cmd: "SELECT", sdp: sampleAnswer() },
} as const;

Deno.test("[CALL23] over any order of offers, answers, silence, crashes and ends, exactly one agent has a running call", () => {
  let moved = 0;
  property(1_000, (luck) => {
    const bridge = new TestBridge();
    for (const address of ["bob", "carol"]) {
      bridge.agents.add({ address, name: address, email: "" });
    }
    const page = new FakeMovingPage(bridge);
    const answers = new Set<FakeCall>();
    let holder = bridge.connect();
    for (let n = 0; n < 60; n++) {
      act({ bridge, page, holder, answers }, luck);
      page.hear();
      holder = page.holder ?? holder;
      const open = bridge.calls.filter(({ over }) => !over);
      const isOver = bridge.records.length > 0;
      equal(open.includes(holder), !isOver);
      equal(open.length <= (isOver ? 0 : 2), true);
      if (isOver) break;
    }
    for (const call of bridge.calls) {
      const ends = call.commands.all.filter(({ type }) => type === "hang-up");
      equal(ends.length <= 1, true);
    }
    equal(bridge.records.length <= 1, true);
    if (page.holder) moved++;
  });
  ok(moved > 200 || moved > 0 && Deno.env.has("CW_SEED"), `${moved} moved`);
});

/** A page that follows the service, and may lose messages. */
class FakeMovingPage {
  readonly #bridge: TestBridge;
  /** Number of the connection that it is asked to open. */
  asked = 0;
  holder: FakeCall | undefined;

  constructor(bridge: TestBridge) {
    this.#bridge = bridge;
  }

  hear(): void {
    for (const message of this.#bridge.look()) {
      if (message.mt !== "CallMove") continue;
      const { cmd, peer } = message;
      if (cmd === "REQUEST") this.asked = peer;
      if (cmd !== "DONE") continue;
      this.holder = this.#bridge.calls.find(({ call }) =>
        call.id.endsWith(`.${peer}h`)
      );
    }
  }
}

/** Something happens to a call. */
function act(
  { bridge, page, holder, answers }: {
    bridge: TestBridge;
    page: FakeMovingPage;
    holder: FakeCall;
    answers: Set<FakeCall>;
  },
  luck: Chance,
): void {
  const asked = bridge.calls.find((one) => !one.over && one !== holder);
  const peer = luck.below(8) === 0 ? luck.below(4) : page.asked;
  switch (luck.below(12)) {
    case 0:
    case 1: {
      const to = luck.pick(["bob", "carol", "atlantis", "nobody"]);
      return holder.emit({ ...TO_BOB, to });
    }
    case 2:
    case 3:
      return bridge.page.move({ cmd: "PROPOSAL", peer, sdp: sampleOffer() });
    case 4: {
      if (asked === undefined || answers.has(asked)) return;
      answers.add(asked);
      return asked.emit({ type: "connected", name: asked.call.address });
    }
    case 5:
    case 6:
      return asked?.emit(SELECT);
    case 7:
    case 8:
      return bridge.page.move({ cmd: "READY", peer });
    case 9:
      return bridge.clock.advance(
        luck.below(luck.below(4) > 0 ? 2_000 : 35_000),
      );
    case 10:
      if (luck.below(3) > 0) return;
      return luck.below(2) > 0
        ? asked?.end(luck.pick([CAUSE.rejected, CAUSE.temporaryFailure]))
        : holder.emit({ type: "keep-call" });
    default:
      if (luck.below(6) > 0) return bridge.page.back(0);
      return luck.below(2) > 0
        ? holder.end(CAUSE.temporaryFailure)
        : bridge.page.clearCall();
  }
}
