import type { Account } from "@/lib/model/account.ts";
import type {
  PersonView,
  WidgetSummary,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";
import type { Stored } from "@/lib/store/stored.ts";
import type { WidgetOverview } from "@/lib/store/widget_overviews.ts";
import type { StoredWidget } from "@/lib/store/widget_store.ts";

/** A widget as the admin's wire has it. */
export function widgetView(
  { revision, value, version, by }: StoredWidget,
): WidgetView {
  return { revision, ...value, version, updatedBy: by };
}

/** A widget in a list of the admin's wire. */
export function widgetSummary(
  { uuid, type, revision, updatedAt, name, agents }: WidgetOverview,
): WidgetSummary {
  return { uuid, type, revision, updatedAt, name, agents: agents.length };
}

/** An account as the admin's wire has it. */
export function personView({ revision, value }: Stored<Account>): PersonView {
  return { revision, ...value };
}
