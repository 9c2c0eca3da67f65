import type { ComponentChild } from "preact";
import type { ContactMedia } from "@/lib/model/media.ts";
import type { Info } from "@/lib/protocol/visitor/session_messages.ts";
import type { Translate } from "../translate.ts";

/** A visitor's place in the queue of a team whose agents are all busy. */
export interface QueuePlace {
  /** From 1. */
  position: number;
  /** The estimated wait; absent if there is no estimate. */
  minutes?: number;
}

/** A call or chat in a queue, and what its visitor can do instead of waiting. */
export interface Waiting {
  place: QueuePlace;
  kind: ContactMedia;
  /** The card of the team. */
  agent: string;
  /** Absent for a call, which has its own button to hang up. */
  leave?(): void;
  /** Leaves a message for the team. */
  message(): void;
  /** Contacts another agent. */
  contact(card: Info): void;
}

/** A text that screen readers announce, and what the visitor can do about
 * it. */
export interface ChatNotice {
  text: string;
  choices: ComponentChild;
}

/** The visitor's place in words. */
export function placeText({ position }: QueuePlace, text: Translate): string {
  return position > 1
    ? text("queued", { position: String(position) })
    : text("queuedNext");
}
