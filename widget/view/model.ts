import type { ComponentChild } from "preact";
import type { Info, Session } from "@/lib/protocol/visitor/session_messages.ts";
import type { ContactKind } from "../contacts_port.ts";
import type { Translate } from "../translate.ts";

/** All that one drawing of the widget needs; made anew for each. */
export interface Model {
  session: Session;
  cards: readonly Info[];
  /** How many of them are drawn by now: many cards come a few a frame. */
  drawn: number;
  picture(card: Info): string;
  text: Translate;
  /** The panel is to be seen: an expanded sidebar, or a running contact. */
  open: boolean;
  /** It, as soon as it is loaded. */
  panel: ComponentChild;
  /** The help text whose turn it is, or "". */
  help: string;
  /** Why nothing happens after a click, or "". */
  notice: string;
  /** A call or chat runs. */
  running: boolean;
  unread: number;
  act: Actions;
}

export interface Actions {
  expand(): void;
  collapse(): void;
  hushHelp(): void;
  contact(kind: ContactKind, agent: Info): void;
}

/** Only who is online can be called or written to. */
export function isAvailable(card: Info): boolean {
  return card.presence === "online";
}

export function nameOf(card: Info): string {
  return card.dn || card.id;
}
