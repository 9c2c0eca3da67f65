import { useEffect } from "preact/hooks";
import { ignoreStrayPresses } from "@/lib/base/stray_presses.ts";
import { keepFocus } from "@/lib/ui/kept_focus.ts";
import { Spinner } from "@/lib/ui/spinner.tsx";
import { onRinging } from "../desk.ts";
import { find } from "../desk_state.ts";
import { CallBar, CallSound } from "./call_bar.tsx";
import { Callbacks } from "./callbacks.tsx";
import { Conversation } from "./conversation.tsx";
import { useDesk } from "./desk_ui.ts";
import { EmptyDesk } from "./empty_desk.tsx";
import { LeaveQuestion } from "./leave_question.tsx";
import { CallsBanner, ConnectionBanner } from "./connection_banner.tsx";
import { Rail } from "./rail.tsx";
import { Rings } from "./rings.tsx";
import { UnreadBar } from "./unread_bar.tsx";
import {
  detailsLieOver,
  detailsOpen,
  VisitorDetails,
} from "./visitor_details.tsx";

/** The list, the conversation and the visitor's details; on a phone one at a
 * time. */
export function DeskView() {
  const { desk, texts } = useDesk();
  const { state, connection } = desk;
  useEffect(() => keepFocus(document), []);
  useEffect(() => onRinging(desk, uncoverRings), []);
  const item = find(state.value, state.value.shown);
  const isNew = connection.value.state !== "open" &&
    state.value.presence === "offline" && state.value.aheadMs === 0 &&
    state.value.calls.length + state.value.chats.length === 0;
  return (
    <div
      class="desk"
      data-view={item ? "conversation" : "list"}
      ref={(root) => {
        if (root) ignoreStrayPresses(root);
      }}
    >
      <h1 class="hidden-label">{texts.title}</h1>
      <Rail />
      <section
        class="desk-middle"
        tabIndex={-1}
        aria-label={item?.view.visitor.name || texts.title}
      >
        <ConnectionBanner isNew={isNew} />
        <CallsBanner />
        <Rings />
        <Callbacks />
        <LeaveQuestion />
        <CallBar />
        {item && <UnreadBar />}
        {item
          ? <Conversation key={item.view.id} item={item} />
          : isNew
          ? (
            <p class="desk-connecting">
              <Spinner /> {texts.connection.connecting}
            </p>
          )
          : <EmptyDesk />}
      </section>
      {item && <VisitorDetails item={item} />}
      <CallSound />
    </div>
  );
}

/** Closes the details on a narrow screen, where they cover ringing contacts. */
function uncoverRings(count: number): void {
  if (count > 0 && detailsLieOver()) {
    detailsOpen.value = false;
  }
}
