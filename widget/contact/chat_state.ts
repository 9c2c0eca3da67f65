import type { QueuePlace } from "./queue.ts";

/**
 * One chat of the visitor, as its page knows it.
 *
 *               say              alerting            connected
 *   drafting ---------> opening ----------> notified ----------> joined
 *                          |                   |                   |
 *                          +---- terminated, leave, seat lost -----+--> over
 *
 * Messages stay `pending` while the service is disconnected, and are sent after
 * the reconnect. The message's id makes a repetition harmless.
 */
export interface PageChat {
  state: "drafting" | "opening" | "notified" | "joined" | "over";
  /** The agent whom the visitor wrote to. */
  agent: { id: string; name: string };
  /** Name of a second agent in the chat; "" if there is none. */
  guest: string;
  /** The name that the visitor entered. */
  visitor: string;
  /** The chat's own id, by which the service tells it from other chats. */
  contact: string;
  /** True once the service has received CreateChat. */
  created: boolean;
  /** True if the service has answered an earlier page of this tab. */
  before: boolean;
  lines: readonly TranscriptLine[];
  /** The last number that the service has given to an entry of either side. */
  seq: number;
  /** The last entries that the agent has read and the visitor has seen. */
  agentRead: number;
  seen: number;
  agentTyping: boolean;
  /** Name of the second agent, if that one was the last to type; otherwise
   * "". */
  typist: string;
  /** When the chat ends, if nobody writes until then, in ms since 1970; 0 if it
   * does not. */
  idleEndsAt: number;
  /** The visitor's place while the chat waits for an agent of a team. */
  queue: QueuePlace | undefined;
}

export type TranscriptLine = OwnLine | AgentLine | NoteLine;
/** A message of the visitor. Times are in ms since 1970. */
export interface OwnLine {
  type: "own";
  id: string;
  text: string;
  time: number;
  /** Absent until the service has numbered it. */
  seq?: number;
}
export interface AgentLine {
  type: "agent";
  /** Name of the agent who has written it; "" unless there are two. */
  name: string;
  seq: number;
  text: string;
  time: number;
}
/** An event between messages. */
export interface NoteLine {
  type: "note";
  note:
    | "notified"
    | "joined"
    | "left"
    | "chatEnded"
    | "chatUnanswered"
    | "closedIdle";
  name: string;
  time: number;
}
