import * as v from "valibot";
import { ContactRecord } from "./contact_record.ts";

/** One line of a chat. The bridge numbers both sides' lines in one row. */
export const ChatEntry = v.strictObject({
  /** From 1, without gaps. */
  seq: v.number(),
  from: v.picklist(["visitor", "agent"]),
  /** The sender's own id; the same id of the same sender is the same entry. */
  id: v.string(),
  /** Plain text. */
  text: v.string(),
  /** Milliseconds since 1970. */
  time: v.number(),
});
export type ChatEntry = v.InferOutput<typeof ChatEntry>;

/** What is kept of a chat while it runs, beside its entries, so that it outlives
 * the process. Times in ms since 1970. */
export const RunningChat = v.strictObject({
  id: v.string(),
  /** Names the visitor's seat, and opens it for nobody: a hash of its token. */
  seat: v.string(),
  address: v.string(),
  visitor: v.object({
    name: v.string(),
    widget: v.object({ uuid: v.string(), name: v.string() }),
    page: v.exactOptional(v.object({
      url: v.string(),
      title: v.string(),
      referrer: v.string(),
    })),
    lang: v.string(),
    consent: v.exactOptional(v.string()),
  }),
  startedAt: v.number(),
  /** The page's own id of the chat. */
  contact: v.exactOptional(v.string()),
  /** Whether the agent has been notified. */
  alerted: v.boolean(),
  joinedAt: v.exactOptional(v.number()),
  /** What the agent who joined is called. */
  agent: v.exactOptional(v.string()),
  read: v.strictObject({ visitor: v.number(), agent: v.number() }),
  /** The chat is over, and a page may still miss its end. */
  ended: v.exactOptional(ContactRecord),
});
export type RunningChat = v.InferOutput<typeof RunningChat>;

/** A chat as it is kept. */
export interface KeptChat {
  chat: RunningChat;
  /** By `seq`, without gaps. */
  entries: ChatEntry[];
}

/** What is to be written of one chat. */
export type ChatChange =
  | {
    type: "kept";
    id: string;
    /** Absent if it has not changed. */
    chat?: RunningChat;
    /** New ones, in order. */
    entries: readonly ChatEntry[];
  }
  | { type: "gone"; id: string };
