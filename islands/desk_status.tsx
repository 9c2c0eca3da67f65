import { useEffect, useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import type { Presence } from "@/lib/model/presence.ts";
import {
  askDeskState,
  type DeskSummary,
} from "@/lib/protocol/admin/desk_state.ts";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { PresenceDot } from "@/lib/ui/presence_dot.tsx";

export interface DeskStatusProps {
  state: DeskSummary;
  texts: Record<Presence, string> & {
    /** `{presence}`, `{count}`. */
    waiting: string;
    /** Label of the link for screen readers. */
    label: string;
  };
}

const ASK_EVERY_MS = 20_000;

/** An agent's presence and waiting visitors, on all pages except the desk. */
function DeskStatus({ state: first, texts }: DeskStatusProps) {
  const [state, setState] = useState(first);
  useEffect(() => keepFresh(setState), []);
  const { presence, waiting } = state;
  const says = waiting === 0
    ? texts[presence]
    : fill(texts.waiting, { presence: texts[presence], count: waiting });
  return (
    <a
      class="desk-status"
      href="/desk"
      data-waiting={waiting > 0 ? "true" : undefined}
      title={texts.label}
    >
      <PresenceDot presence={presence} />
      <span role="status">{says}</span>
    </a>
  );
}

export default withOwnIds("desk-status", DeskStatus);

/** Polls while the page is visible, and when it becomes visible again. */
function keepFresh(tell: (state: DeskSummary) => void): () => void {
  const end = new AbortController();
  const { signal } = end;
  let isAsking = false;
  async function ask(): Promise<void> {
    if (isAsking || document.visibilityState !== "visible") return;
    isAsking = true;
    const state = await askDeskState({ widgets: false });
    isAsking = false;
    if (state !== undefined && !signal.aborted) tell(state);
  }
  const timer = setInterval(ask, ASK_EVERY_MS);
  document.addEventListener("visibilitychange", ask, { signal });
  addEventListener("focus", ask, { signal });
  return () => {
    clearInterval(timer);
    end.abort();
  };
}
