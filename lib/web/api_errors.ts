import * as v from "valibot";
import type { WidgetNotSaved } from "@/lib/admin/widgets.ts";
import type { ApiError, Reason } from "@/lib/protocol/admin/messages.ts";

const STATUS: Record<Reason, number> = {
  invalid: 400,
  "signed-out": 401,
  forbidden: 403,
  "must-change-password": 403,
  "not-found": 404,
  conflict: 409,
  exists: 409,
  "last-admin": 409,
  "too-many": 409,
  "too-big": 413,
  "not-a-picture": 415,
  throttled: 429,
  internal: 500,
  unavailable: 503,
};

/** Texts for reasons that need no details. */
const TEXT: Record<Reason, string> = {
  invalid: "Cannot use this request as it is",
  "signed-out": "Sign in first",
  forbidden: "Only an administrator may do this",
  "must-change-password":
    "Your password was set by another person: change it first, at /account/password",
  "not-found": "There is no such thing, or not any more",
  conflict: "Somebody else has saved in between",
  exists: "Somebody has this name already",
  "last-admin": "Somebody must be able to administer",
  "too-many": "The limit is reached",
  "too-big": "This is too big",
  "not-a-picture": "This is not a picture of a kind that is taken",
  throttled: "Too many tries: wait, then try again",
  internal: "The service had a fault, nothing was changed; its log says more",
  unavailable:
    "The store does not answer, or cannot write: nothing was changed, or all of it; look, then try again",
};

/** Returns an ApiError of the admin's protocol as a response; the only place
 * that does. */
export function refuse(
  error: Omit<ApiError, "text"> & { text?: string },
): Response {
  const body: ApiError = { text: TEXT[error.reason], ...error };
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (error.retryAfter !== undefined) {
    headers["retry-after"] = String(error.retryAfter);
  }
  return Response.json(body, { status: STATUS[error.reason], headers });
}

/** Returns the error of a schema: the field of the first issue, and what is
 * allowed. */
export function invalid(
  [issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): ApiError {
  const field = v.getDotPath(issue);
  return {
    reason: "invalid",
    text: issue.message,
    ...field === null ? {} : { field },
  };
}

/** Returns the error of a widget that was not saved. */
export function refuseSave(error: WidgetNotSaved): Response {
  if (error.reason !== "no-picture") return refuse(error);
  return refuse({
    reason: "invalid",
    field: `content.agents.${error.agent}.picture`,
    text: "must be uploaded again",
  });
}
