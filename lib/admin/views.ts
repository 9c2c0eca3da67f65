import { Account } from "@/lib/model/account.ts";
import { Widget, WidgetContent } from "@/lib/model/widget.ts";
import type {
  PersonView,
  WidgetSummary,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";
import type { Stored } from "@/lib/store/stored.ts";
import type { StoredWidget } from "@/lib/store/stored_widget.ts";
import { withoutUnknown } from "@/lib/store/unknown_members.ts";
import type { WidgetOverview } from "@/lib/store/widget_overviews.ts";

// A client of this version sends content back as it received it, so it gets only
// the members that this version knows; the store keeps the others.

/** Returns a widget in the format of the admin's protocol. */
export function widgetView(
  { revision, value, version, by }: StoredWidget,
): WidgetView {
  return {
    revision,
    ...withoutUnknown(Widget, value),
    version,
    updatedBy: by,
  };
}

/** Returns the content of a widget in the format of the admin's protocol. */
export function contentView(content: WidgetContent): WidgetContent {
  return withoutUnknown(WidgetContent, content);
}

/** Returns a widget for a list of the admin's protocol. */
export function widgetSummary(
  { uuid, type, revision, updatedAt, name, agents }: WidgetOverview,
): WidgetSummary {
  return { uuid, type, revision, updatedAt, name, agents: agents.length };
}

/** Returns an account in the format of the admin's protocol. */
export function personView({ revision, value }: Stored<Account>): PersonView {
  return { revision, ...withoutUnknown(Account, value) };
}
