import { Coffee } from "lucide-preact";
import { plural } from "@/lib/i18n/fill.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { panelHref } from "@/components/admin/panel_address.ts";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { goingOn } from "../desk_state.ts";
import { useDesk } from "./desk_ui.ts";

/** Shown while no conversation is chosen: what to expect, and what may prevent
 * it. */
export function EmptyDesk() {
  const { desk, texts, lang } = useDesk();
  const { choice } = desk.state.value;
  const isConnected = !desk.isLost.value && !desk.isSignedOut.value;
  const { calls, chats } = goingOn(desk.state.value);
  const running = calls + chats;
  if (desk.waiting.value.length > 0) return null;
  const goOnline = (
    <Button
      size="small"
      onClick={() => desk.dispatch({ type: "choose", presence: "online" })}
    >
      {texts.empty.goOnline}
    </Button>
  );
  return (
    <div class="desk-empty">
      {choice !== "online" && isConnected && (
        <Banner kind="info" actions={goOnline}>{texts.empty.notOnline}</Banner>
      )}
      {running > 0
        ? <EmptyState title={plural(texts.empty.running, running, lang)} />
        : (
          <EmptyState
            picture={<Coffee size={40} strokeWidth={1.25} aria-hidden="true" />}
            title={texts.empty.title}
          >
            <p>{texts.empty.text}</p>
            <OwnWidgets />
          </EmptyState>
        )}
    </div>
  );
}

/** The widgets through which visitors reach this agent, or a note that there
 * are none. */
function OwnWidgets() {
  const { texts: { widgets: t }, widgets, isAdmin } = useDesk();
  if (widgets.value.length === 0) {
    return (
      <p>
        <strong>{t.none}</strong>{" "}
        {isAdmin ? <a href="/admin">{t.add}</a> : t.ask}
      </p>
    );
  }
  return (
    <p>
      {t.some} {widgets.value.map(({ uuid, name }, index) => (
        <span key={uuid}>
          {index > 0 && ", "}
          {isAdmin
            ? <a href={panelHref(uuid)} {...NOT_TRANSLATED}>{name}</a>
            : <bdi {...NOT_TRANSLATED}>{name}</bdi>}
        </span>
      ))}
    </p>
  );
}
