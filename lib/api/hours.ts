import * as v from "valibot";
import { err, ok } from "@/lib/base/result.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";
import { HoursStateView } from "@/lib/protocol/admin/hours_state.ts";
import { NO_BODY, NO_QUERY, type Operation, operation } from "./operation.ts";
import { problem } from "./problem.ts";

const state = {
  open: v.pipe(
    HoursStateView.entries.open,
    v.description("True if visitors can reach agents now."),
  ),
  changesAt: v.exactOptional(v.pipe(
    v.number(),
    v.description(
      "Time of the next change, milliseconds since 1970; absent if there is none in sight.",
    ),
  )),
};

/** The opening hours of a widget at this moment. */
export const ApiHours = v.object({
  widget: WidgetUuid,
  name: v.string(),
  ...state,
  agents: v.pipe(
    v.array(v.object({ address: v.string(), name: v.string(), ...state })),
    v.description("The agents with their own hours."),
  ),
});

export const HOURS_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: "/hours/{uuid}", scope: "hours:read" },
    id: "getHours",
    summary: "Read whether a widget is within its opening hours",
    params: { uuid: { schema: WidgetUuid, text: "Id of the widget." } },
    query: NO_QUERY,
    body: NO_BODY,
    success: { status: 200, schema: ApiHours, text: "The opening hours now." },
    async run(_, { params: { uuid = "" }, services: { widgets } }) {
      const now = await widgets.hoursNow(uuid);
      if (now === undefined) return err(problem("not-found"));
      return ok({ status: 200, body: { widget: uuid, ...now } });
    },
  }),
];
