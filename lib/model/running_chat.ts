import * as v from "valibot";
import { ContactRecord } from "./contact_record.ts";
import { AgentLeg, Guest, Handover } from "./handover.ts";
import { Route } from "./route.ts";

// Both schemas are lenient: during an upgrade, two versions of the program use
// one store, and the newer one may store more.

/** An entry of a chat. The bridge numbers the entries of both sides in one
 * sequence. */
export const ChatEntry = v.object({
  /** From 1, without gaps. */
  seq: v.number(),
  from: v.picklist(["visitor", "agent"]),
  /** The sender's own id; a repeated id of the same sender means the same
   * entry. */
  id: v.string(),
  /** Plain text. */
  text: v.string(),
  /** Milliseconds since 1970. */
  time: v.number(),
  /** The agent's leg that wrote it; absent for the first one. */
  leg: v.exactOptional(v.string()),
  /** Name of the agent, if it was the second one of the chat. */
  name: v.exactOptional(v.string()),
});
export type ChatEntry = v.InferOutput<typeof ChatEntry>;

const Description = v.variant("cmd", [
  v.object({ cmd: v.literal("PROPOSAL"), sdp: v.string() }),
  v.object({ cmd: v.literal("SELECT"), sdp: v.string() }),
]);

/** The further data of a connected call. Its media flow from browser to browser,
 * so they survive the process, too. */
export const RunningCall = v.object({
  media: v.picklist(["voice", "video"]),
  /** True if the visitor may send video. */
  video: v.boolean(),
  /** The answer that the visitor received. */
  answer: v.string(),
  held: v.boolean(),
  /** A later offer without an answer, and its sender. */
  open: v.exactOptional(v.object({
    from: v.picklist(["visitor", "agent"]),
    offer: v.string(),
  })),
  /** The agent's page that has the call, and the number of its messages that
   * arrived. */
  page: v.string(),
  heard: v.number(),
  /** The visitor's last offer or answer, if the agent may lack it. */
  said: v.exactOptional(Description),
  /** Number of the visitor's peer connection; absent for the first one. */
  peer: v.exactOptional(v.number()),
});
export type RunningCall = v.InferOutput<typeof RunningCall>;

/** The stored data of a running chat, besides its entries, with which it
 * survives the process; or of a connected call, which is kept in the same way
 * and has no entries. Times in ms since 1970. */
export const RunningChat = v.object({
  id: v.string(),
  /** Identifies the visitor's seat without granting access to it: a hash of its
   * token. */
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
  /** How long nobody writes before the warning, and before the end. Absent if
   * the chat does not end for that. */
  idle: v.exactOptional(v.object({ warnMs: v.number(), endMs: v.number() })),
  /** True once the agent has been notified. */
  alerted: v.boolean(),
  joinedAt: v.exactOptional(v.number()),
  /** Time of the last activity, at the latest change of this value; the time of
   * the last entry may be later. */
  activeAt: v.exactOptional(v.number()),
  /** Set once both sides were warned that an idle chat ends at this time. */
  endsAt: v.exactOptional(v.number()),
  /** Name of the agent who joined. */
  agent: v.exactOptional(v.string()),
  /** The agent who has it, if it is not the called one. */
  by: v.exactOptional(AgentLeg),
  /** When it came into the queue of a team; absent if it is in none. */
  queuedSince: v.exactOptional(v.number()),
  /** The way to an agent, until one has joined, if the address is a team. */
  route: v.exactOptional(Route),
  read: v.object({ visitor: v.number(), agent: v.number() }),
  /** How often it was offered to another agent. */
  offers: v.exactOptional(v.number()),
  /** The handovers so far, in order. */
  handovers: v.exactOptional(v.array(Handover)),
  /** The second agent, whom the first one has invited. */
  guest: v.exactOptional(Guest),
  /** Legs that don't have the chat and have not ended: one that is asked to
   * take it, or of an agent who has handed it over. */
  otherLegs: v.exactOptional(v.array(AgentLeg)),
  /** Absent for a chat. */
  call: v.exactOptional(RunningCall),
  /** Set when the chat has ended but a page may not know it yet. */
  ended: v.exactOptional(ContactRecord),
});
export type RunningChat = v.InferOutput<typeof RunningChat>;

/** A stored chat, or call. */
export interface KeptChat {
  chat: RunningChat;
  /** In order of `seq`, without gaps. */
  entries: ChatEntry[];
}

/** A change of one chat that has to be stored. */
export type ChatChange =
  | {
    type: "kept";
    id: string;
    /** Absent if it has not changed. */
    chat?: RunningChat;
    /** New entries, in order. */
    entries: readonly ChatEntry[];
  }
  /** Nothing more is written here: any instance may claim the chat. */
  | { type: "parked"; id: string }
  | { type: "gone"; id: string };
