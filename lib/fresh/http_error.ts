/** An error with an HTTP status, which can be thrown anywhere; the error page
 * shows it. */
export class HttpError extends Error {
  readonly status: number;

  /** `message` may be shown to the user, so it must not contain a secret. */
  constructor(status: number, message = "", options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}

/** Thrown if the path exists but not for this method; HTTP requires a list of
 * allowed ones. */
export class MethodNotAllowed extends HttpError {
  readonly allow: string;

  constructor(methods: Iterable<string>) {
    super(405, "Method not allowed");
    this.allow = [...methods].sort().join(", ");
  }
}

/** Returns the status of an error; unexpected errors are a 500. */
export function statusOf(error: unknown): number {
  return error instanceof HttpError ? error.status : 500;
}
