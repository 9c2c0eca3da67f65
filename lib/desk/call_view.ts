import { type Clock, wallOf } from "@/lib/base/clock.ts";
import type { OutgoingCall } from "@/lib/contact/ports.ts";
import type { CallView } from "@/lib/protocol/desk/service_messages.ts";
import type { DeskCallState } from "./call_leg_state.ts";
import { shown } from "./handover_view.ts";

/** Returns a call as `page` sees it. `heard` is the number of the last message
 * of the page that has it, and `since` when it began. */
export function viewOf(
  { id, visitor, media, offeredBy, canHandOver }: OutgoingCall,
  state: DeskCallState,
  { page, heard, since, clock }: {
    page: string;
    heard: number;
    since: number;
    clock: Clock;
  },
): CallView {
  const wall = (at: number) => wallOf(clock, at);
  const call = {
    ...{ id, visitor, media, since: wall(since) },
    ...offeredBy && { offeredBy },
  };
  switch (state.state) {
    case "ringing":
      return { ...call, state: "ringing" };
    case "taken":
    case "connected": {
      const mine = state.holder.page === page;
      const handover = state.state === "connected" ? state.handover : undefined;
      return {
        ...{ ...call, state: "taken", takenAt: wall(state.at), mine },
        heard: mine ? heard : 0,
        ...canHandOver && { canHandOver },
        ...handover && { handover: shown(handover) },
      };
    }
    case "ended": {
      const { cause, at, takenAt, handedTo } = state;
      const more = {
        ...(takenAt !== undefined && { takenAt: wall(takenAt) }),
        ...(handedTo !== undefined && { handedTo }),
      };
      return { ...call, state: "ended", cause, endedAt: wall(at), ...more };
    }
  }
}
