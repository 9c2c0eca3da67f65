import type { Account } from "@/lib/model/account.ts";
import type { Widget } from "@/lib/model/widget.ts";
import type { PersonView, WidgetView } from "@/lib/protocol/admin/messages.ts";
import type { Stored } from "@/lib/store/stored.ts";

/** A widget as the admin's wire has it. */
export function widgetView({ revision, value }: Stored<Widget>): WidgetView {
  return { revision, ...value };
}

/** An account as the admin's wire has it. */
export function personView({ revision, value }: Stored<Account>): PersonView {
  return { revision, ...value };
}
