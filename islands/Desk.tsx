import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Alerts } from "@/desk/alerts.ts";
import { browserDeps } from "@/desk/browser_deps.ts";
import { Desk as DeskModel } from "@/desk/desk.ts";
import { DeskCallbacks } from "@/desk/desk_callbacks.ts";
import { DeskReplies } from "@/desk/desk_replies.ts";
import { HiddenRings, sharedStorage } from "@/desk/hidden_rings.ts";
import { Installer } from "@/desk/installer.ts";
import { PushDevices } from "@/desk/push_devices.ts";
import { runDesk } from "@/desk/run_desk.ts";
import { switchOn } from "@/desk/switched_on.ts";
import { DeskUiContext } from "@/desk/view/desk_ui.ts";
import { DeskView } from "@/desk/view/desk_view.tsx";
import type { AdminLanguage } from "@/lib/i18n/admin/languages.ts";
import { LimitProvider } from "@/lib/ui/limit.tsx";
import { DESK_LANGUAGES } from "@/lib/i18n/desk/languages.ts";
import { CallbackClient } from "@/lib/protocol/admin/callbacks.ts";
import { SavedReplyClient } from "@/lib/protocol/admin/saved_replies.ts";
import type { DeskWidget } from "@/lib/protocol/admin/desk_state.ts";
import { withOwnIds } from "@/lib/ui/own_id.tsx";

export interface DeskProps {
  lang: AdminLanguage;
  /** Id of the agent's account. */
  account: string;
  /** The widgets through which visitors reach this agent. */
  widgets: DeskWidget[];
  /** True if the agent can change widgets. */
  isAdmin: boolean;
}

/** The agent's desk; all its data comes over the desk's protocol. */
function Desk({ lang, account, widgets: first, isAdmin }: DeskProps) {
  const texts = DESK_LANGUAGES[lang];
  const now = useSignal(0);
  const widgets = useSignal<readonly DeskWidget[]>(first);
  const ui = useMemo(() => {
    const desk: DeskModel = new DeskModel(
      browserDeps((chat, text) => alerts.message(chat, text)),
      "online",
    );
    const alerts = new Alerts(desk, texts);
    const installer = new Installer();
    const push = new PushDevices(account);
    const callbacks = new DeskCallbacks(
      new CallbackClient(),
      new HiddenRings(sharedStorage),
    );
    const replies = new DeskReplies(new SavedReplyClient());
    return {
      ...{ desk, alerts, installer, push, callbacks, replies },
      ...{ texts, lang, now, widgets, isAdmin },
    };
  }, []);
  useEffect(() => runDesk(ui), []);
  useEffect(() => switchOn(account), []);
  return (
    <DeskUiContext.Provider value={ui}>
      <LimitProvider tooLong={texts.chat.tooLong}>
        <DeskView />
      </LimitProvider>
    </DeskUiContext.Provider>
  );
}

export default withOwnIds("desk", Desk);
