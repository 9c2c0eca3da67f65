import { CAUSE } from "@/lib/base/causes.ts";
import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import {
  FakeAgents,
  type FakeCall,
  type FakeChat,
} from "../support/fake_agents.ts";
import { sampleAnswer, sampleOffer } from "../support/sdp.ts";
import type {
  AgentPortHarness,
  HarnessCall,
  HarnessChat,
} from "./agent_port_harness.ts";

const AGENT = { address: "atlantis", name: "Atlantis", email: "a@example.com" };

/** @param seenAs What the suite gets in the fake's place. */
export function openFake(
  seenAs: (port: FakeAgents) => AgentPort & AgentFinder = (port) => port,
): AgentPortHarness {
  const port = new FakeAgents(AGENT);
  return {
    port: seenAs(port),
    agent: AGENT,
    unknown: "nobody",
    setPresence: (presence) => port.setPresence(AGENT.address, presence),
    nextCall: async () => phone(await port.calls.until(() => true)),
    nextChat: async () => client(await port.chats.until(() => true)),
    loseAgent: () => port.lose(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The phone rings immediately and answers offers later. */
function phone(fake: FakeCall): HarnessCall {
  fake.emit({ type: "alerting" });
  let connected = false;
  const answer = sampleAnswer(fake.call.media);
  const got = async (cmd: "PROPOSAL" | "SELECT") => {
    await fake.commands.until((command) =>
      command.type === "channels" && command.channels.cmd === cmd
    );
  };
  return {
    visitorName: fake.call.visitor.name,
    video: /^m=video/m.test(fake.call.sdp),
    answer() {
      connected = true;
      fake.emit({ type: "connected", sdp: answer });
    },
    hangUp: () => fake.end(connected ? CAUSE.normal : CAUSE.rejected),
    offer() {
      const sdp = sampleOffer(fake.call.media);
      fake.emit({ type: "channels", channels: { cmd: "PROPOSAL", sdp } });
    },
    gotAnswer: () => got("SELECT"),
    async gotOffer() {
      await got("PROPOSAL");
      fake.emit({ type: "channels", channels: { cmd: "SELECT", sdp: answer } });
    },
    ended: async () => {
      await fake.commands.until((command) => command.type === "hang-up");
    },
  };
}

function client(fake: FakeChat): HarnessChat {
  fake.emit({ type: "alerting" });
  return {
    visitorName: fake.chat.visitor.name,
    join: () => fake.emit({ type: "joined" }),
    say: (id, text) => fake.emit({ type: "message", id, text }),
    setTyping: (typing) => fake.emit({ type: "typing", typing }),
    leave: () => fake.end(CAUSE.normal),
    async visitorTexts(count) {
      await fake.commands.until(() => fake.visitorTexts.length >= count);
      return fake.visitorTexts;
    },
    sawTyping: async () => {
      await fake.commands.until((command) => command.type === "typing");
    },
    ended: async () => {
      await fake.commands.until((command) => command.type === "close");
    },
  };
}
