import type { ComponentChild } from "preact";
import type { ContactMedia } from "@/lib/model/media.ts";
import type {
  Info,
  SessionInfo,
} from "@/lib/protocol/visitor/session_messages.ts";
import type { Translate } from "../translate.ts";

/** All values for one rendering of the widget; created again for each. */
export interface Model {
  session: SessionInfo;
  cards: readonly Info[];
  /** Number of cards to render now; long lists grow by a few per frame. */
  drawn: number;
  picture(card: Info): string;
  text: Translate;
  /** Shown while no agent is available: when one is back, if that is known. */
  nobody: string;
  /** True if the panel is visible: an expanded sidebar, or a running contact. */
  open: boolean;
  /** The panel, or the launcher while it is closed, once their code has loaded. */
  panel: ComponentChild;
  /** The current help text, or "". */
  help: string;
  /** The reason why a click has no effect, or "". */
  notice: string;
  /** True while a call or chat is running. */
  running: boolean;
  act: Actions;
}

export interface Actions {
  expand(): void;
  collapse(): void;
  hushHelp(): void;
  /** An agent without id is nobody in particular. */
  contact(kind: ContactMedia, agent: Pick<Info, "id" | "dn">): void;
}

/** True if the agent is online; other agents can't be called or written to. */
export function isAvailable(card: Info): boolean {
  return card.presence === "online";
}

export function nameOf(card: Info): string {
  return card.dn || card.id;
}
