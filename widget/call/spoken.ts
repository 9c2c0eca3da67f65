import { placeText } from "../contact/queue.ts";
import type { Translate } from "../translate.ts";
import type { PageCall } from "./call_state.ts";

/** The state of a call in words. */
export function spokenState(call: PageCall, text: Translate): string {
  switch (call.state) {
    case "preparing":
      return text("preparing");
    case "calling":
      return call.queue ? placeText(call.queue, text) : text("calling");
    case "alerting":
      return text("ringing");
    case "connected":
      return text("connected");
    case "ended":
      return text(call.reason, { name: call.agent.name });
  }
}
