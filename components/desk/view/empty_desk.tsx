import { Coffee } from "lucide-preact";
import { Button } from "@/lib/ui/button.tsx";
import { Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { waitingOf } from "../desk_state.ts";
import { useDesk } from "./desk_ui.ts";

/** Nothing is chosen: what will happen here, and what may prevent it. */
export function EmptyDesk() {
  const { desk, texts } = useDesk();
  const { choice } = desk.state.value;
  if (waitingOf(desk.state.value).length > 0) return null;
  const goOnline = (
    <Button
      size="small"
      onClick={() => desk.on({ type: "choose", presence: "online" })}
    >
      {texts.empty.goOnline}
    </Button>
  );
  return (
    <div class="desk-empty">
      {choice !== "online" && desk.link.value.state === "open" && (
        <Banner kind="info" actions={goOnline}>{texts.empty.notOnline}</Banner>
      )}
      <EmptyState
        picture={<Coffee size={40} strokeWidth={1.25} aria-hidden="true" />}
        title={texts.empty.title}
      >
        <p>{texts.empty.text}</p>
      </EmptyState>
    </div>
  );
}
