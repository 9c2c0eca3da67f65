import type { Account } from "@/lib/model/account.ts";
import type {
  PersonView,
  WidgetSummary,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";
import type { Stored } from "@/lib/store/stored.ts";
import type { StoredWidget } from "@/lib/store/stored_widget.ts";
import type { WidgetOverview } from "@/lib/store/widget_overviews.ts";

/** Returns a widget in the format of the admin's protocol. */
export function widgetView(
  { revision, value, version, by }: StoredWidget,
): WidgetView {
  return { revision, ...value, version, updatedBy: by };
}

/** Returns a widget for a list of the admin's protocol. */
export function widgetSummary(
  { uuid, type, revision, updatedAt, name, agents }: WidgetOverview,
): WidgetSummary {
  return { uuid, type, revision, updatedAt, name, agents: agents.length };
}

/** Returns an account in the format of the admin's protocol. */
export function personView({ revision, value }: Stored<Account>): PersonView {
  return { revision, ...value };
}
