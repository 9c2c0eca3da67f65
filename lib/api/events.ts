import * as v from "valibot";
import { err, ok } from "@/lib/base/result.ts";
import { EVENT_ID, eventStream } from "./event_stream.ts";
import { NO_BODY, NO_QUERY, type Operation, operation } from "./operation.ts";
import { problem } from "./problem.ts";

/** The data of an event. */
export const ApiEventData = v.object({
  type: v.pipe(
    v.string(),
    v.description(
      "contact-ended, message-received, widget-created, widget-saved, widget-restored, widget-deleted, person-created, person-saved or person-deleted; later versions can add others. After `reset`, which has no other member, read the lists again.",
    ),
  ),
  at: v.pipe(v.number(), v.description("Milliseconds since 1970.")),
  contact: v.exactOptional(v.string()),
  number: v.exactOptional(v.string()),
  widget: v.exactOptional(v.string()),
  person: v.exactOptional(v.string()),
});

/** Seconds to wait while there are too many streams. */
const WAIT_SECONDS = 60;

export const EVENT_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: "/events", scope: "events:read" },
    id: "listenToEvents",
    summary: "Listen to events (server-sent events)",
    query: NO_QUERY,
    body: NO_BODY,
    cost: 5,
    continues: true,
    success: {
      ...{ status: 200, schema: ApiEventData },
      text: "A stream of events, whose data have this form.",
      type: "text/event-stream",
    },
    async run(_, { token, lastEventId: after, isAccepted, services }) {
      const { events: feed, clock } = services;
      if (after !== "" && !EVENT_ID.test(after)) {
        const detail = "must be the id of an event";
        return err(problem("invalid", { field: "Last-Event-ID", detail }));
      }
      if (feed.isFull(token)) {
        const detail = "Too many streams. Close others, or wait";
        const retryAfter = WAIT_SECONDS;
        return err(problem("throttled", { detail, retryAfter }));
      }
      const stream = await eventStream({
        ...{ feed, clock, token, after, isAccepted },
      });
      const headers = {
        "content-type": "text/event-stream",
        "x-accel-buffering": "no", // For nginx.
      };
      return ok({ status: 200, headers, stream });
    },
  }),
];
