import type {
  CallView,
  ChatView,
} from "@/lib/protocol/desk/service_messages.ts";
import { account, DeskRoom } from "../support/desk_room.ts";
import type { FakeDeskPage } from "../support/fake_desk_page.ts";
import { sampleAnswer, sampleOffer } from "../support/sdp.ts";
import type {
  AgentPortHarness,
  HarnessCall,
  HarnessChat,
} from "./agent_port_harness.ts";

export const OTTO = account("otto", { displayName: "Otto Lilienthal" });

/** A desk with an agent whose page is connected. */
export async function openDesk(): Promise<
  AgentPortHarness & { room: DeskRoom }
> {
  const room = await DeskRoom.open([OTTO]);
  const page = room.page().connect();
  return {
    room,
    port: room.bank,
    agent: { address: "otto", name: "Otto Lilienthal", email: "" },
    unknown: "nobody-there",
    setPresence: (presence) => page.say({ type: "choose", presence }),
    nextCall: () => nextCall(page),
    nextChat: () => nextChat(page),
    loseAgent() {
      page.end(1006);
      room.clock.advance(120_000);
    },
    [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
  };
}

async function nextCall(page: FakeDeskPage): Promise<HarnessCall> {
  const rung = await page.heard.until((m) =>
    m.type === "call" && m.call.state === "ringing"
  );
  const { call } = rung as { call: CallView };
  let taken = false;
  return {
    visitorName: call.visitor.name,
    video: call.media === "video",
    async answer() {
      page.say({ type: "call-take", call: call.id, n: page.n(call.id) });
      const sdp = sampleAnswer(call.media);
      await media(page, "PROPOSAL", 1);
      taken = true;
      const n = page.n(call.id);
      page.say({ type: "call-answer", call: call.id, n, sdp });
    },
    hangUp() {
      if (!taken) return page.say({ type: "call-decline", call: call.id });
      const n = page.n(call.id);
      page.say({ type: "call-hang-up", call: call.id, n });
    },
    offer: () => {
      const offer = { cmd: "PROPOSAL" as const, sdp: sampleOffer() };
      const n = page.n(call.id);
      page.say({ type: "call-media", call: call.id, n, media: offer });
    },
    gotAnswer: () => media(page, "SELECT", 1),
    async gotOffer() {
      await media(page, "PROPOSAL", 2);
      const answer = { cmd: "SELECT" as const, sdp: sampleAnswer() };
      const n = page.n(call.id);
      page.say({ type: "call-media", call: call.id, n, media: answer });
    },
    ended: () => ended(page, call.id),
  };
}

async function media(
  page: FakeDeskPage,
  cmd: string,
  count: number,
): Promise<void> {
  await page.heard.until(() =>
    page.all("call-media").filter(({ media }) => media.cmd === cmd).length >=
      count
  );
}

async function nextChat(page: FakeDeskPage): Promise<HarnessChat> {
  const rung = await page.heard.until((m) =>
    m.type === "chat" && m.chat.state === "ringing"
  );
  const { chat: { id, visitor } } = rung as { chat: ChatView };
  const texts = () =>
    page.all("chat-entries").flatMap(({ entries }) => entries)
      .filter(({ from }) => from === "visitor").map(({ text }) => text);
  return {
    visitorName: visitor.name,
    join: () => page.say({ type: "chat-join", chat: id }),
    say: (message, text) =>
      page.say({ type: "chat-message", chat: id, id: message, text }),
    setTyping: (typing) => page.say({ type: "chat-typing", chat: id, typing }),
    leave: () => page.say({ type: "chat-leave", chat: id }),
    async visitorTexts(count) {
      await page.heard.until(() => texts().length >= count);
      return texts();
    },
    async sawTyping() {
      await page.heard.until((m) => m.type === "chat-typing" && m.typing);
    },
    ended: () => ended(page, id),
  };
}

async function ended(page: FakeDeskPage, contact: string): Promise<void> {
  await page.heard.until((m) => {
    const view = m.type === "call" ? m.call : m.type === "chat" ? m.chat : null;
    return view?.id === contact && view.state === "ended";
  });
}
