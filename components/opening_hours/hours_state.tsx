import { useEffect, useState } from "preact/hooks";
import type { OpeningHours } from "@/lib/model/hours.ts";
import { OpeningHours as OpeningHoursSchema } from "@/lib/model/hours.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { HoursStateView } from "@/lib/protocol/admin/hours_state.ts";
import { Badge } from "@/lib/ui/notices.tsx";
import { useLanguage } from "../admin/language.tsx";
import { problemsIn } from "../widget_editor/problems.ts";
import { stateText } from "./words.ts";

export type HoursApi = Pick<AdminClient, "hoursState">;

/** Time without a change after which the service is asked. */
const ASK_AFTER_MS = 400;
const ASK_AGAIN_MS = 60_000;

/** The state of these hours at this moment: "Open now, closes at 17:00". The
 * service computes it, as it will for visitors. */
export function HoursStateLine({ hours, api }: {
  hours: OpeningHours;
  api: HoursApi;
}) {
  const language = useLanguage();
  const state = useHoursState(hours, api);
  return (
    <p class="hours-state" role="status">
      {state && (
        <Badge tone={state.open ? "good" : "neutral"}>
          {stateText(
            state,
            { timeZone: hours.timeZone, now: Date.now() },
            language,
          )}
        </Badge>
      )}
    </p>
  );
}

function useHoursState(
  hours: OpeningHours,
  api: HoursApi,
): HoursStateView | undefined {
  const [state, setState] = useState<HoursStateView>();
  const key = JSON.stringify(hours);
  useEffect(() => {
    if (Object.keys(problemsIn(OpeningHoursSchema, hours)).length > 0) {
      return setState(undefined);
    }
    let isCurrent = true;
    const ask = async () => {
      const answer = await api.hoursState(hours);
      if (isCurrent) setState(answer.ok ? answer.value : undefined);
    };
    const first = setTimeout(ask, ASK_AFTER_MS);
    const again = setInterval(ask, ASK_AGAIN_MS);
    return () => {
      isCurrent = false;
      clearTimeout(first);
      clearInterval(again);
    };
  }, [key]);
  return state;
}
