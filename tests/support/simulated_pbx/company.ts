import type { ClientChat } from "./client_chat.ts";
import type { PhoneCall } from "./phone_call.ts";
import type { SimulatedPbx, SimulatedPbxOptions } from "./simulated_pbx.ts";

/** Behaviour of a phone that is called. */
type Habit =
  /** Picks up after a while and sends all media back. */
  | { type: "answers"; afterMs: number }
  /** Picks up, holds for a time, and is back. */
  | { type: "holds"; afterMs: number; heldMs: number }
  | { type: "declines"; afterMs: number }
  | { type: "rings" };

const HABITS: Record<string, Habit> = {
  atlantis: { type: "answers", afterMs: 1_500 },
  columbia: { type: "holds", afterMs: 1_500, heldMs: 4_000 },
  discovery: { type: "declines", afterMs: 2_000 },
  endeavour: { type: "rings" },
  "service.desk": { type: "answers", afterMs: 3_000 },
};

/** A small company, for the demo and the manually started PBX. */
export const COMPANY = {
  users: ["Atlantis", "Columbia", "Discovery", "Endeavour"].map((name, n) => ({
    sip: name.toLowerCase(),
    num: String(201 + n),
    name,
    email: `${name.toLowerCase()}@example.com`,
  })),
  queues: [{ sip: "service.desk", name: "Service desk" }],
  booleans: [{ name: "office-hours", on: true }],
  groups: [{ name: "sales", members: [{ sip: "atlantis", active: true }] }],
} satisfies Partial<SimulatedPbxOptions>;

/** Makes phones and chat clients act automatically from now on. */
export function enliven(pbx: SimulatedPbx): void {
  pbx.onCall = (call, sip) => act(call, HABITS[sip] ?? { type: "rings" });
  pbx.onChat = (chat, sip) => converse(chat, sip);
  pbx.setPresence("endeavour", { status: "open", activity: "away" });
}

function act(call: PhoneCall, habit: Habit): void {
  switch (habit.type) {
    case "rings":
      return;
    case "declines":
      return later(habit.afterMs, () => call.hangUp(21));
    case "answers":
      return later(habit.afterMs, () => void call.answer());
    case "holds":
      later(habit.afterMs, async () => {
        await call.answer();
        later(habit.heldMs, () => call.isOver || call.hold());
        later(habit.heldMs * 2, () => call.isOver || call.retrieve());
      });
  }
}

function converse(chat: ClientChat, sip: string): void {
  let isJoined = false;
  chat.onText = (text) => {
    later(600, () => {
      if (chat.isOver) return;
      if (!isJoined) chat.join();
      isJoined = true;
      chat.setTyping(true);
      later(1_400, () => {
        if (!chat.isOver) chat.say(`You wrote to ${sip}: “${text}”`);
      });
    });
  };
}

function later(ms: number, run: () => unknown): void {
  setTimeout(run, ms);
}
