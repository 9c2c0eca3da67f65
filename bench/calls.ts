import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { sampleAnswer, sampleOffer } from "../tests/support/sdp.ts";
import { type Bench, compare, inTurn, medians } from "./bench.ts";
import { nowMs } from "./clock.ts";
import type { Contender } from "./contender.ts";
import { DeskAgent } from "../tests/support/desk_agent.ts";
import { addressOf } from "./crowd.ts";
import type { Scene } from "./product.ts";

const CALLS = 100;

interface Call {
  /** Times at which the offer was sent, the agent rang, the answer was sent,
   * and the visitor received it. */
  times: Promise<[number, number, number, number]>;
  /** Hangs up, so that the agent is free for the next call. */
  end(): Promise<void>;
}

export const calls: Bench = {
  name: "calls",
  title: "(f) What the service adds to setting up a call, in ms (median)",
  async run(lab) {
    const figures = await inTurn(lab, async (contender) => {
      const isProduct = !contender.name.startsWith("bare");
      const runs: number[][] = [];
      for (let n = 0; n < CALLS; n++) {
        const call = isProduct
          ? await callTheDesk(contender, lab.scene, n)
          : await callBare(contender);
        const [left, rang, answered, heard] = await call.times;
        runs.push([rang - left, heard - answered, heard - left]);
        await call.end();
      }
      return medians(runs);
    });
    return compare(
      ["offer to ringing", "answer to visitor", "whole set-up"],
      figures,
    );
  },
};

/** Opens a visitor who has started; `heard` receives every message after the
 * answer. */
async function openVisitor(
  { visitors, start, script }: Contender,
  heard: (text: string) => void,
  n = 0,
): Promise<RawWebSocket> {
  const { promise: started, resolve } = Promise.withResolvers<void>();
  let left = script.start.length;
  const socket = await RawWebSocket.connect(visitors, {
    headers: { "x-forwarded-for": addressOf(n * 100) },
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      if (left === 0) heard(new TextDecoder().decode(payload));
      else if (--left === 0) resolve();
    },
  });
  await socket.send(start);
  await started;
  return socket;
}

async function callTheDesk(
  contender: Contender,
  { agents }: Scene,
  n: number,
): Promise<Call> {
  const { promise: times, resolve } = Promise.withResolvers<
    [number, number, number, number]
  >();
  const over = Promise.withResolvers<void>();
  let [left, rang, answered] = [0, 0, 0];
  const callee = agents[1] ?? { address: "", cookie: "" };
  const { url } = contender.process;
  const agent = await DeskAgent.connect(url, callee.cookie, (message, page) => {
    if (message.type === "call" && message.call.state === "ringing") {
      rang = nowMs();
      page.say({ type: "ringing", contact: message.call.id });
      page.say({ type: "call-take", call: message.call.id, n: 1 });
    }
    if (message.type === "call-media") {
      answered = nowMs();
      const { call } = message;
      page.say({ type: "call-answer", call, n: 2, sdp: sampleAnswer() });
    }
  });
  const visitor = await openVisitor(contender, (text) => {
    if (text.includes('"connected"')) resolve([left, rang, answered, nowMs()]);
    if (text.includes('"terminated"')) over.resolve();
  }, n);
  left = nowMs();
  const dest = callee.address;
  await visitor.send(JSON.stringify({ mt: "CreateCall", dest, dn: "Ada" }));
  await visitor.send(offer());
  return {
    times,
    async end() {
      await visitor.send(JSON.stringify({ mt: "ClearCall" }));
      await over.promise;
      visitor.drop();
      agent[Symbol.dispose]();
    },
  };
}

async function callBare(contender: Contender): Promise<Call> {
  const { promise: times, resolve } = Promise.withResolvers<
    [number, number, number, number]
  >();
  let [left, rang, answered] = [0, 0, 0];
  const agent = await RawWebSocket.connect(`${contender.process.url}/`, {
    onFrame(_opcode, payload) {
      if (!new TextDecoder().decode(payload).includes("PROPOSAL")) return;
      rang = answered = nowMs();
      agent.send(JSON.stringify({ mt: "Answer", sdp: sampleAnswer() }));
    },
  });
  await agent.send("agent:a");
  const { promise: connected, resolve: open } = Promise.withResolvers<void>();
  const visitor = await openVisitor(contender, (text) => {
    if (text.includes('"connected"')) open();
    if (text.includes('"Answer"')) resolve([left, rang, answered, nowMs()]);
  });
  await visitor.send("visitor:a");
  await connected;
  left = nowMs();
  await visitor.send(offer());
  return {
    times,
    end() {
      visitor.drop();
      agent.drop();
      return Promise.resolve();
    },
  };
}

function offer(): string {
  return JSON.stringify({
    mt: "Channels",
    cmd: "PROPOSAL",
    sdp: sampleOffer(),
  });
}
