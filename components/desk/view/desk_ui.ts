import type { Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import type { DeskWidget } from "@/lib/protocol/admin/desk_state.ts";
import type { Alerts } from "../alerts.ts";
import type { Desk } from "../desk.ts";

/** What every part of the desk needs. */
export interface DeskUi {
  desk: Desk;
  alerts: Alerts;
  texts: DeskTexts;
  lang: string;
  /** The service's time, once a second. */
  now: Signal<number>;
  /** The widgets through which visitors reach this agent. */
  widgets: Signal<readonly DeskWidget[]>;
  /** Whether the agent can change widgets. */
  isAdmin: boolean;
}

export const DeskUiContext = createContext<DeskUi | null>(null);

export function useDesk(): DeskUi {
  const ui = useContext(DeskUiContext);
  if (ui === null) throw new Error("Cannot show a part without the desk");
  return ui;
}
