import { DeskCallbacks } from "@/desk/desk_callbacks.ts";
import { DeskReplies } from "@/desk/desk_replies.ts";
import { SavedReplyClient } from "@/lib/protocol/admin/saved_replies.ts";
import { CallbackClient } from "@/lib/protocol/admin/callbacks.ts";
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import { Alerts } from "@/desk/alerts.ts";
import type { Desk } from "@/desk/desk.ts";
import { PushDevices } from "@/desk/push_devices.ts";
import { DeskUiContext } from "@/desk/view/desk_ui.ts";
import { Installer } from "@/desk/installer.ts";
import { en } from "@/lib/i18n/desk/en.ts";
import type { DeskWidget } from "@/lib/protocol/admin/desk_state.ts";
import { LimitProvider } from "@/lib/ui/limit.tsx";

/** A part of the desk as HTML, in English. */
export function drawn(
  desk: Desk,
  part: ComponentChildren,
  widgets: DeskWidget[] = [],
): string {
  const ui = {
    desk,
    alerts: new Alerts(desk, en),
    installer: new Installer(),
    push: new PushDevices(""),
    callbacks: new DeskCallbacks(new CallbackClient()),
    replies: new DeskReplies(new SavedReplyClient()),
    texts: en,
    lang: "en",
    now: signal(desk.now()),
    widgets: signal(widgets),
    isAdmin: false,
  };
  return renderToString(
    <DeskUiContext.Provider value={ui}>
      <LimitProvider tooLong={en.chat.tooLong}>{part}</LimitProvider>
    </DeskUiContext.Provider>,
  );
}

/** The names of the buttons in this HTML that can be pressed. */
export function buttonsIn(html: string): string[] {
  return [...html.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)]
    .filter(([, attributes = ""]) => !/ disabled\b/.test(attributes))
    .map(([, attributes = "", content = ""]) =>
      /aria-label="([^"]*)"/.exec(attributes)?.[1] ??
        content.replace(/<[^>]*>/g, "")
    );
}
