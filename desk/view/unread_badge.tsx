import { plural } from "@/lib/i18n/fill.ts";
import { useDesk } from "./desk_ui.ts";

/** The number of unread messages of one chat. */
export function UnreadBadge({ unread }: { unread: number }) {
  const { texts, lang } = useDesk();
  return (
    <span class="desk-unread">
      <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
      <span class="hidden-label">
        {plural(texts.list.unread, unread, lang)}
      </span>
    </span>
  );
}
