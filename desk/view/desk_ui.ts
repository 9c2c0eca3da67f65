import type { Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { DeskTexts } from "@/lib/i18n/desk/texts.ts";
import type { DeskWidget } from "@/lib/protocol/admin/desk_state.ts";
import type { Alerts } from "../alerts.ts";
import type { Desk } from "../desk.ts";
import type { DeskCallbacks } from "../desk_callbacks.ts";
import type { DeskReplies } from "../desk_replies.ts";
import type { Installer } from "../installer.ts";
import type { PushDevices } from "../push_devices.ts";

/** The shared values for all parts of the desk. */
export interface DeskUi {
  desk: Desk;
  alerts: Alerts;
  installer: Installer;
  push: PushDevices;
  callbacks: DeskCallbacks;
  replies: DeskReplies;
  texts: DeskTexts;
  lang: string;
  /** The service's time, updated each second. */
  now: Signal<number>;
  /** The widgets through which visitors reach this agent. */
  widgets: Signal<readonly DeskWidget[]>;
  /** True if the agent can change widgets. */
  isAdmin: boolean;
}

export const DeskUiContext = createContext<DeskUi | null>(null);

export function useDesk(): DeskUi {
  const ui = useContext(DeskUiContext);
  if (ui === null) throw new Error("Cannot show a part without the desk");
  return ui;
}
