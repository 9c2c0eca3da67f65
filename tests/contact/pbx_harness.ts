import type { Presence } from "@/lib/model/presence.ts";
import type {
  AgentPortHarness,
  HarnessCall,
} from "@/tests/contact/agent_port_harness.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { Heard } from "@/tests/support/heard.ts";
import type { PhoneCall } from "@/tests/support/simulated_pbx/phone_call.ts";
import { serveBank } from "@/tests/support/simulated_pbx/service.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "@/tests/support/simulated_pbx/wire.ts";

const agent = {
  address: "atlantis",
  name: "Käthe Atlantis",
  email: "atlantis@example.com",
};
const ACTIVITIES: Record<Presence, string> = {
  online: "",
  away: "away",
  busy: "busy",
  dnd: "dnd",
  offline: "",
};

/** A bank with a simulated PBX, which has one user. */
export async function openPbx(): Promise<AgentPortHarness> {
  const clock = new FakeClock();
  const served = serveBank(clock);
  const { bank } = served;
  const pbx = new SimulatedPbx(webSocketWire(served.url), {
    users: [{ sip: agent.address, num: "201", ...agent }],
  });
  await pbx.connect();
  // The bank knows an address as soon as it is watched.
  const heard = new Heard<Presence>();
  const watch = bank.watch(agent.address, heard.tell);
  await heard.until((presence) => presence === "online");
  return {
    port: bank,
    agent,
    unknown: "nobody.at.all",
    setPresence: (presence) =>
      pbx.setPresence(agent.address, {
        status: presence === "offline" ? "closed" : "open",
        activity: ACTIVITIES[presence],
      }),
    nextCall: async () => phoneOf(await pbx.calls.next()),
    nextChat: async () => {
      const chat = await pbx.chats.next();
      return {
        visitorName: chat.visitorName,
        join: () => chat.join(),
        say: (_id, text) => chat.say(text),
        setTyping: (typing) => chat.setTyping(typing),
        leave: () => chat.leave(),
        visitorTexts: (count) => chat.visitorTexts(count),
        sawTyping: () => chat.sawTyping(),
        ended: () => chat.ended(),
      };
    },
    async loseAgent() {
      pbx.cut();
      await served.closed.next();
      clock.advance(1_000);
    },
    async [Symbol.asyncDispose]() {
      watch[Symbol.dispose]();
      await served[Symbol.asyncDispose]();
    },
  };
}

function phoneOf(call: PhoneCall): HarnessCall {
  return {
    visitorName: call.visitorName,
    video: call.video,
    answer: () => call.answer(),
    hangUp: () => call.hangUp(),
    offer: () => call.offer(),
    gotAnswer: () => call.gotAnswer(),
    gotOffer: () => call.gotOffer(),
    ended: () => call.ended(),
  };
}
