import type { Inquiry } from "@/lib/model/inquiry.ts";

const COLUMNS = [
  "reference",
  "received",
  "state",
  "name",
  "reply_to",
  "message",
  "agent",
  "widget",
  "language",
  "assigned_to",
  "notes",
  "page",
  "callback_from",
  "callback_to",
];

/** The parts of a widget that name it and its agents. */
interface KnownWidget {
  uuid: string;
  name: string;
  agents: readonly { address: string; name: string }[];
}

/** Returns the rows of a table, with a header. */
export function inquiryRows(
  inquiries: readonly Inquiry[],
  widgets: readonly KnownWidget[],
): string[][] {
  const names = new Map(widgets.map(({ uuid, name }) => [uuid, name]));
  const agents = new Map(
    widgets.flatMap((widget) => widget.agents)
      .filter(({ name }) => name !== "")
      .map(({ address, name }) => [address, name]),
  );
  const rows = inquiries.map((inquiry) => [
    inquiry.number,
    new Date(inquiry.at).toISOString(),
    inquiry.state,
    inquiry.name,
    inquiry.reply,
    inquiry.text,
    agents.get(inquiry.address) ?? inquiry.address,
    names.get(inquiry.widget) ?? inquiry.widget,
    inquiry.lang,
    inquiry.assignee?.name ?? "",
    inquiry.notes.map(({ by, text }) => `${by.name}: ${text}`).join("\n"),
    inquiry.page?.url ?? "",
    timeOf(inquiry.callback?.from),
    timeOf(inquiry.callback?.to),
  ]);
  return [COLUMNS, ...rows];
}

function timeOf(time: number | undefined): string {
  return time === undefined ? "" : new Date(time).toISOString();
}
