import { plural } from "@/lib/i18n/fill.ts";
import { useLeaveGuard } from "@/components/admin/leave_guard.ts";
import { goingOn } from "../desk_state.ts";
import { staysReachable } from "../stays_reachable.ts";
import { useDesk } from "./desk_ui.ts";
import { Question } from "./question.tsx";

/** Asks before a link or a form ends running chats and calls. Signed
 * out, there is nothing to lose: signing in again is what saves the chats. */
export function LeaveQuestion() {
  const { desk, texts, lang } = useDesk();
  const state = desk.state.value;
  const { calls, chats } = goingOn(state);
  const leaving = useLeaveGuard(!desk.isSignedOut.value && calls + chats > 0, {
    isHarmless: (to) => staysReachable(state, to),
  });
  if (leaving === undefined) return null;
  return (
    <Question
      title={texts.leave.title}
      confirm={texts.leave.confirm}
      cancel={texts.leave.cancel}
      onConfirm={leaving.leave}
      onCancel={leaving.stay}
    >
      <p>
        {calls > 0 && `${texts.leave.call} `}
        {chats > 0 && `${plural(texts.leave.chats, chats, lang)} `}
        {texts.leave.offline}
      </p>
    </Question>
  );
}
