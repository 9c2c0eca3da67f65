import type { Presence } from "@/lib/model/presence.ts";
import { PresenceDot } from "@/lib/ui/presence_dot.tsx";

/** An agent's state in the bar, with the way to the desk. */
export function StatusLink({ presence, isUrgent, says, href, label }: {
  presence: Presence;
  /** True if a visitor waits. */
  isUrgent: boolean;
  says: string;
  href: string;
  /** Label of the link for screen readers. */
  label: string;
}) {
  return (
    <a
      class="desk-status"
      href={href}
      data-waiting={isUrgent ? "true" : undefined}
      title={label}
    >
      <PresenceDot presence={presence} />
      <span role="status">{says}</span>
    </a>
  );
}
