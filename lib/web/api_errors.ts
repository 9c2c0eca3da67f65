import * as v from "valibot";
import type { WidgetSaveError } from "@/lib/admin/widgets.ts";
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
  invalid: "Invalid request",
  "signed-out": "Sign in first",
  forbidden: "Only administrators can do this",
  "must-change-password":
    "Another person has set your password. Change it first, at /account/password",
  "not-found": "Not found",
  conflict: "Another admin has saved in the meantime",
  exists: "This name is already taken",
  "last-admin": "At least one administrator must remain",
  "too-many": "The limit is reached",
  "too-big": "This is too big",
  "not-a-picture": "This image format is not supported",
  throttled: "Too many attempts. Wait, then try again",
  internal: "Internal error. Nothing was changed; see the log of the service",
  unavailable:
    "The store does not answer, or cannot write. Either all of the change was saved or nothing. Reload to check, then try again",
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
export function refuseSave(error: WidgetSaveError): Response {
  if (error.reason === "invalid") {
    return refuse({ ...error, field: `content.${error.field}` });
  }
  if (error.reason !== "no-picture") return refuse(error);
  return refuse({
    reason: "invalid",
    field: `content.agents.${error.agent}.picture`,
    text: "must be uploaded again",
  });
}
