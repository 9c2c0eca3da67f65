import { Avatar } from "@/lib/ui/avatar.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { unreadElsewhere, unreadOf } from "../desk_state.ts";
import { nameOf } from "../names.ts";
import { useDesk } from "./desk_ui.ts";
import { UnreadBadge } from "./unread_badge.tsx";

/** The newest unread message of another chat, as a link to it. Shown on phones,
 * where the list is hidden. */
export function UnreadBar() {
  const { desk, texts } = useDesk();
  const [item] = unreadElsewhere(desk.state.value);
  if (item === undefined) return null;
  const unread = unreadOf(item);
  return (
    <button
      type="button"
      class="desk-unread-bar"
      onClick={() => desk.dispatch({ type: "show", contact: item.view.id })}
    >
      <Avatar name={nameOf(item, texts)} size="small" />
      <bdi {...NOT_TRANSLATED}>{nameOf(item, texts)}</bdi>
      <span class="desk-unread-bar-text" dir="auto" {...NOT_TRANSLATED}>
        {item.entries.findLast(({ from }) => from === "visitor")?.text}
      </span>
      <UnreadBadge unread={unread} />
    </button>
  );
}
