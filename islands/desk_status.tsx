import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isSwitchedOn } from "@/desk/switched_on.ts";
import type { StatusProps } from "@/desk/view/live_status.tsx";
import { StatusLink } from "@/desk/view/status_link.tsx";
import { fill } from "@/lib/i18n/fill.ts";
import {
  askDeskState,
  type DeskSummary,
} from "@/lib/protocol/admin/desk_state.ts";
import { withOwnIds } from "@/lib/ui/own_id.tsx";

export interface DeskStatusProps extends StatusProps {
  /** Id of the agent's account. */
  account: string;
}

const ASK_EVERY_MS = 20_000;
/** The connection comes after the page, but an agent must not be missed. */
const IDLE_WITHIN_MS = 1_000;

/** An agent's presence and waiting visitors, on all pages except the desk. If the
 * agent has opened the desk in this browser, the page keeps them reachable. */
function DeskStatus({ account, ...props }: DeskStatusProps) {
  const [state, setState] = useState(props.state);
  const [Live, setLive] = useState<ComponentType<StatusProps>>();
  useEffect(() => {
    if (!isSwitchedOn(account)) return;
    return whenIdle(async () => {
      const { LiveStatus } = await import("@/desk/view/live_status.tsx");
      setLive(() => LiveStatus);
    });
  }, []);
  useEffect(() => Live ? undefined : keepFresh(setState), [Live]);
  if (Live) return <Live {...props} state={state} />;
  const { texts, label } = props;
  const { presence, waiting: count } = state;
  return (
    <StatusLink
      presence={presence}
      isUrgent={count > 0}
      says={count === 0
        ? texts[presence]
        : fill(texts.waiting, { presence: texts[presence], count })}
      href="/desk"
      label={label}
    />
  );
}

export default withOwnIds("desk-status", DeskStatus);

/** Runs this when the page has nothing else to do; a failure is not shown.
 * Returns a function that cancels it. */
function whenIdle(run: () => Promise<void>): () => void {
  let isOver = false;
  const start = () => {
    // Without the script, the state is still polled.
    if (!isOver) run().catch(() => {});
  };
  if (typeof requestIdleCallback === "function") {
    requestIdleCallback(start, { timeout: IDLE_WITHIN_MS });
  } else setTimeout(start); // Safari
  return () => isOver = true;
}

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
