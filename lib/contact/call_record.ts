import type { ContactRecord } from "@/lib/model/contact_record.ts";
import type {
  Answered,
  AnsweredCall,
  ConnectedCall,
  DialledCall,
} from "./call_state.ts";
import { agreed } from "./plan.ts";

/** Returns the record of a call that ends now. */
export function recordOf(
  call: DialledCall | AnsweredCall | ConnectedCall,
  cause: number,
  endedAt: number,
): ContactRecord {
  const { plan, media } = call;
  const handovers = call.state === "connected" ? call.handovers : undefined;
  return {
    id: plan.id,
    widget: plan.visitor.widget.uuid,
    address: plan.address,
    media,
    startedAt: plan.startedAt,
    ...("answeredAt" in call ? answer(call) : {}),
    endedAt,
    cause,
    messages: 0,
    ...agreed(plan),
    ...(handovers && { handovers: [...handovers] }),
  };
}

/** Returns the time of the answer, and who has answered for the called agent. */
function answer(
  { answeredAt, by, plan, handovers }:
    & Answered
    & Partial<Pick<ConnectedCall, "handovers">>,
) {
  const agent = handovers ? handovers[0]?.from : by?.address;
  const isOther = agent !== undefined && agent !== plan.address;
  return { answeredAt, ...(isOther && { agent }) };
}
