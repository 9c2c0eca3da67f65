import type { AgentFinder, AgentPort } from "@/lib/contact/ports.ts";
import type { Presence } from "@/lib/model/presence.ts";

/**
 * One bank of agents with one agent in it whom the suite can play. Each test
 * opens its own. The agent's actions go through the bank's real wire.
 */
export interface AgentPortHarness extends AsyncDisposable {
  port: AgentPort & AgentFinder;
  /** Online at first; the bank finds it in a search. */
  agent: { address: string; name: string; email: string };
  /** An address that the bank does not know. */
  unknown: string;
  /** The agent sets its presence; need not wait until the bank knows. */
  setPresence(presence: Presence): void | Promise<void>;
  /** The next call that rings at the agent, rung already or to come. */
  nextCall(): Promise<HarnessCall>;
  /** The next chat for the agent. */
  nextChat(): Promise<HarnessChat>;
  /** The agent's wire is cut, and it does not come back: link, browser. For
   * what ends only after a time, the harness lets that time pass. */
  loseAgent(): void | Promise<void>;
}

export type OpenHarness = () => Promise<AgentPortHarness>;

/** A call as the agent's phone shows it. */
export interface HarnessCall {
  visitorName: string;
  /** True if the phone was offered video. */
  video: boolean;
  /** Picks up, with an SDP answer that has audio (and video if offered). */
  answer(): void | Promise<void>;
  /** Declines while it rings, hangs up when answered. */
  hangUp(): void | Promise<void>;
  /** Sends a new offer; must not be used while another is open. */
  offer(): void | Promise<void>;
  /** Resolves when the phone got the visitor's answer to `offer`. */
  gotAnswer(): Promise<void>;
  /** Resolves when the phone received another offer, which it answers
   * automatically. */
  gotOffer(): Promise<void>;
  /** Resolves when the phone shows that the call has ended. */
  ended(): Promise<void>;
}

/** A chat as the agent's client shows it. */
export interface HarnessChat {
  visitorName: string;
  join(): void | Promise<void>;
  /** The agent writes. A wire without ids leaves `id` out. */
  say(id: string, text: string): void | Promise<void>;
  setTyping(typing: boolean): void | Promise<void>;
  leave(): void | Promise<void>;
  /** Resolves when the client shows that many of the visitor's texts; all of
   * them, in the order in which they are shown. */
  visitorTexts(count: number): Promise<string[]>;
  /** Resolves when the client shows that the visitor is typing. */
  sawTyping(): Promise<void>;
  ended(): Promise<void>;
}
