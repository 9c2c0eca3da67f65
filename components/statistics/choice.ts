import { DAY_MS } from "@/lib/base/times.ts";
import {
  type Interval,
  type Period,
  PERIODS,
  STEPS,
} from "@/lib/protocol/admin/statistics.ts";

/** The user's selection; "" means all, or automatic. It is in the address of
 * the page, so that it can be linked. */
export interface Choice {
  period: Period;
  from: string;
  to: string;
  by: Interval | "";
  widget: string;
  agent: string;
}

/** Reads the query of the page's address; unknown parameters are ignored. */
export function choiceOf(query: string): Choice {
  const asked = new URLSearchParams(query);
  const text = (name: string) => asked.get(name) ?? "";
  const [from, to] = [text("from"), text("to")];
  const isOwn = text("period") === "own" && from !== "" && to !== "";
  const period = PERIODS.find((period) => period === text("period"));
  return {
    period: period === "own" && !isOwn ? "30d" : period ?? "30d",
    from: isOwn ? from : "",
    to: isOwn ? to : "",
    by: STEPS.find((step) => step === text("by")) ?? "",
    widget: /^[0-9a-f]{32}$/.test(text("widget")) ? text("widget") : "",
    agent: text("agent"),
  };
}

/** Returns the query for the choice, without a `?`; empty for the default. */
export function queryOf(choice: Choice): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(choice)) {
    const isFirst = value === "" || (name === "period" && value === "30d");
    if (!isFirst) query.set(name, value);
  }
  return query.toString();
}

/** Returns the steps in which a period can be shown. */
export function stepsFor({ period, from, to }: Choice): Interval[] {
  switch (period) {
    case "today":
      return ["hour"];
    case "7d":
      return ["hour", "day"];
    case "30d":
      return ["hour", "day", "week"];
    case "12m":
      return ["day", "week", "month"];
    case "own": {
      const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
      return STEPS.filter((step) =>
        step === "hour" ? days <= 33 : step === "day" ? days <= 400 : days > 7
      );
    }
  }
}

/** Returns the days before `to`, as the initial custom period. */
export function ownDays(today: string): Pick<Choice, "from" | "to"> {
  const from = Date.parse(today) - 13 * DAY_MS;
  return { from: new Date(from).toISOString().slice(0, 10), to: today };
}
