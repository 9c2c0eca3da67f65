import * as v from "valibot";

export const PROBLEM_REASONS = [
  "invalid", // 400, with `field`
  "no-token", // 401
  "invalid-token", // 401: unknown or revoked
  "expired-token", // 401
  "disabled-token", // 401: its creator is no longer an administrator
  "missing-scope", // 403, with `scope`
  "forbidden", // 403: sent by a page of another website
  "not-found", // 404
  "in-progress", // 409: the same request is being carried out
  "conflict", // 409
  "too-many", // 409: the limit of widgets is reached
  "outdated", // 412: somebody has saved in the meantime
  "too-big", // 413
  "not-json", // 415
  "key-reused", // 422: the idempotency key belongs to a different request
  "no-revision", // 428: If-Match is missing
  "throttled", // 429, with Retry-After
  "internal", // 500
  "unavailable", // 503
] as const;
export type ProblemReason = typeof PROBLEM_REASONS[number];

/** An error of the API: problem details of RFC 9457, whose type is
 * `about:blank`. */
export const Problem = v.object({
  status: v.pipe(v.number(), v.integer(), v.description("The HTTP status.")),
  title: v.pipe(v.string(), v.description("The HTTP status in words.")),
  detail: v.pipe(
    v.string(),
    v.description("In English, for people: the problem and what is allowed."),
  ),
  reason: v.pipe(
    v.picklist(PROBLEM_REASONS),
    v.description("The problem, for programs."),
  ),
  field: v.exactOptional(v.pipe(
    v.string(),
    v.description(
      "The invalid member, parameter or header: content.agents.3.email",
    ),
  )),
  scope: v.exactOptional(v.pipe(
    v.string(),
    v.description("The scope that the token needs."),
  )),
  retryAfter: v.exactOptional(v.pipe(
    v.number(),
    v.integer(),
    v.description("Seconds to wait, as in the header Retry-After."),
  )),
});
export type Problem = v.InferOutput<typeof Problem>;

/** The details that only some problems have. */
export interface ProblemMore {
  detail?: string;
  field?: string;
  scope?: string;
  retryAfter?: number;
}

const STATUS: Record<ProblemReason, [status: number, title: string]> = {
  invalid: [400, "Bad Request"],
  "no-token": [401, "Unauthorized"],
  "invalid-token": [401, "Unauthorized"],
  "expired-token": [401, "Unauthorized"],
  "disabled-token": [401, "Unauthorized"],
  "missing-scope": [403, "Forbidden"],
  forbidden: [403, "Forbidden"],
  "not-found": [404, "Not Found"],
  "in-progress": [409, "Conflict"],
  conflict: [409, "Conflict"],
  "too-many": [409, "Conflict"],
  outdated: [412, "Precondition Failed"],
  "too-big": [413, "Content Too Large"],
  "not-json": [415, "Unsupported Media Type"],
  "key-reused": [422, "Unprocessable Content"],
  "no-revision": [428, "Precondition Required"],
  throttled: [429, "Too Many Requests"],
  internal: [500, "Internal Server Error"],
  unavailable: [503, "Service Unavailable"],
};

const DETAIL: Record<ProblemReason, string> = {
  invalid: "Invalid request",
  "no-token":
    "Send a token of this service in the header Authorization: Bearer <token>",
  "invalid-token": "This token does not exist, or was revoked",
  "expired-token": "This token has expired",
  "disabled-token":
    "The account that created this token is no longer an administrator",
  "missing-scope": "This token does not have the scope that this needs",
  forbidden: "Pages of other websites cannot send this",
  "not-found": "Not found",
  "in-progress":
    "A request with this Idempotency-Key is being carried out. Try again in some seconds",
  conflict: "Somebody has changed this at the same time. Try again",
  "too-many": "The limit is reached",
  outdated:
    "Somebody has saved in the meantime. Read it again, then use its new revision",
  "too-big": "This is too big",
  "not-json": "The body must be application/json",
  "key-reused": "This Idempotency-Key was sent with a different request",
  "no-revision":
    "Send the revision that the change is based on in the header If-Match",
  throttled: "Too many requests. Wait as long as Retry-After says",
  internal: "Internal error. Nothing was changed; see the log of the service",
  unavailable:
    "The store does not answer, or cannot write. Either all of the change was saved or nothing. Try again with the same Idempotency-Key",
};

/** Returns the problem details of a reason. */
export function problem(
  reason: ProblemReason,
  more: ProblemMore = {},
): Problem {
  const [status, title] = STATUS[reason];
  return { status, title, detail: DETAIL[reason], reason, ...more };
}

/** Returns the problem of input that a schema rejects: the first issue, with
 * its field. */
export function invalidInput(
  [issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): Problem {
  const field = v.getDotPath(issue);
  const detail = issue.message;
  return problem("invalid", field === null ? { detail } : { detail, field });
}
